// What was copied from a page or a document, as a text whose marks tell headings, lists and tables from prose.

const STYLE = /\sstyle=(?:"[^"]*"|'[^']*')/gi; // which the page's policy would refuse, loudly
const BLOCKS = "address, article, blockquote, div, dd, dl, dt, figure, footer, header, li, main, ol, p, pre, section, table, tr, ul, h1, h2, h3, h4, h5, h6";
const UNSEEN = "script, style, template, noscript";

const bare = (element) => element.textContent.replace(/\s+/g, " ").trim();

// What stands before an item: its number in its list, or a hyphen.
function markOf(item) {
  const list = item.parentElement;
  if (list?.localName !== "ol") return "- ";
  const items = [...list.children].filter(({ localName }) => localName === "li");
  return `${(Number(list.getAttribute("start")) || 1) + items.indexOf(item)}. `;
}

// Adds an element's lines to `lines`; what follows goes on in the last one.
function read(element, lines) {
  const begin = (mark = "") => lines.push(mark);
  for (const node of element.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      lines[lines.length - 1] += node.data.replace(/\s+/g, " ");
    } else if (node.nodeType === Node.ELEMENT_NODE && !node.matches(UNSEEN)) {
      const heading = /^h([1-6])$/.exec(node.localName);
      if (heading) {
        begin();
        begin(`${"#".repeat(Number(heading[1]))} ${bare(node)}`);
        begin();
      } else if (node.localName === "tr") {
        begin(`| ${[...node.children].map(bare).join(" | ")} |`);
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

// A document's HTML as such a text.
export function markedText(html) {
  const lines = [""];
  read(new DOMParser().parseFromString(html.replace(STYLE, ""), "text/html").body, lines);
  const text = lines.map((line) => line.trim().replace(/^(?:-|\d+\.)$/, "")).join("\n");
  return text.replace(/\n{3,}/g, "\n\n").replace(/^((?:- |\d+\. ).*)\n\n(?=- |\d+\. )/gm, "$1\n").trim();
}
