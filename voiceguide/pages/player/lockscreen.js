// The Media Session: what a lock screen, a headset or a watch shows and can do.

import { stepOf } from "./wording.js";

// Where a browser knows the Media Session but not one of its actions, it throws.
function offer(action, handler) {
  try {
    navigator.mediaSession.setActionHandler(action, handler);
  } catch {
    // That button is not shown there.
  }
}

// `artwork` returns the pictures as the Media Session wants them; `actions` are its handlers by name.
export function lockScreen(session, words, artist, artwork, actions) {
  if (!("mediaSession" in navigator)) return { show() {}, place() {}, end() {} };
  for (const [action, handler] of Object.entries(actions)) offer(action, handler);
  return {
    show(chapter, isPlaying) {
      navigator.mediaSession.metadata = new MediaMetadata({
        title: chapter.title,
        artist: stepOf(session, chapter, words) || artist || "voiceguide",
        album: session.title,
        artwork: artwork(),
      });
      navigator.mediaSession.playbackState = isPlaying ? "playing" : "paused";
    },
    place(seconds) {
      if (!navigator.mediaSession.setPositionState) return;
      const position = Math.min(Math.max(seconds, 0), session.duration);
      navigator.mediaSession.setPositionState({ duration: session.duration, playbackRate: 1, position });
    },
    end() {
      for (const action of Object.keys(actions)) offer(action, null);
      navigator.mediaSession.metadata = null;
      navigator.mediaSession.playbackState = "none";
    },
  };
}
