// Two bumps on what a phone lies on, felt by its sensor: a way to pause and go on for hands that can touch nothing.

const STEADY = 0.4; // seconds in which what is steady, above all gravity, is known
const BUMP = 0.7; // m/s² of a bump, beside what is steady; of one of 4 a fourth is seen for sure, 60 times a second
const STIR = 0.35; // m/s² of what is no bump, and still tells that somebody walks by or does something on the shelf
const ABOVE = 3.5; // times as strong as what trembles anyway
const ECHO = 0.2; // of the strongest jolt, what rings on after it
const MEMORY = 3; // seconds in which it is known what trembles
const RINGING = 0.1; // seconds without a jolt after which one is over
const HAND = 0.3; // seconds: what shakes longer is a hand, or somebody who walks by
const APART = [0.18, 0.6]; // seconds from one bump to the other
const ALONE = 1; // seconds before the first in which nothing else jolts
const AFTER = 0.7; // seconds after the second, and then it is told
const TURNED = Math.cos((8 * Math.PI) / 180); // a phone that lies otherwise afterwards was picked up

const size = (vector) => Math.hypot(...vector);
const along = (one, other) => one.reduce((sum, value, axis) => sum + value * other[axis], 0) / (size(one) * size(other));

// Returns a function that takes what a sensor felt at a time, in seconds: its acceleration, gravity included, in m/s², and
// whether the page itself sounds just then, which its phone feels too. It tells true once two bumps are over.
export function bumps() {
  const trembling = { true: 0.3, false: 0.1 }; // what is felt anyway, while the page sounds and while it is quiet
  let steady = null;
  let laid = null; // how it lay before the first jolt
  let last = 0;
  let over = -Infinity; // when the jolts before these were over
  let jolts = [];

  function jolt(seconds, shake) {
    const open = jolts[jolts.length - 1];
    if (!open) laid = steady;
    if (open && seconds - open.end < RINGING) {
      open.end = seconds;
      open.most = Math.max(open.most, shake);
    } else jolts.push({ start: seconds, end: seconds, most: shake });
  }

  function areBumps(limit) {
    if (jolts.length !== 2 || jolts[0].start - over < ALONE || along(laid, steady) < TURNED) return false;
    const apart = jolts[1].start - jolts[0].start;
    const areSo = jolts.every(({ start, end, most }) => end - start < HAND && most > limit);
    return areSo && apart >= APART[0] && apart <= APART[1];
  }

  return (seconds, felt, isSounding) => {
    const passed = Math.min(Math.max(seconds - last, 0), STEADY);
    last = seconds;
    if (steady === null) steady = felt;
    const shake = size(felt.map((value, axis) => value - steady[axis]));
    const anyway = ABOVE * trembling[isSounding];
    const isJolt = shake > Math.max(STIR, anyway, ...jolts.map(({ most }) => ECHO * most));
    if (isJolt) jolt(seconds, shake);
    const anew = Math.min(shake, 2 * trembling[isSounding]); // no jolt is what trembles anyway, but what goes on is
    trembling[isSounding] += (passed / MEMORY) * (anew - trembling[isSounding]);
    steady = steady.map((value, axis) => value + (passed / STEADY) * (felt[axis] - value) * (isJolt ? 0.2 : 1));
    if (!jolts.length || seconds - jolts[jolts.length - 1].end < AFTER) return false;
    const isTold = areBumps(Math.max(BUMP, anyway));
    over = jolts[jolts.length - 1].end;
    jolts = [];
    return isTold;
  };
}
