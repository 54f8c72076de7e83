// What `check` finds, said under the field that it is about, with its mend as a button.

import { button, make } from "./make.js";
import { say, words } from "./words.js";

// The keys and numbers of a place like steps[2].cues[0].at.
export function keysOf(path) {
  return [...path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, number, key]) => (number === undefined ? key : Number(number)));
}

function said(finding, mend, goTo = null) {
  return make("p", { class: finding.level === "warning" ? "warning" : "fault" },
    goTo && button({ class: "plain", onclick: () => goTo(finding.line) }, say("at_line", { line: finding.line })),
    make("span", { dir: "auto" }, finding.message), " ",
    finding.mend && button({ class: "mend", onclick: () => mend(finding.mend) }, mendOf(finding.mend)));
}

function mendOf({ text }) {
  const short = text.trim();
  return short && short.length <= 40 && !short.includes("\n") ? say("mend_to", { text: short }) : words.mend;
}

// Says all findings of a form: each at its own field, else at the nearest that holds it, else in the list `rest`.
export function tellFindings(form, rest, findings, mend) {
  const places = new Map([...form.querySelectorAll(".faults")].map((place) => [place.dataset.at, place]));
  const found = new Map([...places.values(), rest].map((place) => [place, []]));
  for (const finding of findings) {
    const keys = keysOf(finding.path);
    let place = null;
    for (let count = keys.length; count && !place; count -= 1) place = places.get(JSON.stringify(keys.slice(0, count)));
    found.get(place || rest).push(finding);
  }
  rest.classList.remove("listed");
  found.forEach((each, place) => {
    place.hidden = !each.length;
    place.replaceChildren(...each.map((finding) => said(finding, mend)));
    const folded = place.closest("details");
    if (folded && each.some(({ level }) => level === "fault")) folded.open = true;
  });
}

// Says all findings in the list `rest`, in the order of their lines; `goTo` is called with one that was touched.
export function listFindings(form, rest, findings, mend, goTo) {
  form.querySelectorAll(".faults").forEach((place) => { place.hidden = true; });
  rest.hidden = !findings.length;
  rest.classList.add("listed");
  rest.replaceChildren(...findings.toSorted((one, other) => one.line - other.line).map((finding) => said(finding, mend, goTo)));
}
