// Where the session was left, kept in the browser under the session's own key, and what somebody likes better, for all
// sessions; some browsers keep nothing for files.

const FOLDER = "voiceguide:";
const STRAIGHT_ON = `${FOLDER}straight-on`;

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
    localStorage.setItem(FOLDER + key, String(seconds)); // not rounded: it may be a step's first moment
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

// Whether the opening waits at its end: it does until somebody says otherwise.
export function waits() {
  try {
    return localStorage.getItem(STRAIGHT_ON) === null;
  } catch {
    return true;
  }
}

export function rememberWaits(isWaiting) {
  try {
    if (isWaiting) localStorage.removeItem(STRAIGHT_ON);
    else localStorage.setItem(STRAIGHT_ON, "1");
  } catch {
    // Refused or full: it waits again next time.
  }
}
