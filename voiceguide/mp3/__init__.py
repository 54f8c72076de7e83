"""MP3 below the encoder: frames, the Info header, tags."""

TIMELINE = "voiceguide timeline"
"""What a session's own timeline is called among the objects in its tags (GEOB)."""
