// Fields of the choices: each has its label, its place for a fault, and tells when it was changed.

import { make } from "./make.js";

// Where the fault of a choice is said; see `showFault`.
export function faultOf(field) {
  return make("p", { class: "fault", id: `fault-${field}`, hidden: true });
}

// Says a fault at its field, opened up and in sight; tells whether there is such a field. A fault of null takes all away.
// What music was refused stays, as no choice can mend it. `mends` are what is said in place of its message, where there is a better way to say it: texts, and buttons that mend it.
export function showFault(form, fault, mends = [fault?.message]) {
  form.querySelectorAll(".fault:not(#fault-music)").forEach((each) => { each.hidden = true; });
  if (!fault) return true;
  const place = form.querySelector(`#fault-${CSS.escape(fault.field || "")}`) || form.querySelector("#fault-");
  place.replaceChildren(...mends);
  place.hidden = false;
  const folded = place.closest("details");
  if (folded) folded.open = true;
  return Boolean(fault.field);
}

// One of a few: `options` are [value, label, small print] each. `field` is the choice's name; `more` stands
// in their row, `below` under it.
export function oneOf(field, legend, options, value, change, more = [], below = []) {
  return make("fieldset", { class: "chips", id: `field-${field}` },
    make("legend", {}, legend),
    make("div", { class: "row" }, options.map(([key, label, small]) => make("label", {},
      make("input", { type: "radio", name: field, value: key, checked: key === value, onchange: () => change(key) }),
      make("span", {}, label, small && make("small", {}, small)))), ...more),
    ...below,
    faultOf(field));
}

// One of many: `options` are [value, label, disabled] each.
export function select(field, label, options, value, change, ...more) {
  const shown = make("select", { id: `choice-${field}`, onchange: () => change(shown.value) },
    options.map(([key, text, disabled]) => make("option", { value: key, selected: key === value, disabled }, text)));
  return make("div", { class: "field", id: `field-${field}` },
    make("label", { for: `choice-${field}` }, label),
    make("div", { class: "row" }, shown, ...more),
    faultOf(field));
}

// What most people leave as it is, folded; the heading tells what it is now, by `now`.
export function folded(heading, ...children) {
  const now = make("span", { class: "now" });
  const element = make("details", { class: "folded" }, make("summary", {}, make("h2", {}, heading), now), ...children);
  return { element, now };
}
