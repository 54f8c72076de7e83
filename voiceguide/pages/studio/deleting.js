// Deleting that can be taken back: for some seconds nothing is gone but from the page.

import { ask } from "./api.js";
import { notice, tell } from "./notices.js";
import { say, words } from "./words.js";

const UNDO = 8000; // milliseconds
const going = new Map(); // by the session's id, what deletes it now

export const isGoing = (id) => going.has(id);

// `back` is called when it was taken back.
export function remove(session, back) {
  const { id, title } = session;
  const path = `/api/sessions/${encodeURIComponent(id)}`;
  const later = setTimeout(() => now(false), UNDO);
  const away = notice(say("deleted", { title }), {
    label: words.undo,
    stays: UNDO,
    action() {
      clearTimeout(later);
      going.delete(id);
      back();
    },
  });
  function now(leaving) {
    clearTimeout(later);
    away();
    going.delete(id);
    ask("DELETE", path, undefined, { leaving }).catch(tell);
  }
  going.set(id, now);
}

window.addEventListener("pagehide", () => going.forEach((now) => now(true)));
