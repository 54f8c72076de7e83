// The page: its address says what it shows, so that a reload and the back button lose nothing.

import { Fault } from "./api.js";
import { choose } from "./choose.js";
import { drafts } from "./drafts.js";
import { hear } from "./hear.js";
import { make } from "./make.js";
import { tell } from "./notices.js";
import { routine } from "./routine.js";
import { hush } from "./samples.js";
import { sessions } from "./sessions.js";
import { language, languages, words } from "./words.js";
import { write } from "./write.js";

const VIEWS = { routine, sessions, session: hear, drafts, draft: write };
const LANGUAGE = "voiceguide:language";

const studio = document.getElementById("studio");
const view = document.getElementById("view");
const hearing = document.getElementById("hearing");
let leaving = new AbortController();
let isFirst = true;

function asked() {
  const [name, value = ""] = window.location.hash.slice(1).split("=");
  return VIEWS[name] ? { name, show: VIEWS[name], value: decodeURIComponent(value) } : { name: "choose", show: choose, value: "" };
}

// Each view fills its place and ends with a signal.
async function go() {
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  const { name, show, value } = asked();
  hush();
  document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
  const isHearing = name === "session";
  studio.hidden = isHearing;
  hearing.hidden = !isHearing;
  document.body.dataset.view = name;
  document.querySelectorAll("#top [data-view]").forEach((link) => {
    if (link.dataset.view === name) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  });
  const place = isHearing ? hearing : view;
  if (!isHearing) place.replaceChildren();
  try {
    await show(place, value, signal);
  } catch (fault) {
    if (signal.aborted) return;
    if (!isHearing) place.replaceChildren(make("h1", { tabindex: "-1" }, words.went_wrong),
      make("p", { class: "fault" }, fault.message),
      make("p", {}, make("a", { class: "plain", href: "", onclick: () => window.location.reload() }, words.try_again)));
    else tell(fault);
    if (!(fault instanceof Fault)) throw fault;
  }
  if (signal.aborted) return;
  // Whoever has gone on already, while the view was being filled, stays where they are.
  if (!isFirst && !place.contains(document.activeElement) && !document.querySelector("dialog[open]")) {
    window.scrollTo(0, 0);
    place.querySelector("h1")?.focus();
  }
  isFirst = false;
}

const tongue = document.querySelector("#tongue select");
tongue.append(...Object.entries(languages).map(([tag, name]) => make("option", { value: tag, lang: tag, selected: tag === language }, name)));
tongue.addEventListener("change", () => {
  try {
    localStorage.setItem(LANGUAGE, tongue.value);
  } catch {
    // Nothing is kept: the next visit begins in the browser's language again.
  }
  window.location.search = `?language=${tongue.value}`;
});

// A language that was chosen once holds, although the address doesn't say so.
function isElsewhere() {
  try {
    const wished = localStorage.getItem(LANGUAGE);
    return wished && wished !== language && languages[wished] && !new URLSearchParams(window.location.search).has("language") ? wished : "";
  } catch {
    return "";
  }
}

const wished = isElsewhere();
if (wished) {
  window.location.replace(`?language=${wished}${window.location.hash}`);
} else {
  window.addEventListener("hashchange", go);
  go();
}
