// What was typed into a draft and is not on the server yet, kept by this browser from the key on: neither a closed
// window nor a server that is away loses it.

const PREFIX = "voiceguide:draft:";

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
