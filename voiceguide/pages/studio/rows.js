// The steps of a draft as rows, below what is told of all of it: each with its fields, what else it can have folded below, and its way up, down and out.

import { aboutOf } from "./about.js";
import { entriesOf, isVaried } from "./entries.js";
import { button, icon, make } from "./make.js";
import { valueAt } from "./operations.js";
import { drawingOf } from "./picturing.js";
import { hearStep, hushStep } from "./previewing.js";
import { say, words } from "./words.js";

const MARK = /\[(pause|breath)|\{(side|next)\}/; // what is not said as it stands
const NEW_STEP = { name: "", say: "", duration: "1m" }; // what nobody has written is not said: it is at fault until then

const nameOf = (act, path) => `${act}:${JSON.stringify(path)}`;

function titleOf(value, language) {
  if (typeof value === "object" && value !== null) return value[language] ?? Object.values(value)[0];
  return String(value ?? "");
}

// What a step may be part of: the short and the full length, and the setups.
function partsOf({ setups }) {
  return [["short", words.length_short], ["full", words.length_full], ...(Array.isArray(setups) ? setups : []).map((name) => [name, words[`setup_${name}`] || name])];
}

// A draft's form. `edited` is the draft; `known` are the names of the `beds` that there are, and the `choices` by which a
// step is heard; `goTo` is called with what to go to after a change of the rows.
export function rowsOf(edited, known, goTo) {
  const entries = entriesOf(edited);
  const { text, tick, pick, some, kept, faultFor } = entries;
  const language = edited.values.language || "en";
  const parts = partsOf(edited.values);

  function act(name, path, look, action, isOff = false) {
    return button({ class: "round", "data-act": nameOf(name, path), disabled: isOff, onclick: action }, icon(look));
  }

  function label(which, text) {
    which.setAttribute("aria-label", text);
    which.title = text;
    return which;
  }

  function addStep(path, at) {
    hushStep();
    edited.change({ op: "add", path, at, value: NEW_STEP });
    goTo(JSON.stringify([...path, at, "name"]));
  }

  function move(path, to) {
    if (to < 0 || to >= valueAt(edited.values, path.slice(0, -1)).length) return;
    hushStep();
    edited.change({ op: "move", path, to });
    goTo(nameOf("grip", [...path.slice(0, -1), to]));
  }

  // A row is taken along by its handle: with the pointer, or by the arrow keys on it.
  function grip(path, row) {
    const at = path.at(-1);
    const handle = button({
      class: "round grip", "data-act": nameOf("grip", path), title: words.move_hint,
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
    if (typeof value !== "object" || value === null) return text([...path, "duration"], words.step_time, value, { hint: "2m", help: words.time_help });
    return make("div", { class: "pair" }, ["short", "full"].map((length) => text([...path, "duration", length], `${words.step_time}: ${words[`length_${length}`]}`, value[length], { hint: "2m", help: words.time_help })));
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
      value.chime === undefined ? text([...at, "say"], words.cue_say, value.say, { isLong: true, isNeeded: true, hint: words.cue_first }) : text([...at, "chime"], words.cue_chime, value.chime),
      label(act("away", at, "bin", () => {
        edited.change({ op: "remove", path: at });
        goTo(nameOf("cue", path));
      }), words.cue_away),
      kept(at, value), faultFor(at));
  }

  function cues(path, value) {
    return make("fieldset", {}, make("legend", {}, words.step_cues),
      value.length ? make("small", {}, words.cue_help) : "",
      make("ul", {}, value.map((each, index) => cue(path, each, index))),
      button({
        class: "plain", "data-act": nameOf("cue", path), onclick: () => {
          edited.change({ op: "add", path, at: value.length, value: { at: "50%", say: "" } });
          goTo(JSON.stringify([...path, value.length, "say"]));
        },
      }, words.cue_add), faultFor(path));
  }

  // A line each, or a field each where one of them has several wordings.
  function reminders(path, value) {
    if (!Array.isArray(value) || !value.some(isVaried)) return text(path, words.step_reminders, value, { isList: true });
    return make("fieldset", {}, make("legend", {}, words.reminders),
      make("ul", {}, value.map((each, index) => make("li", { class: "cue" },
        text([...path, index], words.reminder, each, { isLong: true, isNeeded: true, hint: words.reminder_first }),
        label(act("away", [...path, index], "bin", () => {
          edited.change({ op: "remove", path: [...path, index] });
          goTo(nameOf("reminder", path));
        }), words.cue_away)))),
      button({
        class: "plain", "data-act": nameOf("reminder", path), onclick: () => {
          edited.change({ op: "add", path, at: value.length, value: "" });
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
      text([...path, "warn"], words.step_warn, step.warn, { isLong: true }),
      text([...path, "position"], words.step_position, step.position),
      text([...path, "transition"], words.step_transition, step.transition, { hint: "4s" }),
      reminders([...path, "reminders"], step.reminders),
      ...given([...path, "hold"], step.hold, hold, { press: "5s", release: "3s" }, words.with_hold),
      ...given([...path, "rhythm"], step.rhythm, rhythm, { out: "6s", back: "6s" }, words.with_rhythm),
      cues([...path, "cues"], step.cues || []));
  }

  // How the marks in a step's words are read, where there are any.
  function helpOf(step) {
    return MARK.test(JSON.stringify(step.say ?? "")) ? say("marks_help", { pause: "[pause 3s]", breath: "[breath]", side: "{side}" }) : "";
  }

  function row(path, step, count, inGroup) {
    const at = path.at(-1);
    const element = make("li", { class: step.steps ? "step group" : "step" });
    const heard = step.steps ? null : hearStep(edited, path, known.choices);
    const handle = grip(path, () => element);
    const buttons = [
      [act("up", path, "up", () => move(path, at - 1), at === 0), (title) => say("up_titled", { title })],
      [act("down", path, "down", () => move(path, at + 1), at === count - 1), (title) => say("down_titled", { title })],
      [act("after", path, "more", () => addStep(path.slice(0, -1), at + 1)), (title) => say("add_step_after", { title })],
      [act("out", path, "bin", () => {
        hushStep();
        edited.change({ op: "remove", path });
        goTo(nameOf("out", [...path.slice(0, -1), Math.min(at, count - 2)]));
      }, count === 1), (title) => say("delete_titled", { title })],
    ];

    // What stands on the row's buttons for those who hear them, as long as the step is called so.
    function call(name) {
      const title = name.trim() || say("step_number", { number: at + 1 });
      handle.setAttribute("aria-label", say("move_titled", { title }));
      buttons.forEach(([each, labelled]) => label(each, labelled(title)));
      heard?.call(title);
    }

    call(titleOf(step.name, language));
    element.append(
      make("div", { class: "step-head" },
        handle,
        text([...path, "name"], step.steps ? words.group_name : words.step_name, step.name, { isNeeded: true, hint: words.new_step, typed: call }),
        make("div", { class: "row" }, heard?.element ?? "", ...buttons.map(([each]) => each))),
      ...(step.steps ? [sides(path, step.sides), some([...path, "only"], words.step_only, step.only, parts), list([...path, "steps"], step.steps, true)] : [
        text([...path, "say"], words.step_say, step.say, { isLong: true, isList: Array.isArray(step.say), hint: words.new_step_say, help: helpOf(step) }),
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
        class: "plain", "data-act": nameOf("add", path), onclick: () => addStep(path, steps.length),
      }, words.add_step), faultFor(path));
  }

  const { values } = edited;
  entries.standsFor(["format"]); // which is the same in all
  return [
    ...aboutOf(edited, { ...entries, reminders }, known),
    Array.isArray(values.steps) ? list(["steps"], values.steps) : list(["steps"], []),
    entries.kept([], values),
  ];
}
