// The studio's server: what is asked of it, and what it says went wrong.

import { found, lost } from "./connection.js";
import { language, words } from "./words.js";

const NO_ANSWER = 0;
export const NOT_FOUND = 404;

// In plain words; `field` is the choice at fault, or null, `known` what could have come, where that can be told, `told` all
// of the answer, and `isTold` what is said on the page already.
export class Fault extends Error {
  constructor(message, field = null, status = null, told = null) {
    super(message);
    this.field = field;
    this.known = told?.error?.known ?? [];
    this.status = status;
    this.told = told;
    this.isTold = status === NO_ANSWER;
  }
}

export function address(path) {
  return `${path}${path.includes("?") ? "&" : "?"}language=${language}`;
}

// Resolves to what came, null where nothing was to come. Fails with a Fault, and with an AbortError when it was called off.
export async function ask(method, path, body = undefined, { signal, leaving = false, headers = {} } = {}) {
  let answer;
  let told = null;
  const isFile = body instanceof Blob;
  const type = isFile ? "application/octet-stream" : "application/json";
  try {
    answer = await fetch(address(path), {
      method,
      signal,
      keepalive: leaving, // goes out although the page is being left
      headers: body === undefined ? headers : { "Content-Type": type, ...headers },
      body: body === undefined || isFile ? body : JSON.stringify(body),
    });
    // What is called off or breaks off while it comes is no answer either; one that is no document is a wrong one.
    if (answer.status !== 204) told = await answer.json().catch((error) => { if (!(error instanceof SyntaxError)) throw error; });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    lost();
    throw new Fault(words.lost, null, NO_ANSWER);
  }
  found();
  if (answer.status === 204) return null;
  if (answer.ok && told) return told;
  if (answer.status === 401) throw new Fault(words.stranger, null, 401);
  throw new Fault(told?.error?.message || words.went_wrong, told?.error?.field ?? null, answer.status, told);
}

const RECONNECT = 2000; // milliseconds

// Follows a session while it is made. `actions` are called by the events' names with what they tell. Returns what ends it.
export function follow(id, actions) {
  const path = `/api/sessions/${encodeURIComponent(id)}`;
  let source = null;
  let trying = 0;

  function end() {
    clearTimeout(trying);
    source?.close();
    source = null;
  }

  function again() {
    end();
    trying = setTimeout(async () => {
      try {
        await ask("GET", path);
        connect();
      } catch (fault) {
        if (fault.isTold) again();
        else if (fault.status === NOT_FOUND) actions.gone?.({ id });
      }
    }, RECONNECT);
  }

  function connect() {
    source = new EventSource(address(`${path}/events`));
    source.onopen = found;
    source.onerror = () => {
      // After some failures, and where there is no such session, a browser gives up by itself.
      if (source.readyState === EventSource.CLOSED) again();
      else lost();
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
