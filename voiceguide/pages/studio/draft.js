// A draft that is edited: what is typed is shown at once, noted by the browser with the key, and sent after a moment;
// one change follows the other. Others that edit the same draft are told, and what they did is taken over.

import { ask } from "./api.js";
import { there } from "./connection.js";
import { between, historyOf } from "./history.js";
import { keep, keepSteps, left, stepsOf } from "./journal.js";
import { appliedAll, changeOf, isSame, valueAt } from "./operations.js";

// Milliseconds from a key until it is sent, whether or not others follow: somebody who types on without a pause loses no
// more than this and the sending, whatever is killed.
const PAUSE = 200;
const CONFLICT = 412;
const AT_FAULT = 422;
const MOST_LEAVING = 60000; // bytes that a browser sends while its page is being left

export const draftPath = (id) => `/api/drafts/${encodeURIComponent(id)}`;

// A draft with what a form shows of it; null where its notation is at fault.
async function known(draft) {
  try {
    return { ...draft, form: await ask("GET", `${draftPath(draft.id)}/form`) };
  } catch (fault) {
    if (fault.status !== AT_FAULT) throw fault;
    return { ...draft, form: null };
  }
}

// Whether one text is another with something typed into it, at one place.
const isTypedOn = (text, longer) => typeof text === "string" && typeof longer === "string" && !between(text, longer).before;

let ended = Promise.resolve(); // when all of the draft that was edited before is sent

// Opens a draft. `shows` are called: `values` when the form must be drawn anew, `text` when another text is there, `state`
// with "typed", "saved" or "halted", `refused` with a fault of a change, `conflict` with two texts. Ends with `signal`.
export async function edit(id, signal, shows) {
  await ended;
  const path = draftPath(id);
  let draft = await known(await ask("GET", path, undefined, { signal }));
  const kept = stepsOf(id);
  const history = historyOf(kept ?? {});
  if (kept) history.note(kept.text, draft.text); // what was sent while the page was left, or by others
  let values = draft.form?.values ?? null;
  let waiting = []; // the eldest first
  let sending = null;
  let isHalted = false;
  let theirs = null; // what is there in place of what this page began with
  let later = 0;
  let finish = () => {};
  const channel = new BroadcastChannel(`voiceguide:draft:${id}`);

  // While two texts wait for a choice, what was typed belongs to neither.
  const note = () => keep(id, isHalted ? "" : draft.hash, [sending, ...waiting].filter((each) => each && !each.step));

  function put(change, pause) {
    const last = waiting.at(-1);
    const isOne = change.key && last?.key === change.key;
    if (isOne) waiting.pop();
    waiting.push(isOne ? { ...change, isTyped: change.isTyped && last.isTyped } : change);
    note();
    shows.state("typed");
    if (isHalted) shows.conflict(theirs, mine());
    else sendAfter(pause);
  }

  // The eldest that waits is not put off by what comes after it.
  function sendAfter(pause) {
    if (later && pause) return;
    clearTimeout(later);
    later = setTimeout(send, pause);
  }

  // A text that was typed is sent as what of it was changed, which is little, so that it arrives although the page is left.
  function operationsOf(changes) {
    const last = changes.findLastIndex(({ text }) => text !== undefined);
    const later = changes.slice(last + 1).flatMap(({ ops }) => ops);
    return last < 0 ? later : [changeOf(draft.text, changes[last].text), ...later];
  }

  function perform(ops) {
    const leaving = new Blob([JSON.stringify(ops)]).size < MOST_LEAVING;
    return ask("POST", `${path}/ops`, { ops }, { headers: { "If-Match": `"${draft.hash}"` }, leaving });
  }

  // Of changes those that a text does not have yet: what was answered to the others was lost.
  function without(found, changes, isThere = isDone) {
    const last = changes.findLastIndex((each) => each.text !== undefined && isThere(found, each));
    const first = changes.findIndex((each, at) => at > last && !isThere(found, each));
    return first < 0 ? [] : changes.slice(first);
  }

  function isDone(found, { ops, text }) {
    if (!ops) return text === found.text;
    return Boolean(found.form && ops.every(({ op }) => ["set", "translate"].includes(op))
      && isSame(appliedAll(found.form.values, ops), found.form.values));
  }

  // A browser that is killed has a note of some seconds ago: what was typed on meanwhile is there, as saved.
  function isPassed(found, change) {
    const { ops, text, isTyped } = change;
    if (isDone(found, change)) return true;
    if (!isTyped) return false;
    return ops ? ops.every(({ path, value }) => isTypedOn(value, valueAt(found.form?.values, path))) : isTypedOn(text, found.text);
  }

  // A step of undo or redo, as the text that it leads to.
  function resolved(change) {
    if (!change.step || change.text !== undefined) return change;
    const text = history[change.step](draft.text);
    return text === null ? null : { ...change, text };
  }

  function take(found, change) {
    const old = draft.text;
    draft = { ...draft, ...found };
    if (change && !change.step) history.note(old, draft.text, change.key ?? null);
    keepSteps(id, draft.text, history);
    const now = draft.form?.values ?? null;
    const isOther = !isSame(now, values);
    if (!waiting.length && isOther) {
      values = now;
      shows.values();
    }
    shows.text(change);
  }

  async function send() {
    clearTimeout(later);
    later = 0;
    if (sending || isHalted) return;
    ended = new Promise((resolve) => { finish = resolve; });
    try {
      while (waiting.length && !isHalted) {
        sending = resolved(waiting.shift());
        try {
          if (sending) {
            take(await perform(operationsOf([sending])), sending);
            channel.postMessage(draft);
          }
        } catch (fault) {
          await failed(fault, sending);
        }
        sending = null;
        note();
      }
    } finally { // a fault of ours holds up nothing that is typed after it
      sending = null;
      finish();
    }
    if (!waiting.length) shows.state("saved");
  }

  async function failed(fault, change) {
    if (fault.isTold) {
      waiting.unshift(change);
      shows.state("halted");
      await there();
    } else if (fault.status === CONFLICT) {
      try {
        theirs = await known(fault.told.draft);
      } catch (lost) {
        await failed(lost, change);
        return;
      }
      if (!without(theirs, [change]).length) {
        take(theirs, {});
        return;
      }
      waiting.unshift(change);
      isHalted = true;
      shows.state("halted");
      shows.conflict(theirs, mine());
    } else {
      values = draft.form?.values ?? null;
      waiting.forEach(({ ops }) => { if (ops && values) values = appliedAll(values, ops); });
      shows.values();
      shows.refused(fault, change);
    }
  }

  // What was typed here: the whole text, or the words of each change.
  function mine() {
    const typed = waiting.findLast(({ text }) => text !== undefined);
    const said = waiting.flatMap(({ ops }) => ops ?? []).map(({ value }) => value).filter((value) => typeof value === "string");
    return typed ? typed.text : said.join("\n");
  }

  channel.onmessage = ({ data }) => {
    if (sending || waiting.length || data.hash === draft.hash) return;
    take(data, {});
  };

  // What the browser's note has too, in case that this does not arrive.
  function leave() {
    if (sending || isHalted) return;
    const changes = waiting.filter(({ step }) => !step);
    if (changes.length) perform(operationsOf(changes)).catch(() => {});
  }

  const hidden = () => { if (document.visibilityState === "hidden") send(); };
  window.addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", hidden);
  signal.addEventListener("abort", () => {
    window.removeEventListener("pagehide", leave);
    document.removeEventListener("visibilitychange", hidden);
    send().finally(() => channel.close());
  });

  const edited = {
    get id() { return id; },
    get draft() { return draft; },
    get text() { return [sending, ...waiting].findLast((each) => each?.text !== undefined)?.text ?? draft.text; },
    get values() { return values; },
    get untouchable() { return draft.form?.untouchable ?? []; },
    get canUndo() { return history.canUndo; },
    get canRedo() { return history.canRedo; },
    // Changes the form's text by one operation, or by several that are undone as one: `key` names the field that is typed
    // into, null for what is done in one go.
    change(asked, key = null) {
      const ops = [asked].flat();
      const isTyped = ops.every(({ op, path, value }) => op === "set" && isTypedOn(valueAt(values, path) ?? "", value));
      values = values && appliedAll(values, ops);
      put({ ops, key, isTyped }, key ? PAUSE : 0);
    },
    // The whole text, typed or given.
    write(text, key = null) {
      put({ text, key, isTyped: isTypedOn(edited.text, text) }, key ? PAUSE : 0);
    },
    step(which) {
      put({ step: which }, 0);
    },
    part() {
      history.part();
    },
    // Resolves when all that was typed is on the server.
    async flush() {
      send();
      await ended;
    },
    // Goes on after a conflict, from the text that is there; with what was typed here on top of it, or without.
    settle(isMine) {
      const typed = isMine ? waiting : [];
      waiting = [];
      isHalted = false;
      take(theirs, {});
      typed.forEach((change) => edited.again(change));
      note();
      if (!waiting.length) shows.state("saved");
    },
    again(change) {
      if (change.ops && values) values = appliedAll(values, change.ops);
      put(change, 0);
      shows.values();
    },
  };

  const before = left(id);
  if (before?.changes.length) {
    const isOurs = before.base === draft.hash;
    const rest = isOurs ? before.changes : without(draft, before.changes, isPassed);
    waiting = rest;
    isHalted = !isOurs && rest.length === before.changes.length;
    note();
    if (!isHalted) {
      rest.forEach(({ ops }) => { if (ops && values) values = appliedAll(values, ops); });
      sendAfter(0);
    } else {
      theirs = draft;
      setTimeout(() => shows.conflict(theirs, mine()), 0);
    }
  }
  if (!waiting.length) shows.state("saved");
  return edited;
}
