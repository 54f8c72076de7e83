// What a draft is called in its author's list: kept as it is typed, as all else is.

import { ask } from "./api.js";
import { draftPath } from "./draft.js";
import { make } from "./make.js";
import { tell } from "./notices.js";
import { words } from "./words.js";

const PAUSE = 200; // milliseconds from a key until it is sent, whether or not others follow

// A field for the name of the draft `edited`. `state` is called with "typed" and "saved", `called` once it has another name.
export function namingOf(edited, signal, state, called) {
  let later = 0;
  let sending = Promise.resolve();
  const field = make("input", {
    id: "draft-name", dir: "auto", maxlength: 120, placeholder: words.draft_name_hint, autocomplete: "off",
    oninput: () => {
      state("typed");
      later ||= setTimeout(send, PAUSE);
    },
    onchange: () => { if (later) send(); },
  });
  field.value = edited.draft.name || "";

  const put = () => ask("PATCH", draftPath(edited.id), { name: field.value.trim() || null }, { leaving: true });

  // One after the other: the last one that was typed is the last one that is kept.
  function send() {
    clearTimeout(later);
    later = 0;
    sending = sending.then(async () => {
      const { name } = await put();
      edited.draft.name = name;
      called();
      if (!later) state("saved");
    }).catch(tell);
  }

  function leave() {
    clearTimeout(later);
    if (later) put().catch(() => {});
    later = 0;
  }

  window.addEventListener("pagehide", leave);
  signal.addEventListener("abort", () => {
    leave();
    window.removeEventListener("pagehide", leave);
  });
  return make("label", { class: "entry" }, make("span", {}, words.draft_name), field);
}
