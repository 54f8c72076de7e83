// The steps of a draft as rows, below what is told of all of it: each with its fields, what else it can have folded below, and its way up, down and out.

import { aboutOf } from "./about.js";
import { entriesOf, isVaried } from "./entries.js";
import { button, icon, make } from "./make.js";
import { valueAt } from "./operations.js";
import { drawingOf } from "./picturing.js";
import { hearStep } from "./previewing.js";
import { say, words } from "./words.js";

const nameOf = (act, path) => `${act}:${JSON.stringify(path)}`;

function titleOf(value, language) {
  if (typeof value === "object" && value !== null) return value[language] ?? Object.values(value)[0];
  return String(value ?? "");
}

// What a step may be part of: the short and the full length, and the setups.
function partsOf({ setups }) {
  return [["short", words.length_short], ["full", words.length_full], ...(Array.isArray(setups) ? setups : []).map((name) => [name, words[`setup_${name}`] || name])];
}

// A draft's form. `edited` is the draft; `known` are the names of the `beds` that there are; `goTo` is called with
// what to go to after a change of the rows.
export function rowsOf(edited, known, goTo) {
  const entries = entriesOf(edited);
  const { text, tick, pick, some, kept, faultFor } = entries;
  const language = edited.values.language || "en";
  const parts = partsOf(edited.values);

  function act(name, path, look, label, action, isOff = false) {
    return button({ class: "round", "data-act": nameOf(name, path), "aria-label": label, title: label, disabled: isOff, onclick: action }, icon(look));
  }

  function move(path, to) {
    if (to < 0 || to >= valueAt(edited.values, path.slice(0, -1)).length) return;
    edited.change({ op: "move", path, to });
    goTo(nameOf("grip", [...path.slice(0, -1), to]));
  }

  // A row is taken along by its handle: with the pointer, or by the arrow keys on it.
  function grip(path, title, row) {
    const at = path.at(-1);
    const handle = button({
      class: "round grip", "data-act": nameOf("grip", path), "aria-label": say("move_titled", { title }), title: words.move_hint,
      onkeydown: (event) => {
        const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (!by) return;
        event.preventDefault();
        move(path, at + by);
      },
      onpointerdown: (event) => {
        handle.setPointerCapture(event.pointerId);
        row().classList.add("taken");
      },
      onpointerup: (event) => {
        row().classList.remove("taken");
        const rows = [...row().parentElement.children];
        const over = rows.findIndex((each) => event.clientY < each.getBoundingClientRect().bottom);
        const to = over < 0 ? rows.length - 1 : over;
        if (to !== at) move(path, to);
      },
      onpointercancel: () => row().classList.remove("taken"),
    }, icon("grip"));
    return handle;
  }

  function duration(path, value) {
    if (typeof value !== "object" || value === null) return text([...path, "duration"], words.step_time, value, { hint: "2m" });
    return make("div", { class: "pair" }, ["short", "full"].map((length) => text([...path, "duration", length], `${words.step_time}: ${words[`length_${length}`]}`, value[length], { hint: "2m" })));
  }

  function sides(path, value) {
    return pick([...path, "sides"], words.step_sides, value, [[null, words.sides_none], ["both", words.sides_both], [["left", "right"], words.sides_left], [["right", "left"], words.sides_right]]);
  }

  function hold(path, value) {
    return make("fieldset", {}, make("legend", {}, words.step_hold),
      text([...path, "press"], words.hold_press, value.press, { hint: "5s", isNeeded: true }),
      text([...path, "release"], words.hold_release, value.release, { hint: "3s" }),
      typeof value.times === "object" ? "" : text([...path, "times"], words.hold_times, value.times, { isNumber: true }),
      kept(path, value), faultFor(path));
  }

  function rhythm(path, value) {
    return make("fieldset", {}, make("legend", {}, words.step_rhythm),
      text([...path, "out"], words.rhythm_out, value.out, { hint: "6s", isNeeded: true }),
      text([...path, "back"], words.rhythm_back, value.back, { hint: "6s" }),
      tick([...path, "lift"], words.rhythm_lift, value.lift),
      kept(path, value), faultFor(path));
  }

  function cue(path, value, index) {
    const at = [...path, index];
    return make("li", { class: "cue" },
      text([...at, "at"], words.cue_at, value.at, { hint: "50%", isNeeded: true }),
      value.chime === undefined ? text([...at, "say"], words.cue_say, value.say, { isLong: true }) : text([...at, "chime"], words.cue_chime, value.chime),
      act("away", at, "bin", words.cue_away, () => {
        edited.change({ op: "remove", path: at });
        goTo(nameOf("cue", path));
      }),
      kept(at, value), faultFor(at));
  }

  function cues(path, value) {
    return make("fieldset", {}, make("legend", {}, words.step_cues),
      make("ul", {}, value.map((each, index) => cue(path, each, index))),
      button({
        class: "plain", "data-act": nameOf("cue", path), onclick: () => {
          edited.change({ op: "add", path, at: value.length, value: { at: "50%", say: words.cue_first } });
          goTo(JSON.stringify([...path, value.length, "say"]));
        },
      }, words.cue_add), faultFor(path));
  }

  // A line each, or a field each where one of them has several wordings.
  function reminders(path, value) {
    if (!Array.isArray(value) || !value.some(isVaried)) return text(path, words.step_reminders, value, { isList: true });
    return make("fieldset", {}, make("legend", {}, words.reminders),
      make("ul", {}, value.map((each, index) => make("li", { class: "cue" },
        text([...path, index], words.reminder, each, { isLong: true, isNeeded: true }),
        act("away", [...path, index], "bin", words.cue_away, () => {
          edited.change({ op: "remove", path: [...path, index] });
          goTo(nameOf("reminder", path));
        })))),
      button({
        class: "plain", "data-act": nameOf("reminder", path), onclick: () => {
          edited.change({ op: "add", path, at: value.length, value: words.reminder_first });
          goTo(JSON.stringify([...path, value.length]));
        },
      }, words.reminder_add), faultFor(path));
  }

  // A hold and a rhythm are there or not.
  function given(path, value, fields, first, label) {
    return [make("label", { class: "entry tick" }, make("input", {
      type: "checkbox", checked: value !== undefined, "data-act": nameOf("given", path),
      onchange: () => {
        edited.change({ op: "set", path, value: value === undefined ? first : null });
        goTo(nameOf("given", path)); // with its fields, or without
      },
    }), make("span", {}, label)), value === undefined ? faultFor(path) : fields(path, value)];
  }

  function more(path, step) {
    return make("details", { "data-fold": nameOf("more", path), class: "more" }, make("summary", {}, words.step_more),
      text([...path, "say_again"], words.step_say_again, step.say_again, { isLong: true }),
      make("div", { class: "ticks" },
        tick([...path, "oil"], words.step_oil, step.oil),
        tick([...path, "check_in"], words.step_check_in, step.check_in),
        tick([...path, "ready"], words.step_ready, step.ready),
        tick([...path, "touch"], words.step_touch, step.touch, true)),
      pick([...path, "pressure"], words.step_pressure, step.pressure, [[null, words.pressure_none], ...[1, 2, 3, 4, 5, 6, 7].map((each) => [each, String(each)])]),
      some([...path, "only"], words.step_only, step.only, parts),
      text([...path, "warn"], words.step_warn, step.warn),
      text([...path, "position"], words.step_position, step.position),
      text([...path, "transition"], words.step_transition, step.transition, { hint: "4s" }),
      reminders([...path, "reminders"], step.reminders),
      ...given([...path, "hold"], step.hold, hold, { press: "5s", release: "3s" }, words.with_hold),
      ...given([...path, "rhythm"], step.rhythm, rhythm, { out: "6s", back: "6s" }, words.with_rhythm),
      cues([...path, "cues"], step.cues || []));
  }

  function row(path, step, count, inGroup) {
    const title = titleOf(step.name, language) || say("step_number", { number: path.at(-1) + 1 });
    const at = path.at(-1);
    const element = make("li", { class: step.steps ? "step group" : "step" },
      make("div", { class: "step-head" },
        grip(path, title, () => element),
        text([...path, "name"], step.steps ? words.group_name : words.step_name, step.name, { isNeeded: true }),
        make("div", { class: "row" },
          step.steps ? "" : hearStep(edited, path, title),
          act("up", path, "up", say("up_titled", { title }), () => move(path, at - 1), at === 0),
          act("down", path, "down", say("down_titled", { title }), () => move(path, at + 1), at === count - 1),
          act("out", path, "bin", say("delete_titled", { title }), () => {
            edited.change({ op: "remove", path });
            goTo(nameOf("out", [...path.slice(0, -1), Math.min(at, count - 2)]));
          }, count === 1))),
      ...(step.steps ? [sides(path, step.sides), some([...path, "only"], words.step_only, step.only, parts), list([...path, "steps"], step.steps, true)] : [
        text([...path, "say"], words.step_say, step.say, { isLong: true, isList: Array.isArray(step.say) }),
        make("div", { class: "pair" }, duration(path, step.duration), inGroup ? "" : sides(path, step.sides)),
        drawingOf(edited, [...path, "show"], step.show, { ...entries, goTo }),
        more(path, step)]),
      kept(path, step), faultFor(path));
    return element;
  }

  function list(path, steps, inGroup = false) {
    return make("div", {},
      make("ol", { class: "steps" }, steps.map((step, index) => row([...path, index], step || {}, steps.length, inGroup))),
      button({
        class: "plain", "data-act": nameOf("add", path), onclick: () => {
          edited.change({ op: "add", path, at: steps.length, value: { name: words.new_step, say: words.new_step_say, duration: "1m" } });
          goTo(JSON.stringify([...path, steps.length, "name"]));
        },
      }, words.add_step), faultFor(path));
  }

  const { values } = edited;
  return [
    ...aboutOf(edited, { ...entries, reminders }, known),
    Array.isArray(values.steps) ? list(["steps"], values.steps) : list(["steps"], []),
    entries.kept([], values),
  ];
}
