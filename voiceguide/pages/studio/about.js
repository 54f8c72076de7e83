// The fields of a whole routine: what it is, how long, and what is said before and after its steps.

import { make } from "./make.js";
import { bedName, words } from "./words.js";

// `entries` make the fields; `known.beds` are the names of the beds there are.
export function aboutOf(edited, { text, pick, kept, reminders, faultFor }, known) {
  const { values } = edited;

  // One text, or one for each setup and length.
  function settle() {
    if (!Array.isArray(values.settle)) return text(["settle"], words.field_settle, values.settle);
    return make("fieldset", {}, make("legend", {}, words.field_settle), values.settle.map((each, index) => make("div", {},
      text(["settle", index, "say"], [each?.only ?? []].flat().map((name) => words[`setup_${name}`] || words[`length_${name}`] || name).join(", ") || words.field_settle, each?.say))), faultFor(["settle"]));
  }

  return [
    text(["title"], words.field_title, values.title, { isNeeded: true }),
    text(["summary"], words.field_summary, values.summary, { isLong: true, isNeeded: true }),
    text(["position"], words.field_position, values.position),
    text(["need"], words.field_need, values.need, { isList: true }),
    make("details", { "data-fold": "whole", class: "more" }, make("summary", {}, words.field_whole),
      make("div", { class: "pair" }, ["short", "full"].map((length) => text(["lengths", length], `${words.choice_length}: ${words[`length_${length}`]}`, values.lengths?.[length], { hint: { short: "9m", full: "20m" }[length] }))),
      faultFor(["lengths"]),
      pick(["bed"], words.choice_bed, values.bed, [[null, words.bed_usual], ...known.beds.map((name) => [name, bedName(name)]), ["none", words.bed_none]]),
      settle()),
    make("details", { "data-fold": "care", class: "more" }, make("summary", {}, words.field_care),
      ...["do_not_start", "ask_first", "avoid", "more"].map((key) => text(["safety", key], words[`care_${key}`], values.safety?.[key], { isList: true })),
      reminders(["reminders"], values.reminders),
      text(["closing"], words.field_closing, values.closing, { isList: true }),
      kept(["safety"], values.safety), faultFor(["safety"])),
  ];
}
