// Undo and redo without end: of each step what stood there before, and what after; a text is never kept twice.

// Where two texts differ: from `start` on, `before` became `after`.
export function between(old, now) {
  const most = Math.min(old.length, now.length);
  let start = 0;
  while (start < most && old[start] === now[start]) start += 1;
  let tail = 0;
  while (tail < most - start && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  return { start, before: old.slice(start, old.length - tail), after: now.slice(start, now.length - tail) };
}

const forth = (text, { start, before, after }) => text.slice(0, start) + after + text.slice(start + before.length);
const back = (text, { start, before, after }) => text.slice(0, start) + before + text.slice(start + after.length);

// `kept` is what another history of the same text `told`.
export function historyOf(kept = {}) {
  const done = kept.done ?? [];
  const undone = kept.undone ?? [];
  if (done.length) done.at(-1).key = null; // what is typed now is a step of its own

  return {
    // Notes a step. What has the same `key` as the step before, as typing on in one field has, is one step with it.
    note(old, now, key = null) {
      if (old === now) return;
      undone.length = 0;
      const last = done.at(-1);
      const isSame = key !== null && last?.key === key;
      if (isSame) done.pop();
      const origin = isSame ? back(old, last) : old;
      if (origin !== now) done.push({ ...between(origin, now), key });
    },
    // The text before the last step, and the one after the step that was undone last; null where there is none.
    undo(text) {
      const step = done.pop();
      if (!step) return null;
      undone.push(step);
      return back(text, step);
    },
    redo(text) {
      const step = undone.pop();
      if (!step) return null;
      done.push({ ...step, key: null });
      return forth(text, step);
    },
    // What is typed next is a step of its own.
    part() {
      if (done.length) done.at(-1).key = null;
    },
    // All steps, to be kept; the eldest of them may be `left` out.
    told(left = 0) {
      return { done: done.slice(left), undone };
    },
    get canUndo() { return done.length > 0; },
    get canRedo() { return undone.length > 0; },
  };
}
