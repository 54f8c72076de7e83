// Elements of the page: made of a tag, attributes, listeners (`onclick`) and children. Texts stay texts.

export function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function button(attributes, ...children) {
  return make("button", { type: "button", ...attributes }, ...children);
}

const PATHS = {
  play: "M7 4.2v15.6L20 12z",
  stop: "M6 6h12v12H6z",
  search: "M10.5 4a6.5 6.5 0 1 0 4 11.6l4.7 4.7 1.5-1.5-4.7-4.7A6.5 6.5 0 0 0 10.5 4zm0 2.1a4.4 4.4 0 1 1 0 8.8 4.4 4.4 0 0 1 0-8.8z",
  phone: "M7 2.5h10A1.5 1.5 0 0 1 18.5 4v16a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 20V4A1.5 1.5 0 0 1 7 2.5zM7.5 5v12.5h9V5zM11 18.7v1.3h2v-1.3z",
  keep: "M11 3h2v9.2l3.3-3.3 1.4 1.4L12 16l-5.7-5.7 1.4-1.4 3.3 3.3zM4 18h16v2.5H4z",
  again: "M12 4.5V1.5L7 6l5 4.5V7.3a5.2 5.2 0 1 1-5.2 5.2H4A8 8 0 1 0 12 4.5z",
  bin: "M9 3h6l1 2h4v2H4V5h4zM6 8.5h12L17 21H7zM10 11v7.5h1.5V11zm2.8 0v7.5h1.5V11z",
  music: "M9 4.5 20 2.5v13.2a3.3 3.3 0 1 1-2-3V7.2l-7 1.3v9.2a3.3 3.3 0 1 1-2-3z",
  tick: "M9.5 16.2 5 11.7l-1.6 1.6 6.1 6.2L21 8l-1.6-1.6z",
  away: "M6.4 5 5 6.4 10.6 12 5 17.6 6.4 19 12 13.4 17.6 19 19 17.6 13.4 12 19 6.4 17.6 5 12 10.6z",
  up: "M12 6.2 4.6 13.6 6 15l6-6 6 6 1.4-1.4z",
  down: "M12 17.8 4.6 10.4 6 9l6 6 6-6 1.4 1.4z",
  grip: "M8 4h3v3H8zM13 4h3v3h-3zM8 10.5h3v3H8zM13 10.5h3v3h-3zM8 17h3v3H8zM13 17h3v3h-3z",
  redo: "M12 4.5V1.5L17 6l-5 4.5V7.3a5.2 5.2 0 1 0 5.2 5.2H20A8 8 0 1 1 12 4.5z",
  less: "M5 10.8h14v2.4H5z",
  more: "M10.8 5h2.4v5.8H19v2.4h-5.8V19h-2.4v-5.8H5v-2.4h5.8z",
};
const SVG = "http://www.w3.org/2000/svg";

// A small drawing that says nothing to a screen reader: its button has a name.
export function icon(name) {
  const drawn = document.createElementNS(SVG, "svg");
  drawn.setAttribute("viewBox", "0 0 24 24");
  drawn.setAttribute("aria-hidden", "true");
  drawn.setAttribute("class", "icon");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  drawn.append(path);
  return drawn;
}

// Whether a pointer is outside of what it touches, as on what lies behind a dialog.
function isOutside(shown, { clientX, clientY }) {
  const { left, right, top, bottom } = shown.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}

// A dialog with a heading and a way out, beside what else ends it. Escape closes it, and so does a touch behind it, but not
// the end of marking a text in it; the browser keeps the focus in it and gives it back after.
export function dialog(heading, closing, children, ending = "") {
  const id = `dialog-${heading.replace(/\W+/g, "-")}`;
  const shown = make("dialog", { "aria-labelledby": id },
    make("h2", { id, tabindex: "-1" }, heading),
    ...children,
    make("p", { class: "closing" }, ending, button({ class: "action", onclick: () => shown.close() }, closing)));
  let isLeaving = false;
  shown.addEventListener("pointerdown", (event) => { isLeaving = event.target === shown && isOutside(shown, event); });
  shown.addEventListener("click", (event) => { if (isLeaving && event.target === shown && isOutside(shown, event)) shown.close(); });
  shown.addEventListener("close", () => shown.remove());
  document.body.append(shown);
  shown.showModal();
  shown.querySelector("h2").focus();
  return shown;
}

// A drawing that the server made, with a name for who cannot see it.
export function drawing(svg, name) {
  const holder = document.createElement("template");
  holder.innerHTML = svg;
  const drawn = holder.content.querySelector("svg");
  drawn.setAttribute("role", "img");
  drawn.setAttribute("aria-label", name);
  return drawn;
}
