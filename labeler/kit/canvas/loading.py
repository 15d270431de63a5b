"""Pictures read in a worker, and a few decoded ones kept so that the next task is there at once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import BinaryIO

from PySide6.QtCore import QCoreApplication, QObject, Signal

from labeler.api import MediaRef, Problem, Refusal
from labeler.kit.canvas.picture import Picture, make_picture
from labeler.media.apart import Apart
from labeler.media.image import Picture as Decoded
from labeler.media.image import image_head

__all__ = ["PictureLoader"]

Key = tuple[str, str, bool]

_KEPT_BYTES = 512 * 1024 * 1024
_FIRST_LONGEST = 2048
"""Longer side of the reduced picture that is shown while a large one is still being read."""
_LARGE = 6_000_000
"""Pixels from which a reduced picture is read first."""


class PictureLoader(QObject):
    """Reads pictures; ``arrived`` (key, Picture) and ``failed`` (key, Problem) tell of it.

    A large picture arrives twice: reduced, then whole. What is read is kept up to ``kept_bytes``,
    the one used longest ago goes first. What nobody wants any more is not read to its end, so that
    whoever pages on does not wait for what they passed; nor does the end of the program.
    """

    arrived = Signal(object, object)
    failed = Signal(object, object)
    _read = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None, *, kept_bytes: int = _KEPT_BYTES) -> None:
        super().__init__(parent)
        self._kept: OrderedDict[Key, Picture] = OrderedDict()
        self._kept_bytes = kept_bytes
        self._waiting: dict[Key, Event] = {}
        self._wanted: Key | None = None
        self._pool: ThreadPoolExecutor | None = None
        self._apart = self._new_apart()
        self._read.connect(self._take)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.close)

    @staticmethod
    def key_of(ref: MediaRef) -> Key:
        """What a picture is known by."""
        return ref.root, ref.path, ref.embedded

    @property
    def held(self) -> int:
        """Bytes of the pictures kept."""
        return sum(picture.size for picture in self._kept.values())

    def picture(self, ref: MediaRef) -> Picture | None:
        """The picture if it is here already, reduced or whole."""
        found = self._kept.get(self.key_of(ref))
        if found is not None:
            self._kept.move_to_end(self.key_of(ref))
        return found

    def want(self, ref: MediaRef, opener: Callable[[MediaRef], BinaryIO]) -> Picture | None:
        """This picture is to be shown now: what is here of it, the rest arrives.

        ``opener`` opens its bytes, in a worker; what it refuses comes as ``failed``.
        """
        key = self.key_of(ref)
        self._wanted = key
        self._give_up(but=key)
        found = self.picture(ref)
        if found is None or not found.final:
            self._begin(ref, opener)
        return found

    def prepare(self, ref: MediaRef, opener: Callable[[MediaRef], BinaryIO]) -> None:
        """This picture will probably be wanted next; nothing is said where it cannot be read."""
        if self.picture(ref) is None:
            self._begin(ref, opener)

    def let_go(self) -> None:
        """Nothing is wanted any more; what is kept stays kept."""
        self._wanted = None

    def close(self) -> None:
        """Stop reading; what a worker has begun ends with its next block."""
        self.let_go()
        self._give_up()
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None
        self._apart.close()
        self._apart = self._new_apart()

    # ------------------------------------------------------------------------------------- inside

    def _new_apart(self) -> Apart:
        """Where what cannot be stopped is decoded; its processes end with this loader at the latest."""
        apart = Apart()
        self.destroyed.connect(apart.close)
        return apart

    def _begin(self, ref: MediaRef, opener: Callable[[MediaRef], BinaryIO]) -> None:
        key = self.key_of(ref)
        if key in self._waiting:
            return
        if self._pool is None:
            self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="pictures")
        given_up = self._waiting[key] = Event()
        self._pool.submit(_read_all, self._apart, ref, opener, key, given_up, self._tell)

    def _give_up(self, but: Key | None = None) -> None:
        """Read nothing to its end but one."""
        for key in [one for one in self._waiting if one != but]:
            self._waiting.pop(key).set()

    def _tell(self, key: Key, given_up: Event, outcome: object) -> None:
        """Called in the worker: the signal brings it over."""
        try:
            self._read.emit(key, given_up, outcome)
        except RuntimeError:  # the window is gone, and with it whoever would hear
            return

    def _take(self, key: Key, given_up: Event, outcome: object) -> None:
        awaited = self._waiting.get(key) is given_up
        if isinstance(outcome, Picture):
            there = self._kept.get(key)
            if there is None or not there.final:
                self._keep(key, outcome)
            if awaited and outcome.final:
                del self._waiting[key]
            if awaited and key == self._wanted:
                self.arrived.emit(key, outcome)
        elif awaited:
            del self._waiting[key]
            if key == self._wanted and isinstance(outcome, Problem):
                self.failed.emit(key, outcome)

    def _keep(self, key: Key, picture: Picture) -> None:
        self._kept[key] = picture
        self._kept.move_to_end(key)
        total = self.held
        for other in list(self._kept):
            if total <= self._kept_bytes or other in (key, self._wanted):
                continue
            total -= self._kept.pop(other).size


def _read_all(
    apart: Apart,
    ref: MediaRef,
    opener: Callable[[MediaRef], BinaryIO],
    key: Key,
    given_up: Event,
    tell: Callable[[Key, Event, object], None],
) -> None:
    """In a worker: read a picture, reduced first where it is large, and tell of each."""
    if given_up.is_set():
        return
    try:
        with opener(ref) as stream:
            head = image_head(stream, key[1])
            # Only a JPEG is read the faster the smaller it is wanted.
            if head.format == "jpeg" and head.width * head.height >= _LARGE:
                stream.seek(0)
                reduced = apart.read(
                    stream,
                    kind=head.format,
                    longest=_FIRST_LONGEST,
                    where=key[1],
                    cancelled=given_up.is_set,
                )
                tell(key, given_up, _shown(reduced, final=False))
            stream.seek(0)
            whole = apart.read(stream, kind=head.format, where=key[1], cancelled=given_up.is_set)
            tell(key, given_up, _shown(whole, final=True))
    except Refusal as refusal:
        tell(key, given_up, refusal.problem)
    except MemoryError:
        tell(
            key,
            given_up,
            Problem("image_damaged", key[1], {"reason": "there is not enough memory for it"}),
        )
    except Exception as error:  # noqa: BLE001 - a decoder may raise anything; the person is told what
        reason = f"{type(error).__name__}: {error}"
        tell(key, given_up, Problem("image_damaged", key[1], {"reason": reason}))


def _shown(read: Decoded, *, final: bool) -> Picture:
    return make_picture(read.pixels, read.width, read.height, notes=read.notes, final=final)
