// What can be kept of a session: its sound, its page, its card; and that it stays when room is needed.

import { address, ask } from "./api.js";
import { dialog, icon, make } from "./make.js";
import { tell } from "./notices.js";
import { say, percent, words } from "./words.js";

const KINDS = ["mp3", "page", "card"];

// `session` returns what is known of it now. Returns what is to be called when more is known.
export function keep(session) {
  const path = `/api/sessions/${encodeURIComponent(session().id)}`;
  const wait = make("p", { class: "hint", role: "status" });
  const links = KINDS.map((kind) => make("a", { class: "kept", download: true },
    icon("keep"), make("span", {}, words[`keep_${kind}`], make("small", {}, words[`keep_${kind}_hint`]))));
  const stays = make("input", {
    type: "checkbox", checked: session().kept,
    onchange: () => ask("PATCH", path, { kept: stays.checked }).catch((fault) => {
      stays.checked = !stays.checked;
      tell(fault);
    }),
  });
  const shown = dialog(words.keep, words.close, [wait,
    make("ul", { class: "keeping" }, links.map((link) => make("li", {}, link))),
    make("label", { class: "switch" }, stays, make("span", {}, words.keep_here, make("small", {}, words.keep_here_hint)))]);

  function refresh() {
    const { state, share } = session();
    const isWhole = state === "whole";
    wait.textContent = isWhole ? "" : say("keep_later", { share: percent(share || 0) });
    links.forEach((link, index) => {
      if (isWhole) {
        link.href = address(`${path}/keep/${KINDS[index]}`);
        link.removeAttribute("aria-disabled");
      } else {
        link.removeAttribute("href");
        link.setAttribute("aria-disabled", "true");
      }
    });
  }

  refresh();
  return () => { if (shown.open) refresh(); };
}
