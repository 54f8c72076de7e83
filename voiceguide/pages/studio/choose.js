// The first screen: tiles of routines, what was left in the middle, and a search over what is known of each.

import { ask } from "./api.js";
import { button, icon, make } from "./make.js";
import { tell } from "./notices.js";
import { play, wished } from "./starting.js";
import { voiceHint } from "./voices.js";
import { bedName, firstTimes, language, lasting, minutes, motifs, say, words } from "./words.js";

// Letters without accents and capitals, so that "Rucken" finds "Rücken".
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

const COLLECTIONS = ["evening", "office", "couple", "feet"];
const WHOM = { all: () => true, giver: (routine) => routine.audience === "giver", self: (routine) => routine.audience === "self" };

// A routine's picture without its title; one of somebody's own may have a cover of its own, and shows all of it.
export function picture(routine) {
  if (routine.own) return make("span", { class: "picture own" }, make("img", { src: routine.cover, alt: "", width: 400, height: 400 }));
  const { picture: file, ground } = motifs[routine.motif];
  const shown = make("span", { class: "picture" }, make("img", { src: `/assets/${file}`, alt: "", width: 400, height: 400 }));
  shown.style.setProperty("--picture", ground);
  return shown;
}

// What somebody chose, in a few words: "15 min, Rain".
export function chosen(choices) {
  const { length } = choices;
  const told = [];
  if (length && !["short", "full"].includes(length)) told.push(minutes(secondsOf(length)));
  else if (length) told.push(words[`length_${length}`]);
  if (choices.bed) told.push(bedName(choices.bed));
  if (choices.talk && choices.talk !== "full") told.push(words[`talk_${choices.talk}`]);
  return told.join(", ");
}

const UNITS = { h: 3600, m: 60, s: 1 };
export function secondsOf(length) {
  if (typeof length === "number") return length;
  return [...length.matchAll(/([\d.]+)\s*([hms])/g)].reduce((sum, [, count, unit]) => sum + count * UNITS[unit], 0);
}

// How long it is what Play plays.
function playing({ last, lengths, hands_on: hands }) {
  const length = last?.length ?? "short";
  return length in lengths ? lasting(lengths[length], hands[length]) : minutes(secondsOf(length));
}

function tile(routine) {
  const last = routine.last ? chosen(routine.last) : "";
  const length = playing(routine);
  return make("li", { class: "tile" },
    make("a", { href: `#routine=${encodeURIComponent(routine.name)}` },
      picture(routine),
      make("span", { class: "title", dir: "auto" }, routine.title),
      make("span", { class: "length" }, length.split(/(?<=,) /).map((part) => [make("span", {}, part), " "]).flat(),
        last && make("small", {}, say("as_last_time", { choices: last })))),
    button({
      class: "go",
      "aria-label": say("play_titled", { title: routine.title, length: last || minutes(routine.lengths.short) }),
      title: words.play,
      onclick: (event) => play(routine.name, wished(routine, routine.last || {}), event.currentTarget),
    }, icon("play")));
}

function goOn(session) {
  return make("a", { class: "go-on", href: `#session=${encodeURIComponent(session.id)}` },
    icon("play"),
    make("span", {}, make("strong", {}, words.go_on), " ",
      make("span", { dir: "auto" }, session.title), ", ",
      say("left", { minutes: minutes(session.duration - session.position) })));
}

// What newcomers hear once, as long as nothing was heard to its end.
function welcome(routines) {
  const first = routines.find(({ name }) => name === firstTimes[0]);
  if (!first || routines.some(({ visits }) => visits)) return "";
  return make("p", { class: "welcome" },
    make("a", { class: "plain", href: `#routine=${encodeURIComponent(first.name)}` }, say("first_time", { title: first.title })));
}

export async function choose(place, _, signal) {
  const [{ routines, left_out: leftOut }, { sessions }] = await Promise.all([
    ask("GET", "/api/routines", undefined, { signal }),
    ask("GET", "/api/sessions", undefined, { signal }),
  ]);
  // What is done often comes first, what is heard once last.
  const order = ({ name, visits }) => visits - (firstTimes.includes(name) ? 0.5 : 0);
  const known = routines.sort((one, other) => order(other) - order(one)).map((routine) => ({
    routine,
    title: plain(routine.title),
    text: plain([routine.title, routine.summary, routine.position, ...routine.tags, motifs[routine.motif].words].join(" ")),
  }));
  const open = sessions.find((session) => session.position && session.state !== "failed");
  const tiles = make("ul", { id: "tiles" });
  const result = make("p", { id: "found", role: "status" });
  const search = make("input", {
    id: "search", type: "search", placeholder: words.search_hint, "aria-label": words.search, autocomplete: "off", spellcheck: "false",
    oninput: () => show(),
  });
  const hint = make("div", {});
  let whom = "all";
  let collection = "all";

  function show() {
    const wanted = plain(search.value).split(/\s+/).filter(Boolean);
    const isNamed = ({ title }) => wanted.every((word) => title.includes(word));
    const found = known.filter(({ routine, text }) => WHOM[whom](routine) && (collection === "all" || routine.collections.includes(collection)) &&
      wanted.every((word) => text.includes(word)))
      .sort((one, other) => isNamed(other) - isNamed(one));
    tiles.replaceChildren(...found.map(({ routine }) => tile(routine)));
    if (!wanted.length && whom === "all" && collection === "all") result.textContent = "";
    else if (found.length) result.textContent = say(found.length === 1 ? "found_one" : "found", { count: found.length });
    else result.textContent = words.none_found;
  }

  const chips = (name, legend, keys, now, take) => make("fieldset", { class: "chips" }, make("legend", { class: "unseen" }, legend),
    keys.map((key) => make("label", {},
      make("input", { type: "radio", name, value: key, checked: key === now, onchange: () => { take(key); show(); } }),
      make("span", {}, words[`${name}_${key}`]))));
  const filters = [
    chips("whom", words.for_whom, Object.keys(WHOM), whom, (key) => { whom = key; }),
    chips("collection", words.for_what, ["all", ...COLLECTIONS], collection, (key) => { collection = key; }),
  ];

  place.append(
    make("h1", { tabindex: "-1" }, words.heading),
    make("p", { class: "lead" }, words.lead),
    hint,
    open ? goOn(open) : welcome(routines),
    make("div", { id: "finding" }, make("div", { class: "search" }, icon("search"), search), ...filters),
    result,
    tiles,
    leftOut.length ? make("details", { class: "left-out" }, make("summary", {}, say("left_out", { count: leftOut.length })),
      make("ul", {}, leftOut.map((text) => make("li", {}, text)))) : "",
  );
  show();
  voiceHint(hint, language, signal).catch(tell);
}
