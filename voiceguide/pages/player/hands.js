// How hands move on a drawing: the frames of one turn of their rhythm, and where in it they are at a time of the session.

const SAMPLES = 24; // of a way, from one end to the other
const PRESSED = 0.9; // how large a hand is that presses
const QUICK = 0.35; // seconds at most in which it sinks in, or comes up

// Slow, fast, slow: as hands turn round.
function eased(share) {
  return (1 - Math.cos(Math.PI * share)) / 2;
}

// A turn of a slot's rhythm: `starts` are the times at which one begins, up to `end`; `out` and `length` are seconds.
// Of a hold, `out` is the press, and `free` is when its release is over. After the last turn hands stay as at `rest`.
export function rhythmOf(slot, drawing) {
  if (slot.cycles?.length) {
    const [first] = slot.cycles;
    const out = first.out[1] - first.out[0];
    const length = first.back[1] - first.out[0];
    return { starts: slot.cycles.map((cycle) => cycle.out[0]), out, free: length, length, rest: length };
  }
  if (slot.rounds?.length) {
    const [first, second] = slot.rounds;
    const out = first.press[1] - first.press[0];
    const free = first.release[1] - first.press[0];
    const length = second ? second.press[0] - first.press[0] : free;
    return { starts: slot.rounds.map((round) => round.press[0]), out, free, length, rest: out + rise(out, free), isHeld: true };
  }
  const length = drawing.out + drawing.back;
  const count = Math.max(1, Math.floor((slot.end - slot.start) / length));
  const starts = Array.from({ length: count }, (_, index) => slot.start + index * length);
  return { starts, out: drawing.out, free: length, length, rest: length };
}

// Seconds in which a hand that pressed comes up.
function rise(out, free) {
  return Math.min(QUICK, Math.max(0.05, (free - out) / 2));
}

// Where in a rhythm a time is: which turn, how far into it in seconds, and whether it goes on from there.
export function turnAt(rhythm, seconds) {
  const { starts, length } = rhythm;
  let turn = starts.length - 1;
  while (turn > 0 && starts[turn] > seconds) turn -= 1;
  const into = seconds - starts[turn];
  if (into < 0) return { turn: 0, into: 0, isMoving: false };
  if (into >= rhythm.rest && turn === starts.length - 1) return { turn, into: rhythm.rest, isMoving: false };
  return { turn, into: Math.min(into, length), isMoving: true };
}

// Places on a way, a share of it each.
function pointsAlong(path, shares) {
  const long = path.getTotalLength();
  return shares.map((share) => {
    const { x, y } = path.getPointAtLength(long * share);
    return [x, y];
  });
}

// A hand's frames, [seconds, its place from where it stands, how large it is]: over one turn, or over as many as there
// are spots to press.
function movesOf(kind, rhythm, path, spots) {
  const { out, free, length, isHeld } = rhythm;
  const shares = Array.from({ length: SAMPLES + 1 }, (_, index) => index / SAMPLES);
  const up = out + rise(out, free);
  const leaving = length - free > QUICK ? free : (up + length) / 2; // when a hand goes to its next spot
  const held = (from, at) => [
    [from, at, 1], [from + Math.min(QUICK, out / 3), at, PRESSED], [from + out, at, PRESSED],
    [from + Math.min(up, length), at, 1], [from + Math.min(leaving, length), at, 1],
  ];
  const here = path ? pointsAlong(path, [0])[0] : [0, 0];
  if (kind === "press" || (isHeld && kind !== "still")) {
    const places = kind === "press" && spots?.length > 1 ? spots : [here];
    const frames = places.flatMap((at, turn) => held(turn * length, at));
    return [...frames, [places.length * length, places[0], 1]];
  }
  if (kind === "hold") return [...held(0, here), [length, here, 1]];
  if (!path || kind === "still") return null;
  const isRound = kind === "circle"; // once while out, and once more while back
  const going = pointsAlong(path, isRound ? shares : shares.map(eased));
  const coming = isRound ? going : [...going].reverse();
  return [...going.map((at, index) => [shares[index] * out, at, 1]),
    ...coming.slice(1).map((at, index) => [out + shares[index + 1] * (length - out), at, 1])];
}

// Frames as an animation takes them; null for a hand that stays as it is.
export function framesOf(hand, rhythm, path, spots) {
  const found = movesOf(hand.dataset.kind, rhythm, path, spots);
  if (!found) return null;
  const lasting = found[found.length - 1][0];
  const [, [x, y]] = found[0];
  const frames = found.map(([seconds, at, size]) => ({
    offset: Math.min(1, seconds / lasting),
    transform: `translate(${(at[0] - x).toFixed(2)}px, ${(at[1] - y).toFixed(2)}px) scale(${size})`,
  }));
  return { frames, lasting, turns: Math.max(1, Math.round(lasting / rhythm.length)) };
}
