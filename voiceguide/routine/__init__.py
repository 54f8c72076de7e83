"""Routines: the files that describe them become frozen routines, or every fault in them with its line."""

from voiceguide.routine import reading as reading  # it lends the model its `Routine.from_dict`
