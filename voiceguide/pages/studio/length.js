// How long: the routine's own two lengths, some round totals, and any other minute.

import { secondsOf } from "./choose.js";
import { oneOf } from "./fields.js";
import { button, icon, make } from "./make.js";
import { minutes, say, words } from "./words.js";

const ROUND = [5, 10, 15, 20, 30, 45, 60]; // minutes
const MOST = 4; // of them are offered
const NEAR = 0.12; // of a length that is there anyway

// The round totals that a routine can have, by its lengths: none that is as good as one of these.
function totals({ short, full }) {
  return ROUND.filter((count) => count * 60 > 0.8 * short && count * 60 < 1.9 * full)
    .filter((count) => [short, full].every((length) => Math.abs(count * 60 - length) > NEAR * length))
    .slice(0, MOST);
}

// `change` is called with "short", "full", or a total like "15m".
export function lengthField(routine, value, change) {
  const { short, full } = routine.lengths;
  const round = totals(routine.lengths);
  const count = value && !["short", "full"].includes(value) ? Math.max(1, Math.round(secondsOf(value) / 60)) : null;
  const isOther = count !== null && !round.includes(count);
  const input = make("input", {
    id: "minutes", type: "number", min: 1, max: 480, step: 1, inputmode: "numeric", "aria-label": words.how_many_minutes,
    value: count || Math.round((short + full) / 120),
    onchange: () => choose(Number(input.value)),
  });
  const stepper = make("div", { id: "stepper", hidden: !isOther },
    button({ "aria-label": words.a_minute_less, onclick: () => choose(Number(input.value) - 1) }, icon("less")),
    input, make("span", {}, words.minutes_unit),
    button({ "aria-label": words.a_minute_more, onclick: () => choose(Number(input.value) + 1) }, icon("more")));

  function choose(number) {
    const whole = Math.min(480, Math.max(1, Math.round(number) || 1));
    input.value = whole;
    change(`${whole}m`);
  }

  const options = [["short", words.length_short, minutes(short)]];
  if (full !== short) options.push(["full", words.length_full, minutes(full)]);
  options.push(...round.map((number) => [`${number}m`, say("minutes", { count: number })]), ["other", words.length_other]);
  const checked = isOther ? "other" : count === null ? value || "short" : `${count}m`;
  return oneOf("length", words.choice_length, options, checked, (key) => {
    stepper.hidden = key !== "other";
    if (key === "other") choose(Number(input.value));
    else change(key);
  }, [], [stepper]);
}
