// The room on the disk: what takes how much, and buttons that clear it.

import { ask } from "./api.js";
import { button, dialog, make } from "./make.js";
import { notice, tell } from "./notices.js";
import { say, size, words } from "./words.js";

const CAPS = [1e9, 2e9, 5e9, 10e9, 20e9];

// `cleared` is called when sessions may be gone.
export async function roomOf(place, cleared, signal) {
  function show(room) {
    const most = Math.max(...room.kinds.map((kind) => kind.bytes), 1);
    const caps = [...new Set([...CAPS, room.cap_bytes])].sort((one, other) => one - other);
    const cap = make("select", {
      id: "cap",
      onchange: async () => {
        try {
          show(await ask("PATCH", "/api/room", { cap_bytes: Number(cap.value) }));
          place.querySelector("#cap").focus();
        } catch (fault) {
          tell(fault);
        }
      },
    }, caps.map((bytes) => make("option", { value: bytes, selected: bytes === room.cap_bytes }, size(bytes))));
    place.replaceChildren(
      make("h2", { tabindex: "-1" }, words.room),
      make("p", { class: "quiet" }, words.room_hint),
      make("ul", {}, room.kinds.map((kind) => {
        const bar = make("span", { class: "bar", "aria-hidden": "true" });
        bar.style.setProperty("--share", kind.bytes / most);
        return make("li", {},
          make("span", { class: "kind" }, words[`room_${kind.kind}`], " ", make("small", {}, size(kind.bytes))),
          bar,
          button({ class: "plain", disabled: !kind.bytes, "aria-label": say("clear_titled", { what: words[`room_${kind.kind}`] }), onclick: () => sure(kind) }, words.clear));
      })),
      make("p", { class: "row" }, make("label", { for: "cap" }, words.cap), cap));
  }

  async function clear(kind) {
    try {
      const room = await ask("POST", "/api/room/clear", { kinds: [kind.kind] });
      show(room);
      notice(say("freed", { size: size(room.freed_bytes) }));
      await cleared();
    } catch (fault) {
      tell(fault);
    }
    place.querySelector("h2").focus();
  }

  function sure(kind) {
    const asking = dialog(say("clear_titled", { what: words[`room_${kind.kind}`] }), words.cancel, [make("p", {}, words[`clear_${kind.kind}`])],
      button({
        class: "strong",
        onclick: () => {
          asking.close();
          clear(kind);
        },
      }, say("clear_now", { size: size(kind.bytes) })));
  }

  show(await ask("GET", "/api/room", undefined, { signal }));
}
