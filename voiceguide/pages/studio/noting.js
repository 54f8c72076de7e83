// What `import` asks of a draft, in the page's own words: each of its notes by how it begins, and what of it is said.

import { say, words } from "./words.js";

// A note's words, made of what its expression found, of the text `at` its line, and of what was left out `below` it.
const PLAIN = [
  [/^nobody hears the next line; to have it said while it opens/, (_, { below }) => say("note_opening", { text: below, field: words.field_settle })],
  [/^a wish, which nobody hears/, (_, { below }) => say("note_opening", { text: below, field: words.field_closing })],
  [/^a caution, word for word/, (_, { at }) => say("note_caution", { text: at, field: words.field_care })],
  [/^line \d+: "(.*)" says more than this/, ([, text]) => say("note_position", { text, field: words.field_position })],
  [/^how does one lie or sit\?/, () => say("note_lying", { field: words.field_position })],
  [/^the article names nobody who should not start/, () => say("form_no_do_not_start", { field: words.care_do_not_start })],
  [/^sides: the article says to do this on both/, () => say("note_sides", { field: words.step_time })],
  [/^a time is said here, and a chosen length may change it: "(.*)"/, ([, text]) => say("note_time_said", { text })],
  [/^duration: the article says "(.*)", and the words need about ([\d.]+) s/, ([, text, seconds]) => say("note_words_need", { text, seconds })],
  [/^duration: the article gives no time/, () => words.note_no_time],
  [/^release: the article gives no time/, () => words.note_release],
  [/^is this a step\?/, () => words.note_step],
  [/^the article gives this step no name/, () => words.note_no_name],
  [/^the article says no more than this step's name/, () => words.note_no_words],
  [/^a long sentence: "(.*)"/, ([, text]) => say("note_long", { text })],
];
const EXAMPLE = /; as: .*$/; // as the text would have it, which the form does not show
const VALUE = /^\s*-?\s*(["']?)(.*?)\1$/; // of a line in a list

// A note in plain words; one that is not known here stands as the draft has it.
export function plainly({ text, before = "", below = "" }) {
  const [asks, said] = PLAIN.find(([each]) => each.test(text)) ?? [];
  return asks ? said(asks.exec(text), { at: VALUE.exec(before)[2], below }) : text.replace(EXAMPLE, "");
}
