// By which voice a draft is heard, in which language, and how much of it: no part of the draft, so the browser keeps it.

import { ask } from "./api.js";
import { button, dialog } from "./make.js";
import { tell } from "./notices.js";
import { hush } from "./samples.js";
import { voicesOf } from "./voices.js";
import { say, voiceName, words } from "./words.js";

const HEARD = "voiceguide:draft-heard:";

function kept(id) {
  try {
    return JSON.parse(localStorage.getItem(HEARD + id)) ?? {};
  } catch {
    return {};
  }
}

function keep(id, choices) {
  try {
    localStorage.setItem(HEARD + id, JSON.stringify(choices));
  } catch {
    // They hold as long as the page does.
  }
}

// A draft's `choices`, and a button, `element`, that says who speaks and leads to them: `show` is called with the voice of
// what would be played, or null for none; `changed` when other choices were made.
export function voicing(id, changed, signal) {
  const choices = kept(id);
  const element = button({ class: "plain", id: "voice", hidden: true, onclick: () => choose().catch(tell) });

  function change(field, value) {
    if (value === null) delete choices[field];
    else choices[field] = value;
    keep(id, choices);
    changed();
  }

  async function choose() {
    const shown = await ask("GET", `/api/routines/${encodeURIComponent(id)}`, undefined, { signal });
    const voices = voicesOf(shown, () => choices, { change, replan: changed }, signal);
    dialog(words.voice_and_words, words.close, [voices.fields]).addEventListener("close", hush);
    voices.fill();
  }

  return {
    element,
    choices,
    show(voice) {
      element.hidden = voice === null;
      if (voice !== null) element.textContent = say("voice_is", { name: voiceName(voice) });
    },
  };
}
