// The whole of a session's sound, fetched over a network that comes and goes: what has come stays, the rest is asked for.

const SILENCE = 20000; // milliseconds without a byte after which it is asked for anew: a connection may be gone unnoticed
const PAUSES = [500, 1000, 2000, 4000]; // milliseconds before it is tried again
const MERGED = 1 << 20; // bytes after which pieces are put together, and the browser may keep them where it likes

// Resolves after a while, or as soon as it is likely that a try succeeds.
function pause(milliseconds) {
  return new Promise((resume) => {
    const done = () => {
      clearTimeout(waiting);
      window.removeEventListener("online", done);
      document.removeEventListener("visibilitychange", done);
      resume();
    };
    const waiting = setTimeout(done, milliseconds);
    window.addEventListener("online", done);
    document.addEventListener("visibilitychange", done);
  });
}

// Repeats what may fail until it succeeds. `tell` hears "lost" when a connection is, "found" when one is there, and "gone"
// when the computer answers that there is nothing any more; it then may return a promise of somebody's wish to try again.
async function persistently(attempt, tell) {
  for (let tries = 0; ; tries += 1) {
    const ending = new AbortController();
    let silence = 0;
    let isSilent = false;
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(() => {
        isSilent = true;
        ending.abort();
      }, SILENCE);
    };
    const found = (answer) => {
      if (answer.ok) tell("found");
      return answer;
    };
    try {
      heard();
      const ask = async (url, headers) => found(await fetch(url, { headers, cache: "no-store", signal: ending.signal }));
      const result = await attempt(ask, () => {
        tries = 0;
        heard();
      });
      if (result !== null) return result;
      await tell("gone");
    } catch {
      if (isSilent) continue;
      tell("lost");
    } finally {
      clearTimeout(silence);
    }
    await pause(PAUSES[Math.min(tries, PAUSES.length - 1)]);
  }
}

// Resolves to the sound's bytes. `came` is told how many there are by now. A connection may be lost, or given up for its
// silence, between the last byte and word of the end: what is all here is not asked for again, as nothing is behind it.
export function soundFrom(url, { type, bytes }, came, tell) {
  let merged = [];
  let parts = [];
  let loose = 0;
  let have = 0;
  const whole = () => new Blob([...merged, ...parts], { type });
  return persistently(async (ask, heard) => {
    if (have && have >= bytes) return whole();
    const answer = await ask(url, have ? { Range: `bytes=${have}-` } : {});
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    if (have && answer.status !== 206) [merged, parts, loose, have] = [[], [], 0, 0];
    const reader = answer.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      heard();
      parts.push(value);
      loose += value.length;
      have += value.length;
      if (loose >= MERGED) {
        merged.push(new Blob(parts));
        [parts, loose] = [[], 0];
      }
      came(have);
    }
    if (have < bytes) throw new Error(`${bytes} bytes expected, got ${have}`);
    return whole();
  }, tell);
}

// Resolves to the JSON at an address.
export function documentFrom(url, tell) {
  return persistently(async (ask) => {
    const answer = await ask(url, {});
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    return answer.json();
  }, tell);
}
