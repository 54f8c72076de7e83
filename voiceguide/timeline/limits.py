"""Limits of a session that a listener would notice, whoever holds them."""

LONGEST_SILENCE = 60.0
LONGEST_SILENCE_WITH_BED = 100.0
"""In the second half of a slot."""
