// What is said in passing, in one place at the window's edge: a fault, or something that can still be taken back.

import { button, icon, make } from "./make.js";
import { words } from "./words.js";

const STAYS = 8000; // milliseconds
const place = () => document.getElementById("notices");

// Says something until `seconds` are over or it is put away; `action` is a button with a label. Returns what takes it away.
export function notice(text, { label = "", action = null, stays = STAYS, isFault = false } = {}) {
  const shown = make("div", { class: isFault ? "notice fault" : "notice" },
    make("p", {}, text),
    label && button({ onclick: () => { away(); action(); } }, label),
    button({ class: "away", "aria-label": words.put_away, onclick: () => away() }, icon("away")));
  const leaving = stays && setTimeout(() => away(), stays);
  function away() {
    clearTimeout(leaving);
    shown.remove();
  }
  place().append(shown);
  return away;
}

// A fault stays until it is put away; the same one is said once. What is no fault, or told already, is left.
export function tell(fault) {
  if (fault.name === "AbortError" || fault.isTold) return;
  const said = [...place().querySelectorAll(".fault p")].find((each) => each.textContent === fault.message);
  if (!said) notice(fault.message, { stays: 0, isFault: true });
}
