"""The sound of a take, a chime and a bed: levels, loudness, limits, edges. Nothing here knows what is said when."""

VOICE_LUFS = -16.0
"""The voice's loudness, heard on both channels; every other sound stands at a fixed distance below it."""

RECORDED_LUFS = -23.0
"""What a recorded line is brought to before it is kept, and what a voice beside it in one take is brought to: with room
for every peak."""

PEAK_DBTP = -1.0
"""No true peak of a session at that loudness is higher: voice, chime and bed are limited so that their sum is not."""

CONDITIONING = 3
"""Version of what `clip.condition` does to a sentence, part of every cached one's key; here so that lengths are looked
up without numpy or pydub."""
