// The fields of a form: each stands for one place of the routine, and tells when it is typed into.

import { make } from "./make.js";
import { valueAt } from "./operations.js";
import { say, words } from "./words.js";

const SHORT = 30; // letters of a value that is shown with its key
const MOST_ROWS = 6; // of a field before it is typed into

const nameOf = (path) => JSON.stringify(path);

const isTongues = (value) => typeof value === "object" && value !== null && !Array.isArray(value)
  && Object.entries(value).every(([tag, text]) => /^[a-z]{2}(-|$)/i.test(tag) && (typeof text === "string" || Array.isArray(text)));

const tongueOf = (value, language) => (language in value ? language : Object.keys(value)[0]);

// Whether a text is a list of wordings, of which each visit says another one.
export const isVaried = (value) => typeof value === "object" && value !== null && "any" in value;

// Where a text stands that may be one for each language, or have several wordings: its path and what it says in `language`.
function worded(path, value, language) {
  if (isVaried(value)) return { ...worded([...path, "any"], value.any, language), isList: true };
  if (!isTongues(value)) return { path, value };
  const tag = tongueOf(value, language);
  return { path: [...path, tag], value: value[tag] };
}

// What a value looks like in a field of one text or several lines; undefined for what a field cannot show.
function shownAs(value, language) {
  if (value === undefined || value === null) return "";
  if (isVaried(value)) return shownAs(value.any, language);
  if (isTongues(value)) return shownAs(value[tongueOf(value, language)], language);
  if (Array.isArray(value)) {
    const lines = value.map((each) => (Array.isArray(each) || isVaried(each) ? undefined : shownAs(each, language)));
    return lines.includes(undefined) ? undefined : lines.join("\n");
  }
  return typeof value === "object" ? undefined : String(value);
}

// What was typed, as the routine has it: an empty field is none, unless it is needed, and a list stays one, each line
// with its translations.
function readAs(text, before, language, { isNumber, isList, isNeeded }) {
  const typed = text.trim();
  if (!typed) return isNeeded ? "" : null;
  if (isNumber && /^\d+$/.test(typed)) return Number(typed);
  if (!Array.isArray(before) && !isList) return text.replace(/\s*\n\s*/g, " ").trim();
  const lines = typed.split("\n").map((line) => line.trim()).filter(Boolean);
  const old = Array.isArray(before) ? before : [];
  return lines.map((line, at) => {
    const same = old.find((each) => shownAs(each, language) === line);
    if (same !== undefined) return same;
    return lines.length === old.length && isTongues(old[at]) ? { ...old[at], [tongueOf(old[at], language)]: line } : line;
  });
}

// Makes a field as tall as what is in it, where a browser doesn't do so by itself.
function fit(area) {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
}

// The fields of one form. `edited` is the draft.
export function entriesOf(edited) {
  const isLeftAlone = (path) => edited.untouchable.some((each) => each.path.length <= path.length
    && each.path.every((key, depth) => key === path[depth]));

  const drawn = []; // the paths that a field stands for

  function faultFor(path) {
    return make("div", { class: "faults", "data-at": nameOf(path), hidden: true });
  }

  // `help` tells how it is written.
  function field(path, label, shown, help = "") {
    drawn.push(path);
    const id = help && `help:${nameOf(path)}`;
    if (help) shown.setAttribute("aria-describedby", id);
    return make("div", { class: "entry" }, make("label", {}, make("span", {}, label), shown), help && make("small", { id }, help), faultFor(path));
  }

  // A text; `look` says `isNumber`, `isList` (a line each), `isLong`, `isNeeded`, `hint` (an example), `help` (how it is
  // written), `typed` (called with what is typed).
  function text(at, label, given, look = {}) {
    const language = edited.values.language || "en";
    const said = shownAs(given, language);
    if (said === undefined || isLeftAlone(at)) {
      return field(at, label, make("output", {}, words.only_in_text));
    }
    const isLong = look.isLong || look.isList || isVaried(given);
    const tag = isLong ? "textarea" : "input";
    const shown = make(tag, {
      "data-path": nameOf(at),
      dir: "auto",
      rows: isLong ? Math.min(MOST_ROWS, said.split("\n").length) : null,
      placeholder: look.hint || null,
      inputmode: look.isNumber ? "numeric" : null,
      autocomplete: "off",
      oninput: () => {
        const now = worded(at, valueAt(edited.values, at), language); // may have been translated meanwhile
        edited.change({ op: "set", path: now.path, value: readAs(shown.value, now.value, language, { ...look, isList: look.isList || now.isList }) }, nameOf(now.path));
        if (isLong) fit(shown);
        look.typed?.(shown.value);
      },
      onfocus: () => { if (isLong) fit(shown); },
      onchange: () => edited.part(),
    });
    shown.value = said;
    return field(at, isVaried(given) ? `${label} (${words.wordings})` : label, shown, look.help);
  }

  // Yes or no.
  function tick(path, label, value, otherwise = false) {
    drawn.push(path);
    const shown = make("input", {
      type: "checkbox",
      "data-path": nameOf(path),
      checked: value ?? otherwise,
      onchange: () => edited.change({ op: "set", path, value: shown.checked === otherwise ? null : shown.checked }),
    });
    return make("div", { class: "entry tick" }, make("label", {}, shown, make("span", {}, label)), faultFor(path));
  }

  // One of some: `options` are [value, label] each, by their JSON; what is none of them is shown as it stands in the text.
  function pick(path, label, value, options) {
    const now = JSON.stringify(value ?? null);
    const known = options.map(([each, name]) => [JSON.stringify(each), name]);
    if (!known.some(([each]) => each === now)) known.push([now, shownAs(value, edited.values.language || "en")?.replaceAll("\n", ", ") ?? words.only_in_text]);
    const shown = make("select", {
      "data-path": nameOf(path),
      disabled: isLeftAlone(path),
      onchange: () => edited.change({ op: "set", path, value: JSON.parse(shown.value) }),
    }, known.map(([each, name]) => make("option", { value: each, selected: each === now }, name)));
    return field(path, label, shown);
  }

  // Some of a few words, as the routine has them: one, or a list of several, or none at all. `options` are [word, label]
  // each; what else stands there is one of them.
  function some(path, label, value, options) {
    if (isLeftAlone(path)) return field(path, label, make("output", {}, words.only_in_text));
    drawn.push(path);
    const chosen = [value ?? []].flat();
    const all = new Map([...options, ...chosen.map((word) => [word, options.find(([each]) => each === word)?.[1] ?? String(word)])]);
    const ticks = [...all].map(([word, name]) => {
      const shown = make("input", { type: "checkbox", "data-path": nameOf([...path, word]), checked: chosen.includes(word), value: word, onchange: change });
      return make("label", { class: "entry tick" }, shown, make("span", {}, name));
    });
    const group = make("fieldset", {}, make("legend", {}, label), make("div", { class: "ticks" }, ticks), faultFor(path));

    function change() {
      const now = [...group.querySelectorAll("input:checked")].map((each) => each.value);
      edited.change({ op: "set", path, value: now.length > 1 ? now : now[0] ?? null });
    }

    return group;
  }

  // What of a mapping has no field, as its text has it; to be called when its fields are there.
  function kept(path, value) {
    const isDrawn = (at) => drawn.some((each) => at.every((key, depth) => each[depth] === key));
    const names = Object.entries(value ?? {}).filter(([key]) => !isDrawn([...path, key])).map(([key, each]) => {
      const said = typeof each === "object" ? "" : String(each);
      return said && said.length <= SHORT ? `${key}: ${said}` : key;
    });
    return names.length ? make("p", { class: "quiet as-is" }, say("kept_as_is", { names: names.join(", ") })) : "";
  }

  // Notes that a field of another module stands for a place.
  function standsFor(path) {
    drawn.push(path);
  }

  return { text, tick, pick, some, kept, standsFor, faultFor };
}

// Draws a form anew and keeps where somebody is in it: the field, what is marked, what is unfolded.
export function redrawn(place, draw) {
  const old = place.contains(document.activeElement) ? document.activeElement : null;
  const at = old?.dataset.path || old?.dataset.act;
  const marked = old && "selectionStart" in old ? [old.selectionStart, old.selectionEnd] : null;
  const open = new Set([...place.querySelectorAll("details[open]")].map(({ dataset }) => dataset.fold));
  draw();
  place.querySelectorAll("details").forEach((each) => { if (open.has(each.dataset.fold)) each.open = true; });
  if (at) focus(place, at, marked);
}

// Goes to a field, by its path or by what its button does; returns whether there is one.
export function focus(place, at, marked = null) {
  const name = CSS.escape(at);
  const found = place.querySelector(`[data-path="${name}"], [data-act="${name}"]`);
  if (!found) return false;
  const folded = found.closest("details");
  if (folded) folded.open = true;
  found.focus();
  if (marked && found.setSelectionRange && found.type !== "checkbox") found.setSelectionRange(...marked);
  return true;
}
