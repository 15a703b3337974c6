"""A team of processes that run the same build, each doing a share of the work.

All members run the same code on the same values; they differ only in which pieces they take, and exchange what each has
found. So the bytes of a site do not depend on how many members there are.
Members are forked, which is safe only before the first thread starts; where forking is not to be had the team is one.
A member that dies is an error in the first one, never a wait without end.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from types import TracebackType
from typing import Any, NoReturn, TypeVar

import msgpack

from generator.errors import Diagnostic, GeneratorError, OutputError

T = TypeVar("T")
_NUMBER_BYTES = 4
# A pipe holds 65,536 bytes.
_MOST_TICKETS = 60_000 // (2 * _NUMBER_BYTES)
_LEAST_CHUNK = 4
_PHASES = 3


def members_possible() -> int:
    """Return how many processes this machine lets a build use."""
    if not hasattr(os, "fork") or threading.active_count() > 1 or sys.platform == "darwin":
        return 1
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, available)


def beside(work: Callable[[], bytes]) -> Callable[[], bytes]:
    """Do a small piece of work in a process beside this one; what is returned waits for it, and gives b"" if it died.

    Only where `members_possible` says that there may be a second process.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writer, work())
        finally:
            os._exit(0)
    os.close(writer)

    def wait() -> bytes:
        with open(reader, "rb") as file:
            told = file.read()
        os.waitpid(child, 0)
        return told

    return wait


class Team:
    """One member's view of the team; `rank` 0 is the process the command runs in."""

    def __init__(self) -> None:
        self.rank = 0
        self.size = 1
        self._children: list[int] = []
        self._inboxes: list[int] = []
        self._outboxes: list[int] = []
        self._tickets: list[list[tuple[int, int]]] = []

    def fork(self, size: int) -> None:
        """Become a team of `size` processes; every one of them returns from here."""
        import signal

        sys.stdout.flush()
        sys.stderr.flush()
        self._tickets = [[os.pipe() for _ in range(size)] for _ in range(_PHASES)]
        pipes = [(os.pipe(), os.pipe()) for _ in range(size - 1)]
        for rank, (up, down) in enumerate(pipes, start=1):
            child = os.fork()
            if child == 0:
                signal.signal(signal.SIGINT, signal.SIG_IGN)
                for other, (other_up, other_down) in enumerate(pipes, start=1):
                    os.close(other_up[0])
                    os.close(other_down[1])
                    if other != rank:
                        os.close(other_up[1])
                        os.close(other_down[0])
                for _, write in chain.from_iterable(self._tickets):
                    os.close(write)
                self.rank, self.size = rank, size
                self._children = []
                self._inboxes, self._outboxes = [down[0]], [up[1]]
                return
            self._children.append(child)
        for up, down in pipes:
            os.close(up[1])
            os.close(down[0])
        self.size = size
        self._inboxes, self._outboxes = [up[0] for up, _ in pipes], [down[1] for _, down in pipes]

    def share_of(self, pieces: Sequence[T], phase: int, chunk: int) -> Iterator[T]:
        """Yield the pieces that fall to this member, at most `chunk` at a time.

        Each member begins with a stretch of its own, since pieces beside each other have much in common; whoever is
        done takes of what others have left.
        """
        if self.size == 1:
            yield from pieces
            return
        queues = self._tickets[phase]
        if self.rank == 0:
            for member, (_, write) in enumerate(queues):
                begin, end = (len(pieces) * place // self.size for place in (member, member + 1))
                os.write(write, b"".join(_tickets(begin, end, chunk)))
                os.close(write)
        for read, _ in (*queues[self.rank :], *queues[: self.rank]):
            while len(ticket := os.read(read, 2 * _NUMBER_BYTES)) == 2 * _NUMBER_BYTES:
                start, end = (
                    int.from_bytes(part, "little") for part in (ticket[:_NUMBER_BYTES], ticket[_NUMBER_BYTES:])
                )
                yield from pieces[start:end]

    def exchange(self, value: Any) -> list[Any]:
        """Return every member's value, in order of rank; values are plain data."""
        if self.size == 1:
            return [value]
        if self.rank:
            _send(self._outboxes[0], [None, value])
            return self._received(0)  # type: ignore[no-any-return]
        values = [value, *(self._received(place) for place in range(len(self._inboxes)))]
        for outbox in self._outboxes:
            _send(outbox, [None, values])
        return values

    def _received(self, place: int) -> Any:
        fault, value = _receive(self._inboxes[place])
        if fault is not None:
            raise OutputError(fault[0], [Diagnostic(*row) for row in fault[1]])
        return value

    def leave(self, fault: BaseException | None) -> NoReturn:
        """End a member that is not the first, telling the first one what went wrong."""
        status = 0
        if fault is not None:
            import traceback

            status = 1
            rows = [tuple(row) for row in fault.diagnostics] if isinstance(fault, GeneratorError) else []
            told = (
                str(fault) if rows or isinstance(fault, GeneratorError) else "".join(traceback.format_exception(fault))
            )
            try:
                _send(self._outboxes[0], [[told, rows], None])
            except OSError:
                pass
        os._exit(status)

    def __enter__(self) -> Team:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.rank:
            self.leave(fault)
        for handle in (*self._inboxes, *self._outboxes, *(read for read, _ in chain.from_iterable(self._tickets))):
            os.close(handle)
        for child in self._children:
            if fault is not None:
                import signal

                os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        self._children, self._inboxes, self._outboxes, self._tickets = [], [], [], []
        self.size = 1


def _tickets(start: int, end: int, chunk: int) -> Iterator[bytes]:
    """Yield beginning and end of every share of a stretch; the last are small, so that all members end at one time."""
    chunk = max(chunk, -(-(end - start) // (_MOST_TICKETS // 2)))
    while start < end:
        behind = min(end, start + max(min(chunk, _LEAST_CHUNK), min(chunk, (end - start) // 2)))
        yield start.to_bytes(_NUMBER_BYTES, "little") + behind.to_bytes(_NUMBER_BYTES, "little")
        start = behind


def _send(handle: int, value: Any) -> None:
    content = msgpack.packb(value)
    view = memoryview(len(content).to_bytes(8, "little") + content)
    while view:
        view = view[os.write(handle, view) :]


def _receive(handle: int) -> Any:
    length = int.from_bytes(_exactly(handle, 8), "little")
    return msgpack.unpackb(_exactly(handle, length), use_list=False, strict_map_key=False)


def _exactly(handle: int, length: int) -> bytes:
    content = bytearray()
    while len(content) < length:
        piece = os.read(handle, min(length - len(content), 1 << 20))
        if not piece:
            raise OutputError(
                "A worker process ended before its work was done; nothing was published. "
                "Run the build again, with --jobs 1 if memory is short."
            )
        content += piece
    return bytes(content)
