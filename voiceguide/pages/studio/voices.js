// Who speaks, in which language, and how much is said.

import { ask } from "./api.js";
import { folded, oneOf, select } from "./fields.js";
import { offer } from "./getting.js";
import { make } from "./make.js";
import { tell } from "./notices.js";
import { sampleButton } from "./samples.js";
import { say, tongue, voiceName, words } from "./words.js";

// What to say where nobody natural speaks unless somebody chooses, and a natural voice could be had: `ready` is called
// once it is here.
function hintOf(voices, ready) {
  const picked = voices.find((voice) => voice.picked);
  if (!picked || picked.natural) return "";
  const missing = voices.filter((voice) => voice.natural && !voice.ready);
  const better = missing.find((voice) => voice.download_mb !== null);
  if (better) return offer(better, ready);
  return missing.length ? make("p", { class: "hint" }, say("missing_voice", { name: voiceName(missing[0].id), fix: missing[0].fix })) : "";
}

const voicesFor = (language, signal) => ask("GET", `/api/voices?for=${encodeURIComponent(language)}`, undefined, { signal });

// The same for sessions in a language, as soon as it is known.
export async function voiceHint(place, language, signal) {
  const { voices } = await voicesFor(language, signal);
  const hint = hintOf(voices, () => hint.remove());
  place.append(hint);
}

export function voicesOf(shown, choices, { change, replan }, signal) {
  const { element, now } = folded(words.voice_and_words);
  const place = make("div", { class: "fields" });
  element.append(place); // or wherever else its `fields` are put

  async function fill() {
    const language = choices().language || shown.language;
    const { voices } = await voicesFor(language, signal);
    const picked = voices.find((voice) => voice.picked);
    let value = choices().voice || picked?.id || "";
    const label = (voice) => [voiceName(voice.id), voice.gender && words[`gender_${voice.gender}`], !voice.natural && words.robot].filter(Boolean).join(", ");
    const ready = voices.filter((voice) => voice.ready);
    const sample = sampleButton(() => ready.find((voice) => voice.id === value)?.sample || "", () => voiceName(value));
    const known = ready.some((voice) => voice.id === value) ? [] : [[value, value]];
    place.replaceChildren(
      select("voice", words.choice_voice, [...known, ...ready.map((voice) => [voice.id, label(voice)])], value, (id) => {
        value = id;
        sample.refresh();
        change("voice", id === picked?.id ? null : id);
      }, sample.element),
      hintOf(voices, () => {
        fill().catch(tell);
        replan();
      }),
      shown.languages.length > 1 ? select("language", words.choice_language, shown.languages.map((tag) => [tag, tongue(tag)]), language, (tag) => {
        delete choices().voice;
        change("language", tag === shown.language ? null : tag);
        fill().then(() => place.querySelector("#choice-language")?.focus(), tell);
      }) : "",
      oneOf("talk", words.choice_talk, ["full", "calm", "minimal"].map((key) => [key, words[`talk_${key}`]]), choices().talk || "full",
        (key) => change("talk", key === "full" ? null : key)),
      oneOf("gate", words.choice_gate, ["auto", "full", "brief"].map((key) => [key, words[`gate_${key}`]]), choices().gate || "auto",
        (key) => change("gate", key === "auto" ? null : key)),
    );
    sample.refresh();
  }

  return { element, fields: place, now, fill: () => fill().catch(tell) };
}
