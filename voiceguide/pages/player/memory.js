// Where the session was left, kept in the browser under the session's own key; some browsers keep nothing for files.

const FOLDER = "voiceguide:";

export function remembered(key, duration) {
  try {
    const seconds = Number(localStorage.getItem(FOLDER + key));
    return seconds > 0 && seconds < duration ? seconds : 0;
  } catch {
    return 0;
  }
}

export function remember(key, seconds) {
  try {
    localStorage.setItem(FOLDER + key, seconds.toFixed(2));
  } catch {
    // Refused or full: the session begins anew next time.
  }
}

export function forget(key) {
  try {
    localStorage.removeItem(FOLDER + key);
  } catch {
    // Refused: nothing was kept either.
  }
}
