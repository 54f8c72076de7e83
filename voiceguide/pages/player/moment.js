// What is going on at a time of the session: pure functions of its timeline, as `render --timeline` writes it.

// The last entry that has begun at a time, as its number; -1 before the first. `entries` are sorted by start.
function begun(entries, seconds) {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (entries[middle].start <= seconds) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function within(span, seconds) {
  return span[0] <= seconds && seconds < span[1];
}

function share(span, seconds) {
  return (seconds - span[0]) / (span[1] - span[0]);
}

// The phase, its side, and when it ends: that of a hold round is counted down. Of a stroke it tells how far the hands are
// on their way, 0 to 1 while they go out and 1 to 0 while they come back.
function phaseOf(chapter, seconds, isFirst) {
  const { slots } = chapter;
  if (!slots.length) return { phase: isFirst && chapter.step === null ? "opening" : "closing", side: null };
  const slot = slots[begun(slots, seconds)];
  if (!slot) return { phase: "lead-in", side: null };
  if (seconds >= slot.end) return { phase: slot === slots[slots.length - 1] ? "tail" : "changeover", side: null };
  for (const round of slot.rounds || []) {
    if (within(round.press, seconds)) return { phase: "press", side: slot.side, phaseEnd: round.press[1] };
    if (within(round.release, seconds)) return { phase: "release", side: slot.side, phaseEnd: round.release[1] };
  }
  for (const { out, back } of slot.cycles || []) {
    if (within(out, seconds)) return { phase: "out", side: slot.side, way: share(out, seconds) };
    if (within(back, seconds)) return { phase: "back", side: slot.side, way: 1 - share(back, seconds) };
  }
  return { phase: "slot", side: slot.side };
}

// The same as Timeline.at in Python; times outside of the session mean its first or last moment.
export function moment(session, seconds) {
  const at = Math.min(Math.max(seconds, 0), session.duration);
  const index = Math.max(0, begun(session.chapters, at));
  const chapter = session.chapters[index];
  const following = session.chapters[index + 1];
  const { phase, side, phaseEnd, way } = phaseOf(chapter, at, index === 0);
  return {
    index,
    phase,
    side,
    next: following ? following.title : null,
    leftInPhase: phaseEnd === undefined ? null : phaseEnd - at,
    way: way === undefined ? null : way,
    leftInChapter: chapter.end - at,
    left: session.duration - at,
  };
}

// What hands change to while they change sides, as { side }; null at any other time. Between the slots of a chapter the
// timeline says so; after the last one, where a group's other side follows, the switch sound does.
export function changeover(session, seconds, now) {
  const chapter = session.chapters[now.index];
  if (now.phase === "changeover") return { side: chapter.slots[slotAhead(chapter, seconds)].side };
  if (now.phase !== "tail") return null;
  const end = chapter.slots[chapter.slots.length - 1].end;
  const sound = session.clips.find((clip) => clip.role === "switch" && clip.start >= end && clip.start < chapter.end);
  return sound && sound.start <= seconds ? { side: sound.side } : null;
}

// The number of the slot that hands are in, or get ready for; the last one's in the tail, -1 where there is none.
export function slotAhead(chapter, seconds) {
  const ahead = chapter.slots.findIndex((slot) => seconds < slot.end);
  return ahead < 0 ? chapter.slots.length - 1 : ahead;
}

// How long the hands have on the side that they are on, or get ready for; null in a step without sides, and in its tail.
export function leftOnSide(chapter, seconds) {
  const ahead = chapter.slots.find((slot) => seconds < slot.end);
  return chapter.slots.length > 1 && ahead ? ahead.end - seconds : null;
}

// How long what was said last stays to be read. The words of a phase go with their sound: "let go" is no word for the
// press after it.
const LINGER = 4;
const TELLING = ["instruction", "name"];
const LONGEST = 120; // letters of an instruction that stays whole; of a longer one its first sentence does
const CALLS = ["press", "release", "out", "back", "last"];

// Every spoken sentence, in order, and until when it stands there: no longer than its step, from which a touch may lead
// away before it was heard. What comes next is no caption, as it stands below all the time.
export function sentences(session) {
  return session.clips.filter((clip) => clip.sentences && clip.role !== "next").flatMap((clip) => {
    const chapter = session.chapters[Math.max(0, begun(session.chapters, clip.start))];
    const lingers = CALLS.includes(clip.role) ? 0 : LINGER;
    return clip.sentences.map((sentence) => ({
      ...sentence,
      until: Math.max(sentence.end, Math.min(sentence.end + lingers, chapter.end)),
    }));
  });
}

// What was said last, as long as it is new; then what the step's hands do, which `isOver` but stays to be read until
// the next instruction, or the next step.
export function caption(session, said, seconds) {
  const sentence = said[begun(said, seconds)];
  if (sentence && seconds < sentence.until) return { text: sentence.text, isOver: false };
  const chapter = session.chapters[Math.max(0, begun(session.chapters, seconds))];
  const told = session.clips.filter((clip) => TELLING.includes(clip.role) && clip.start >= chapter.start && clip.start <= seconds);
  const last = chapter.step === null ? undefined : told[told.length - 1];
  if (!last) return { text: "", isOver: true };
  return { text: last.text.length > LONGEST ? last.sentences[0].text : last.text, isOver: true };
}

// Seconds before its end at which the opening stops: sound that was already on its way must not be the first step's.
const AHEAD = 0.5;

// Stop points: `start` is when their words are over, `end` where going on continues, which leaves out the waiting. That
// of the opening is at its end, where the silence to think in is over; it `isFirst`.
export function stops(session) {
  return session.clips
    .filter((clip) => clip.role === "ready")
    .map((clip) => {
      const chapter = session.chapters[moment(session, clip.start).index];
      if (chapter.step === null) return { start: Math.max(clip.end, chapter.end - AHEAD), end: chapter.end, isFirst: true };
      const sounding = session.clips.find((other) => other.track !== "bed" && other.start >= clip.end);
      return { start: clip.end, end: Math.min(chapter.end, sounding ? sounding.start : chapter.end), isFirst: false };
    });
}

// The stop point that a time lies in, or undefined.
export function stopAt(all, seconds) {
  return all.find((stop) => within([stop.start, stop.end], seconds));
}

// Whether anything but the bed sounds at a time, or has just done so.
const FADED = 0.5;

export function isHeard(session, seconds) {
  return session.clips.some(({ track, start, end }) => track !== "bed" && start <= seconds && seconds < end + FADED);
}

// Where "previous" leads: to the step's beginning, or within its first seconds to the step before.
const FRESH = 3;

export function previousStart(session, seconds) {
  const { index } = moment(session, seconds);
  const isFresh = seconds - session.chapters[index].start <= FRESH;
  return session.chapters[isFresh ? Math.max(0, index - 1) : index].start;
}

// Where "next" leads; null in the last chapter.
export function nextStart(session, seconds) {
  const following = session.chapters[moment(session, seconds).index + 1];
  return following ? following.start : null;
}
