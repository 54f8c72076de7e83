// An article that was pasted becomes a draft; what of it is to be looked at stands in a list to tick off.

import { ask } from "./api.js";
import { button, dialog, make } from "./make.js";
import { tell } from "./notices.js";
import { say, words } from "./words.js";

const SEEN = "voiceguide:draft-seen:";
const TO_LOOK_AT = ["flags", "left_out", "cautions"];

// What is to be looked at in a draft of an article, as it was found; null for another draft.
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

// The lists of a draft's flags, left out sentences and cautions, each with its tick; "" where there are none.
export function lookedAt(id, goTo) {
  const found = foundIn(id);
  if (!found) return "";
  const count = make("span", { class: "now" });

  function tellCount() {
    const open = TO_LOOK_AT.flatMap((kind) => found[kind]).filter(({ isSeen }) => !isSeen).length;
    count.textContent = open ? say("to_look_at", { count: open }) : words.all_looked_at;
  }

  const lists = TO_LOOK_AT.filter((kind) => found[kind].length).map((kind) => make("section", {},
    make("h3", {}, words[`article_${kind}`]),
    make("ul", { class: "looking" }, found[kind].map((each) => make("li", {},
      make("label", { class: "entry tick" }, make("input", {
        type: "checkbox", checked: each.isSeen || false,
        onchange: (event) => {
          each.isSeen = event.target.checked;
          remember(id, found);
          tellCount();
        },
      }), make("span", { dir: "auto" }, each.text)),
      each.at ? button({ class: "plain", onclick: () => goTo(each) }, words.show_in_text) : "")))));
  tellCount();
  return lists.length ? make("details", { class: "folded", open: true }, make("summary", {}, make("h2", {}, words.from_article), count), ...lists) : "";
}

// Asks for an article, and goes to the draft that it became.
export function importing() {
  const text = make("textarea", { rows: 12, dir: "auto", required: true, placeholder: words.paste_here });
  const fault = make("p", { class: "fault", role: "alert", hidden: true });
  const anyway = make("input", { type: "checkbox" });
  const anywayRow = make("label", { class: "entry tick", hidden: true }, anyway, make("span", {}, words.article_anyway));
  let html = "";
  text.addEventListener("paste", (event) => { html = event.clipboardData.getData("text/html"); });
  text.addEventListener("input", (event) => { if (event.inputType !== "insertFromPaste") html = ""; });
  const send = make("button", { type: "submit", class: "action" }, words.begin_draft);
  const shown = dialog(words.from_article, words.cancel, [make("form", {
    onsubmit: async (event) => {
      event.preventDefault();
      send.setAttribute("aria-busy", "true");
      try {
        const body = { text: html || text.value, kind: html ? "html" : "text", anyway: anyway.checked };
        const found = await ask("POST", "/api/import", body);
        remember(found.draft.id, Object.fromEntries(TO_LOOK_AT.map((kind) => [kind, found[kind]])));
        shown.close();
        window.location.hash = `#draft=${encodeURIComponent(found.draft.id)}`;
      } catch (error) {
        if (error.isTold) tell(error);
        fault.textContent = error.message;
        fault.hidden = false;
        anywayRow.hidden = error.status !== 422;
      } finally {
        send.removeAttribute("aria-busy");
      }
    },
  }, make("p", { class: "hint" }, words.article_hint), make("label", { class: "entry" }, make("span", {}, words.article), text), anywayRow, fault,
  make("p", {}, send))]);
  text.focus();
}
