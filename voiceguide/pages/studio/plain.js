// The text of a draft in a plain field: with the numbers of its lines, and a mark at those where something is found.

import { make } from "./make.js";
import { words } from "./words.js";

export function plainOf(edited) {
  const numbers = make("div", { class: "numbers", "aria-hidden": "true" });
  const area = make("textarea", {
    id: "draft-text", spellcheck: "false", autocomplete: "off", autocapitalize: "off", wrap: "off", "aria-label": words.tab_text,
    oninput: () => {
      const end = edited.text.match(/\r\n?/)?.[0] || "\n";
      edited.write(area.value.replaceAll("\n", end), "text");
      count();
    },
    onchange: () => edited.part(),
    onscroll: () => { numbers.scrollTop = area.scrollTop; },
  });
  let marked = new Map();

  function count() {
    const lines = area.value.split("\n").length;
    numbers.replaceChildren(...Array.from({ length: lines }, (_, index) => {
      const found = marked.get(index + 1);
      return make("span", found ? { class: found.level, title: found.message } : {}, String(index + 1));
    }));
  }

  return {
    element: make("div", { class: "source plain" }, numbers, area),
    // Shows the text, unless it is the one that is there; the place in it stays.
    show() {
      const text = edited.text.replace(/\r\n?/g, "\n"); // as a textarea has it
      if (area.value !== text) {
        const { selectionStart, selectionEnd, scrollTop } = area;
        area.value = text;
        area.setSelectionRange(selectionStart, selectionEnd);
        area.scrollTop = scrollTop;
      }
      count();
    },
    // Goes to a line, from 1.
    goTo(line) {
      const lines = area.value.split("\n");
      const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
      area.focus();
      area.setSelectionRange(start, start + lines[line - 1].length);
      area.scrollTop = ((line - 4) * area.scrollHeight) / lines.length;
    },
    mark(findings) {
      marked = new Map(findings.toReversed().map((each) => [each.line, each]));
      count();
    },
  };
}
