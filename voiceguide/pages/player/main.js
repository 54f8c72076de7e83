// One session, played: the audio's clock is the only one, and all the rest follows it.

import { wakefulness } from "./awake.js";
import { draw } from "./drawing.js";
import { lockOf } from "./elbows.js";
import { lockScreen } from "./lockscreen.js";
import { forget, remember, remembered, rememberWaits, waits } from "./memory.js";
import { moment, nextStart, previousStart, stopAt, stops } from "./moment.js";
import { soundOf } from "./sound.js";
import { pageOf } from "./view.js";
import { clock, filled } from "./wording.js";

const { session, words, artist, key, audio: source } = JSON.parse(document.getElementById("session").textContent);
const audio = document.getElementById("audio");
const cover = document.getElementById("cover");
const wait = document.getElementById("wait"); // null where the opening has no stop point
const readyStops = stops(session);
const awake = wakefulness();

const TICK = 100; // milliseconds
const KEEP_EVERY = 5; // seconds
const LONGEST_STOP = 600000; // milliseconds for which the screen stays on at a stop point
const ELBOW = 400; // milliseconds in which a second touch is the same one
const UNDO = 8000; // milliseconds for which a jump can be taken back

let isLoaded = false;
let failure = "";
let isKnown = false; // the browser has understood the sound's beginning
let wanted = remembered(key, session.duration) || null; // a place to go to as soon as the audio can
let last = wanted || 0; // the time of the last tick, or of the last jump
let kept = last;
let ticking = 0;
let stopping = 0;
let touched = -ELBOW;
let left = null; // where a jump began, as long as it can be taken back
let leaving = 0;
let told = ""; // what the lock screen shows

const at = () => (wanted === null ? audio.currentTime : wanted);
const stopsNow = () => readyStops.filter((stop) => !stop.isFirst || !wait || wait.checked);

function state() {
  if (failure) return "failed";
  if (!isLoaded) return "loading";
  if (!audio.paused) return "playing";
  if (audio.ended) return "ended";
  if (stopAt(stopsNow(), at())) return "ready";
  return at() === 0 ? "before" : "paused";
}

const undo = document.getElementById("undo");
const page = pageOf(session, words, jump);
const movePlayhead = draw(document.getElementById("map"), session, jump);
const elbows = lockOf(document.getElementById("lock"), words, () => state() === "playing", (text) => page.hint(text));
const lock = lockScreen(session, words, artist, artwork, {
  play,
  pause: () => audio.pause(),
  previoustrack: previous,
  nexttrack: following,
  seekto: ({ seekTime }) => goTo(seekTime),
  seekbackward: ({ seekOffset }) => goTo(at() - (seekOffset || 10)),
  seekforward: ({ seekOffset }) => goTo(at() + (seekOffset || 10)),
});

function artwork() {
  if (!cover) return [];
  const [, type] = /^data:([^;]+)/.exec(cover.src);
  return [{ src: cover.src, sizes: `${cover.naturalWidth}x${cover.naturalHeight}`, type }];
}

function refresh() {
  const seconds = at();
  const now = moment(session, seconds);
  const current = state();
  page.show(seconds, now, current, failure);
  movePlayhead(seconds, now.index);
  const tell = `${now.index} ${current === "playing"}`;
  if (tell !== told && isLoaded) {
    told = tell;
    lock.show(session.chapters[now.index], current === "playing");
    lock.place(seconds);
  }
  return { seconds, now, current };
}

function keep(seconds) {
  kept = seconds;
  if (seconds > 0 && !audio.ended) remember(key, seconds);
  else forget(key);
}

function tick() {
  const seconds = at();
  const stop = stopsNow().find(({ start }) => last < start && start <= seconds);
  last = seconds;
  if (stop && !audio.paused) {
    audio.pause();
    if (seconds >= stop.end) audio.currentTime = stop.start; // the browser looked too late
  }
  if (Math.abs(seconds - kept) >= KEEP_EVERY) keep(seconds);
  refresh();
}

function announce() {
  const { now, current } = refresh();
  page.announce(now, current);
}

function goTo(seconds) {
  const target = Math.min(Math.max(seconds, 0), session.duration);
  last = target;
  if (audio.readyState) audio.currentTime = target;
  else wanted = target;
  keep(target);
  lock.place(target);
  announce();
}

// A touch that may have been meant otherwise: it can be taken back for a while.
function jump(index) {
  left = at();
  clearTimeout(leaving);
  leaving = setTimeout(stay, UNDO);
  undo.textContent = filled(words.undo, { time: clock(left) });
  undo.hidden = !(left > 0);
  goTo(session.chapters[index].start);
}

function stay() {
  left = null;
  undo.hidden = true;
}

function goBack() {
  const seconds = left;
  stay();
  if (seconds !== null) goTo(seconds);
}

function play() {
  if (!isLoaded || failure) return;
  const stop = audio.paused && stopAt(stopsNow(), at());
  if (stop) goTo(stop.end);
  audio.play().catch((error) => {
    // A browser that wants a touch first leaves the page as it is: it asks for one. What is wrong with the sound itself
    // comes as the audio's own error.
    if (error.name !== "AbortError") refresh();
  });
}

function toggle() {
  if (audio.paused) play();
  else audio.pause();
}

function previous() {
  goTo(previousStart(session, at()));
}

function following() {
  const start = nextStart(session, at());
  if (start !== null) goTo(start);
}

// A pedal's or a remote's way on: from where the session waits, it goes on.
function forward() {
  if (state() === "ready") play();
  else following();
}

function fail(reason) {
  failure = filled(words.no_sound, { reason });
  awake.release();
  refresh();
}

audio.addEventListener("loadedmetadata", () => {
  isKnown = true;
  if (wanted !== null) audio.currentTime = wanted;
  wanted = null;
  refresh();
});
audio.addEventListener("play", () => {
  clearInterval(ticking);
  clearTimeout(stopping);
  ticking = setInterval(tick, TICK);
  awake.keep();
  refresh();
});
audio.addEventListener("pause", () => {
  clearInterval(ticking);
  // At a stop point the hands come back soon, and no elbow unlocks a phone.
  if (state() === "ready") stopping = setTimeout(awake.release, LONGEST_STOP);
  else awake.release();
  if (audio.ended) return;
  keep(at());
  announce();
});
audio.addEventListener("ended", () => {
  keep(0);
  announce();
});
audio.addEventListener("seeking", () => { last = audio.currentTime; });
audio.addEventListener("seeked", () => {
  lock.place(at());
  refresh();
});
audio.addEventListener("timeupdate", tick); // goes on where timers are slowed down, behind a dark screen
audio.addEventListener("error", () => {
  // A file that is cut short goes wrong after its beginning was understood, under any code, by browser and format.
  const isDamaged = isKnown || audio.error.code === MediaError.MEDIA_ERR_DECODE;
  const unknown = source.link ? words.reason_missing : words.reason_format;
  fail(filled(isDamaged ? words.reason_damaged : unknown, { file: decodeURIComponent(source.link || ""), format: source.format }));
});

// An elbow often lands twice, wherever it lands. A click by a key has no detail, and needs none of this.
document.addEventListener("click", (event) => {
  if (!event.detail) return;
  if (elbows.keepsOut(event)) return;
  document.activeElement.blur(); // the space bar plays and pauses again
  if (event.timeStamp - touched < ELBOW) event.stopPropagation();
  else touched = event.timeStamp;
}, { capture: true });

document.getElementById("screen").addEventListener("click", (event) => {
  if (!event.target.closest("button, svg")) toggle();
});
// The lists below are the screen too, once something sounds: before that they are there to be read.
document.querySelector("aside").addEventListener("click", (event) => {
  const isUnder = !["before", "loading"].includes(state());
  if (isUnder && !event.target.closest("button, summary, label, a")) toggle();
});
undo.addEventListener("click", goBack);
if (wait) {
  wait.checked = waits();
  wait.addEventListener("change", () => {
    rememberWaits(wait.checked);
    refresh();
  });
}
for (const [id, action] of Object.entries({ previous, play: toggle, following })) {
  document.getElementById(id).addEventListener("click", action);
}

// Keyboards, remotes and foot pedals. What scrolls a page scrolls it while there is something to read.
const KEYS = { ArrowLeft: previous, ArrowRight: forward, Home: () => goTo(0), " ": toggle, Enter: toggle };
const SCROLLING = { PageUp: previous, PageDown: forward, ArrowUp: previous, ArrowDown: forward };
const isReading = () => ["before", "loading"].includes(state()) || window.scrollY > window.innerHeight / 2;
document.addEventListener("keydown", (event) => {
  const action = KEYS[event.key] || (isReading() ? undefined : SCROLLING[event.key]);
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const isOnButton = event.target.closest("button, summary, input");
  if (event.key === " " && isOnButton) return;
  if (event.key === "Enter" && isOnButton && !event.repeat) return;
  // A key that is held acts once: neither does it run through the steps, nor press a button again, nor scroll.
  if (action || (event.key === "Enter" && isOnButton && event.repeat)) event.preventDefault();
  if (action && !event.repeat) action();
});

window.addEventListener("resize", refresh);
window.addEventListener("pagehide", () => keep(at()));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") keep(at());
});

refresh();
soundOf(source).then((url) => {
  audio.src = url;
  isLoaded = true;
  page.enable();
  performance.mark("play-enabled");
  refresh();
}, () => fail(words.reason_damaged));
