// A draft in two languages beside each other: what is missing in the second is marked, and is written there.

import { saidOf } from "./findings.js";
import { dialog, make } from "./make.js";
import { valueAt } from "./operations.js";
import { languages, say, words } from "./words.js";

const TEXTS = ["title", "summary", "position", "end", "settle"];
const LISTS = ["need", "reminders", "closing"];
const OF_STEP = ["name", "say", "say_again", "switch", "warn", "position"];

// The places of all texts of a routine, in the order in which they stand.
function placesOf(values) {
  const steps = (list, path) => (list || []).flatMap((step, index) => {
    const at = [...path, index];
    return [
      ...OF_STEP.map((key) => [...at, key]),
      ...["say_press", "say_release"].map((key) => [...at, "hold", key]),
      ...["say_out", "say_back", "say_last"].map((key) => [...at, "rhythm", key]),
      ...(step?.cues || []).flatMap((_, number) => ["say", "say_again"].map((key) => [...at, "cues", number, key])),
      ...(step?.reminders?.length ? step.reminders.map((_, number) => [...at, "reminders", number]) : []),
      ...steps(step?.steps, [...at, "steps"]),
    ];
  });
  const safety = Object.entries(values.safety || {}).flatMap(([key, list]) => (Array.isArray(list) ? list.map((_, number) => ["safety", key, number]) : []));
  const lists = LISTS.flatMap((key) => (Array.isArray(values[key]) ? values[key].map((_, number) => [key, number]) : []));
  return [...TEXTS.map((key) => [key]), ...safety, ...lists, ...steps(values.steps, ["steps"])]
    .flatMap((path) => {
      const list = [path, [...path, "any"]].find((each) => Array.isArray(valueAt(values, each)));
      return list ? valueAt(values, list).map((_, number) => [...list, number]) : [path];
    })
    .filter((path) => { const value = valueAt(values, path); return typeof value === "string" || (value && typeof value === "object" && Object.values(value).every((each) => typeof each === "string")); });
}

// Opens a draft's texts in another language, where `at` is given that one, at a path in it. Returns what tells of
// findings there, with their mends; null where there is no form.
export function translate(edited, form, at = null) {
  if (!edited.values) return null;
  const own = edited.values.language || "en";
  const others = Object.entries(languages).filter(([tag]) => tag !== own);
  const tongue = make("select", { "aria-label": words.translate_to, onchange: show }, others.map(([tag, name]) => make("option", { value: tag, lang: tag }, name)));
  if (at) tongue.value = at.tag;
  const missing = make("p", { class: "hint", role: "status" });
  const table = make("div", { class: "columns" });

  function tellMissing() {
    const open = [...table.querySelectorAll("textarea")].filter(({ value }) => !value.trim());
    table.querySelectorAll(".pair").forEach((row) => row.classList.toggle("missing", !row.querySelector("textarea").value.trim()));
    missing.textContent = open.length ? say("missing_texts", { count: open.length }) : words.none_missing;
  }

  function show() {
    const to = tongue.value;
    table.replaceChildren(...placesOf(edited.values).map((path) => {
      const value = valueAt(edited.values, path);
      const said = typeof value === "object" ? value[own] ?? Object.values(value)[0] : value;
      const field = make("textarea", {
        rows: 1, dir: "auto", lang: to, "aria-label": said,
        oninput: () => {
          edited.change({ op: "translate", path, language: to, text: field.value.trim() || null }, `${to}:${JSON.stringify(path)}`);
          tellMissing();
        },
      });
      field.value = typeof value === "object" ? value[to] ?? "" : "";
      const faults = make("div", { class: "faults", "data-of": JSON.stringify(path), hidden: true });
      return make("div", { class: "pair" }, make("p", { dir: "auto", lang: own }, said), make("div", {}, field, faults));
    }));
    tellMissing();
    tell();
  }

  let told = { findings: [], mend: null };

  // Its field has what it was mended to.
  async function mended(given) {
    await told.mend(given);
    await edited.flush();
    show();
  }

  function tell(findings = told.findings, mend = told.mend) {
    told = { findings, mend };
    table.querySelectorAll(".faults").forEach((place) => {
      const found = saidOf(form, findings, JSON.parse(place.dataset.of), tongue.value, mended);
      place.hidden = !found.length;
      place.replaceChildren(...found);
    });
  }

  dialog(words.translate, words.close, [make("div", { class: "row" }, tongue), missing, table]).classList.add("wide");
  show();
  if (at) [...table.querySelectorAll(".faults")].find(({ dataset }) => JSON.stringify([...JSON.parse(dataset.of), at.tag]) === JSON.stringify(at.path))?.previousSibling.focus();
  return tell;
}
