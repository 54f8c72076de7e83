// Nothing moves away from under a finger: what is said of a form waits until the button that is pressed is let go.

let pressed = null; // resolves once it is
let release = () => {};

window.addEventListener("pointerdown", () => {
  pressed ??= new Promise((resolve) => { release = resolve; });
}, { capture: true });

["pointerup", "pointercancel", "dragend"].forEach((name) => window.addEventListener(name, () => {
  pressed = null;
  setTimeout(release, 0); // after its click
}, { capture: true }));

// Resolves as soon as nothing is pressed.
export const steady = () => pressed ?? Promise.resolve();
