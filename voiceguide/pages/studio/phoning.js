// To the phone: a square for its camera, the address in letters, and what to do next. From then on it is the phone's to play.

import { ask } from "./api.js";
import { button, dialog, drawing, make } from "./make.js";
import { tell } from "./notices.js";
import { percent, say, words } from "./words.js";

export async function toPhone(session, touched) {
  if (touched.getAttribute("aria-busy") === "true") return;
  const path = `/api/sessions/${encodeURIComponent(session.id)}/phone`;
  touched.setAttribute("aria-busy", "true");
  try {
    const { url, qr } = await ask("POST", path, {});
    document.getElementById("audio").pause();
    show(url, qr, path);
  } catch (fault) {
    tell(fault);
  } finally {
    touched.removeAttribute("aria-busy");
  }
}

const LOOKS = 1000; // milliseconds between two looks how far the phone is

// An address in the pieces that are read and typed at once: a line ends behind a hyphen or a slash, and nowhere else.
function inPieces(url) {
  return url.match(/[^/-]*(?:-|\/+|$)/g).filter(Boolean).map((piece) => make("span", {}, piece));
}

function show(url, qr, path) {
  const copied = make("span", { role: "status" });
  const way = make("p", { class: "way", role: "status" }, words.phone_none);
  const bar = make("progress", { max: 1, value: 0, "aria-label": words.to_phone, hidden: true });
  const code = drawing(qr, words.qr);
  code.setAttribute("class", "qr");

  function copy() {
    navigator.clipboard.writeText(url).then(() => { copied.textContent = words.copied; }, () => { copied.textContent = words.not_copied; });
  }

  async function end() {
    try {
      await ask("DELETE", path);
      shown.close();
    } catch (fault) {
      tell(fault);
    }
  }

  const shown = dialog(words.to_phone, words.close, [
    make("div", { class: "phone" }, code,
      make("div", {},
        make("ol", {}, ["phone_wifi", "phone_scan", "phone_wait"].map((key) => make("li", {}, words[key]))),
        make("p", {}, words.phone_or_type),
        make("p", { class: "address", dir: "ltr" }, inPieces(url)),
        make("p", { class: "row" }, navigator.clipboard ? button({ class: "plain", onclick: copy }, words.copy) : "", copied))),
    make("div", { class: "on-the-way" }, way, bar),
  ], button({ class: "plain", title: words.phone_end_hint, onclick: end }, words.phone_end));

  // What the phone says itself, for whoever looks at this screen; while it is closed nobody asks.
  async function look() {
    if (!shown.isConnected) return;
    try {
      const { state, share } = await ask("GET", path);
      const text = { waiting: words.phone_none, coming: say("phone_coming", { percent: percent(share) }), there: words.phone_there }[state];
      if (way.textContent !== text) way.textContent = text;
      way.dataset.state = state;
      bar.hidden = state !== "coming";
      bar.value = share;
    } catch (fault) {
      if (fault.status === 404) return; // it is sent no longer, which another window wished
    }
    setTimeout(look, LOOKS);
  }
  look();
}
