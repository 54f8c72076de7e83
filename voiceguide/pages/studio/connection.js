// Whether the studio's server answers: said once when it does not, and taken back by itself when it does.

import { notice } from "./notices.js";
import { words } from "./words.js";

const AGAIN = 2000; // milliseconds between two looks

let takeAway = null; // what takes away what is said
let waiting = [];

export function found() {
  takeAway?.();
  takeAway = null;
  waiting.forEach((resume) => resume());
  waiting = [];
}

export function lost() {
  if (takeAway) return;
  takeAway = notice(words.lost, { stays: 0, isFault: true });
  const looking = setInterval(async () => {
    try {
      await fetch("/api/languages", { cache: "no-store" });
      found();
    } catch {
      // Not yet.
    }
    if (!takeAway) clearInterval(looking);
  }, AGAIN);
}

// Resolves as soon as the server answers, at once where it does.
export function there() {
  return takeAway ? new Promise((resume) => { waiting.push(resume); }) : Promise.resolve();
}
