// One routine and its choices: each change tells at once what comes of it, and Play plays that.

import { ask } from "./api.js";
import { bedField } from "./bed.js";
import { chosen, picture, secondsOf } from "./choose.js";
import { begin } from "./drafts.js";
import { draw } from "./drawing.js";
import { faultOf, folded, oneOf, showFault } from "./fields.js";
import { lengthField } from "./length.js";
import { button, icon, make } from "./make.js";
import { tell } from "./notices.js";
import { play, wished } from "./starting.js";
import { stepsOf } from "./steps.js";
import { voicesOf } from "./voices.js";
import { clockTime, exactly, say, voiceName, words } from "./words.js";

const PAUSE = 150; // milliseconds after a change until it is planned
const CARRIED = ["bed", "voice", "talk", "gate", "language"]; // stay when another routine is added

let carried = null; // choices for the routine that is shown next

const path = (name) => `/api/routines/${encodeURIComponent(name)}`;
const hash = (name) => `#routine=${encodeURIComponent(name)}`;

export async function routine(place, name, signal) {
  const [shown, all] = await Promise.all([
    ask("GET", path(name), undefined, { signal }),
    ask("GET", "/api/routines", undefined, { signal }),
  ]);
  let choices = { ...(carried || shown.last || {}) };
  carried = null;
  let planning = null;
  let waiting = 0;
  let plan = null;

  const form = make("form", { id: "choices", onsubmit: (event) => event.preventDefault() });
  const warnings = make("div", { class: "warnings", role: "status" });
  const result = make("p", { id: "result", role: "status" });
  const map = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  map.setAttribute("id", "plan");
  map.setAttribute("aria-hidden", "true");
  const go = button({ id: "begin", onclick: () => play(name, wished(shown, choices), go, { onFault: shows }) }, icon("play"), words.play);

  function shows(fault) {
    if (fault.name === "AbortError" || fault.isTold) return;
    showFault(form, fault, fault.field === "length" && fault.known.length ? reachable(fault.known[0]) : [fault.message]);
    result.textContent = fault.field ? "" : fault.message;
    form.querySelector(".fault:not([hidden])")?.scrollIntoView({ block: "nearest" });
  }

  // Instead of a length that cannot be had, the nearest one that can.
  function reachable(length) {
    const isLess = secondsOf(length) < secondsOf(choices.length);
    return [isLess ? words.too_long : words.too_short, " ", button({ class: "plain", onclick: () => {
      choices.length = length;
      fill();
      again();
      form.querySelector("#field-length input:checked").focus();
    } }, say("take_length", { length: exactly(secondsOf(length)) }))];
  }

  function change(field, value) {
    if (value === null || value === undefined || (Array.isArray(value) && !value.length)) delete choices[field];
    else choices[field] = value;
    again();
  }

  function again() {
    clearTimeout(waiting);
    waiting = setTimeout(replan, PAUSE);
  }

  // Plans, and drops what comes late.
  async function replan() {
    planning?.abort();
    const asking = new AbortController();
    planning = asking;
    result.classList.add("stale");
    try {
      const found = await ask("POST", "/api/plan", { routine: name, choices: wished(shown, choices) }, { signal: asking.signal });
      if (signal.aborted) return;
      plan = found;
      showFault(form, null);
      tellPlan();
    } catch (fault) {
      if (!signal.aborted) shows(fault);
    } finally {
      if (planning === asking) result.classList.remove("stale");
    }
  }

  function tellPlan() {
    const over = clockTime(new Date(Date.now() + plan.duration * 1000));
    const length = exactly(plan.duration);
    const said = plan.hands_on < 30 ? length : say("hands_on", { minutes: length, hands: Math.round(plan.hands_on / 60) });
    result.replaceChildren(make("strong", {}, said), " ", make("span", {}, say("ends_at", { time: over })));
    warnings.replaceChildren(...plan.warnings.map((text) => make("p", {}, text)));
    draw(map, plan.timeline, () => {});
    steps.show();
    voices.now.textContent = [voiceName(plan.voice), words[`talk_${choices.talk || "full"}`]].join(", ");
  }

  const steps = stepsOf(() => plan, () => choices, change);
  const voices = voicesOf(shown, () => choices, { change, replan: again }, signal);

  function fill() {
    form.replaceChildren(
      suggestionOf() || "",
      shown.last && chosen(shown.last) && Object.keys(choices).length ? make("p", { class: "as-last" },
        say("as_last_time", { choices: chosen(shown.last) }), " ",
        button({ class: "plain", onclick: reset }, words.reset)) : "",
      faultOf(""),
      warnings,
      lengthField(shown, choices.length, (value) => change("length", value === "short" ? null : value)),
      bedField(shown.bed, choices.bed, (value) => change("bed", value)),
      shown.setups.length > 1 ? oneOf("setup", words.choice_setup, shown.setups.map((each) => [each, words[`setup_${each}`] || each]),
        choices.setup || shown.setups[0], (value) => change("setup", value)) : "",
      voices.element,
      steps.element,
      joining(),
    );
    voices.fill();
  }

  function reset() {
    choices = {};
    fill();
    again();
    form.querySelector("input")?.focus();
  }

  // After some visits: what makes a session for people who know it.
  function suggestionOf() {
    const { suggestion } = shown;
    if (!suggestion) return null;
    const banner = make("aside", { class: "suggestion" },
      make("p", {}, say("suggestion", { count: shown.visits })),
      make("p", { class: "row" },
        button({
          onclick: () => {
            shown.suggestion = null;
            Object.assign(choices, suggestion);
            fill();
            again();
            form.querySelector("input")?.focus();
          },
        }, words.suggestion_yes),
        button({
          class: "plain",
          onclick: () => {
            shown.suggestion = null;
            ask("PATCH", `/api/memory/${encodeURIComponent(name)}`, { suggest: false }).catch(tell);
            banner.remove();
          },
        }, words.suggestion_no)));
    return banner;
  }

  // Another routine after this one, and what is joined already.
  function joining() {
    const parts = name.split("+");
    const titled = (each) => all.routines.find((known) => known.name === each)?.title || each;
    function to(names) {
      carried = Object.fromEntries(CARRIED.filter((key) => key in choices).map((key) => [key, choices[key]]));
      window.location.hash = hash(names.join("+"));
    }
    const { element, now } = folded(words.more_routines,
      parts.length > 1 ? make("ul", { class: "parts" }, parts.map((each, index) => make("li", {},
        make("span", { dir: "auto" }, titled(each)),
        button({ class: "away", "aria-label": say("remove_part", { title: titled(each) }), onclick: () => to(parts.filter((_, at) => at !== index)) }, icon("away"))))) : "",
      shown.joins.length ? make("ul", { class: "joins" }, shown.joins.map((each) => make("li", {},
        button({ class: "join", onclick: () => to([...parts, each.name]) }, icon("more"), make("span", { dir: "auto" }, each.title))))) : make("p", {}, words.no_joins));
    if (parts.length > 1) now.textContent = say("parts", { count: parts.length });
    return element;
  }

  const first = all.routines.find((known) => known.name === name.split("+")[0]);
  place.append(
    make("a", { class: "back", href: "#" }, words.back),
    make("div", { id: "routine" },
      make("header", {},
        picture(shown.motif ? shown : first),
        make("div", {},
          make("h1", { tabindex: "-1", dir: "auto" }, shown.title),
          make("p", { dir: "auto", class: "summary" }, shown.summary),
          make("p", { dir: "auto", class: "quiet" }, shown.position),
          name.includes("+") ? "" : button({ class: "plain", id: "change", title: words.change_this_hint, onclick: () => begin({ routine: name }).catch(tell) }, words.change_this))),
      form,
      shown.need.length ? make("div", { class: "need" }, make("h2", {}, words.lay_ready),
          make("ul", {}, shown.need.map((each) => make("li", { dir: "auto" }, each)))) : ""),
    make("div", { id: "playing" }, map, result, go));
  fill();
  result.textContent = words.one_moment;
  await replan();
  signal.addEventListener("abort", () => {
    clearTimeout(waiting);
    planning?.abort();
  });
}
