// The studio's server: what is asked of it, and what it says went wrong.

import { language, words } from "./words.js";

// In plain words; `field` is the choice at fault, or null.
export class Fault extends Error {
  constructor(message, field = null, status = 0) {
    super(message);
    this.field = field;
    this.status = status;
  }
}

export function address(path) {
  return `${path}${path.includes("?") ? "&" : "?"}language=${language}`;
}

// Resolves to what came, null where nothing was to come. Fails with a Fault, and with an AbortError when it was called off.
export async function ask(method, path, body = undefined, { signal, leaving = false } = {}) {
  let answer;
  const isFile = body instanceof Blob;
  const type = isFile ? "application/octet-stream" : "application/json";
  try {
    answer = await fetch(address(path), {
      method,
      signal,
      keepalive: leaving, // goes out although the page is being left
      headers: body === undefined ? {} : { "Content-Type": type },
      body: body === undefined || isFile ? body : JSON.stringify(body),
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Fault(words.lost);
  }
  if (answer.status === 204) return null;
  const told = await answer.json().catch(() => null);
  if (answer.ok && told) return told;
  if (answer.status === 401) throw new Fault(words.stranger, null, 401);
  throw new Fault(told?.error?.message || words.went_wrong, told?.error?.field ?? null, answer.status);
}

const RECONNECT = 2000; // milliseconds

// Follows a session while it is made. `actions` are called by the events' names with what they tell, `lost` and `found`
// when the connection breaks and is there again. Returns what ends it.
export function follow(id, actions) {
  const path = `/api/sessions/${encodeURIComponent(id)}/events`;
  let source = null;
  let trying = 0;
  let isLost = false;

  function end() {
    clearTimeout(trying);
    source?.close();
    source = null;
  }

  function connect() {
    source = new EventSource(address(path));
    source.onopen = () => {
      if (isLost) actions.found?.();
      isLost = false;
    };
    source.onerror = () => {
      if (!isLost) actions.lost?.();
      isLost = true;
      // After some failures a browser gives up by itself.
      if (source.readyState === EventSource.CLOSED) {
        end();
        trying = setTimeout(connect, RECONNECT);
      }
    };
    for (const name of ["session", "timeline", "whole", "failed", "gone"]) {
      source.addEventListener(name, ({ data }) => {
        if (["whole", "failed", "gone"].includes(name)) end();
        actions[name]?.(JSON.parse(data));
      });
    }
  }

  connect();
  return end;
}
