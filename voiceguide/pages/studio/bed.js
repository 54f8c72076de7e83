// The sound underneath: those that come with it, and music of somebody's own, by drag and drop or by a button.

import { ask } from "./api.js";
import { faultOf, oneOf } from "./fields.js";
import { button, icon, make } from "./make.js";
import { tell } from "./notices.js";
import { sampleButton } from "./samples.js";
import { bedName, say, size, words } from "./words.js";

const LONGEST_NAME = 80;

// A file's name as the server takes one: no more than letters, numbers and some signs, and not too long.
function plainName(file) {
  const [, stem, suffix] = /^(.*?)(\.[^.]*)?$/.exec(file.normalize("NFC").replace(/[^\p{L}\p{M}\p{N} ._()'&,-]/gu, " ").replace(/^[\s.]+/, ""));
  return (stem.slice(0, LONGEST_NAME - (suffix || "").length).trim() || "music") + (suffix || "").toLowerCase();
}

const musicPath = (name, file = "") => `/api/music/${encodeURIComponent(name)}${file && `/${encodeURIComponent(file)}`}`;

// `own` is the bed that the routine brings. `change` is called with a bed's name, or with null for the routine's own.
export function bedField(own, value, change) {
  const place = make("div", { id: "beds" });
  let now = value || own;
  let samples = {};
  let told = { music: [], types: [], most_bytes: 0 };
  const sample = sampleButton(() => samples[now] || "", () => bedName(now));

  function pick(bed) {
    now = bed;
    change(bed === own ? null : bed);
    show();
  }

  function show() {
    const beds = [...new Set([own, ...Object.keys(samples), now, "none"])].filter((bed) => bed !== "none");
    const focused = document.activeElement?.name === "bed";
    place.replaceChildren(
      oneOf("bed", words.choice_bed, [...beds, "none"].map((bed) => [bed, bedName(bed)]), now, pick, [sample.element]),
      music(),
    );
    sample.refresh();
    if (focused) place.querySelector("[name=bed]:checked")?.focus();
  }

  function music() {
    const input = make("input", { type: "file", multiple: true, accept: ["audio/*", ...told.types].join(","), class: "unseen", id: "music-files", onchange: () => add([...input.files]) });
    const busy = make("p", { id: "adding", role: "status" });
    const zone = make("div", { id: "music" },
      make("label", { for: "music-files" }, icon("music"), make("span", {}, words.add_music, make("small", {}, words.add_music_hint))),
      input,
      busy,
      faultOf("music"),
      make("ul", {}, told.music.map((each) => make("li", {},
        make("span", { dir: "auto" }, each.name, " ", make("small", {}, say("pieces", { count: each.pieces.length, size: size(each.bytes) }))),
        button({ class: "away", "aria-label": say("remove_music", { name: each.name }), onclick: () => forget(each) }, icon("bin"))))));
    for (const name of ["dragover", "dragenter"]) {
      zone.addEventListener(name, (event) => {
        event.preventDefault();
        zone.classList.add("over");
      });
    }
    for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("over"));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      add([...event.dataTransfer.files]);
    });

    async function add(files) {
      if (!files.length) return;
      const fault = zone.querySelector(".fault");
      fault.hidden = true;
      const name = plainName(files[0].name).replace(/\.[^.]*$/, "");
      let isAdded = false;
      for (const [index, file] of files.entries()) {
        busy.textContent = say("adding", { file: file.name, number: index + 1, count: files.length });
        try {
          if (told.most_bytes && file.size > told.most_bytes) throw new Error(say("too_large", { file: file.name, size: size(told.most_bytes) }));
          await ask("PUT", musicPath(name, plainName(file.name)), file);
          isAdded = true;
        } catch (error) {
          fault.textContent = error.message;
          fault.hidden = false;
        }
      }
      busy.textContent = "";
      const said = fault.hidden ? "" : fault.textContent;
      await read();
      if (isAdded) pick(`music/${name}`);
      if (said) {
        const again = place.querySelector("#fault-music");
        again.textContent = said;
        again.hidden = false;
      }
    }
    return zone;
  }

  async function forget(each) {
    try {
      await ask("DELETE", musicPath(each.name));
      await read();
      if (now === each.bed) pick(own);
      else show();
    } catch (fault) {
      tell(fault);
    }
  }

  async function read() {
    const [{ beds }, music] = await Promise.all([ask("GET", "/api/sounds"), ask("GET", "/api/music")]);
    told = music;
    samples = Object.fromEntries([...beds.map((bed) => [bed.name, bed.sample]), ...music.music.map((each) => [each.bed, each.sample])]);
    show();
  }

  show();
  read().catch(tell);
  return place;
}
