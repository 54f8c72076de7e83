// The audio: beside the page, or inside it in pieces of base64.

// So many pieces are decoded before the browser may draw and answer again.
const AT_ONCE = 4;

function bytesOf(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
  return bytes;
}

// Resolves to a URL that an <audio> can play, and fails where pieces are missing, as in a page that was copied in part.
// The page's own copy is let go: a phone's memory is small.
export async function soundOf(audio) {
  if (audio.link) return audio.link;
  const parts = [];
  for (const piece of document.querySelectorAll("script.sound")) {
    parts.push(new Blob([bytesOf(piece.textContent)]));
    piece.remove();
    if (parts.length % AT_ONCE === 0) await new Promise((resume) => setTimeout(resume));
  }
  const whole = new Blob(parts, { type: audio.type });
  if (whole.size !== audio.bytes) throw new Error(`${audio.bytes} bytes of sound expected, got ${whole.size}`);
  return URL.createObjectURL(whole);
}
