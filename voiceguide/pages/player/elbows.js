// A lock against stray elbows: while it is on and the session plays, touches do nothing. What waits goes on as ever, and
// keys, remotes and the lock screen work: no elbow presses those.

const HOLD = 800; // milliseconds for which the lock is held to open it

export function lockOf(button, words, isPlaying, hint) {
  let isLocked = false;
  let holding = 0;
  let isJustOpened = false;

  function turn(locked) {
    isLocked = locked;
    button.setAttribute("aria-pressed", String(locked));
    hint(locked ? words.locked : "");
  }

  button.addEventListener("pointerdown", () => {
    clearTimeout(holding);
    isJustOpened = false;
    if (!isLocked) return;
    holding = setTimeout(() => {
      isJustOpened = true;
      turn(false);
    }, HOLD);
  });
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) {
    button.addEventListener(end, () => clearTimeout(holding));
  }
  button.addEventListener("contextmenu", (event) => event.preventDefault());
  button.addEventListener("click", (event) => {
    if (!event.detail) turn(!isLocked); // by a key
    else if (isLocked) hint(words.locked);
    else if (!isJustOpened) turn(true);
    isJustOpened = false;
  });

  return {
    // Whether a click is an elbow's; it then reaches nothing.
    keepsOut(event) {
      if (!isLocked || !isPlaying() || button.contains(event.target)) return false;
      event.stopPropagation();
      event.preventDefault();
      hint(words.locked);
      return true;
    },
  };
}
