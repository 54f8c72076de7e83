"""Making: a session is made in a thread of its own, heard meanwhile, and lies on the shelf once it is whole."""

from __future__ import annotations

from threading import Event, Thread
from typing import TYPE_CHECKING, NamedTuple

from voiceguide.session.making import Means
from voiceguide.store.files import whole
from voiceguide.store.growing import ClosedError
from voiceguide.studio.shelf import KEPT, STREAM, Behind, etag

if TYPE_CHECKING:
    from collections.abc import Callable

    from voiceguide.session.streaming import Streamed
    from voiceguide.studio.shelf import Shelf
    from voiceguide.studio.wishes import Composed

_COPIED = 1 << 20


class Stage(NamedTuple):
    """How far it is."""

    name: str
    """`speaking` or `encoding`."""
    done: int
    total: int


class Stream(NamedTuple):
    """A session's stream while it is made: its head, and behind it the growing file's music."""

    made: Streamed
    head: bytes
    etag: str

    @property
    def behind(self) -> int:
        """Bytes behind the head."""
        return self.made.mp3.layout.size - self.made.mp3.layout.tag

    @property
    def size(self) -> int:
        """Bytes of all of it."""
        return len(self.head) + self.behind

    @property
    def there(self) -> int:
        """How many of them exist."""
        return len(self.head) + max(0, self.made.mp3.file.there - self.made.mp3.layout.tag)

    def read(self, start: int, end: int, timeout: float | None = None) -> bytes:
        """Return bytes as `store.growing.Growing.read` does."""
        if start < len(self.head):
            return self.head[start:end]
        shift = self.made.mp3.layout.tag - len(self.head)
        return self.made.mp3.file.read(start + shift, end + shift, timeout)


class Making:
    """One session in the making. `done` is called from its thread once it ends, however that is."""

    def __init__(self, composed: Composed, identity: str, shelf: Shelf, done: Callable[[Making], None]) -> None:
        self.identity = identity
        self.stage: Stage | None = None
        self.stream: Stream | None = None
        self.behind: Behind | None = None
        """Where its stream lies once it is whole."""
        self.fault: BaseException | None = None
        """What it failed at."""
        self.stopped = False
        self._composed = composed
        self._shelf = shelf
        self._done = done
        self._begun = Event()
        self._thread = Thread(target=self._work, name="making", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End it early; returns at once."""
        self.stopped = True
        if self.stream:
            self.stream.made.mp3.file.close()

    def join(self, timeout: float | None = None) -> None:
        """Wait until its thread has ended."""
        self._thread.join(timeout)

    def _tell(self, stage: str, done: int, total: int) -> None:
        if self.stopped:
            raise ClosedError
        self.stage = Stage(stage, done, total)

    def _work(self) -> None:
        try:
            self._make()
        except ClosedError as fault:
            if not self.stopped:
                self.fault = fault
        except BaseException as fault:  # noqa: BLE001 (told to whoever asks for the session)
            self.fault = fault
        finally:
            self._done(self)

    def _make(self) -> None:
        from voiceguide.session.streaming import streamed

        wanted = self._composed
        means = Means(progress=self._tell)
        with streamed(wanted.session, means, levels=wanted.levels, options=wanted.options, label=wanted.label) as made:
            self.stream = self._begin(made)
            if self.stopped:
                raise ClosedError
            made.mp3.file.wait()
            place = self._shelf.place(self.identity)
            made.keep(place / KEPT, overwrite=True)
            behind, file = self.stream.behind, KEPT
            if not made.mp3.exact:
                file = STREAM
                with whole(place / STREAM, overwrite=True, named=None, follow=False) as written:
                    for at in range(made.mp3.layout.tag, made.mp3.layout.size, _COPIED):
                        written.write(made.mp3.file.read(at, at + _COPIED))
            self.behind = Behind(file, (place / file).stat().st_size - behind, behind)

    def _begin(self, made: Streamed) -> Stream:
        """Take up the head that was decided when it was made before, or decide it."""
        head = self._shelf.head(self.identity)
        if head is None:
            head = made.mp3.file.read(0, made.mp3.layout.tag)
            while len(head) < made.mp3.layout.tag:
                head += made.mp3.file.read(len(head), made.mp3.layout.tag)
            self._shelf.decide_head(self.identity, head)
        size = len(head) + made.mp3.layout.size - made.mp3.layout.tag
        return Stream(made, head, etag(self.identity, head, size))
