// One step to hear, as it would sound: with its words, sounds and times.

import { address } from "./api.js";
import { button, icon } from "./make.js";
import { hush } from "./samples.js";
import { notice, tell } from "./notices.js";
import { say, words } from "./words.js";

const MOST = 20; // seconds of a step that are heard

const sound = new Audio();
let stop = () => {};

window.addEventListener("hashchange", () => stop());

// The number of a step as people count, groups' steps each for itself.
function numberOf(steps, [, first, , second]) {
  return steps.slice(0, first).reduce((sum, step) => sum + (step?.steps?.length || 1), 1) + (second || 0);
}

export function hearStep(edited, path, title) {
  let asking = null;
  const label = say("hear_titled", { title });
  const shown = button({ class: "round go", "aria-label": label, title: words.listen, "data-act": `hear:${JSON.stringify(path)}`, onclick: hear }, icon("play"));

  function end() {
    asking?.abort();
    asking = null;
    sound.pause();
    shown.removeAttribute("aria-busy");
    shown.replaceChildren(icon("play"));
    stop = () => {};
  }

  async function hear() {
    const isOver = asking !== null;
    hush();
    stop();
    if (isOver) return;
    stop = end;
    asking = new AbortController();
    const { signal } = asking;
    shown.setAttribute("aria-busy", "true");
    sound.load(); // in the tap's handler, so that browsers let it sound later
    try {
      await edited.flush();
      const answer = await fetch(address("/api/preview"), {
        method: "POST",
        signal,
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ routine: edited.id, step: numberOf(edited.values.steps, path), seconds: MOST, choices: {} }),
      });
      if (!answer.ok) {
        const told = await answer.json().catch(() => null);
        notice(told?.error?.message || words.went_wrong, { isFault: true });
        end();
        return;
      }
      const link = URL.createObjectURL(await answer.blob());
      if (signal.aborted) return;
      sound.src = link;
      sound.onended = end;
      await sound.play();
      shown.removeAttribute("aria-busy");
      shown.replaceChildren(icon("stop"));
      URL.revokeObjectURL(link);
    } catch (fault) {
      if (signal.aborted) return;
      end();
      if (fault.name !== "NotAllowedError") tell(fault);
    }
  }

  return shown;
}
