"""A team of processes that run the same build, each doing a share of the work.

All members run the same code on the same values; they differ only in which pieces they take, and exchange what each has
found. So the bytes of a site do not depend on how many members there are.
Members are forked, which is safe only before the first thread starts. Where forking is not to be had they are started
from nothing, and read by themselves what a forked one has in memory; where there are threads the team is one.
A member that dies is an error in the first one, never a wait without end.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, pairwise
from types import TracebackType
from typing import Any, NoReturn, TypeVar

import msgpack

from generator.build.lines import Line, PipeLine, StartedLine
from generator.build.log import unpacked_value
from generator.errors import Diagnostic, GeneratorError, OutputError
from generator.machine import cores

T = TypeVar("T")
_NUMBER_BYTES = 4
# A pipe holds 65,536 bytes.
_MOST_TICKETS = 60_000 // (2 * _NUMBER_BYTES)
_LEAST_CHUNK = 4
# What a member sends is either its share or what went wrong.
_GOOD, _FAULT = b"+", b"!"
_PHASES = 3


def most_members() -> int:
    """Return how many processes a build may have here: one where this one has threads already."""
    return 1 if threading.active_count() > 1 else cores()


def members_possible() -> int:
    """Return how many processes a build may fork here; on macOS the system's own libraries may have threads."""
    return most_members() if hasattr(os, "fork") and sys.platform != "darwin" else 1


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
        # The first one has a line to each of the others, each of these one to the first.
        self._lines: list[Line] = []
        self._tickets: list[list[tuple[int, int]]] = []

    def fork(self, size: int) -> None:
        """Become a team of `size` processes; every one of them returns from here."""
        import signal

        sys.stdout.flush()
        sys.stderr.flush()
        self._tickets = [[os.pipe() for _ in range(size)] for _ in range(_PHASES)]
        pipes = [(os.pipe(), os.pipe()) for _ in range(size - 1)]
        lines: list[Line] = []
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
                self.rank, self.size, self._lines = rank, size, [PipeLine(down[0], up[1])]
                return
            lines.append(PipeLine(up[0], down[1], child))
        for up, down in pipes:
            os.close(up[1])
            os.close(down[0])
        self.size, self._lines = size, lines

    def start(self, size: int, work: Callable[[Team, bytes], None], order: bytes) -> None:
        """Become the first of a team of `size` processes; the others are started and do `work(team, order)`."""
        import multiprocessing

        context = multiprocessing.get_context("spawn")
        for rank in range(1, size):
            ours, theirs = context.Pipe()
            process = context.Process(target=_work_as_member, args=(theirs, rank, size, work, order), daemon=True)
            process.start()
            theirs.close()
            self._lines.append(StartedLine(ours, process))
        self.size = size

    def share_of(self, pieces: Sequence[T], phase: int, chunk: int, *, ahead: int = 0) -> Iterator[T]:
        """Return the pieces that fall to this member, at most `chunk` at a time.

        Each member begins with a stretch of its own, since pieces beside each other have much in common; whoever is
        done takes of what others have left. The first stretch is longer by the `ahead` pieces that beginning another
        one costs. The first member deals them out when it is asked, so that nobody waits for it to draw its own.
        """
        if self.size == 1:
            return iter(pieces)
        bounds = stretches(len(pieces), self.size, ahead)
        if not self._tickets:
            # Started members have no pipe in common to draw from.
            return iter(pieces[bounds[self.rank] : bounds[self.rank + 1]])
        if self.rank == 0:
            self._deal(bounds, phase, chunk)
        return self._drawn(pieces, phase)

    def _deal(self, bounds: Sequence[int], phase: int, chunk: int) -> None:
        for (_, write), (begin, end) in zip(self._tickets[phase], pairwise(bounds), strict=True):
            os.write(write, b"".join(_tickets(begin, end, chunk)))
            os.close(write)

    def _drawn(self, pieces: Sequence[T], phase: int) -> Iterator[T]:
        queues = self._tickets[phase]
        for read, _ in (*queues[self.rank :], *queues[: self.rank]):
            while len(ticket := os.read(read, 2 * _NUMBER_BYTES)) == 2 * _NUMBER_BYTES:
                start, end = (
                    int.from_bytes(part, "little") for part in (ticket[:_NUMBER_BYTES], ticket[_NUMBER_BYTES:])
                )
                yield from pieces[start:end]

    def exchange(self, value: Any) -> list[Any]:
        """Return every member's value, in order of rank; values are plain data. A member's own is not made anew."""
        if self.size == 1:
            return [value]
        own = _packed(value)
        # All hand on bytes, and all unpack at one time what they were handed.
        return [value if content is own else unpacked_value(content) for content in self._handed_round(own)]

    def _handed_round(self, own: bytes) -> list[bytes]:
        """Return what each member has, through the hands of the first one."""
        if self.rank:
            self._lines[0].send(_GOOD + own)
            others = [_heard(self._lines[0]) for _ in range(self.size - 1)]
            return [*others[: self.rank], own, *others[self.rank :]]
        contents = [own, *map(_heard, self._lines)]
        for rank, line in enumerate(self._lines, start=1):
            for content in (*contents[:rank], *contents[rank + 1 :]):
                with _told_if_a_member_has_ended():
                    line.send(_GOOD + content)
        return contents

    def gather(self, value: Any) -> list[Any]:
        """Return every member's value in the first one, in order of rank; the others get none and go on."""
        if self.rank:
            self._lines[0].send(_GOOD + _packed(value))
            return []
        return [value, *map(unpacked_value, map(_heard, self._lines))]

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
                self._lines[0].send(_FAULT + _packed((told, rows)))
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
        for read, _ in chain.from_iterable(self._tickets):
            os.close(read)
        for line in self._lines:
            line.end(at_once=fault is not None)
        self._lines, self._tickets = [], []
        self.size = 1


def _work_as_member(connection: Any, rank: int, size: int, work: Callable[[Team, bytes], None], order: bytes) -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with Team() as team:
        team.rank, team.size, team._lines = rank, size, [StartedLine(connection)]
        work(team, order)


def stretches(total: int, members: int, ahead: int) -> list[int]:
    """Return where the stretch of each member begins among so many pieces, and where the last one ends."""
    ahead = min(ahead, total)
    rest = total - ahead
    return [0, *(ahead + -(-rest * member // members) for member in range(1, members)), total]


def _tickets(start: int, end: int, chunk: int) -> Iterator[bytes]:
    """Yield beginning and end of every share of a stretch; the last are small, so that all members end at one time."""
    chunk = max(chunk, -(-(end - start) // (_MOST_TICKETS // 2)))
    while start < end:
        behind = min(end, start + max(min(chunk, _LEAST_CHUNK), min(chunk, (end - start) // 2)))
        yield start.to_bytes(_NUMBER_BYTES, "little") + behind.to_bytes(_NUMBER_BYTES, "little")
        start = behind


def _packed(value: Any) -> bytes:
    # A packer that is kept, as logs have one, would keep room for the largest value it has seen.
    content: bytes = msgpack.packb(value)
    return content


@contextmanager
def _told_if_a_member_has_ended() -> Iterator[None]:
    try:
        yield
    except (EOFError, OSError) as fault:
        raise OutputError(
            "A worker process ended before its work was done; nothing was published. "
            "Run the build again, with --jobs 1 if memory is short."
        ) from fault


def _heard(line: Line) -> bytes:
    """Return what a member sends; raises OutputError with what it tells of a fault, or where it has ended."""
    with _told_if_a_member_has_ended():
        said = line.receive()
    if said[:1] != _GOOD:
        told, rows = unpacked_value(said[1:])
        raise OutputError(told, [Diagnostic(*row) for row in rows])
    return said[1:]
