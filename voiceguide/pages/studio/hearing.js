// How much of a session is heard, told to the server now and then, so that it knows visits and where to go on.

import { ask } from "./api.js";

const EVERY = 15000; // milliseconds

// Returns what says it for the last time, as long as the audio still knows where it is.
export function hearingOf(id, audio, signal) {
  const path = `/api/sessions/${encodeURIComponent(id)}/heard`;
  const hearing = Math.random().toString(36).slice(2, 12);
  let before = 0; // seconds that sounded before the element was loaded again
  let last = 0;
  let place = 0; // where the last report left it

  const sounded = () => {
    let sum = 0;
    for (let index = 0; index < audio.played.length; index += 1) sum += audio.played.end(index) - audio.played.start(index);
    return sum;
  };

  function report(leaving = false) {
    const seconds = before + sounded();
    const position = audio.ended ? null : audio.currentTime;
    if (!(audio.duration > 0) || (seconds === last && position === place)) return;
    last = seconds;
    place = position;
    const told = { hearing, share: Math.min(1, seconds / audio.duration), position };
    // Nobody asked for it, so nobody is told when it is not heard; the next report says it again.
    ask("POST", path, told, { leaving }).catch(() => {});
  }

  const telling = setInterval(() => { if (!audio.paused) report(); }, EVERY);
  audio.addEventListener("emptied", () => { before = last; }, { signal });
  audio.addEventListener("pause", () => report(), { signal });
  audio.addEventListener("ended", () => report(), { signal });
  window.addEventListener("pagehide", () => report(true), { signal });
  signal.addEventListener("abort", () => clearInterval(telling));
  return () => report(true);
}
