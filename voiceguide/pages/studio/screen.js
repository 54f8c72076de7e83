// The player's screen of one session, from the page's blank one in the session's language.

import { make } from "./make.js";

function notes(sections) {
  return sections.flatMap(({ key, heading, items }) => (heading
    ? [make("h3", {}, heading), make("ul", {}, items.map((item) => make("li", { dir: "auto" }, item)))]
    : items.map((item) => make("p", { class: key, dir: "auto" }, item))));
}

// What holds the session's drawings, as the server made them: shapes alone.
function atlas(svg) {
  const holder = document.createElement("template");
  holder.innerHTML = `<svg id="atlas" aria-hidden="true"><defs>${svg}</defs></svg>`;
  return holder.content;
}

// `told` is what the server answers for a session's timeline.
export function screenOf(told, session) {
  const templates = [...document.querySelectorAll("template.player")];
  const primary = told.session.language.split("-")[0];
  const { content } = templates.find((each) => each.lang === told.session.language) || templates.find((each) => each.lang === primary);
  const screen = document.importNode(content, true);
  screen.querySelector("#title").textContent = told.session.title;
  screen.querySelector("header").prepend(make("img", { id: "cover", alt: "", src: session.cover }));
  screen.querySelector("#notes").append(...notes(told.notes));
  screen.querySelector("#before").open = false;
  if (!told.waits) screen.querySelector("#waiting").remove();
  if (told.drawn) screen.prepend(atlas(told.drawn.svg));
  return screen;
}
