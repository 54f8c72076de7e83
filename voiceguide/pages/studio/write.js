// A draft on the page: its form and its text, two sides of one thing; what would be played of it, at every change.

import { ask, Fault } from "./api.js";
import { conflict } from "./conflict.js";
import { draftPath, edit } from "./draft.js";
import { draw } from "./drawing.js";
import { focus, redrawn } from "./entries.js";
import { goToFault, listFindings, tellFindings } from "./findings.js";
import { lookedAt } from "./looking.js";
import { button, icon, make } from "./make.js";
import { namingOf } from "./naming.js";
import { tell } from "./notices.js";
import { rowsOf } from "./rows.js";
import { play } from "./starting.js";
import { textOf } from "./text.js";
import { translate } from "./translating.js";
import { steady } from "./steady.js";
import { voicing } from "./voicing.js";
import { exactly, say, words } from "./words.js";

const PAUSE = 150; // milliseconds after a change until it is looked at
const TAB = "voiceguide:draft-tab";

export async function write(place, id, signal) {
  const form = make("form", { id: "draft-form", onsubmit: (event) => event.preventDefault() });
  const rest = make("div", { id: "findings", role: "status" });
  const state = make("p", { id: "saved", role: "status" });
  const result = make("p", { id: "result", role: "status" });
  const map = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  map.setAttribute("id", "plan");
  map.setAttribute("aria-hidden", "true");
  const heading = make("h1", { tabindex: "-1", dir: "auto" });
  const undo = button({ class: "round", "aria-label": words.undo_step, title: `${words.undo_step} (${words.key_ctrl}+Z)`, onclick: () => step("undo") }, icon("again"));
  const redo = button({ class: "round", "aria-label": words.redo_step, title: `${words.redo_step} (${words.key_ctrl}+Y)`, onclick: () => step("redo") }, icon("redo"));
  const go = button({ id: "begin", disabled: true, onclick: begin }, icon("play"), words.play);
  const tabs = ["form", "text"].map((name) => button({ role: "tab", id: `tab-${name}`, "aria-controls": `side-${name}`, onclick: () => turn(name) }, words[`tab_${name}`]));
  let findings = { hash: "", findings: [] };
  let tellTranslation = null; // in the texts that stand beside each other, once they do
  let looking = null;
  let later = 0;

  const { beds } = await ask("GET", "/api/sounds", undefined, { signal });
  const heard = voicing(id, again, signal);
  const known = { beds: beds.map(({ name: each }) => each), choices: () => heard.choices };
  // From here on nothing is waited for: what a page before this one left is on its way, and its answer is shown.
  const edited = await edit(id, signal, {
    values: () => {
      redrawn(form, fill);
      again();
    },
    text: () => {
      source.show();
      notes.show();
      if (edited.values) call();
      else fill();
      buttons();
      again();
    },
    state: (name) => {
      state.textContent = words[`draft_${name}`];
      if (name === "typed") again(); // looked at when the typing pauses, however often it is saved meanwhile
    },
    refused: tell,
    conflict: (theirs, mine) => conflict(theirs, mine, (isMine) => edited.settle(isMine)),
  });
  if (signal.aborted) return;
  const source = textOf(edited);
  const sides = { form: make("div", { id: "side-form", role: "tabpanel", "aria-labelledby": "tab-form" }, form), text: make("div", { id: "side-text", role: "tabpanel", "aria-labelledby": "tab-text" }, source.element) };

  const notes = lookedAt(edited, async (found, at, from) => {
    if (at && focus(form, JSON.stringify(at))) {
      leadBack(from);
      return;
    }
    await turn("text");
    if (found) source.goTo(found);
  }, goToRow);
  form.addEventListener("change", ({ target }) => { if (target.dataset.path) notes.answered(JSON.parse(target.dataset.path)); });

  sides.form.prepend(notes.element);

  // At the field that is shown, the way back to the list that led there.
  function leadBack(from) {
    form.querySelector(".lead-back")?.remove();
    const back = button({ class: "plain lead-back", onclick: () => {
      back.remove();
      focus(notes.element, from);
    } }, words.back_to_list);
    document.activeElement.closest(".entry")?.append(back);
  }

  function call() {
    heading.textContent = edited.draft.name || titleOf(edited.values) || words.draft_untitled;
    document.title = heading.textContent;
  }

  function fill() {
    call();
    form.replaceChildren(...(edited.values ? rowsOf(edited, known, goToRow) : [make("p", { class: "lead" }, words.form_not_now)]));
    tellFound();
  }

  // After a change of the rows: `at` is where to go, "" to stay.
  function goToRow(at) {
    redrawn(form, fill);
    if (at) focus(form, at);
    again();
  }

  // Under their fields while the form is shown; else in a list, with their lines.
  function tellFound() {
    if (sides.form.hidden) listFindings(form, rest, findings.findings, mend, (line) => source.goTo({ at: line }));
    else tellFindings(form, rest, findings.findings, mend, { own: edited.values?.language ?? "en", open: (tag, path) => openTranslation({ tag, path }) });
    tellTranslation?.(findings.findings, mend);
  }

  function openTranslation(at = null) {
    tellTranslation = translate(edited, form, at);
    tellTranslation?.(findings.findings, mend);
  }

  // One of the two is shown; the other one is a key away.
  async function turn(name) {
    edited.part();
    await edited.flush(); // one side knows nothing of what waits on the other
    Object.entries(sides).forEach(([each, side]) => { side.hidden = each !== name; });
    tabs.forEach((tab) => tab.setAttribute("aria-selected", String(tab.id === `tab-${name}`)));
    sessionStorage.setItem(TAB, name);
    tellFound();
    if (name === "text") source.open().then((side) => side.show());
  }

  function step(which) {
    edited.step(which);
  }

  function buttons() {
    undo.disabled = !edited.canUndo;
    redo.disabled = !edited.canRedo;
  }

  // A mend is for the text in which it was found.
  async function mend(given) {
    await edited.flush();
    if (findings.hash === edited.draft.hash) edited.change({ op: "mend", mend: given });
  }

  async function begin() {
    await edited.flush();
    await play(id, heard.choices, go);
  }

  function again() {
    clearTimeout(later);
    later = setTimeout(look, PAUSE);
  }

  // Asks what is wrong and what would be played; what comes late is dropped.
  async function look() {
    looking?.abort();
    looking = new AbortController();
    const asking = looking;
    const { text } = edited.draft;
    try {
      const found = await ask("POST", "/api/check", { draft: id }, { signal: asking.signal });
      if (edited.draft.text !== text) return;
      findings = found;
      await steady();
      tellFound();
      source.mark(findings.findings);
      if (found.faults) {
        result.replaceChildren(button({ class: "plain", onclick: () => goToFault(form, rest) }, say(found.faults === 1 ? "faults_one" : "faults", { count: found.faults })));
        heard.show(null);
        map.replaceChildren();
        go.disabled = true;
        return;
      }
      const plan = await ask("POST", "/api/plan", { routine: id, choices: heard.choices }, { signal: asking.signal });
      go.disabled = false;
      result.replaceChildren(make("strong", {}, exactly(plan.duration)));
      heard.show(plan.voice);
      draw(map, plan.timeline, (number) => focusChapter(plan.timeline.chapters[number]));
    } catch (fault) {
      if (fault.name === "AbortError" || signal.aborted || fault.isTold) return;
      result.textContent = fault.message;
      if (heard.choices.voice) heard.show(heard.choices.voice); // it may be the one that is missing
      if (!(fault instanceof Fault)) throw fault;
    }
  }

  // Goes to the step whose place in the timeline was touched.
  function focusChapter({ title }) {
    [...form.querySelectorAll(".step input[data-path]")].find((each) => each.value && title.includes(each.value))?.focus();
  }

  function keys(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    const does = { z: () => step(event.shiftKey ? "redo" : "undo"), y: () => step("redo"), s: () => edited.flush(), enter: begin, e: () => turn(sides.form.hidden ? "form" : "text") }[key];
    if (!does) return;
    event.preventDefault();
    does();
  }

  place.append(
    make("a", { class: "back", href: "#drafts" }, words.drafts),
    heading,
    make("div", { id: "draft-tools", class: "row" },
      make("div", { role: "tablist", class: "row" }, tabs),
      button({ class: "action", onclick: () => openTranslation() }, words.translate),
      make("a", { class: "action", href: `${draftPath(id)}/export`, download: true }, icon("keep"), words.export_draft),
      state),
    namingOf(edited, signal, (told) => { state.textContent = words[`draft_${told}`]; }, call),
    rest, sides.form, sides.text,
    make("p", { class: "hint keys" }, words.write_keys),
    make("div", { id: "playing" }, map, make("div", {}, result, heard.element), make("div", { class: "steps-back" }, undo, redo), go),
  );
  document.addEventListener("keydown", keys);
  signal.addEventListener("abort", () => {
    document.removeEventListener("keydown", keys);
    clearTimeout(later);
    looking?.abort();
    document.title = "voiceguide";
  });
  turn(sessionStorage.getItem(TAB) === "text" || !edited.values ? "text" : "form");
  fill();
  notes.show();
  buttons();
  again(); // not waited for: who types at once is not sent back to the heading
}

export function titleOf(values) {
  const { title, language = "en" } = values || {};
  return typeof title === "object" && title !== null ? title[language] ?? Object.values(title)[0] : title;
}
