// A session on a phone: all of it is fetched from the computer first, and then nothing is asked of it any more.

import { documentFrom, soundFrom } from "./fetching.js";
import { begin } from "./playing.js";
import { filled } from "./wording.js";

const { audio: source, ...told } = JSON.parse(document.getElementById("session").textContent);
const { words } = told;
const { said } = source;
const way = document.getElementById("way"); // how far it is on its way, what keeps it, and that it is here
const news = document.getElementById("news");
const progress = document.getElementById("bar");
const again = document.getElementById("again");
const save = document.getElementById("save");

let there = 0;

function say(state, text) {
  way.dataset.state = state;
  if (news.textContent !== text) news.textContent = text;
}

function came(bytes) {
  there = bytes / source.bytes;
  progress.value = there;
  say("coming", filled(said.coming, { percent: Math.floor(100 * there) }));
}

function tell(state) {
  if (state === "found") {
    came(there * source.bytes);
    return null;
  }
  say(state, said[state]);
  if (state === "lost") return null;
  again.hidden = false;
  return new Promise((resume) => {
    again.addEventListener("click", () => {
      again.hidden = true;
      resume();
    }, { once: true });
  });
}

async function whole() {
  const sound = await soundFrom("sound", source, came, tell);
  player.renew(await documentFrom("session", tell)); // what was still estimated when the page came
  say("here", said.here);
  save.hidden = false;
  return URL.createObjectURL(sound);
}

came(0);
const player = begin(told, {
  root: document.body,
  audio: document.getElementById("audio"),
  sound: Promise.resolve().then(whole),
  reasonOf(isDamaged) {
    return filled(isDamaged ? words.reason_damaged : words.reason_format, { format: source.format });
  },
});
