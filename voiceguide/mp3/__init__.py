"""MP3 below the encoder: frames, the Info header, tags."""
