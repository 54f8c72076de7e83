// What of an article is to be looked at in its draft: the notes that `import` left in the text, to tick off, and the
// sentences it left out, to be said after all.

import { foundIn } from "./importing.js";
import { button, icon, make } from "./make.js";
import { redrawn } from "./entries.js";
import { plainly } from "./noting.js";
import { changeOf, valueAt } from "./operations.js";
import { say, words } from "./words.js";

const FLAG = /^(.*?)\s*# check: (.*)$/;
const NAME = /^\s*- name: ([^#]+?)\s*(?:#.*)?$/;
const ABOUT_ALL = [ // a note's example, and its field
  ["; as: position:", ["position"]], ["; as: settle:", ["settle"]], ["; as: closing:", ["closing"]], ["; as: safety: {do_not_start", ["safety", "do_not_start"]],
  ["a caution, word for word", ["safety", "more"]],
];
// What a step's note asks for, and the field that answers it.
const ASKS = [
  [/^(duration|sides):/, ([, key]) => [key]],
  [/^(press|release|times):/, ([, key]) => ["hold", key]],
  [/gives this step no name$/, () => ["name"]],
  [/no more than this step's name$/, () => ["say"]],
];
const MOST_WORDS = 5; // of a step's name
const LEFT_OUT = /^\s*# left out, line \d+: "(.*)"$/;

// The lists of all of a massage in which a sentence of its article may stand.
const LISTS = () => [
  [["closing"], words.field_closing], [["reminders"], words.step_reminders],
  ...["do_not_start", "ask_first", "avoid", "more"].map((key) => [["safety", key], words[`care_${key}`]]),
].map(([path, title]) => ({ path, title }));

// What a step is called that a sentence begins, until its author calls it otherwise: its first words, up to five.
function nameFrom(text) {
  const said = text.split(/[,.;:!?|]/)[0].trim().split(/\s+/);
  const few = said.slice(0, MOST_WORDS);
  while (said.length > MOST_WORDS && few.length > 2 && few.at(-1).length <= 3) few.pop();
  return few.join(" ");
}

// What the step that begins in a line is called; undefined where none does.
function nameIn(line) {
  return NAME.exec(line)?.[1].replace(/^(["'])(.*)\1$/, "$2");
}

// What the step below a line is called, "" where the line belongs to no step.
function nameBelow(lines, index) {
  const block = lines.slice(index, lines.findIndex((line, at) => at > index && !line.trim()) + 1 || undefined);
  return block.map(nameIn).find(Boolean) ?? "";
}

// The notes of a text, each with its line, from 1, the step that it is `about`, what stands `before` it in its line, and
// what was left out in the line `below`.
export function notesOf(text) {
  return text.split(/\r\n?|\n/).flatMap((line, index, lines) => {
    const [before, flag] = FLAG.exec(line)?.slice(1) ?? [];
    const [, left] = LEFT_OUT.exec(line) ?? [];
    if (flag !== undefined) return [{ kind: "flags", text: flag, at: index + 1, about: nameBelow(lines, index), before, below: LEFT_OUT.exec(lines[index + 1] ?? "")?.[1] }];
    return left === undefined ? [] : [{ kind: "left_out", text: left, at: index + 1 }];
  });
}

// A text without some of its notes, and without the lines that held nothing else.
function without(text, notes) {
  const lines = text.split("\n");
  for (const { at } of notes.toSorted((one, other) => other.at - one.at)) {
    const rest = FLAG.exec(lines[at - 1])?.[1] ?? "";
    lines.splice(at - 1, 1, ...(rest.trim() ? [rest] : []));
  }
  return lines.join("\n");
}

// Every step that says something, with its path and what it is called.
function stepsOf(values) {
  const named = ({ name }) => (typeof name === "object" && name !== null ? Object.values(name)[0] : String(name ?? ""));
  const of = (list, path) => (list || []).flatMap((step, index) => (step?.steps ? of(step.steps, [...path, index, "steps"]) : [{ path: [...path, index], title: named(step || {}) }]));
  return of(values.steps, ["steps"]);
}

// The field that a note of a whole routine, or of a step, asks for; null for one that asks nothing that a field answers.
function askedBy({ text, about }) {
  if (!about) return ABOUT_ALL.find(([example]) => text.includes(example))?.[1] ?? null;
  const [found, fieldIn] = ASKS.find(([asks]) => asks.test(text)) ?? [];
  return found ? fieldIn(found.exec(text)) : null;
}

// The path of the field that a note is about; null where it is about none.
function fieldOf(note, edited) {
  if (note.kind !== "flags" || !edited.values) return null;
  const { about, at } = note;
  const asked = askedBy(note);
  if (!about) return asked;
  const before = edited.text.split(/\r\n?|\n/).slice(0, at - 1).filter((line) => nameIn(line) === about).length;
  const step = stepsOf(edited.values).filter(({ title }) => title === about)[before];
  return step ? [...step.path, ...(asked ?? ["say"])] : null;
}

// The path of the field in which an article's word of care stands; null where it was taken out.
function careOf({ text, place }, { values }) {
  if (place !== "warn") return ["safety", place];
  const said = JSON.stringify(text).slice(1, -1).toLowerCase(); // it begins a sentence there
  const step = stepsOf(values).find(({ path }) => JSON.stringify(valueAt(values, [...path, "warn"]) ?? "").toLowerCase().includes(said));
  return step ? [...step.path, "warn"] : null;
}

// The lists of a draft; `element` is to be shown, `show` draws it anew after a change of the text, `answered` is called
// with the path of a field that was filled in; `goTo` is called with a note to show, null for none, its field's path, and
// the name of what was touched, to come back to; `goToRow` after a change of the steps, with the name of the field to go to, "" for none.
export function lookedAt(edited, goTo, goToRow) {
  const element = make("div", { class: "looked-at" });
  const { cautions = [] } = foundIn(edited.id) ?? {};
  let isOpen = true;

  const dropping = (notes) => changeOf(edited.text, without(edited.text.replace(/\r\n?/g, "\n"), notes));

  // A note stands where it stood when all that was typed is in the text.
  async function change(note, more = () => []) {
    await edited.flush();
    const now = notesOf(edited.text).filter(({ kind, text }) => kind === note.kind && text === note.text);
    const still = now.find(({ at }) => at === note.at) ?? now[0];
    if (!still) return;
    const ops = more();
    edited.change([dropping([still]), ...ops]);
    ops.forEach(({ op, path, at }) => goToRow(op === "add" ? JSON.stringify([...path, at, "name"]) : ""));
  }

  // Notes that ask for what is in their field now have their answer.
  async function answered(path) {
    await edited.flush();
    if (!edited.values || [valueAt(edited.values, path) ?? ""].flat().join("") === "") return;
    const asks = (note) => askedBy(note) && fieldOf(note, edited)?.every((key, depth) => key === path[depth]);
    const notes = notesOf(edited.text).filter((each) => each.kind === "flags" && asks(each));
    if (notes.length) edited.change(dropping(notes));
  }

  // A sentence that was left out is said at a step's end, stands in one of the lists of all of it, or begins a step.
  function sayIn(text, path) {
    if (!path) return [{ op: "add", path: ["steps"], at: edited.values.steps.length, value: { name: nameFrom(text), say: text, duration: "1m" } }];
    const at = path[0] === "steps" ? [...path, "say"] : path;
    const said = valueAt(edited.values, at) ?? [];
    return [{ op: "set", path: at, value: [said].flat().length || path[0] !== "steps" ? [...[said].flat(), text] : text }];
  }

  function flag(note, index) {
    return make("li", {},
      make("label", { class: "entry tick" },
        make("input", { type: "checkbox", "data-act": `flag:${index}`, onchange: () => change(note) }),
        make("span", { dir: "auto" }, note.about && make("strong", {}, `${note.about}: `), plainly(note))),
      button({ class: "plain", "data-act": `show:${index}`, onclick: () => goTo(note, fieldOf(note, edited), `show:${index}`) }, words.show_in_text));
  }

  function caution(found, index) {
    const at = edited.values && careOf(found, edited);
    return make("li", {}, make("span", { dir: "auto" }, found.text),
      at && button({ class: "plain", "data-act": `care:${index}`, onclick: () => goTo(null, at, `care:${index}`) }, words.show_in_text));
  }

  function leftOut(note, index) {
    const places = make("select", {
      "data-act": `left:${index}`, "aria-label": say("say_it_in", { text: note.text }),
      onchange: () => { if (places.value) change(note, () => sayIn(note.text, JSON.parse(places.value).path)); },
    }, make("option", { value: "" }, words.say_after_all), make("option", { value: "{}" }, words.new_step),
    [...stepsOf(edited.values), ...LISTS()].map(({ path, title }) => make("option", { value: JSON.stringify({ path }) }, title)));
    return make("li", {},
      make("span", { dir: "auto" }, note.text),
      make("span", { class: "row" }, places,
        button({ class: "round", "data-act": `drop:${index}`, "aria-label": say("delete_titled", { title: note.text }), title: words.delete, onclick: () => change(note) }, icon("bin"))));
  }

  function list(kind, entries, hint = "", ending = "") {
    return entries.length ? make("section", {}, make("h3", {}, words[`article_${kind}`]), hint && make("p", { class: "quiet" }, hint),
      make("ul", { class: "looking" }, entries), entries.length > 1 && ending) : "";
  }

  // All that was left out at once, which is undone as one.
  async function dropAll() {
    await edited.flush();
    edited.change(dropping(notesOf(edited.text).filter(({ kind }) => kind === "left_out")));
  }

  function draw() {
    const notes = notesOf(edited.text);
    const [flags, left] = ["flags", "left_out"].map((kind) => notes.filter((note) => note.kind === kind));
    const isThere = notes.length > 0 || cautions.length > 0;
    element.replaceChildren(isThere ? make("details", { class: "folded", open: isOpen, ontoggle: (event) => { isOpen = event.target.open; } },
      make("summary", {}, make("h2", {}, words.from_article),
        make("span", { class: "now" }, flags.length ? say("to_look_at", { count: flags.length }) : words.all_looked_at)),
      list("cautions", cautions.map(caution)),
      list("flags", flags.map(flag)),
      list("left_out", edited.values ? left.map(leftOut) : [], words.left_out_help,
        button({ class: "plain", "data-act": "drop:all", onclick: dropAll }, words.delete_all))) : "");
  }

  return { element, show: () => redrawn(element, draw), answered };
}
