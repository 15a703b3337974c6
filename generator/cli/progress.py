"""How far a long work has come, on one line of a terminal that is written over; where there is no terminal, nothing."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import TextIO, TypeVar

T = TypeVar("T")
_EVERY = 0.1
_FEWEST = 5
_CLEAR = "\r\x1b[K"


class Progress:
    """The line of one work of `total` pieces; a context, at whose end the line is gone."""

    def __init__(self, total: int, stream: TextIO) -> None:
        self._total = total
        self._stream = stream
        self._is_shown = total >= _FEWEST and stream.isatty()
        self._done = 0
        self._began = self._last = time.monotonic()
        self._on_screen = False

    def counted(self, pieces: Iterable[T]) -> Iterator[T]:
        """Yield the pieces; each one that is followed by another counts as done."""
        for piece in pieces:
            yield piece
            self._done += 1

    def show(self, words: str) -> None:
        """Say how far it is, with `words` behind, a few times a second."""
        now = time.monotonic()
        if not self._is_shown or now - self._last < _EVERY:
            return
        self._last = now
        left = (now - self._began) / max(self._done, 1) * (self._total - self._done)
        line = f"{self._done:,} of {self._total:,}: {words}; {_in_words(left)} left"
        self._stream.write(_CLEAR + line[:118])
        self._stream.flush()
        self._on_screen = True

    def clear(self) -> None:
        """Take the line away, so that others can be printed."""
        if self._on_screen:
            self._stream.write(_CLEAR)
            self._stream.flush()
            self._on_screen = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()


def _in_words(seconds: float) -> str:
    return f"{seconds / 60:.0f} min" if seconds >= 90 else f"{seconds:.0f} s"
