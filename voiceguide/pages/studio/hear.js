// A session: the player in its place, which sounds at once, and below it what can be done with the session.

import { ask, Fault, follow, NOT_FOUND } from "./api.js";
import { chosen } from "./choose.js";
import { there } from "./connection.js";
import { remove } from "./deleting.js";
import { hearingOf } from "./hearing.js";
import { keep } from "./keeping.js";
import { button, icon, make } from "./make.js";
import { notice, tell } from "./notices.js";
import { toPhone } from "./phoning.js";
import { begin } from "./playing.js";
import { screenOf } from "./screen.js";
import { isFresh, start } from "./starting.js";
import { bedName, exactly, percent, say, voiceName, words } from "./words.js";

const MOST_TRIES = 3; // of a sound that breaks although the server is there
const CALM = 20000; // milliseconds after which tries are forgotten

const audio = document.getElementById("audio");
const root = document.getElementById("player");
const making = document.getElementById("making");
const handOver = document.getElementById("hand-over");
const back = document.querySelector("#return a");
const afterwards = document.getElementById("afterwards");

// What stands in the player's place until the first words are spoken.
function waiting(session) {
  return make("div", { id: "opening" },
    make("img", { alt: "", src: session.cover, width: 320, height: 320 }),
    make("h1", { tabindex: "-1", dir: "auto" }, session.title),
    make("p", {}, words.first_words));
}

// Out of the player: whoever hears a draft of theirs goes on writing it.
function leadBack({ routine }) {
  const isDraft = /^draft-\w+$/.test(routine);
  back.href = isDraft ? `#draft=${routine}` : "#";
  back.textContent = isDraft ? words.write_on : words.back;
}

function leave() {
  notice(words.gone, { isFault: true });
  window.location.hash = "";
}

export async function hear(_, id, signal) {
  const path = `/api/sessions/${encodeURIComponent(id)}`;
  const atOnce = isFresh(id);
  let player = null;
  let keeping = () => {};
  let leaveOff = () => {}; // says for the last time where it is
  root.replaceChildren();
  root.dataset.state = "loading";
  making.textContent = "";
  afterwards.replaceChildren();
  handOver.replaceChildren();

  let session;
  try {
    session = await ask("GET", path, undefined, { signal });
  } catch (fault) {
    if (fault.status !== NOT_FOUND) throw fault;
    leave();
    return;
  }
  document.title = session.title;
  leadBack(session);
  root.replaceChildren(waiting(session));

  // Resolves once the server is there again; to false where it has no sound to give.
  let tries = [];
  async function mended() {
    tries = [...tries.filter((time) => performance.now() - time < CALM), performance.now()];
    if (tries.length > MOST_TRIES) return false;
    for (;;) {
      try {
        know(await ask("GET", path, undefined, { signal }));
        return session.state !== "failed";
      } catch (fault) {
        if (signal.aborted || !fault.isTold) return false;
      }
      await there();
    }
  }

  function know(now) {
    session = now;
    const isMaking = session.state === "making" || session.state === "waiting";
    making.textContent = isMaking ? say("made", { share: percent(session.share || 0) }) : "";
    if (session.state === "failed") tell(new Fault(session.error?.message || words.went_wrong));
    keeping();
  }

  async function renew() {
    const told = await ask("GET", `${path}/timeline`, undefined, { signal });
    player?.renew(told.session);
  }

  const unfollow = follow(id, {
    session: know,
    whole: (now) => {
      know(now);
      renew().catch(tell);
    },
    failed: know,
    timeline: () => renew().catch(tell),
    gone: leave,
  });
  signal.addEventListener("abort", () => {
    unfollow();
    leaveOff();
    player?.end();
    document.title = "voiceguide";
  });
  handOver.replaceChildren(phoneButton(() => session, "plain"));
  afterwards.replaceChildren(...below(() => session, id, (refresh) => { keeping = refresh; }));
  know(session);

  const told = await ask("GET", `${path}/timeline`, undefined, { signal });
  if (signal.aborted) return;
  root.replaceChildren(screenOf(told, session));
  player = begin(told, {
    root,
    audio,
    sound: Promise.resolve(session.sound),
    reasonOf: () => words.no_sound,
    mended,
    atOnce,
    from: atOnce ? 0 : session.position,
  });
  leaveOff = hearingOf(id, audio, signal);
}

function phoneButton(session, look) {
  const shown = button({ class: look, onclick: () => toPhone(session(), shown) }, icon("phone"), words.to_phone);
  return shown;
}

// What can be done with a session, and what it was made of.
function below(session, id, keeps) {
  const { title } = session();
  const facts = () => {
    const { duration, bed, voice, choices } = session();
    return [exactly(duration), bedName(bed), voiceName(voice), chosen({ talk: choices.talk })].filter(Boolean).join(" · ");
  };
  return [
    make("h2", { dir: "auto" }, title),
    make("p", { class: "quiet" }, facts()),
    make("p", { class: "row actions" },
      phoneButton(session, "action"),
      button({ class: "action", onclick: () => keeps(keep(session)) }, icon("keep"), words.keep),
      button({ class: "action", onclick: () => start(id) }, icon("again"), words.play_again),
      button({
        class: "action",
        onclick: () => {
          remove(session(), () => { window.location.hash = `#session=${encodeURIComponent(id)}`; });
          window.location.hash = "#sessions";
        },
      }, icon("bin"), words.delete)),
    make("p", {}, make("a", { class: "plain", href: `#routine=${encodeURIComponent(session().routine)}` }, words.change_choices)),
  ];
}
