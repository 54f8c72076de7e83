// What was copied from a page or a document, as a text whose marks tell headings, lists and tables from prose.

const STYLE = /\sstyle=(?:"[^"]*"|'[^']*')/gi; // which the page's policy would refuse, loudly
const BLOCKS = "address, article, blockquote, div, dd, dl, dt, figure, footer, header, li, main, ol, p, pre, section, table, tr, ul, h1, h2, h3, h4, h5, h6";
const UNSEEN = "script, style, template, noscript";
const MARKING = "h1, h2, h3, h4, h5, h6, li, p, tr, dt, b, strong"; // a text without any is better off as it stands
const BOLD = "b, strong";
const STANDS_APART = /^\s*[:.–—-]/;

const bare = (element) => element.textContent.replace(/\s+/g, " ").trim();

// What stands before an item: its number in its list, or a hyphen.
function markOf(item) {
  const list = item.parentElement;
  if (list?.localName !== "ol") return "- ";
  const items = [...list.children].filter(({ localName }) => localName === "li");
  return `${(Number(list.getAttribute("start")) || 1) + items.indexOf(item)}. `;
}

// Whether bold words name what they begin, or are all of it: they end in a mark, or one follows.
function names(bold, line) {
  const [all, own] = [bare(bold.closest(BLOCKS) ?? bold.parentElement), bare(bold)];
  const isFirst = /^(?:- |\d+\. )?$/.test(line.trimStart()) && own && all.startsWith(own);
  return isFirst && (/[:.!]$/.test(own) || all === own || STANDS_APART.test(all.slice(own.length)));
}

// A row's line; below a table's header one more, which tells that it is that.
function rowOf(row) {
  const cells = [...row.children];
  const isBold = (cell) => [...cell.querySelectorAll(BOLD)].some((each) => bare(each) === bare(cell));
  const isHeader = row.closest("table")?.querySelector("tr") === row && cells.every((cell) => cell.localName === "th" || isBold(cell));
  return [`| ${cells.map(bare).join(" | ")} |`, ...(isHeader ? [`|${" --- |".repeat(cells.length)}`] : [])];
}

// Adds an element's lines to `lines`; what follows goes on in the last one.
function read(element, lines) {
  const begin = (mark = "") => lines.push(mark);
  for (const node of element.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      lines[lines.length - 1] += element.closest("pre") ? node.data : node.data.replace(/\s+/g, " ");
    } else if (node.nodeType === Node.ELEMENT_NODE && !node.matches(UNSEEN)) {
      const heading = /^h([1-6])$/.exec(node.localName);
      if (heading) {
        begin();
        begin(`${"#".repeat(Number(heading[1]))} ${bare(node)}`);
        begin();
      } else if (node.localName === "tr") {
        rowOf(node).forEach((line) => begin(line));
      } else if (node.matches(BOLD) && names(node, lines.at(-1))) {
        lines[lines.length - 1] += `**${bare(node)}**`;
      } else if (node.localName === "br") {
        begin();
      } else {
        const isBlock = node.matches(BLOCKS);
        if (isBlock) begin(node.localName === "li" ? markOf(node) : "");
        read(node, lines);
        if (isBlock) begin();
      }
    }
  }
}

// A document's HTML as such a text; "" where it has nothing that its plain text has not.
export function markedText(html) {
  const { body } = new DOMParser().parseFromString(html.replace(STYLE, ""), "text/html");
  if (!body.querySelector(MARKING)) return "";
  const lines = [""];
  read(body, lines);
  const text = lines.map((line) => line.trim().replace(/^(?:-|\d+\.)$/, "")).join("\n");
  return text.replace(/\n{3,}/g, "\n\n").replace(/^((?:- |\d+\. ).*)\n\n(?=- |\d+\. )/gm, "$1\n").trim();
}
