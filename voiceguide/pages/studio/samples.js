// Samples of voices and beds: one sounds at a time, and its button stops it.

import { address } from "./api.js";
import { button, icon } from "./make.js";
import { notice } from "./notices.js";
import { words } from "./words.js";

const sample = new Audio();
let playing = null; // the button of what sounds

function show(which, isPlaying) {
  which.classList.toggle("sounding", isPlaying);
  which.replaceChildren(icon(isPlaying ? "stop" : "play"), isPlaying ? words.stop : words.listen);
}

export function hush() {
  sample.pause();
  if (playing) show(playing, false);
  playing = null;
}

sample.addEventListener("ended", hush);
sample.addEventListener("error", () => {
  if (!playing) return;
  hush();
  notice(words.no_sample, { isFault: true });
});

// A button that lets hear what `path` returns; "" where there is nothing to be heard now.
export function sampleButton(path, about) {
  const made = button({ class: "sample" });
  const name = () => made.setAttribute("aria-label", `${made.textContent}: ${about()}`);
  made.addEventListener("click", () => {
    const isOver = playing === made;
    hush();
    if (isOver || !path()) return;
    playing = made;
    sample.src = address(path());
    sample.play().catch((error) => { if (error.name === "NotAllowedError") hush(); });
    show(made, true);
    name();
  });
  show(made, false);
  return {
    element: made,
    // To be called when something else would be heard.
    refresh() {
      if (playing === made) hush();
      made.hidden = !path();
      show(made, false);
      name();
    },
  };
}
