// The steps of a routine, each of which can be left out.

import { faultOf, folded } from "./fields.js";
import { make } from "./make.js";
import { exactly, say, words } from "./words.js";

// `plan` and `choices` return what holds now; `show` is called with every plan.
export function stepsOf(plan, choices, change) {
  const list = make("ul", { id: "steps-chosen" });
  const { element, now } = folded(words.choice_without, list, faultOf("without"));

  function turn(step, isOn) {
    const number = String(step.number);
    const others = (choices().without || []).filter((each) => each !== number && each !== step.title);
    change("without", isOn ? others : [...others, number]);
  }

  return {
    element,
    show() {
      const { steps } = plan();
      const focused = list.contains(document.activeElement) ? document.activeElement.value : null;
      list.replaceChildren(...steps.map((step) => make("li", {},
        make("label", {},
          make("input", { type: "checkbox", value: String(step.number), checked: step.playing, onchange: (event) => turn(step, event.target.checked) }),
          make("span", {},
            make("span", { dir: "auto" }, step.title),
            make("small", {}, [step.group, ...(step.sides || [])].filter(Boolean).join(", "))),
          make("small", { class: "length" }, step.playing ? exactly(step.seconds) : words.left_out_step)))));
      if (focused) list.querySelector(`[value="${CSS.escape(focused)}"]`)?.focus();
      const off = steps.filter((step) => !step.playing).length;
      now.textContent = off ? say("steps_off", { count: steps.length - off, all: steps.length }) : say("steps_all", { count: steps.length });
    },
  };
}
