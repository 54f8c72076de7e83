// To the phone: a square for its camera, the address in letters, and what to do next. From then on it is the phone's to play.

import { ask } from "./api.js";
import { button, dialog, drawing, make } from "./make.js";
import { tell } from "./notices.js";
import { words } from "./words.js";

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

function show(url, qr, path) {
  const copied = make("span", { role: "status" });
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
        make("p", { class: "address", dir: "ltr" }, url),
        make("p", { class: "row" }, navigator.clipboard ? button({ class: "plain", onclick: copy }, words.copy) : "", copied))),
  ], button({ class: "plain", title: words.phone_end_hint, onclick: end }, words.phone_end));
}
