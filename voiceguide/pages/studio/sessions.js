// Your sessions: what was made, what each is, and the room that all of it takes.

import { ask, follow } from "./api.js";
import { isGoing, remove } from "./deleting.js";
import { button, icon, make } from "./make.js";
import { toPhone } from "./phoning.js";
import { roomOf } from "./room.js";
import { start } from "./starting.js";
import { bedName, day, minutes, percent, say, voiceName, words } from "./words.js";

function stateOf(session) {
  if (session.state === "failed") return session.error?.message || words.went_wrong;
  if (session.state === "making") return say("made", { share: percent(session.share || 0) });
  if (session.state === "waiting") return words.waits;
  if (session.position) return say("left", { minutes: minutes(session.duration - session.position) });
  return session.heard ? say(session.heard === 1 ? "heard_once" : "heard", { count: session.heard }) : words.whole;
}

function entryOf(session, changed, signal) {
  const state = make("small", { class: session.state });
  const show = (now) => { state.textContent = stateOf(now); };
  const phone = button({ class: "round", "aria-label": say("to_phone_titled", { title: session.title }), title: words.to_phone, onclick: () => toPhone(session, phone) }, icon("phone"));
  const entry = make("li", {},
    make("a", { href: `#session=${encodeURIComponent(session.id)}` },
      make("img", { alt: "", src: session.cover, width: 88, height: 88, loading: "lazy" }),
      make("span", {},
        make("span", { class: "title", dir: "auto" }, session.title),
        make("small", {}, [minutes(session.duration), bedName(session.bed), voiceName(session.voice)].join(" · ")),
        make("small", {}, day(session.begun)),
        state)),
    make("span", { class: "row" },
      button({ class: "round go", "aria-label": say("play_titled", { title: session.title, length: minutes(session.duration) }), title: words.play, onclick: () => start(session.id) }, icon("play")),
      phone,
      button({
        class: "round", "aria-label": say("delete_titled", { title: session.title }), title: words.delete,
        onclick: () => {
          remove(session, changed);
          changed();
        },
      }, icon("bin"))));
  show(session);
  if (session.state === "making") {
    signal.addEventListener("abort", follow(session.id, { session: show, whole: show, failed: show }));
  }
  return entry;
}

export async function sessions(place, _, signal) {
  const list = make("ul", { id: "sessions" });
  const none = make("p", { class: "lead" }, words.no_sessions, " ", make("a", { class: "plain", href: "#" }, words.choose_one));
  const room = make("section", { id: "room" });

  async function show() {
    const { sessions: all } = await ask("GET", "/api/sessions", undefined, { signal });
    const shown = all.filter(({ id }) => !isGoing(id));
    const focused = [...list.querySelectorAll("button")].indexOf(document.activeElement);
    list.replaceChildren(...shown.map((session) => entryOf(session, show, signal)));
    none.hidden = shown.length > 0;
    const buttons = list.querySelectorAll("button");
    if (focused >= 0 && buttons.length) buttons[Math.min(focused, buttons.length - 1)].focus();
    else if (focused >= 0) place.querySelector("h1").focus();
  }

  place.append(make("h1", { tabindex: "-1" }, words.sessions), none, list, room);
  await Promise.all([show(), roomOf(room, show, signal)]);
}
