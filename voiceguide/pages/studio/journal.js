// What this browser keeps of a draft. What was typed and is not on the server yet, from the key on: neither a closed
// window nor a server that is away loses it. And the steps that can be undone, as long as the tab is there.

const PREFIX = "voiceguide:draft:";
const STEPS = "voiceguide:draft-steps:";

// `changes` are those of a text with the hash `base`; none of them takes the note away.
export function keep(id, base, changes) {
  try {
    if (changes.length) localStorage.setItem(PREFIX + id, JSON.stringify({ base, changes }));
    else localStorage.removeItem(PREFIX + id);
  } catch {
    // A browser that keeps nothing, or no more: what is typed is on its way to the server all the same.
  }
}

// What was left, as {base, changes}; null for nothing.
export function left(id) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + id));
  } catch {
    return null;
  }
}

// `text` is the one to which the steps of a history have led. Where there is no room for all, the eldest half goes.
export function keepSteps(id, text, history) {
  for (let left = 0, { length } = history.told().done; left <= length; left += Math.ceil((length - left) / 2) || 1) {
    try {
      sessionStorage.setItem(STEPS + id, JSON.stringify({ text, ...history.told(left) }));
      return;
    } catch {
      // A browser has some megabytes for a page, or keeps nothing: then a reload begins a new history.
    }
  }
}

// What was kept, as {text, done, undone}; null for nothing.
export function stepsOf(id) {
  try {
    return JSON.parse(sessionStorage.getItem(STEPS + id));
  } catch {
    return null;
  }
}
