// The text of a draft, as its file has it. An editor with colours and marks is fetched when it is first looked at; a
// browser that cannot run it has a plain field in its place.

import { coded } from "./coding.js";
import { make } from "./make.js";
import { plainOf } from "./plain.js";
import { words } from "./words.js";

export function textOf(edited) {
  const element = make("div", { class: "text" });
  let side = null;
  let opening = null;
  let findings = [];

  // Which one is shown in the end: an old browser knows no module of today, or not what the editor is drawn with.
  async function made() {
    try {
      return await coded(edited);
    } catch (fault) {
      element.append(make("p", { class: "hint", id: "plain-text" }, words.text_plain));
      console.warn(fault); // for who looks for it: the page goes on
      return plainOf(edited);
    }
  }

  async function open() {
    opening ??= made().then((found) => {
      side = found;
      element.prepend(side.element);
      side.show();
      side.mark(findings);
    });
    await opening;
    return side;
  }

  return {
    element,
    // Resolves when the text is there to be typed into.
    open,
    show() {
      side?.show();
    },
    // Goes to the line that says a text, else to the one where it stood, from 1.
    async goTo({ text, at }) {
      const lines = edited.text.split(/\r\n?|\n/);
      const found = text ? lines.findIndex((line) => line.includes(text)) + 1 : 0;
      (await open()).goTo(Math.min(found || at, lines.length));
    },
    mark(found) {
      findings = found;
      side?.mark(findings);
    },
  };
}
