// What an operation makes of a form's values: shown at once, while the server makes it of the text.

import { between } from "./history.js";

function holderOf(values, path, isMaking) {
  let holder = values;
  path.slice(0, -1).forEach((key, depth) => {
    if (isMaking && (typeof holder[key] !== "object" || holder[key] === null)) holder[key] = typeof path[depth + 1] === "number" ? [] : {};
    holder = holder?.[key];
  });
  return holder;
}

function take(values, path) {
  const holder = holderOf(values, path, false);
  const key = path.at(-1);
  if (holder === undefined || holder === null) return undefined;
  const taken = holder[key];
  if (Array.isArray(holder)) holder.splice(key, 1);
  else delete holder[key];
  if (path.length > 1 && !Object.keys(holder).length) take(values, path.slice(0, -1));
  return taken;
}

function put(values, path, value) {
  const holder = holderOf(values, path, true);
  const key = path.at(-1);
  if (Array.isArray(holder)) holder.splice(key, 0, value);
  else holder[key] = value;
}

export function valueAt(values, path) {
  return path.reduce((holder, key) => holder?.[key], values);
}

// Returns the values after an operation; those before it stay as they are. What a mend does is known when it is done.
export function applied(values, { op, path, value, at, to, language, text }) {
  const after = structuredClone(values);
  if (op === "set") {
    if (value === null) take(after, path);
    else holderOf(after, path, true)[path.at(-1)] = structuredClone(value);
  } else if (op === "add") {
    const list = [...(valueAt(after, path) || [])];
    list.splice(at ?? list.length, 0, structuredClone(value));
    holderOf(after, path, true)[path.at(-1)] = list;
  } else if (op === "remove") {
    take(after, path);
  } else if (op === "move") {
    const moved = take(after, path);
    put(after, Array.isArray(to) ? to : [...path.slice(0, -1), to], moved);
  } else if (op === "translate") {
    const said = valueAt(after, path);
    const own = after.language || "en";
    const all = typeof said === "object" && said !== null ? said : { [own]: said };
    if (text === null) delete all[language];
    else all[language] = text;
    holderOf(after, path, true)[path.at(-1)] = Object.keys(all).length === 1 && own in all ? all[own] : all;
  }
  return after;
}

export const appliedAll = (values, ops) => ops.reduce(applied, values);

// Whether two forms show the same, whatever the order of their keys.
export function isSame(one, other) {
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return one === other;
  const keys = Object.keys(one);
  return Array.isArray(one) === Array.isArray(other) && keys.length === Object.keys(other).length
    && keys.every((key) => key in other && isSame(one[key], other[key]));
}

// Lines and columns of a place in a text, as the server counts them: from 1, columns in whole signs.
function placeOf(text, at) {
  const lines = text.slice(0, at).split("\n");
  return [lines.length, [...lines.at(-1)].length + 1];
}

// The least change that makes one text of another, as an operation; it sees line ends of one kind and no byte order mark.
export function changeOf(old, now) {
  const [one, other] = [old, now].map((text) => text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n"));
  const { start, before, after } = between(one, other);
  const [line, column] = placeOf(one, start);
  const [end_line, end_column] = placeOf(one, start + before.length);
  return { op: "mend", mend: { line, column, end_line, end_column, text: after } };
}
