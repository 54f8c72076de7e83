// A jump that may have been meant otherwise: it can be taken back for a while.

import { clock, filled } from "./wording.js";

const UNDO = 8000; // milliseconds

// `goTo` is called with the time at which the last jump began.
export function leapsOf(button, words, goTo) {
  let left = null; // where the jump began, as long as it can be taken back
  let leaving = 0;

  function stay() {
    left = null;
    button.hidden = true;
  }

  button.addEventListener("click", () => {
    const seconds = left;
    stay();
    if (seconds !== null) goTo(seconds);
  });

  return (from) => {
    left = from;
    clearTimeout(leaving);
    leaving = setTimeout(stay, UNDO);
    button.textContent = filled(words.undo, { time: clock(left) });
    button.hidden = !(left > 0);
  };
}
