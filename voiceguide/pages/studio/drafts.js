// All drafts: what each is, a new one from a few questions, from a massage that is there, from an article.

import { ask } from "./api.js";
import { draftPath } from "./draft.js";
import { importing } from "./importing.js";
import { button, dialog, icon, make } from "./make.js";
import { notice, tell } from "./notices.js";
import { keepUnsent } from "./unsent.js";
import { day, say, words } from "./words.js";

export const go = (id) => { window.location.hash = `#draft=${encodeURIComponent(id)}`; };

// Begins a draft with what is asked for, and goes to it.
export async function begin(body) {
  const { id } = await ask("POST", "/api/drafts", body);
  go(id);
}

export const titled = (draft) => draft.name || draft.title || words.draft_untitled;

// What is to be done with a draft, as far as it is known.
function foundIn({ faults, warnings, notes }) {
  if (faults === null) return "";
  const count = notes + (warnings ?? 0);
  const told = [faults && say(faults === 1 ? "faults_one" : "faults", { count: faults }), count && say("to_look_at", { count })].filter(Boolean);
  return told.join(", ") || (warnings === null ? "" : words.no_faults);
}

function entryOf(draft, changed) {
  const title = titled(draft);
  return make("li", {},
    make("a", { href: `#draft=${encodeURIComponent(draft.id)}` },
      make("span", {},
        make("span", { class: "title", dir: "auto" }, title),
        draft.name && draft.title && make("small", { dir: "auto" }, draft.title),
        make("small", {}, day(draft.changed)),
        make("small", { class: draft.faults ? "found failed" : "found" }, foundIn(draft)))),
    make("span", { class: "row" },
      make("a", { class: "round", href: `${draftPath(draft.id)}/export`, download: true, "aria-label": say("export_titled", { title }), title: words.export_draft }, icon("keep")),
      button({ class: "round", "aria-label": say("delete_titled", { title }), title: words.delete, onclick: () => remove(draft, changed).catch(tell) }, icon("bin"))));
}

// It lies in the bin for a month; the notice is the shortest way back.
async function remove(draft, changed) {
  await ask("DELETE", draftPath(draft.id));
  await changed();
  notice(say("deleted", { title: titled(draft) }), { label: words.undo, action: () => restore(draft, changed).catch(tell) });
}

async function restore(draft, changed) {
  await ask("POST", `${draftPath(draft.id)}/restore`, {});
  await changed();
}

// What a few answers make: a routine of so many steps that is whole, and waits to be worded.
function fewQuestions() {
  const title = make("input", { required: true, maxlength: 120, dir: "auto", autocomplete: "off" });
  const summary = make("input", { dir: "auto", autocomplete: "off" });
  const alone = make("input", { type: "checkbox" });
  const position = make("select", {}, [["lying", words.setup_lying], ["seated", words.setup_seated]].map(([value, label]) => make("option", { value }, label)));
  const steps = make("textarea", { rows: 5, dir: "auto", placeholder: words.new_steps_hint });
  const entry = (label, field) => make("label", { class: "entry" }, make("span", {}, label), field);
  const form = make("form", {
    id: "questions",
    onsubmit: (event) => {
      event.preventDefault();
      const names = steps.value.split("\n").map((line) => line.trim()).filter(Boolean);
      const asked = { title: title.value.trim(), audience: alone.checked ? "self" : "giver", position: position.value, language: document.documentElement.lang };
      if (summary.value.trim()) asked.summary = summary.value.trim();
      if (names.length) asked.steps = names.map((name) => ({ name, duration: "2m", both: false }));
      begin({ new: asked }).then(() => {
        forget();
        shown.close();
      }, tell);
    },
  }, entry(words.field_title, title), entry(words.field_summary, summary), entry(words.new_steps, steps), entry(words.choice_setup, position),
  make("label", { class: "entry tick" }, alone, make("span", {}, words.new_alone)));
  const shown = dialog(words.new_draft, words.cancel, [form], make("button", { type: "submit", form: "questions", class: "action chief" }, words.begin_draft));
  const forget = keepUnsent("new", form);
  title.focus();
}

async function fromRoutine() {
  const { routines } = await ask("GET", "/api/routines");
  const shown = dialog(words.from_routine, words.cancel, [make("ul", { class: "joins" }, routines.map(({ name, title }) => make("li", {},
    button({ class: "join", onclick: () => begin({ routine: name }).then(() => shown.close(), tell) }, make("span", { dir: "auto" }, title)))))]);
}

export async function drafts(place, _, signal) {
  const list = make("ul", { id: "drafts" });
  const none = make("p", { class: "lead" }, words.no_drafts);
  const bin = make("details", { class: "folded" }, make("summary", {}, make("h2", {}, words.deleted_drafts)));
  const deleted = make("ul", { class: "parts" });
  const leftOut = make("ul", { class: "left-out" });
  let shown = null; // what was listed last
  bin.append(deleted);

  // To find all there is to look at takes a while: one draft after the other, while the list stands there.
  async function lookInto(found) {
    for (const [index, draft] of found.drafts.entries()) {
      if (draft.faults === 0 && draft.warnings === null) {
        const told = await ask("POST", "/api/check", { draft: draft.id }, { signal });
        if (found !== shown) return;
        list.children[index].querySelector(".found").textContent = foundIn({ ...draft, ...told });
      }
    }
  }

  async function show() {
    const found = await ask("GET", "/api/drafts", undefined, { signal });
    list.replaceChildren(...found.drafts.map((draft) => entryOf(draft, show)));
    none.hidden = found.drafts.length > 0;
    bin.hidden = !found.deleted.length;
    deleted.replaceChildren(...found.deleted.map((draft) => make("li", {},
      make("span", { dir: "auto" }, titled(draft)),
      button({ class: "plain", onclick: () => restore(draft, show).catch(tell) }, words.undo))));
    leftOut.replaceChildren(...found.left_out.map((text) => make("li", {}, text)));
    shown = found;
    lookInto(found).catch(tell);
  }

  place.append(
    make("h1", { tabindex: "-1" }, words.drafts),
    make("p", { class: "lead" }, words.drafts_lead),
    make("p", { class: "row actions" },
      button({ class: "action", onclick: fewQuestions }, icon("more"), words.new_draft),
      button({ class: "action", onclick: () => fromRoutine().catch(tell) }, words.from_routine),
      button({ class: "action", onclick: importing }, words.from_article)),
    none, list, bin, leftOut);
  await show();
}
