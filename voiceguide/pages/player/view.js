// What is on the page: everything is written as text, and only when it has changed.

import { caption, changeover, leftOnSide, sentences, slotAhead } from "./moment.js";
import { clock, filled, named, stepOf } from "./wording.js";

const $ = (id) => document.getElementById(id);

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function show(element, isShown) {
  if (element.hidden === isShown) element.hidden = !isShown;
}

function mark(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

// Shares of the plain sizes, tried in this order until the screen holds everything: [captions, all the rest, and of that
// the names of step and sides]. What is heard anyway grows smaller before what is read from two metres.
const SIZES = [
  [1.45, 1, 1], [1.3, 1, 1], [1.15, 1, 1], [1, 1, 1], [0.9, 1, 1], [0.8, 1, 1], [0.72, 1, 1],
  [0.72, 0.92, 1], [0.72, 0.84, 1], [0.72, 0.76, 1], [0.72, 0.68, 1], [0.72, 0.6, 1],
  [0.72, 0.6, 0.85], [0.72, 0.6, 0.7], [0.6, 0.6, 0.6],
];
const WORD_SIZES = [1, 0.9, 0.8, 0.7, 0.6, 0.5];
// Letters of the sentence that a chapter's sizes are made for, if it has one as long; a longer one is shown smaller.
const USUAL = 120;
const LONGER_SIZES = [1, 0.92, 0.84, 0.78];

// Of the window's height is left to the notes before the session, but not of the pixels that the screen needs.
const PEEK = 0.2;
const LEAST = 600;
const HINT = 4000; // milliseconds
const SMALLEST = 0.72; // of captions beside a drawing
const BETWEEN = 12; // pixels between a drawing and the words
const MOST_BESIDE = 0.62; // of the width, for a drawing with words beside it

// Tells the style sheet how wide texts are in an element's own font size, so that it can make them as large as the page
// allows; what is not shown now has no width, and keeps the one it had.
function tellWidth(screen, property, element, texts) {
  const shown = element.textContent;
  const widths = texts.map((text) => {
    element.textContent = text;
    return element.getBoundingClientRect().width;
  });
  element.textContent = shown;
  const width = Math.max(...widths) / parseFloat(getComputedStyle(element).fontSize);
  if (width > 0) screen.style.setProperty(property, width.toFixed(3));
}

// The screen's texts, as a session stands at a moment; `root` tells the style sheet its state.
export function pageOf(session, words, root, jump, stage) {
  const screen = $("screen");
  let said = [];
  let longest = []; // each chapter's longest sentence
  let settledFor = "";
  let hasBegun = false;
  let hinted = "";
  let hinting = 0;

  function read() {
    said = sentences(session);
    longest = session.chapters.map((chapter) => said
      .filter((sentence) => sentence.start >= chapter.start && sentence.start < chapter.end)
      .reduce((most, { text }) => (text.length > most.length ? text : most), ""));
  }

  // Its place is kept in every step of a session that has any, so that the time stands still from step to step.
  const hasCue = (chapter) => chapter.slots.length > 1 || chapter.slots.some((slot) => slot.rounds || slot.cycles);
  const hasCues = session.chapters.some(hasCue) || session.clips.some((clip) => clip.role === "switch");

  const set = (name, value) => screen.style.setProperty(name, value);
  let height = 0;
  let captionShare = 1;
  let placing = 0;
  let placed = 0; // the chapter whose drawing has its place

  function fits() {
    return screen.offsetHeight <= height + 1;
  }

  // What a window has for the screen: the page may have something above it.
  function room() {
    return window.innerHeight - (screen.getBoundingClientRect().top + window.scrollY);
  }

  // What stands below the screen and is seen before the session: the switch, and where the notes begin.
  function below() {
    const heads = [...root.querySelectorAll("#waiting, #before > summary")];
    const head = heads.reduce((sum, each) => sum + each.offsetHeight, 0);
    return head + Math.max(0, Math.min(PEEK * window.innerHeight, room() - head - LEAST));
  }

  // Finds the largest letters with which nothing is cut off and nothing lies below the screen's edge.
  function settle(index, isBefore) {
    const large = [$(isBefore ? "title" : "name"), $("message")];
    const shown = $("caption").textContent;
    height = room() - (isBefore ? below() : 0);
    set("--screen", `${height}px`);
    tellWidth(screen, "--countdown-ems", $("left-in-step"), [$("left-in-step").textContent]);
    const strokes = session.chapters[index].slots.some((slot) => slot.cycles);
    tellWidth(screen, "--cue-ems", $("cue-word"), strokes ? [words.out, words.back] : [words.press, words.release]);
    $("caption").textContent = (isBefore ? session.summary : longest[index]).slice(0, USUAL);
    screen.classList.add("settling");
    const looks = ["is-drawn", "is-beside"].filter((look) => screen.classList.contains(look));
    screen.classList.remove(...looks);
    screen.classList.toggle("has-drawings", stage.hasAny);
    for (const [captions, size, names] of SIZES) {
      captionShare = captions;
      set("--caption-size", captions);
      set("--size", size);
      set("--name-size", names);
      for (const wordSize of WORD_SIZES) {
        set("--word-size", wordSize);
        if (large.every((text) => text.scrollWidth <= text.clientWidth)) break;
      }
      if (fits()) break;
    }
    screen.classList.remove("settling");
    $("caption").textContent = shown;
    if (!isBefore && stage.has(index)) {
      screen.classList.add(...looks);
      clearTimeout(placing);
      placed = index;
      placing = setTimeout(placeDrawing); // by itself, so that no touch has to wait for both
    } else settleCaption();
  }

  // Gives the drawing what room the words leave, beside them or above them, whichever is larger; nothing else changes
  // its size or its place, and the words grow no smaller than where they are many.
  function placeDrawing() {
    if (!screen.isConnected) return;
    const shown = $("caption").textContent;
    $("caption").textContent = longest[placed].slice(0, USUAL);
    screen.classList.remove("is-drawn", "is-beside");
    const { width, height: high } = $("said").getBoundingClientRect();
    const wordsIn = (room, share) => {
      set("--caption-size", share);
      set("--words", `${room}px`);
      return $("words").getBoundingClientRect().height;
    };
    captionShare = Math.min(captionShare, SMALLEST);
    const above = Math.min(width, high - wordsIn(width, captionShare) - BETWEEN);
    let beside = Math.min(high, width * MOST_BESIDE);
    for (let tries = 0; tries < 3 && wordsIn(width - beside - BETWEEN, captionShare) > high; tries += 1) beside *= 0.86;
    const isBeside = beside >= above;
    const side = Math.floor(Math.max(above, beside));
    screen.classList.toggle("is-beside", isBeside);
    screen.classList.add("is-drawn");
    set("--drawing", `${side}px`);
    set("--words", "auto");
    $("caption").textContent = shown;
    settleCaption();
  }

  function settleCaption() {
    for (const share of LONGER_SIZES) {
      set("--caption-size", captionShare * share);
      if (fits()) break;
    }
  }

  // What was to be read has been: the notes are folded, and the screen is the first thing again.
  function begin() {
    hasBegun = true;
    $("before").open = false;
    window.scrollTo(0, 0);
  }

  function list() {
    session.chapters.forEach((chapter, index) => {
      const [entry, button, title, length] = ["li", "button", "bdi", "span"].map((tag) => document.createElement(tag));
      title.textContent = named(chapter);
      length.textContent = clock(chapter.end - chapter.start);
      button.type = "button";
      button.append(title, " ", length);
      button.addEventListener("click", () => {
        jump(index);
        window.scrollTo(0, 0); // to the screen, which the list lies below
      });
      entry.append(button);
      $("steps").append(entry);
    });
  }

  function relist() {
    const lengths = [...$("steps").querySelectorAll("span")];
    session.chapters.forEach((chapter, index) => write(lengths[index], clock(chapter.end - chapter.start)));
  }

  function sides(chapter, current) {
    const names = chapter.slots.map((slot) => slot.side).filter((side) => side !== null);
    const entries = [...$("sides").children];
    if (entries.length !== names.length || entries.some((entry, index) => entry.textContent !== names[index])) {
      $("sides").replaceChildren(...names.map((side) => {
        const entry = document.createElement("li");
        entry.dir = "auto";
        entry.textContent = side;
        return entry;
      }));
    }
    [...$("sides").children].forEach((entry, index) => mark(entry, "aria-current", String(index === current)));
    show($("sides"), names.length > 0);
  }

  function cue(now, change) {
    const isHeld = now.phase === "press" || now.phase === "release";
    const changing = change && change.side && change.side.includes(" ") ? words.change_over : words.change;
    const isStroke = now.way !== null;
    mark($("cue"), "data-phase", isHeld || isStroke ? now.phase : change ? "change" : "");
    set("--way", isStroke ? now.way.toFixed(3) : 0);
    write($("cue-word"), isHeld || isStroke ? words[now.phase] : change ? changing : "");
    write($("cue-left"), isHeld ? String(Math.ceil(now.leftInPhase - 0.001)) : change && change.side ? change.side : "");
  }

  function leftIn(chapter, side) {
    if (side !== null) return words.left_on_side;
    return chapter.step === null ? words.left_in_part : words.left_in_step;
  }

  const messages = {
    loading: words.loading,
    before: words.tap,
    playing: "",
    paused: words.resume,
    ready: words.ready,
    ended: words.ended,
  };

  read();
  list();

  return {
    // Takes what has become certain of the session; its chapters are the same, and may lie elsewhere.
    renew() {
      read();
      relist();
    },
    resize() {
      settledFor = "";
    },
    // `state` is one of the messages' keys, or "failed"; a `notice` is said in the place of its message.
    show(seconds, now, state, notice) {
      const chapter = session.chapters[now.index];
      const following = session.chapters[now.index + 1];
      const isBefore = state === "before" || state === "loading";
      const change = isBefore ? null : changeover(session, seconds, now);
      if (!isBefore && !hasBegun) begin();
      mark(root, "data-state", state);
      write($("number"), stepOf(session, chapter, words));
      write($("group"), chapter.group || "");
      show($("group"), Boolean(chapter.group));
      write($("name"), chapter.title);
      sides(chapter, slotAhead(chapter, seconds));
      const side = leftOnSide(chapter, seconds);
      write($("left-in-step"), clock(isBefore ? session.duration : side === null ? now.leftInChapter : side));
      write($("countdown-label"), isBefore ? words.in_all : leftIn(chapter, side));
      write($("left"), clock(now.left));
      cue(now, change);
      show($("cue"), hasCues && chapter.step !== null);
      write($("message"), notice || messages[state] || hinted);
      const saying = isBefore ? { text: session.summary, isOver: false } : caption(session, said, seconds);
      const isNew = saying.text !== $("caption").textContent;
      write($("caption"), saying.text);
      mark($("caption"), "data-over", String(saying.isOver));
      write($("next"), following ? filled(words.next, { title: named(following) }) : words.last);
      mark($("play"), "aria-label", state === "playing" ? words.pause : words.play);
      const settled = [now.index, state, $("left-in-step").textContent.length, $("cue").hidden, Boolean(change)].join();
      if (settled !== settledFor) {
        settledFor = settled;
        settle(now.index, isBefore);
        [...$("steps").children].forEach((entry, index) => {
          mark(entry.firstElementChild, "aria-current", index === now.index ? "step" : "false");
        });
      } else if (isNew) settleCaption();
    },
    // Says something for a while, where the message stands.
    hint(text) {
      clearTimeout(hinting);
      hinted = text;
      write($("message"), text);
      hinting = setTimeout(() => {
        hinted = "";
        write($("message"), "");
      }, HINT);
    },
    enable() {
      for (const button of ["previous", "play", "following", "lock"]) $(button).disabled = false;
    },
    // For screen readers only: said when somebody moved or stopped the session, never while the voice speaks by itself.
    announce(now, state) {
      const chapter = session.chapters[now.index];
      write($("announcement"), [messages[state], stepOf(session, chapter, words), chapter.title].filter(Boolean).join(". "));
    },
  };
}
