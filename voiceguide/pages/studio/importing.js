// An article that was pasted becomes a draft; what of it is to be looked at stands in a list to tick off.

import { ask } from "./api.js";
import { button, dialog, make } from "./make.js";
import { tell } from "./notices.js";
import { markedText } from "./pasting.js";
import { keepUnsent } from "./unsent.js";
import { words } from "./words.js";

const SEEN = "voiceguide:draft-seen:";

// The words of care that were found in a draft's article, as {cautions}; null for another draft.
export function foundIn(id) {
  try {
    return JSON.parse(localStorage.getItem(SEEN + id));
  } catch {
    return null;
  }
}

function remember(id, found) {
  try {
    localStorage.setItem(SEEN + id, JSON.stringify(found));
  } catch {
    // The draft's own comments say the same.
  }
}

// Asks for an article, and goes to the draft that it became.
export function importing() {
  const text = make("textarea", { class: "article", rows: 12, dir: "auto", required: true, placeholder: words.paste_here });
  const fault = make("p", { class: "fault", role: "alert", hidden: true });
  const anyway = make("input", { type: "checkbox" });
  const anywayRow = make("label", { class: "entry tick", hidden: true }, anyway, make("span", {}, words.article_anyway));
  const html = make("input", { type: "hidden" }); // of a page that was copied, as long as the text is that and nothing else
  text.addEventListener("paste", (event) => {
    const copied = event.clipboardData.getData("text/html");
    const marked = copied && markedText(copied);
    if (!marked) return;
    event.preventDefault();
    const { selectionStart: start, selectionEnd: end } = text;
    const isAll = start === 0 && end === text.value.length;
    if (!document.execCommand("insertText", false, marked)) text.setRangeText(marked, start, end, "end"); // the first can be undone
    html.value = isAll ? copied : "";
    text.dispatchEvent(new Event("change", { bubbles: true }));
  });
  text.addEventListener("input", () => { html.value = ""; });
  const send = make("button", { type: "submit", form: "importing", class: "action chief" }, words.begin_draft);
  const form = make("form", {
    class: "importing",
    onsubmit: async (event) => {
      event.preventDefault();
      const found = await drafted(1, send);
      if (!found) return;
      if (found.methods.length > 1) choose(found);
      else go(found);
    },
    id: "importing",
  }, make("p", { class: "hint" }, words.article_hint), make("label", { class: "entry" }, make("span", {}, words.article), text), html, fault, anywayRow);
  const shown = dialog(words.from_article, words.cancel, [form], send);
  shown.classList.add("steady");
  const forget = keepUnsent("article", form);
  text.focus();
  text.select(); // another article takes the place of one that was left

  // Resolves to what one of the article's ways became; to null where it was refused, which is said.
  async function drafted(method, touched) {
    touched.setAttribute("aria-busy", "true");
    fault.hidden = true;
    try {
      return await ask("POST", "/api/import", { text: html.value || text.value, kind: html.value ? "html" : "text", anyway: anyway.checked, method });
    } catch (error) {
      if (error.isTold) tell(error);
      fault.textContent = error.message;
      fault.hidden = false;
      anywayRow.hidden = error.status !== 422;
      return null;
    } finally {
      touched.removeAttribute("aria-busy");
    }
  }

  function go({ draft, cautions }) {
    remember(draft.id, { cautions });
    forget();
    shown.close();
    window.location.hash = `#draft=${encodeURIComponent(draft.id)}`;
  }

  // Of an article that shows several ways one is taken; the first is drafted already, and goes if it is another.
  function choose(first) {
    const list = make("ul", { class: "joins" }, first.methods.map((name, index) => make("li", {}, button({
      class: "join", onclick: async (event) => {
        const found = index + 1 === first.method ? first : await drafted(index + 1, event.currentTarget);
        if (!found) return;
        if (found !== first) await ask("DELETE", `/api/drafts/${encodeURIComponent(first.draft.id)}`).catch(tell);
        go(found);
      },
    }, make("span", { dir: "auto" }, name)))));
    send.remove();
    form.replaceChildren(make("p", {}, words.several_ways), list, fault);
    list.querySelector("button").focus();
  }
}
