// The step's drawing, and the next one's: shown, mirrored, and its hands kept in time with the session.

import { shapeOf } from "./drawing.js";
import { framesOf, rhythmOf, turnAt } from "./hands.js";
import { slotAhead } from "./moment.js";

const OFF = 40; // milliseconds that hands may be ahead or behind before they are set right
const STILL = matchMedia("(prefers-reduced-motion: reduce)");

// A drawing's parts, copied from where each of them stands once.
function copied(atlas, id) {
  const copy = document.importNode(atlas.querySelector(`#${id}`), true);
  copy.removeAttribute("id");
  return copy;
}

// Fills an <svg> with a drawing; returns the group of all of it.
function fillWith(svg, atlas, drawing, isMirrored) {
  const [[x, y], [width, height]] = drawing.box;
  const all = shapeOf("g", {});
  if (drawing.figure) all.append(copied(atlas, drawing.figure));
  all.append(copied(atlas, drawing.move));
  if (isMirrored) {
    all.setAttribute("class", "mirrored");
    all.setAttribute("transform", `translate(${2 * x + width} 0) scale(-1 1)`);
    for (const hand of all.querySelectorAll("[data-hand]")) {
      hand.dataset.hand = hand.dataset.hand === "left" ? "right" : "left";
    }
  }
  svg.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
  svg.setAttribute("aria-label", drawing.title);
  svg.replaceChildren(all);
  return all;
}

// `drawn` has the drawings by name, and of each chapter which slots are mirrored; null where there are none. `atlas` is
// the element that holds their parts.
export function stageOf(session, drawn, atlas) {
  const stage = document.getElementById("drawing");
  const small = document.getElementById("next-drawing");
  let shown = "";
  let announced = "";
  let rhythm = null;
  let hands = []; // each its animation, and how many turns that lasts
  let setting = 0;
  let watching = 0;

  const drawingOf = (chapter) => drawn?.drawings[chapter?.show] || null;

  function isMirrored(index, slot) {
    return !drawingOf(session.chapters[index]).both && Boolean(drawn.mirrored[index]?.[slot]);
  }

  function clear() {
    clearTimeout(setting);
    cancelAnimationFrame(watching);
    watching = 0;
    for (const { animation } of hands) animation.cancel();
    hands = [];
    rhythm = null;
  }

  // Puts a chapter's drawing on the stage, with its hands as they move in one of its slots.
  function set(index, slot) {
    clear();
    const chapter = session.chapters[index];
    const drawing = drawingOf(chapter);
    const all = fillWith(stage, atlas, drawing, isMirrored(index, slot));
    if (!chapter.slots[slot] || STILL.matches) return;
    rhythm = rhythmOf(chapter.slots[slot], drawing);
    for (const hand of all.querySelectorAll(".hand")) {
      const way = hand.dataset.way;
      const path = way ? all.querySelector(`.way[data-way="${way}"]`) : null;
      const motion = framesOf(hand, rhythm, path, drawing.spots[way]);
      if (motion) {
        const moving = shapeOf("g", { class: "moving" });
        hand.replaceWith(moving);
        moving.append(hand);
        const place = hand.transform.baseVal.consolidate()?.matrix;
        moving.style.transformOrigin = `${place ? place.e : 0}px ${place ? place.f : 0}px`;
        const animation = moving.animate(motion.frames, { duration: motion.lasting * 1000, iterations: Infinity });
        animation.pause();
        hands.push({ animation, turns: motion.turns });
      }
    }
  }

  // Sets hands where they are at a time; while the sound plays they go on by themselves from there.
  function keep(seconds, isPlaying, speed) {
    if (!rhythm) return;
    const { turn, into, isMoving } = turnAt(rhythm, seconds);
    for (const { animation, turns } of hands) {
      const due = ((turn % turns) * rhythm.length + into) * 1000 - (isMoving ? 0 : 0.001);
      const wanted = Math.max(0, due);
      const runs = isPlaying && isMoving;
      const whole = turns * rhythm.length * 1000;
      const late = Math.abs(((animation.currentTime || 0) % whole) - wanted);
      if (!runs) {
        if (animation.playState !== "paused") animation.pause();
        if (late > 0) animation.currentTime = wanted;
      } else {
        if (Math.min(late, whole - late) > OFF) animation.currentTime = wanted;
        if (animation.playbackRate !== speed) animation.playbackRate = speed;
        if (animation.playState !== "running") animation.play();
      }
    }
  }

  // Keeps hands in time for as long as the sound plays: its clock may stand still while it waits for itself.
  function watch(clock) {
    const { at, isPlaying, speed } = clock;
    keep(at(), isPlaying(), speed());
    if (watching || !hands.length || !isPlaying()) return;
    watching = requestAnimationFrame(() => {
      watching = 0;
      watch(clock);
    });
  }

  STILL.addEventListener("change", () => { shown = ""; });

  return {
    hasAny: session.chapters.some(drawingOf),
    // Whether a chapter has a drawing.
    has: (index) => Boolean(drawingOf(session.chapters[index])),
    // Shows what is due at a moment of the session. `clock` tells what time it is, whether it goes on, and how fast. A drawing is set in a task of its own,
    // as its words are: on a slow phone both would be felt.
    show(clock, now) {
      const seconds = clock.at();
      const chapter = session.chapters[now.index];
      const slot = slotAhead(chapter, seconds);
      const has = Boolean(drawingOf(chapter));
      const due = has ? `${now.index} ${slot} ${chapter.slots[slot]?.start}` : "";
      if (due !== shown) {
        shown = due;
        clear();
        if (has) {
          setting = setTimeout(() => {
            set(now.index, slot);
            watch(clock);
          });
        }
      }
      const following = drawingOf(session.chapters[now.index + 1]);
      const next = following ? `${now.index + 1}` : "";
      if (next !== announced) {
        announced = next;
        if (following) fillWith(small, atlas, following, isMirrored(now.index + 1, 0));
        small.toggleAttribute("hidden", !following);
      }
      if (has) watch(clock);
    },
    end: clear,
  };
}
