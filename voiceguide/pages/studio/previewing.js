// One step to hear, as it would sound: with its words, sounds and times.

import { address } from "./api.js";
import { button, icon } from "./make.js";
import { hush } from "./samples.js";
import { notice, tell } from "./notices.js";
import { say, words } from "./words.js";

const MOST = 20; // seconds of a step that are heard

const sound = new Audio();
const buttons = new Map(); // of each step's place, what shows its button anew
let heard = null; // the place of the step that is heard or asked for, and what calls it off

// Ends what is heard, as when the steps are no longer where they were.
export function hushStep() {
  if (!heard) return;
  const { at, asking } = heard;
  heard = null;
  asking.abort();
  sound.pause();
  buttons.get(at)?.();
}

window.addEventListener("hashchange", hushStep);
sound.addEventListener("ended", hushStep);

// The number of a step as people count, groups' steps each for itself.
function numberOf(steps, [, first, , second]) {
  return steps.slice(0, first).reduce((sum, step) => sum + (step?.steps?.length || 1), 1) + (second || 0);
}

// A step's button; `call` tells it what the step is called, `choices` returns those by which it is heard.
export function hearStep(edited, path, choices) {
  const at = JSON.stringify(path);
  const shown = button({ class: "round go", "data-act": `hear:${at}`, onclick: hear });
  let title = "";

  // It is the way to end what is heard, too, though the form was drawn anew meanwhile.
  function show() {
    const isHeard = heard?.at === at;
    shown.setAttribute("aria-label", isHeard ? say("stop_titled", { title }) : say("hear_titled", { title }));
    shown.title = isHeard ? words.stop : words.listen;
    shown.replaceChildren(icon(isHeard ? "stop" : "play"));
    if (!isHeard) shown.removeAttribute("aria-busy");
  }

  async function hear() {
    const isOver = heard?.at === at;
    hush();
    hushStep();
    if (isOver) return;
    const asking = new AbortController();
    const { signal } = asking;
    heard = { at, asking };
    show();
    shown.setAttribute("aria-busy", "true");
    sound.load(); // in the tap's handler, so that browsers let it sound later
    try {
      await edited.flush();
      const answer = await fetch(address("/api/preview"), {
        method: "POST",
        signal,
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ routine: edited.id, step: numberOf(edited.values.steps, path), seconds: MOST, choices: choices() }),
      });
      if (!answer.ok) {
        const told = await answer.json().catch(() => null);
        notice(told?.error?.message || words.went_wrong, { isFault: true });
        hushStep();
        return;
      }
      const link = URL.createObjectURL(await answer.blob());
      if (signal.aborted) return;
      sound.src = link;
      await sound.play();
      shown.removeAttribute("aria-busy");
      URL.revokeObjectURL(link);
    } catch (fault) {
      if (signal.aborted) return;
      hushStep();
      if (fault.name !== "NotAllowedError") tell(fault);
    }
  }

  buttons.set(at, show);
  return {
    element: shown,
    call(name) {
      title = name;
      show();
    },
  };
}
