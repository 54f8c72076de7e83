// The page's words, and how it writes numbers, lengths and times of day.

import { filled } from "./wording.js";

export const { language, languages, words, motifs, firstTimes } = JSON.parse(document.getElementById("told").textContent);

export function say(key, values = {}) {
  return filled(words[key], values);
}

// Whole minutes, as in "9 min".
export function minutes(seconds) {
  return say("minutes", { count: Math.max(1, Math.round(seconds / 60)) });
}

// "9 min, 7 of them hands on", by the seconds of a session and of its touch.
export function lasting(seconds, hands) {
  if (hands < 30) return minutes(seconds);
  return say("hands_on", { minutes: minutes(seconds), hands: Math.max(1, Math.round(hands / 60)) });
}

// An exact length, as in "12:30 min", or "9 min" where it has no seconds.
export function exactly(seconds) {
  const whole = Math.round(seconds);
  const rest = whole % 60;
  return rest ? say("minutes", { count: `${Math.floor(whole / 60)}:${String(rest).padStart(2, "0")}` }) : minutes(whole);
}

export function day(time) {
  return new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" })
    .format(new Date(time));
}

export function clockTime(date) {
  return new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" }).format(date);
}

export function percent(share) {
  return new Intl.NumberFormat(language, { style: "percent" }).format(share);
}

export function size(bytes) {
  const [amount, unit] = bytes >= 1e9 ? [bytes / 1e9, "gigabyte"] : [Math.ceil(bytes / 1e6), "megabyte"];
  return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: 1 }).format(amount);
}

// What a language is called in the page's language.
export function tongue(tag) {
  return new Intl.DisplayNames([language], { type: "language" }).of(tag);
}

// A bed's name; the user's own music is called as they called it.
export function bedName(bed) {
  if (bed === null || bed === "none") return words.bed_none;
  return words[`bed_${bed.replace("-", "_")}`] || bed.replace(/^music\//, "");
}

// A voice's name: "heart" of "hibari:heart", with a capital.
export function voiceName(id) {
  const name = id.replace(/^[^:]*:/, "").replace(/^[a-z]{2}_/, "");
  return name.charAt(0).toUpperCase() + name.slice(1);
}
