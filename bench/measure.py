"""Run a whole process and say what it cost: time on the wall, processor time and memory of its whole tree.

Time and memory are measured in runs apart, since looking at memory slows what is looked at.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_BETWEEN_LOOKS = 0.02


class Cost(NamedTuple):
    """One run: seconds on the wall, seconds of processor of the process and all it waited for, and what it printed."""

    wall: float
    cpu: float
    printed: str


class RunFailed(Exception):
    """A measured command ended with a fault, so its time means nothing."""


def run(command: Sequence[str], folder: Path, more: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end; raises RunFailed."""
    # What earlier runs wrote must not be brought to the disk while this one is timed.
    os.sync()
    with open(folder.parent / "printed.txt", "w+b") as printed:
        begin = time.perf_counter()
        process = _started(command, folder, printed.fileno(), more)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        printed.seek(0)
        text = printed.read().decode(errors="replace")
    if process.returncode:
        raise RunFailed(f"{' '.join(command)} ended with {process.returncode}:\n{text[-3000:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, text)


def peak_memory(command: Sequence[str], folder: Path, more: Mapping[str, str] | None = None) -> int:
    """Return the most bytes that a command and all its children held at once, shared pages counted once (PSS)."""
    os.sync()
    most = 0
    with open(folder.parent / "printed.txt", "w+b") as printed:
        process = _started(command, folder, printed.fileno(), more)
        while process.poll() is None:
            most = max(most, sum(_held_by(id) for id in _tree(process.pid)))
            time.sleep(_BETWEEN_LOOKS)
    return most


def _started(
    command: Sequence[str], folder: Path, printed: int, more: Mapping[str, str] | None
) -> subprocess.Popen[bytes]:
    environment = {**os.environ, **(more or {})}
    # An installed program has its bytecode; without it every run would compile all modules anew.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.Popen(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=printed, stderr=printed, env=environment
    )


def _tree(id: int) -> Iterator[int]:
    yield id
    try:
        for task in os.listdir(f"/proc/{id}/task"):
            for child in Path(f"/proc/{id}/task/{task}/children").read_text().split():
                yield from _tree(int(child))
    except OSError:
        return


def _held_by(id: int) -> int:
    try:
        for line in Path(f"/proc/{id}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        # The process ended between the two looks.
        pass
    return 0
