// The screen stays on while the session plays, where the browser can do that.

export function wakefulness() {
  let wanted = false;
  let lock = null;

  async function ask() {
    if (!wanted || lock || !navigator.wakeLock || document.visibilityState !== "visible") return;
    try {
      const granted = await navigator.wakeLock.request("screen");
      if (!wanted) {
        await granted.release();
        return;
      }
      lock = granted;
      // The browser takes it back whenever the page is hidden.
      granted.addEventListener("release", () => {
        if (lock === granted) lock = null;
      });
    } catch {
      // Refused, as when the battery is low: the screen goes dark as it always does, and the sound goes on.
    }
  }

  document.addEventListener("visibilitychange", ask);
  return {
    keep() {
      wanted = true;
      ask();
    },
    release() {
      wanted = false;
      if (lock) lock.release().catch(() => {});
      lock = null;
    },
  };
}
