// Keyboards, remotes and foot pedals.

// `actions` are called without arguments; `isReading` tells whether there is something to scroll: what scrolls a page
// does so then, and is a remote's way from step to step at any other time.
export function keysOf({ toggle, previous, forward, first }, isReading, signal) {
  const always = { ArrowLeft: previous, ArrowRight: forward, Home: first, " ": toggle, Enter: toggle };
  const scrolling = { PageUp: previous, PageDown: forward, ArrowUp: previous, ArrowDown: forward };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("dialog, select")) return;
    const action = always[event.key] || (isReading() ? undefined : scrolling[event.key]);
    const isOnButton = event.target.closest("button, summary, input, a");
    if (event.key === " " && isOnButton) return;
    if (event.key === "Enter" && isOnButton && !event.repeat) return;
    // A key that is held acts once: neither does it run through the steps, nor press a button again, nor scroll.
    if (action || (event.key === "Enter" && isOnButton && event.repeat)) event.preventDefault();
    if (action && !event.repeat) action();
  }, { signal });
}
