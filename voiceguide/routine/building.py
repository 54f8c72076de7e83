"""The models of a file that has no faults → the frozen routine, each part with its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, cast

from voiceguide.durations import LENGTHS
from voiceguide.routine import forms, model, schema, walk
from voiceguide.routine.languages import SIDE_WORDS
from voiceguide.routine.yaml import child_of
from voiceguide.text.pronouncing import Pronunciation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from voiceguide.durations import Length, Range
    from voiceguide.errors import Place
    from voiceguide.routine.source import Key, Source
    from voiceguide.routine.yaml import Node

OneText = str | forms.Wordings | Mapping[str, str | list[str] | forms.OwnWordings]


def build(source: Source, root: Node, file: schema.Routine, *, name: str, folder: Path) -> model.Routine:
    """Return the routine of a file without faults."""
    return _Builder(source, file.language).routine(root, file, name, folder)


class _Builder:
    """Walks models and nodes side by side: values come from the one, places from the other."""

    def __init__(self, source: Source, language: str) -> None:
        self.source = source
        self.language = language

    def place(self, node: Node) -> Place:
        return self.source.place(node.start, node.path)

    def routine(self, root: Node, file: schema.Routine, name: str, folder: Path) -> model.Routine:
        lengths = {length: seconds for length in LENGTHS if (seconds := getattr(file.lengths, length, None))}
        length_nodes = _at(root, "lengths") if file.lengths else root
        return model.Routine(
            name=name,
            folder=folder,
            title=self.text(file.title, _at(root, "title")),
            summary=self.text(file.summary, _at(root, "summary")),
            language=file.language,
            audience=cast("Literal['giver', 'self']", file.audience),
            receivers=file.receivers,
            tags=_words(file.tags),
            position=self.text_or_none(file.position, root, "position"),
            setups=_words(file.setups),
            bed=file.bed,
            need=self.texts(file.need, root, "need"),
            safety=self.safety(root, file.safety),
            lengths=tuple(lengths.items()),
            settle=self.settle(file.settle, root),
            reminders=self.texts(file.reminders, root, "reminders"),
            end=self.text_or_none(file.end, root, "end"),
            quiet_end=file.quiet_end,
            closing=self.texts(file.closing, root, "closing"),
            pronounce=tuple(self.pronounce(file, root)),
            author=file.author or "",
            cover=file.cover,
            steps=tuple(
                self.group(node, step) if isinstance(step, schema.Group) else self.step(node, step)
                for step, node in zip(file.steps, _at(root, "steps").items(), strict=True)
            ),
            place=self.place(root),
            length_places=tuple((length, self.place(_at(length_nodes, length))) for length in lengths),
        )

    def pronounce(self, file: schema.Routine, root: Node) -> Iterator[model.Pronounced]:
        for tag, words in (file.pronounce or {}).items():
            node = _at(_at(root, "pronounce"), tag)
            for (word, given), at in zip(words.items(), node.children(), strict=True):
                told = given.model_dump()
                how = Pronunciation(word, told["ipa"] or "", told["as"] or "")
                yield model.Pronounced(tag, how, self.place(at))

    def safety(self, root: Node, safety: schema.Safety | None) -> model.Safety:
        node = root.get("safety") or root
        given = safety or schema.Safety()
        return model.Safety(
            do_not_start=self.texts(given.do_not_start, node, "do_not_start"),
            ask_first=self.texts(given.ask_first, node, "ask_first"),
            core=self.texts(given.core, node, "core"),
            always=self.texts(given.always, node, "always"),
            avoid=self.texts(given.avoid, node, "avoid"),
            more=self.texts(given.more, node, "more"),
            place=self.place(node),
        )

    def group(self, node: Node, group: schema.Group) -> model.Group:
        return model.Group(
            name=self.text(group.name, _at(node, "name")),
            sides=self.sides(group.sides, node),
            only=_words(group.only),
            switch=self.text_or_none(group.switch, node, "switch"),
            transition=group.transition,
            steps=tuple(
                self.step(inner, step) for step, inner in zip(group.steps, _at(node, "steps").items(), strict=True)
            ),
            place=self.place(node),
        )

    def step(self, node: Node, step: schema.GroupStep) -> model.Step:
        cues = _at(node, "cues").items() if step.cues else ()
        return model.Step(
            name=self.text(step.name, _at(node, "name")),
            say=self.texts(step.say, node, "say"),
            duration=self.duration(step, node),
            only=_words(step.only),
            stretch=step.stretch,
            sides=self.sides(step.sides, node) if isinstance(step, schema.Step) else (),
            say_again=self.texts(step.say_again, node, "say_again"),
            switch=self.text_or_none(step.switch, node, "switch"),
            hold=self.hold(_at(node, "hold"), step.hold) if step.hold else None,
            cues=tuple(self.cue(inner, cue) for cue, inner in zip(step.cues, cues, strict=True)),
            reminders=self.texts(step.reminders, node, "reminders"),
            warn=self.text_or_none(step.warn, node, "warn"),
            check_in=step.check_in,
            oil=step.oil,
            pressure=step.pressure,
            touch=step.touch,
            show=step.show,
            position=self.text_or_none(step.position, node, "position"),
            chime=step.chime,
            transition=step.transition,
            ready=step.ready,
            place=self.place(node),
            rhythm=self.rhythm(_at(node, "rhythm"), step.rhythm) if step.rhythm else None,
        )

    def sides(self, given: object, node: Node) -> tuple[model.Text, ...]:
        if given == "both":
            place = self.place(_at(node, "sides"))
            return tuple(model.Text(((self.language, word),), place) for word in SIDE_WORDS)
        return self.texts(given, node, "sides")

    def settle(self, given: object, root: Node) -> tuple[model.Settle, ...]:
        if not isinstance(given, list):
            return tuple(model.Settle(text, ()) for text in self.texts(given, root, "settle"))
        found = []
        for item, node in zip(given, _at(root, "settle").items(), strict=True):
            if isinstance(item, schema.Settle):
                found.append(model.Settle(self.text(item.say, _at(node, "say")), _words(item.only)))
            else:
                found.append(model.Settle(self.text(item, node), ()))
        return tuple(found)

    def duration(self, step: schema.GroupStep, node: Node) -> model.Duration | None:
        given = step.duration
        if given is None:
            return None
        if isinstance(given, schema.DurationByLength):
            # A step of one length may leave the other out.
            short, full = given.short or given.full, given.full or given.short
        else:
            short = full = given
        return model.Duration(cast("Range", short), cast("Range", full), self.place(_at(node, "duration")))

    def hold(self, node: Node, hold: schema.Hold) -> model.Hold:
        given = hold.times
        by_length: dict[Length, int | None] = {}
        if isinstance(given, schema.TimesByLength):
            by_length = {"short": given.short, "full": given.full}
        elif given is not None:
            by_length = {"short": given, "full": given}
        return model.Hold(
            times=tuple((length, times) for length, times in by_length.items() if times is not None),
            press=hold.press,
            release=hold.release,
            sink=hold.sink,
            move=hold.move,
            say_press=self.text_or_none(hold.say_press, node, "say_press"),
            say_release=self.text_or_none(hold.say_release, node, "say_release"),
            spoken=hold.spoken,
            place=self.place(node),
        )

    def rhythm(self, node: Node, rhythm: schema.Rhythm) -> model.Rhythm:
        return model.Rhythm(
            out=rhythm.out,
            back=rhythm.out if rhythm.back is None else rhythm.back,
            lift=rhythm.lift,
            say_out=self.text_or_none(rhythm.say_out, node, "say_out"),
            say_back=self.text_or_none(rhythm.say_back, node, "say_back"),
            say_last=self.text_or_none(rhythm.say_last, node, "say_last"),
            voiced=rhythm.voiced,
            sound=rhythm.sound,
            sounded=rhythm.sounded,
            again=rhythm.again,
            place=self.place(node),
        )

    def cue(self, node: Node, cue: schema.Cue) -> model.Cue:
        return model.Cue(
            at=cue.at,
            say=self.text_or_none(cue.say, node, "say"),
            chime=cue.chime,
            only=_words(cue.only),
            say_again=None if cue.say_again == walk.NOTHING else self.text_or_none(cue.say_again, node, "say_again"),
            once=cue.say_again == walk.NOTHING,
            place=self.place(node),
        )

    def text(self, given: OneText, node: Node) -> model.Text:
        by_language: dict[str, list[str]] = {}
        for tag, text in self.wordings(given):
            by_language.setdefault(tag, []).append(text.strip())
        others = tuple((tag, tuple(texts[1:])) for tag, texts in by_language.items() if texts[1:])
        return model.Text(tuple((tag, texts[0]) for tag, texts in by_language.items()), self.place(node), others)

    def wordings(self, given: OneText) -> Iterator[tuple[str, str]]:
        """Yield every wording of a text with its language, those of one language in the file's order."""
        if isinstance(given, str):
            yield self.language, given
        elif isinstance(given, forms.Wordings):
            for each in given.any if isinstance(given.any, list) else [given.any]:
                yield from self.wordings(each)
        else:
            for tag, texts in given.items():
                own = texts.any if isinstance(texts, forms.OwnWordings) else texts
                yield from ((tag, text) for text in ([own] if isinstance(own, str) else own))

    def text_or_none(self, given: OneText | None, owner: Node, key: str) -> model.Text | None:
        return None if given is None else self.text(given, _at(owner, key))

    def texts(self, given: object, owner: Node, key: str) -> tuple[model.Text, ...]:
        if given is None:
            return ()
        node = _at(owner, key)
        if isinstance(given, list):
            return tuple(self.text(text, item) for text, item in zip(given, node.items(), strict=True))
        if isinstance(given, dict) and any(isinstance(value, list) for value in given.values()):
            return self.transposed(given, node)
        return (self.text(cast("OneText", given), node),)

    def transposed(self, given: Mapping[str, Any], node: Node) -> tuple[model.Text, ...]:
        """Return the texts of a list for each language; an item's place is in the first of them."""
        lists = {tag: value if isinstance(value, list) else [value] for tag, value in given.items()}
        first = _at(node, next(iter(lists)))
        places = first.items() or (first,)
        return tuple(
            self.text({tag: texts[number] for tag, texts in lists.items()}, place)
            for number, place in enumerate(places)
        )


def _at(node: Node, key: Key) -> Node:
    """Return what the models say is there."""
    child = child_of(node, key)
    if child is None:
        raise AssertionError(f"no {key} at {node.path}")
    return child


def _words(given: str | list[str] | None) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given or ())
