// A step's drawing: what it is now, and a grid of all there are to pick another from.

import { ask } from "./api.js";
import { button, dialog, make } from "./make.js";
import { tell } from "./notices.js";
import { words } from "./words.js";

let asked = null; // all drawings; asked for once

function all() {
  asked ??= ask("GET", "/api/drawings").then(({ drawings }) => drawings, (fault) => {
    asked = null;
    throw fault;
  });
  return asked;
}

const pictureOf = (name) => `/api/drawings/${name.split("/").map(encodeURIComponent).join("/")}.svg`;

// The drawings of an area under its name; `pick` is called with the one that was picked.
function grid(drawings, now, pick) {
  const areas = new Map();
  for (const each of drawings) {
    const area = each.name.split("/")[0];
    areas.set(area, [...(areas.get(area) || []), each]);
  }
  return [...areas].map(([area, members]) => make("section", { lang: "en" },
    make("h3", {}, area.replaceAll("-", " ")),
    make("div", { class: "drawings" }, members.map(({ name, title, picture }) => button({
      class: "drawing", title, "aria-pressed": String(name === now), onclick: () => pick(name),
    }, make("img", { src: picture, alt: title, width: 120, height: 120, loading: "lazy" }))))));
}

// The field of a step's drawing. `path` is its place in the routine, `value` its name, or a file's; `goTo` draws the form
// anew and goes to what a button of it does.
export function drawingOf(edited, path, value, { faultFor, standsFor, goTo }) {
  standsFor(path);
  const act = `show:${JSON.stringify(path)}`;

  async function choose() {
    let drawings;
    try {
      drawings = await all();
    } catch (fault) {
      tell(fault);
      return;
    }
    const pick = (name) => {
      shown.close();
      edited.change({ op: "set", path, value: name });
      goTo(act);
    };
    const none = button({ class: "action", onclick: () => pick(null) }, words.drawing_none);
    const shown = dialog(words.drawing_choose, words.cancel, grid(drawings, value, pick), none);
    shown.classList.add("wide");
  }

  const isBundled = value?.includes("/") && !value.endsWith(".svg");
  return make("div", { class: "entry drawn" },
    make("span", {}, words.step_drawing),
    make("div", { class: "row" },
      isBundled ? make("img", { src: pictureOf(value), alt: "", width: 72, height: 72, loading: "lazy" }) : value || "",
      button({ class: "plain", "data-act": act, onclick: choose }, value ? words.drawing_other : words.drawing_choose)),
    faultFor(path));
}
