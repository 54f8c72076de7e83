// Texts as they are shown.

// Seconds as m:ss, or h:mm:ss from an hour on; a second that has begun counts whole.
export function clock(seconds) {
  const whole = Math.ceil(seconds - 0.001);
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

// A phrase with the values in the places of their {names}.
export function filled(phrase, values) {
  return phrase.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// "Step 3 of 7", or nothing in opening and closing.
export function stepOf(session, chapter, words) {
  if (chapter.step === null) return "";
  const count = session.chapters.reduce((most, each) => Math.max(most, each.step || 0), 0);
  return filled(words.step, { number: chapter.step, count });
}

// A chapter's title, with its side where the same steps come again on another.
export function named(chapter) {
  const side = chapter.group && chapter.slots.length ? chapter.slots[0].side : null;
  return side ? `${chapter.title}, ${side}` : chapter.title;
}
