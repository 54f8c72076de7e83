// Two texts of one draft: somebody else wrote while this page had something unsent. Both are shown, and one is chosen.

import { button, dialog, make } from "./make.js";
import { words } from "./words.js";

function side(label, text) {
  const shown = make("textarea", { readonly: true, rows: 12, dir: "auto" });
  shown.value = text;
  return make("label", { class: "entry" }, make("span", {}, label), shown);
}

// `settle` is called with whether what was typed here comes on top; closed without a choice, it is left as it is.
export function conflict(theirs, mine, settle) {
  if (document.getElementById("conflict")) return;
  const shown = dialog(words.conflict, words.close, [
    make("p", {}, words.conflict_hint),
    make("div", { id: "conflict", class: "pair" }, side(words.conflict_theirs, theirs.text), side(words.conflict_mine, mine)),
    make("p", { class: "row" }, [[false, words.keep_theirs], [true, words.keep_mine]].map(([isMine, label]) => button({
      class: "action", onclick: () => {
        shown.close();
        settle(isMine);
      },
    }, label)))]);
}
