"""Rules over sessions as they are laid out: how much is said, how densely, and how long nothing is heard.

Every length, setup and language is judged by estimate, in `full` talk; a warning names the worst of them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from voiceguide.durations import clock, words
from voiceguide.lint.worst import Worst
from voiceguide.session import hands
from voiceguide.text.lines import shown
from voiceguide.timeline.limits import LONGEST_SILENCE, LONGEST_SILENCE_WITH_BED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from voiceguide.errors import Fault, Place
    from voiceguide.lint.sheet import Sheet
    from voiceguide.routine.model import Routine
    from voiceguide.script.model import Work
    from voiceguide.session.drafting import Draft
    from voiceguide.timeline import Chapter, Clip, Slot, Words

LONG_SLOT = 60.0
"""Slots over this many seconds are judged by how much is said in them."""
MOST_SPEECH = 0.30
"""Of a slot."""
MOST_SPEECH_AT_END = 0.12
"""Of a slot's last third."""
MOST_UTTERANCES = 5.0
"""A minute."""
LONGEST_INSTRUCTION = 8.0
"""Seconds on end."""
PAUSE_FOR_DOING = 2.0
"""Seconds without a word in which hands can follow; a shorter gap does not end an instruction's run of words."""
CHECK_IN_FROM = 600.0
"""A giver's session over this many seconds asks the receiver about pressure."""
CALLS = ("press", "release", "out", "back", "last")
"""Roles of the words of holds and strokes."""
ASIDE = (*CALLS, "recover")
"""What does not count as speech in a slot: those, and what the program says once a session, wherever it fits."""
_EPSILON = 1e-6


class Pacing:
    """Judges drafts of one routine as they come."""

    def __init__(self, routine: Routine, sheet: Sheet, languages: tuple[str, ...]) -> None:
        """`languages` are those the drafts are in: where there are several, warnings say which."""
        self._routine = routine
        self._sheet = sheet
        self._languages = languages
        self._found = Worst()

    def faults(self) -> tuple[Fault, ...]:
        """Return the warnings on every draft so far, one a place and rule."""
        return self._found.faults()

    def judge(self, draft: Draft) -> None:
        """Note what is wrong with one session."""
        _Session(draft, self._routine, self._sheet, self._languages, self._found).judge()


class _Session:
    """One draft being judged."""

    def __init__(self, draft: Draft, routine: Routine, sheet: Sheet, languages: tuple[str, ...], found: Worst) -> None:
        self.draft, self.script, self.layout = draft, draft.script, draft.layout
        self.routine = routine
        self.sheet = sheet
        self.found = found
        script = draft.script
        setup = script.setup if len(routine.setups) > 1 else None
        language = script.language if len(languages) > 1 else None
        self.where = ", ".join(part for part in (script.base, setup, language) if part)
        """Which session this is, among the routine's."""
        self.clips_of: dict[int | None, list[Clip]] = {}
        """By step, in order; None for the opening and the closing."""
        for clip in self.layout.clips:
            self.clips_of.setdefault(clip.step, []).append(clip)

    def judge(self) -> None:
        """Note what every rule warns of."""
        self._hands()
        self._check_in()
        self._silences()
        for chapter in self.layout.chapters:
            for slot in chapter.slots:
                work = self._work(chapter)
                heard = self._heard(work.number, slot)
                self._instruction(work, slot, heard)
                if slot.end - slot.start > LONG_SLOT + _EPSILON:
                    self._speech(work, slot, [clip for clip in heard if clip.role not in ASIDE])

    def _work(self, chapter: Chapter) -> Work:
        if chapter.step is None:
            raise AssertionError(f"{chapter.title} has slots, and is no step")
        return self.script.works[chapter.step - 1]

    def _heard(self, step: int, slot: Slot) -> list[Clip]:
        """Return the clips of a step that start in one of its slots."""
        clips = self.clips_of.get(step, [])
        first, end = (bisect_left(clips, at, key=lambda clip: clip.start) for at in (slot.start - _EPSILON, slot.end))
        return clips[first:end]

    def _note(self, place: Place, rule: str, figure: float, message: str) -> None:
        self.found.note(place, rule, figure, f"{message} (worst: {self.where})")

    # -- the session ---------------------------------------------------------------------------

    def _hands(self) -> None:
        """Note hands that come late, work little, or are gone long before the end."""
        found = hands.of(self.draft)
        if found is None:
            return
        lasts, most = self.layout.duration, hands.budget(self.routine, self.draft)
        place = dict(self.routine.length_places).get(self.script.base, self.routine.place)
        if found.first > most.first + _EPSILON:
            message = (
                f"the hands first touch after {words(found.first)} of {words(lasts)}: expected {words(most.first)} at "
                'most; say less in "safety" and "settle", give the first step a shorter "transition", or make it longer'
            )
            self._note(place, "first-touch", found.first - most.first, message)
        share = found.on / lasts
        if share < most.on - _EPSILON:
            message = (
                f"hands work for {share:.0%} of {words(lasts)}: expected {most.on:.0%} at least; fewer steps, each "
                "longer, or a longer session"
            )
            self._note(place, "hands-on", most.on - share, message)
        if found.after > most.after + _EPSILON:
            message = (
                f"it goes on for {words(found.after)} after the last touch: expected {words(most.after)} at most; say "
                'less in "closing"'
            )
            self._note(place, "last-touch", found.after - most.after, message)

    def _check_in(self) -> None:
        lasts = self.layout.duration
        asked = any(side.check_in for work in self.script.works for side in work.sides)
        if self.routine.audience == "giver" and lasts > CHECK_IN_FROM + _EPSILON and not asked:
            message = (
                f"expected a check-in, got none in {words(lasts)}: "
                'add "check_in: true" to a step within the first five minutes of work'
            )
            self._note(self.routine.place, "no-check-in", lasts, message)

    def _silences(self) -> None:
        """Note where nothing is heard for too long."""
        heard = 0.0
        for start, end in [*((clip.start, clip.end) for clip in self.layout.clips), (self.layout.duration,) * 2]:
            if start > heard:
                self._silence(heard, start)
            heard = max(heard, end)

    def _silence(self, start: float, end: float) -> None:
        chapters = self.layout.chapters
        chapter = chapters[bisect_right(chapters, start, key=lambda chapter: chapter.start) - 1]
        slot = next((slot for slot in chapter.slots if slot.start <= start < slot.end), None)
        bed = self.routine.bed not in (None, "none")
        late = slot is not None and start >= (slot.start + slot.end) / 2
        most = LONGEST_SILENCE_WITH_BED if bed and late else LONGEST_SILENCE
        if end - start > most + _EPSILON:
            place = self._work(chapter).place if chapter.slots else self.routine.place
            message = (
                f"nothing is heard for {words(end - start)} from {clock(start)} on: expected at most {words(most)}; "
                "add a cue, or reminders"
            )
            self._note(place, "long-silence", end - start, message)

    # -- a slot ----------------------------------------------------------------------------------

    def _instruction(self, work: Work, slot: Slot, heard: Iterable[Clip]) -> None:
        side = next(side for side in work.sides if side.side == slot.side)
        place = side.instruction.place if side.instruction else None
        for run in _runs(s for clip in heard if clip.role == "instruction" for s in clip.sentences):
            lasts = run[-1].end - run[0].start
            if place and lasts > LONGEST_INSTRUCTION + _EPSILON:
                message = (
                    f'{words(lasts)} of instruction without a pause for doing, from "{shown(run[0].text)}" on: '
                    f"expected at most {words(LONGEST_INSTRUCTION)}; one action a sentence, then [pause 4s], or a cue"
                )
                self._note(self.sheet.said(place, self.script.language), "long-instruction", lasts, message)

    def _speech(self, work: Work, slot: Slot, heard: list[Clip]) -> None:
        """Note too many words; `heard` is what sounds in the slot, the calls of holds and strokes apart."""
        sentences = [sentence for clip in heard for sentence in clip.sentences]
        whole = slot.end - slot.start
        share = _overlap(sentences, slot.start, slot.end) / whole
        if share > MOST_SPEECH:
            message = (
                f"{share:.1%} of this slot is speech: expected at most {MOST_SPEECH:.0%}; "
                "say less, or give the step more time"
            )
            self._note(work.place, "too-much-speech", share, message)
        third = slot.end - whole / 3
        share = _overlap(sentences, third, slot.end) / (whole / 3)
        if share > MOST_SPEECH_AT_END:
            message = (
                f"{share:.1%} of this slot's last third is speech: expected at most {MOST_SPEECH_AT_END:.0%}; "
                "say it sooner, or leave it out, so that the hands find their rhythm"
            )
            self._note(work.place, "busy-ending", share, message)
        rate = _utterances(heard) / (whole / 60.0)
        if rate > MOST_UTTERANCES + _EPSILON:
            message = (
                f"{rate:.1f} utterances a minute in this slot: expected at most {MOST_UTTERANCES:g}; "
                "put some of them together, or leave some out"
            )
            self._note(work.place, "too-many-utterances", rate, message)


def _runs(sentences: Iterable[Words]) -> list[list[Words]]:
    """Return stretches of speech, each over gaps that are too short for doing."""
    runs: list[list[Words]] = []
    for sentence in sentences:
        if runs and sentence.start - runs[-1][-1].end < PAUSE_FOR_DOING - _EPSILON:
            runs[-1].append(sentence)
        else:
            runs.append([sentence])
    return runs


def _overlap(sentences: Iterable[Words], start: float, end: float) -> float:
    """Seconds of the sentences within [start, end)."""
    return sum(max(0.0, min(s.end, end) - max(s.start, start)) for s in sentences)


def _utterances(heard: Iterable[Clip]) -> int:
    """Count utterances: what only a breath parts is one."""
    count, before, breath = 0, "", False
    for clip in heard:
        if clip.track == "narration":
            count += not (breath and clip.role == before)
            before, breath = clip.role, False
        elif clip.role == "breath":
            breath = True
    return count
