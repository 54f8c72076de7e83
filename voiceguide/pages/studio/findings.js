// What `check` finds, said under the field that it is about, with its mend as a button.

import { focus } from "./entries.js";
import { button, make } from "./make.js";
import { languages, say, tongue, words } from "./words.js";

// The keys and numbers of a place like steps[2].cues[0].at.
export function keysOf(path) {
  return [...path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, number, key]) => (number === undefined ? key : Number(number)));
}

const within = (text, at = null) => () => ({ text: text(), at });
const empty = (_, path, form) => form.querySelector(`.faults[data-at="${CSS.escape(JSON.stringify(keysOf(path)))}"]`) && { text: words.form_empty };

// How a time is written; of a bare number which two it may be.
function timed(_, path, form) {
  const typed = form.querySelector(`[data-path="${CSS.escape(JSON.stringify(keysOf(path)))}"]`)?.value.trim() ?? "";
  return { text: /^\d+$/.test(typed) ? say("form_unit", { minutes: `${typed}m`, seconds: `${typed}s` }) : say("form_time", { help: words.time_help }) };
}

// What the form says in place of a message that names a routine's keys, or what a rule has measured: its own words, and the
// field that they are about, where it is another one. A function of the step's path, of the finding's, and of the form.
const IN_FORM = {
  "empty-text": empty,
  "missing-key": empty,
  "empty-step": within(() => words.form_empty),
  "bad-duration": timed,
  "needs-duration": (step) => step && { text: say("form_needs_time", { field: words.step_time }), at: JSON.stringify([...step, "duration"]) },
  "too-many-words": (_, path) => path === "settle" && { text: words.form_settle },
  "first-touch": within(() => say("form_first_touch", { care: words.field_care }), JSON.stringify(["safety", "do_not_start"])),
  "hands-on": within(() => words.form_hands_on),
  "last-touch": within(() => say("form_last_touch", { field: words.field_closing }), JSON.stringify(["closing"])),
  "long-instruction": within(() => say("form_long", { pause: "[pause 4s]", more: words.step_more, field: words.step_cues })),
  "too-much-speech": within(() => words.form_too_much),
  "too-many-utterances": within(() => words.form_too_often),
  "busy-ending": within(() => words.form_busy_ending),
  "pressure-jump": within(() => words.form_pressure),
  "hold-too-long": within(() => words.form_hold),
  "step-twice": within(() => words.form_twice),
  "check-in-with-hold": within(() => say("form_ask_elsewhere", { field: words.step_check_in })),
  "rhythm-with-hold": within(() => say("form_hold_or_rhythm", { hold: words.with_hold, rhythm: words.with_rhythm })),
  "does-not-fit": within(() => words.form_does_not_fit),
  "unknown-placeholder": within(() => say("form_placeholder", { side: "{side}", next: "{next}" })),
  "bad-placeholder": within(() => say("form_placeholder", { side: "{side}", next: "{next}" })),
  "bad-mark": within(() => say("form_mark", { pause: "[pause 3s]", breath: "[breath]" })),
  "other-side": within(() => say("form_other_side", { side: "{side}" })),
  "vowel-first": within(() => words.form_vowel),
  "cue-outside": within(() => words.form_cue_outside),
  "partly-translated": within(() => say("form_translate", { translate: words.translate })),
  "no-check-in": () => ({ text: say("form_no_check_in", { more: words.step_more, field: words.step_check_in }), at: JSON.stringify(["steps", 0, "check_in"]) }),
  "no-do-not-start": () => ({ text: say("form_no_do_not_start", { field: words.care_do_not_start }), at: JSON.stringify(["safety", "do_not_start"]) }),
  "strokes-without-pace": (step) => step && { text: say("form_no_pace", { more: words.step_more, field: words.with_rhythm }), at: `given:${JSON.stringify([...step, "rhythm"])}` },
  "long-silence": (step) => step && { text: say("form_silence", { more: words.step_more, field: words.step_reminders }), at: JSON.stringify([...step, "reminders"]) },
};

// The path of the step that a finding is in; null outside of all steps.
function stepOf({ path }) {
  const [at] = /^(?:steps\[\d+\]\.?)+/.exec(path) ?? [];
  return at ? keysOf(at) : null;
}

// The language that a finding's text is a translation into; undefined where it is the form's own.
function tongueOf({ path }, { own }) {
  const tag = keysOf(path).find((key) => key in languages);
  return tag === own ? undefined : tag;
}

// A finding of a translation says so, for it is none of what the field shows.
function saidInForm(form, finding, mend, translation) {
  const tag = tongueOf(finding, translation);
  const shown = plainlySaid(form, finding, mend);
  if (!tag) return shown;
  shown.prepend(make("strong", {}, say("in_translation", { language: tongue(tag) })), " ");
  shown.append(button({ class: "plain", onclick: () => translation.open(tag, keysOf(finding.path)) }, words.show_in_text));
  return shown;
}

function plainlySaid(form, finding, mend) {
  const found = IN_FORM[finding.rule]?.(stepOf(finding), finding.path, form);
  if (!found) return said(finding, mend);
  const shown = said({ ...finding, message: found.text }, mend);
  if (!found.at) return shown;
  const name = CSS.escape(found.at);
  if (form.querySelector(`[data-path="${name}"], [data-act="${name}"]`)) shown.append(button({ class: "plain", onclick: () => focus(form, found.at) }, words.show_in_text));
  return shown;
}

function said(finding, mend, goTo = null) {
  return make("p", { class: finding.level === "warning" ? "warning" : "fault" },
    goTo && button({ class: "plain", onclick: () => goTo(finding.line) }, say("at_line", { line: finding.line })),
    make("span", { dir: "auto" }, finding.message), " ",
    finding.mend && button({ class: "mend", onclick: () => mend(finding.mend) }, mendOf(finding.mend)));
}

function mendOf({ text }) {
  const short = text.trim();
  return short && short.length <= 40 && !short.includes("\n") ? say("mend_to", { text: short }) : words.mend;
}

// What is at fault in one text of a translation, in the form's words: `path` is the text's, without its language.
export function saidOf(form, findings, path, tag, mend) {
  const at = JSON.stringify([...path, tag]);
  return findings.filter((each) => each.level !== "warning" && JSON.stringify(keysOf(each.path)) === at).map((each) => plainlySaid(form, each, mend));
}

// Goes to the first of what is at fault, in a form or in the list `rest`.
export function goToFault(form, rest) {
  const found = [...rest.querySelectorAll(".fault"), ...form.querySelectorAll(".faults:not([hidden]) .fault")][0];
  if (!found) return;
  const field = found.closest(".entry")?.querySelector("[data-path], [data-act]");
  if (field) focus(form, field.dataset.path ?? field.dataset.act);
  found.scrollIntoView({ block: "center" }); // what is said of it, too
}

// Says all findings of a form: each at its own field, else at the nearest that holds it, else in the list `rest`. Of a
// `translation` is told what is its `own` language, and what opens another one, with a path in it.
export function tellFindings(form, rest, findings, mend, translation) {
  const places = new Map([...form.querySelectorAll(".faults")].map((place) => [place.dataset.at, place]));
  const found = new Map([...places.values(), rest].map((place) => [place, []]));
  for (const finding of findings) {
    const keys = keysOf(finding.path);
    let place = null;
    for (let count = keys.length; count && !place; count -= 1) place = places.get(JSON.stringify(keys.slice(0, count)));
    found.get(place || rest).push(finding);
  }
  rest.classList.remove("listed");
  found.forEach((each, place) => {
    place.hidden = !each.length;
    place.replaceChildren(...each.map((finding) => saidInForm(form, finding, mend, translation)));
    const folded = place.closest("details");
    if (folded && each.some(({ level }) => level === "fault")) folded.open = true;
  });
  form.querySelectorAll("details").forEach(markFolded);
}

// Says on the head of what is folded how much in it is to be looked at.
function markFolded(folded) {
  const count = folded.querySelectorAll(".faults:not([hidden]) > p").length;
  const [head] = folded.children;
  head.querySelector(".mark")?.remove();
  if (count) head.append(make("span", { class: "mark" }, say("to_look_at", { count })));
}

// Says all findings in the list `rest`, in the order of their lines; `goTo` is called with one that was touched.
export function listFindings(form, rest, findings, mend, goTo) {
  form.querySelectorAll(".faults").forEach((place) => { place.hidden = true; });
  rest.hidden = !findings.length;
  rest.classList.add("listed");
  rest.replaceChildren(...findings.toSorted((one, other) => one.line - other.line).map((finding) => said(finding, mend, goTo)));
}
