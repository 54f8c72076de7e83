// Play: a session is asked for in a tap's handler, so that browsers let it sound.

import { ask } from "./api.js";
import { forget } from "./memory.js";
import { hush } from "./samples.js";
import { tell } from "./notices.js";
import { language } from "./words.js";

let fresh = ""; // the session that was just asked for: it plays at once, from its beginning

// Tells whether a session is to play at once, and forgets that it was.
export function isFresh(id) {
  const is = fresh === id;
  fresh = "";
  return is;
}

// Some browsers let an element sound later only if a tap touched it.
function unlock() {
  hush();
  document.getElementById("audio").load();
}

// Goes to a session that plays at once, from its beginning.
export function start(id) {
  unlock();
  fresh = id;
  forget(id);
  const hash = `#session=${encodeURIComponent(id)}`;
  if (window.location.hash === hash) window.dispatchEvent(new HashChangeEvent("hashchange"));
  else window.location.hash = hash;
}

// Choices as they are asked for: in the page's language where the routine has it, unless another one was chosen.
export function wished({ languages }, choices) {
  const [own] = languages; // a routine's own one is the first
  return language !== own && languages.includes(language) ? { language, ...choices } : choices;
}

// Asks for a session of a routine's choices and goes to it; `touched` is the button, which waits so long. Fails with a
// Fault that names the choice at fault; without a `touched`, or without a field, the fault is told.
export async function play(routine, choices, touched, { onFault = tell } = {}) {
  if (touched.getAttribute("aria-busy") === "true") return;
  unlock();
  touched.setAttribute("aria-busy", "true");
  try {
    const { id } = await ask("POST", "/api/sessions", { routine, choices });
    start(id);
  } catch (fault) {
    onFault(fault);
  } finally {
    touched.removeAttribute("aria-busy");
  }
}
