// The page that plays one session, opened by itself: all of it stands in the page, or beside it.

import { begin } from "./playing.js";
import { soundOf } from "./sound.js";
import { filled } from "./wording.js";

const { audio: source, ...told } = JSON.parse(document.getElementById("session").textContent);
const { words } = told;

begin(told, {
  root: document.body,
  audio: document.getElementById("audio"),
  sound: soundOf(source),
  reasonOf(isDamaged) {
    const unknown = source.link ? words.reason_missing : words.reason_format;
    return filled(isDamaged ? words.reason_damaged : unknown, { file: decodeURIComponent(source.link || ""), format: source.format });
  },
});
