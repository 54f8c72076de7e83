// One session, played: the audio's clock is the only one, and all the rest follows it.

import { wakefulness } from "./awake.js";
import { draw } from "./drawing.js";
import { lockOf } from "./elbows.js";
import { keysOf } from "./keys.js";
import { leapsOf } from "./leaping.js";
import { lockScreen } from "./lockscreen.js";
import { forget, remember, remembered, rememberWaits, waits } from "./memory.js";
import { isHeard, moment, nextStart, previousStart, stopAt, stops } from "./moment.js";
import { shelfOf } from "./shelf.js";
import { stageOf } from "./stage.js";
import { pageOf } from "./view.js";
import { filled } from "./wording.js";

const TICK = 100; // milliseconds
const KEEP_EVERY = 5; // seconds
const LONGEST_STOP = 600000; // milliseconds for which the screen stays on at a stop point
const ELBOW = 400; // milliseconds in which a second touch is the same one
const PATIENCE = 700; // milliseconds for which sound may stay out before it is said

// Begins a session in a page that holds the player's screen; the screen is `root`'s, which tells its state.
//
// `told` has the session's timeline, the words in its language, who made it, and the key under which the browser keeps
// where it was left. `sound` resolves to what the audio plays. `reasonOf` says why it cannot, and `mended`, where there
// is one, is asked first: it resolves once it is worth trying again, and to false where it never will be. With `atOnce`
// it plays as soon as it can, and `from` is where it was left, where this browser doesn't know better.
//
// Returns what its page can do with it: `renew` takes a timeline of which more is certain, `end` lets go of everything.
export function begin(told, { root, audio, sound, reasonOf, mended = null, atOnce = false, from = null }) {
  const { words, artist, key } = told;
  const session = { ...told.session };
  const cover = document.getElementById("cover");
  const wait = document.getElementById("wait"); // null where the opening has no stop point
  const awake = wakefulness();
  const ending = new AbortController();
  const { signal } = ending;
  const on = (target, name, action) => target.addEventListener(name, action, { signal });

  let readyStops = stops(session);
  let isLoaded = false;
  let isMending = false;
  let failure = "";
  let isKnown = false; // the browser has understood the sound's beginning
  let wanted = remembered(key, session.duration) || from || null; // a place to go to as soon as the audio can
  let last = wanted || 0; // the time of the last tick, or of the last jump
  let kept = last;
  let ticking = 0;
  let stopping = 0;
  let touched = -ELBOW;
  let silentSince = null; // since when sound that should be heard is waited for
  let shown = ""; // what the lock screen shows

  const at = () => (wanted === null ? audio.currentTime : wanted);
  const stopsNow = () => readyStops.filter((stop) => !stop.isFirst || !wait || wait.checked);

  function state() {
    if (failure) return "failed";
    if (!isLoaded || isMending) return isKnown ? "playing" : "loading";
    if (!audio.paused) return "playing";
    if (audio.ended) return "ended";
    if (stopAt(stopsNow(), at())) return "ready";
    return at() === 0 ? "before" : "paused";
  }

  const stage = stageOf(session, told.drawn, document.getElementById("atlas"));
  const page = pageOf(session, words, root, jump, stage);
  const leapt = leapsOf(document.getElementById("undo"), words, goTo);
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
  let movePlayhead = draw(document.getElementById("map"), session, jump);

  function artwork() {
    if (!cover) return [];
    const type = /^data:([^;]+)/.exec(cover.src)?.[1] ?? "";
    return [{ src: cover.src, sizes: `${cover.naturalWidth}x${cover.naturalHeight}`, type }];
  }

  function isSilent() {
    return isMending || (silentSince !== null && performance.now() - silentSince > PATIENCE);
  }

  const audible = {
    at,
    isPlaying: () => state() === "playing" && !audio.paused && !audio.seeking && !isSilent(),
    speed: () => audio.playbackRate,
  };

  function refresh() {
    const seconds = at();
    const now = moment(session, seconds);
    const current = state();
    stage.show(audible, now);
    page.show(seconds, now, current, failure || (current === "playing" && isSilent() ? words.loading : ""));
    movePlayhead(seconds, now.index);
    const tell = `${now.index} ${current === "playing"}`;
    if (tell !== shown && isLoaded) {
      shown = tell;
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

  function jump(index) {
    leapt(at());
    goTo(session.chapters[index].start);
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

  // Two bumps stop what plays, and let it go on from where it stopped: nothing else.
  function bumped() {
    if (state() === "playing") audio.pause();
    else if (["paused", "ready"].includes(state())) play();
  }

  function fail(reason) {
    failure = filled(words.no_sound, { reason });
    awake.release();
    refresh();
  }

  // Goes on where the sound broke off, once it can be had again.
  async function mend() {
    const wasPlaying = atOnce || !audio.paused;
    wanted = at();
    isMending = true;
    refresh();
    const canGoOn = await mended();
    if (signal.aborted) return;
    isMending = false;
    if (!canGoOn) {
      fail(words.reason_damaged);
      return;
    }
    audio.load();
    if (wasPlaying) play();
    refresh();
  }

  on(audio, "loadedmetadata", () => {
    isKnown = true;
    if (wanted !== null) audio.currentTime = wanted;
    wanted = null;
    refresh();
  });
  on(audio, "play", () => {
    clearInterval(ticking);
    clearTimeout(stopping);
    ticking = setInterval(tick, TICK);
    awake.keep();
    refresh();
  });
  on(audio, "pause", () => {
    clearInterval(ticking);
    silentSince = null;
    // At a stop point the hands come back soon, and neither an elbow nor a bump unlocks a phone.
    if (state() === "ready" || isFelt()) stopping = setTimeout(awake.release, LONGEST_STOP);
    else awake.release();
    if (audio.ended) return;
    keep(at());
    announce();
  });
  on(audio, "ended", () => {
    keep(0);
    announce();
  });
  on(audio, "waiting", () => { silentSince ??= performance.now(); });
  on(audio, "playing", () => {
    atOnce = false;
    silentSince = null;
    refresh();
  });
  on(audio, "seeking", () => {
    last = audio.currentTime;
    refresh();
  });
  on(audio, "ratechange", refresh);
  on(audio, "seeked", () => {
    lock.place(at());
    refresh();
  });
  on(audio, "timeupdate", tick); // goes on where timers are slowed down, behind a dark screen
  on(audio, "error", () => {
    if (/MediaSink/.test(audio.error?.message)) { // Firefox, where there is no sound device: trying again helps nobody
      fail(words.reason_device);
      return;
    }
    if (mended) {
      mend();
      return;
    }
    // A file that is cut short goes wrong after its beginning was understood, under any code, by browser and format.
    fail(reasonOf(isKnown || audio.error?.code === MediaError.MEDIA_ERR_DECODE));
  });

  // An elbow often lands twice, wherever it lands. A click by a key has no detail, and needs none of this.
  document.addEventListener("click", (event) => {
    if (!event.detail || elbows.keepsOut(event) || !root.contains(event.target)) return;
    document.activeElement.blur(); // the space bar plays and pauses again
    if (event.timeStamp - touched < ELBOW) event.stopPropagation();
    else touched = event.timeStamp;
  }, { capture: true, signal });

  on(document.getElementById("screen"), "click", (event) => {
    if (!event.target.closest("button, svg")) toggle();
  });
  // The lists below are the screen too, once something sounds: before that they are there to be read.
  on(root.querySelector("aside"), "click", (event) => {
    const isUnder = !["before", "loading"].includes(state());
    if (isUnder && !event.target.closest("button, summary, label, a")) toggle();
  });
  if (wait) {
    wait.checked = waits();
    on(wait, "change", () => {
      rememberWaits(wait.checked);
      refresh();
    });
  }
  for (const [id, action] of Object.entries({ previous, play: toggle, following })) {
    on(document.getElementById(id), "click", action);
  }
  const isFelt = shelfOf(document.getElementById("bumping"), {
    act: bumped,
    isSounding: () => !audio.paused && isHeard(session, at()),
    refused: words.bump_refused,
    signal,
  });
  const isReading = () => ["before", "loading"].includes(state()) || window.scrollY > window.innerHeight / 2;
  keysOf({ toggle, previous, forward, first: () => goTo(0) }, isReading, signal);

  on(window, "resize", () => page.resize());
  on(window, "resize", refresh);
  on(window, "pagehide", () => keep(at()));
  on(document, "visibilitychange", () => {
    if (document.visibilityState === "hidden") keep(at());
  });

  refresh();
  sound.then((url) => {
    if (signal.aborted) return;
    audio.src = url;
    isLoaded = true;
    page.enable();
    performance.mark("play-enabled");
    if (atOnce) play();
    refresh();
  }, () => fail(words.reason_damaged));

  return {
    state,
    toggle,
    renew(timeline) {
      Object.assign(session, timeline);
      readyStops = stops(session);
      page.renew();
      movePlayhead = draw(document.getElementById("map"), session, jump);
      refresh();
    },
    end() {
      keep(at());
      ending.abort();
      clearInterval(ticking);
      clearTimeout(stopping);
      awake.release();
      audio.pause();
      audio.removeAttribute("src");
      audio.load();
      stage.end();
      lock.end();
    },
  };
}
