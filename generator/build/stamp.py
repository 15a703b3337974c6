"""Nothing changed: answered before anything heavy is imported.

A complete build ends by writing a stamp: the signs of all its inputs (size, times and inode of every file of content,
theme, settings and code) and what it left of every output. When all are as they were, and the clock still makes the
same site, a build has nothing to do.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

from generator.build.clock import Validity
from generator.build.log import RecordLog
from generator.build.toolchain import toolchain_stats
from generator.build.workers import beside, members_possible
from generator.digest import digest_of
from generator.files import FileStat, walk, walking
from generator.named import NamedTuple
from generator.piecewise import Pieces, at_once

RACY_NANOSECONDS = 2_000_000_000
_NAME = "stamp"
_HEADING = b"stamp 3"
INBOX = "inbox/"
_OUTPUTS_WORTH_A_PROCESS = 2_000
_ALL_IN_PLACE = b"in place"
_MTIME, _CTIME = itemgetter(FileStat._fields.index("mtime")), itemgetter(FileStat._fields.index("ctime"))


class Scan(NamedTuple):
    """One look at all inputs: the files of `content/` without its inbox, the sign of everything, the newest time.

    `beside` is the sign of what is no content: themes, settings, our own code; `newest_beside` is the newest time among
    these. `at` is when the look began. All times are in nanoseconds.
    """

    content: list[FileStat]
    sign: bytes
    newest: int
    at: int
    beside: bytes
    newest_beside: int = 0


def scan(root: Path) -> Scan:
    """Look at every input of a build without reading any."""
    return at_once(scanning(root))


def scanning(root: Path) -> Pieces[Scan]:
    """Look at every input of a build in short pieces."""
    at = time.time_ns()
    found = yield from walking(root / "content")
    content = [stat for stat in found if not stat.path.startswith(INBOX)]
    yield
    themes = walk(root / "themes")
    settings = _stat_of(root / "site.yaml")
    newest = _newest(content)
    newest_beside = _newest((*themes, *settings))
    beside = digest_of(tuple(themes), settings, toolchain_stats())
    sign = digest_of(tuple(content), beside)
    return Scan(content, sign, max(newest, newest_beside), at, beside, newest_beside)


def _newest(stats: Sequence[FileStat]) -> int:
    return max(max(map(_MTIME, stats), default=0), max(map(_CTIME, stats), default=0))


def _stat_of(place: Path) -> tuple[FileStat, ...]:
    try:
        stat = os.stat(place)
    except OSError:
        return ()
    return (FileStat(place.name, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino),)


class Outputs(NamedTuple):
    """The files of a site as a build left them: path, size in bytes and time in nanoseconds of each, in one order."""

    paths: Sequence[str]
    sizes: Sequence[int]
    times: Sequence[int]


def write_stamp(
    cache_folder: Path,
    seen: Scan,
    *,
    validity: Validity,
    outputs: Outputs,
    counts: tuple[int, int],
    standing: tuple[Any, ...] = (),
) -> Stamp:
    """Say that a build is complete, and return what was said; `counts` are the articles held and left out.

    `standing` says where it left the site that stands, () where it left nothing. Raises OSError.
    """
    settled = seen.at - RACY_NANOSECONDS
    sign = seen.sign if seen.newest <= settled else b""
    beside = seen.beside if seen.newest_beside <= settled else b""
    head = (sign, *validity, *counts, beside, standing)
    RecordLog(cache_folder / _NAME, _HEADING).rewrite([head, outputs])
    return Stamp(sign, validity, *counts, outputs, beside, standing)


def remove_stamp(cache_folder: Path) -> None:
    """Say that no complete build stands in the output folder, because one is being changed."""
    (cache_folder / _NAME).unlink(missing_ok=True)


class Stamp(NamedTuple):
    """What the last complete build left; `sign` is b"" when inputs were too young to be sure of.

    So is `beside`, the sign of all but content; `standing` says where the site that stands is left.
    """

    sign: bytes
    validity: Validity
    held: int
    left_out: int
    outputs: Outputs
    beside: bytes = b""
    standing: tuple[Any, ...] = ()


def read_stamp(cache_folder: Path) -> Stamp | None:
    """Return the stamp of the last complete build, None when there is none."""
    rows = list(RecordLog(cache_folder / _NAME, _HEADING).read())
    if len(rows) != 2:
        return None
    sign, since, until, held, left_out, beside, standing = rows[0]
    return Stamp(sign, Validity(since, until), held, left_out, Outputs(*rows[1]), beside, standing)


class Looked(NamedTuple):
    """One look at a site before it is built: its inputs, the last stamp, and the first output that is not in place.

    `touched` is None where every output is as the stamp says.
    """

    seen: Scan
    stamp: Stamp | None = None
    touched: str | None = None

    def is_unchanged(self, now: int) -> bool:
        """Say whether inputs, outputs and clock are as the last complete build left them; `now` in seconds."""
        stamp = self.stamp
        if stamp is None or stamp.left_out or not stamp.sign or self.touched is not None:
            return False
        return stamp.sign == self.seen.sign and stamp.validity.holds_at(now)


def look(root: Path, *, output: Path, cache: Path) -> Looked:
    """Look at a site before it is built: at its inputs and, in a process beside this one, at its outputs."""
    stamp = read_stamp(cache)
    if stamp is None:
        return Looked(scan(root))
    if len(stamp.outputs.paths) < _OUTPUTS_WORTH_A_PROCESS or members_possible() < 2:
        return Looked(scan(root), stamp, first_touched(stamp, output))
    are_in_place = beside(lambda: _ALL_IN_PLACE if first_touched(stamp, output) is None else b"")
    seen = scan(root)
    # A process that was killed has told nothing; then, as where something was touched, we look ourselves.
    touched = first_touched(stamp, output) if are_in_place() != _ALL_IN_PLACE else None
    return Looked(seen, stamp, touched)


def first_touched(stamp: Stamp, output: Path) -> str | None:
    """Return an output that is not in place as it was left, None when all are."""
    folder = os.fspath(output)
    stat = os.stat
    for path, size, mtime in zip(*stamp.outputs, strict=True):
        try:
            there = stat(f"{folder}/{path}")
        except OSError:
            return path
        if there.st_size != size or there.st_mtime_ns != mtime:
            return path
    return None
