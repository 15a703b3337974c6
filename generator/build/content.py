"""Read and parse what changed in `content/`; take all else from the cache.

The rules of the cache stand here. An entry depends on one file: its path and the digest of its content. The options of
parsing and the toolchain head the whole file. A file whose size, times and inode are as they were is not read; one
touched within two seconds of the scan that saw it is read again, because a clock may not tell two writes apart.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.build.bodies import BodyPlace, BodyStore
from generator.build.log import RecordLog
from generator.build.named_rows import NamedRows, Whereabouts
from generator.build.stamp import RACY_NANOSECONDS
from generator.build.toolchain import toolchain
from generator.build.workers import Team
from generator.digest import digest_of, digest_of_bytes
from generator.errors import Diagnostic, OutputError
from generator.files import FileStat, read_bytes
from generator.load.decode import decoded, unreadable
from generator.load.parse import PARSE, Parsed, ParseOptions
from generator.load.revive import REVIVE
from generator.load.scan import Scan, sort_out
from generator.named import NamedTuple

_CHUNK = 32
PARSE_PHASE = 0


class Entry(NamedTuple):
    """One content file as the cache knows it.

    `value` is what the file states, None where it is faulty or only passed on.
    `seen` is the sign it was last seen with (size, times, inode), () when it must be read again. `files` are
    content paths it names, with their lines; `faults` are diagnostics as plain rows; `headings` are ids.
    """

    kind: str
    seen: tuple[int, ...]
    digest: bytes
    value: Any
    body: BodyPlace | None
    files: tuple[tuple[str, int], ...]
    faults: tuple[tuple[Any, ...], ...]
    headings: tuple[str, ...] = ()

    def as_parsed(self) -> Parsed[Any]:
        """Return the entry as load's checks take it; the body stays on disk."""
        return Parsed(self.value, "", self.files, tuple(Diagnostic(*fault) for fault in self.faults), self.headings)


class ContentCache:
    """The parsed content of the folder `root`: a log of entries, a store of bodies, and the entries in memory.

    `entries` holds all of them after `load`; after `resume` those that were asked for. `made_by` is the toolchain where
    it is known.
    """

    def __init__(self, folder: Path, root: Path, options: ParseOptions, made_by: bytes = b"") -> None:
        self.entries: dict[str, Entry] = {}
        self.bodies = BodyStore(folder)
        self.options = options
        self._rows = NamedRows(RecordLog(folder / "content", digest_of(made_by or toolchain(), options)))
        self._root = root

    def load(self) -> None:
        """Read the log; the last row of a path counts."""
        self.entries = {row[0]: _entry_of(row) for row in self._rows.load()}

    @property
    def is_all_loaded(self) -> bool:
        """Say whether `entries` holds all that is known."""
        return self._rows.are_all_loaded

    def resume(self, whereabouts: Whereabouts) -> bool:
        """Go on where another process left the log, reading only what is asked for; say whether that can be."""
        return self._rows.resume(whereabouts)

    def whereabouts(self) -> Whereabouts:
        """Return where all entries lie."""
        return self._rows.whereabouts()

    def known(self, path: str) -> Entry | None:
        """Return the entry of a path, None where there is none; raises Lost where it has been damaged."""
        entry = self.entries.get(path)
        if entry is None and (row := self._rows.row(path)) is not None:
            entry = self.entries[path] = _entry_of(row)
        return entry

    def body(self, path: str) -> str:
        """Return the parsed HTML of a content file; one that was damaged is parsed again.

        Raises OutputError when the file is no longer the one that was read.
        """
        entry = self.known(path)
        if entry is None or entry.body is None:
            return ""
        html = self.bodies.read(entry.body)
        return html if html is not None else self._parsed_again(path, entry)

    def _parsed_again(self, path: str, entry: Entry) -> str:
        try:
            content = read_bytes(os.path.join(self._root, path))
        except OSError:
            content = b""
        text, fault = decoded(f"content/{path}", content)
        if fault is not None or digest_of_bytes(content) != entry.digest:
            raise OutputError(f"content/{path} changed during the build. Nothing was published; build again.")
        html: str = PARSE[entry.kind](path, text, self.options).html
        return html

    def read(self, stat: FileStat, kind: str, now: int) -> tuple[str, bool, Entry]:
        """Return a file's path, whether it was parsed, and its entry, which is not yet kept."""
        path = stat.path
        # A file touched this lately may change again within the same tick of the clock.
        seen = () if max(stat.mtime, stat.ctime) > now - RACY_NANOSECONDS else stat[1:]
        try:
            content = read_bytes(os.path.join(self._root, path))
        except OSError as fault:
            return path, False, _faulty(kind, (), b"", unreadable(f"content/{path}", fault))
        digest = digest_of_bytes(content)
        before = self.known(path)
        if before is not None and before.digest == digest and before.kind == kind:
            return path, False, before._replace(seen=seen)
        if kind not in PARSE:
            return path, False, Entry(kind, seen, digest, None, None, (), ())
        text, undecodable = decoded(f"content/{path}", content)
        if undecodable is not None:
            return path, True, _faulty(kind, seen, digest, undecodable)
        result = PARSE[kind](path, text, self.options)
        place = self.bodies.add(result.html) if result.html and result.value is not None else None
        faults = tuple(tuple(fault) for fault in result.faults)
        return path, True, Entry(kind, seen, digest, result.value, place, result.files, faults, result.headings)

    def record(self, changed: Iterable[str], gone: Iterable[str]) -> None:
        """Keep what a build found; raises OSError, and Lost where the log is gone and not all of it was loaded."""
        rows: list[tuple[Any, ...]] = [(path, *self.entries[path]) for path in changed]
        rows += [(path, None) for path in gone]
        self._rows.record(rows, self._all_rows)

    def _all_rows(self) -> Iterator[tuple[Any, ...]]:
        return ((path, *entry) for path, entry in self.entries.items())

    def forget(self) -> None:
        """Start anew, as after the bodies were damaged or have grown far beyond what is alive."""
        self.entries = {}
        self.bodies.clear()
        self._rows.forget()

    def is_bloated(self) -> bool:
        """Say whether more than half of the stored bodies belong to no entry any more."""
        alive = sum(entry.body.length for entry in self.entries.values() if entry.body is not None)
        return self.bodies.size() > 2 * alive + (8 << 20)


class Present(NamedTuple):
    """The files a site consists of: as load sorts them, and each with its kind."""

    scan: Scan
    stats: list[FileStat]
    kinds: Mapping[str, str]


def present_in(content: Iterable[FileStat]) -> Present:
    """Return what the files of `content/` are."""
    found = sort_out(content)
    kinds = {file.path: file.kind for file in found.files}
    kinds.update((stat.path, "static") for stat in found.static)
    kinds.update((stat.path, "beside") for stat in found.beside)
    return Present(found, [*(file.stat for file in found.files), *found.static, *found.beside], kinds)


class Update(NamedTuple):
    """What reading found: paths read, parsed anew, changed in any way, and gone."""

    read: int
    parsed: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]


def unsure(cache: ContentCache, stats: Iterable[FileStat]) -> list[FileStat]:
    """Return the files that are new or may have changed since the cache saw them."""
    entries = cache.entries
    return [
        stat for stat in stats if (entry := entries.get(stat.path)) is None or not entry.seen or entry.seen != stat[1:]
    ]


def update(cache: ContentCache, present: Present, *, team: Team, now: int) -> Update:
    """Bring the cache up to the files as they are; `now` is the scan's time in nanoseconds.

    Every member of the team parses a share and ends with the same entries.
    """
    doubtful = unsure(cache, present.stats)
    if team.rank:
        cache.bodies = BodyStore(cache.bodies.folder, writes_to=team.rank)
    rows = []
    for stat in team.share_of(doubtful, PARSE_PHASE, _CHUNK):
        rows.append(cache.read(stat, present.kinds[stat.path], now))
    cache.bodies.flush()
    parsed, changed = [], []
    for member, found in enumerate(team.exchange(rows)):
        for path, is_parsed, entry in found:
            if is_parsed:
                parsed.append(path)
            changed.append(path)
            # Our own values need no second making; those of other members come as plain rows.
            cache.entries[path] = entry if member == team.rank else _entry_of((path, *entry))
    gone = [path for path in cache.entries if path not in present.kinds]
    for path in gone:
        del cache.entries[path]
    return Update(len(doubtful), tuple(sorted(parsed)), tuple(sorted(changed)), tuple(sorted(gone)))


def _faulty(kind: str, seen: tuple[int, ...], digest: bytes, fault: Diagnostic) -> Entry:
    return Entry(kind, seen, digest, None, None, (), (tuple(fault),))


def _entry_of(row: tuple[Any, ...]) -> Entry:
    _, kind, seen, digest, value, body, files, faults, headings = row
    return Entry(
        kind,
        seen,
        digest,
        REVIVE[kind](value) if value is not None else None,
        BodyPlace(*body) if body is not None else None,
        files,
        faults,
        headings,
    )
