"""What already stands in a site's articles, as far as ingest must know it: their raw files' digests, and their text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from generator.files import read_bytes, walk
from generator.ingest.commonmark import plain
from generator.ingest.duplicates import Report, lead_of, report
from generator.text import frontmatter
from generator.text.dates import add_days, is_day

_SHA256 = re.compile(r'(?m)^\s+sha256: *"?([0-9a-f]{64})"?\s*$')
_DAY = re.compile(r'(?m)^date: *"?(\d{4}-\d\d-\d\d)')
_LEAD = re.compile(r"(?m)^copy_of: *\S")


class _Place(NamedTuple):
    path: str
    text: str


class Standing:
    """The articles of a site. Their words are only counted for the days that a new report is compared with."""

    def __init__(self, root: Path) -> None:
        self.by_sha256: dict[str, str] = {}
        self._unread: dict[str, list[_Place]] = {}
        self._reports: dict[str, list[Report]] = {}
        for stat in walk(root / "content", "articles"):
            if stat.path.endswith(".md"):
                self._note(root, stat.path)

    def _note(self, root: Path, path: str) -> None:
        try:
            text = read_bytes(str(root / "content" / path)).decode("utf-8", "replace")
        except OSError:
            return
        front = frontmatter.split(text).front
        for digest in _SHA256.findall(front):
            self.by_sha256[digest] = path
        day = _DAY.search(front)
        # A copy points at its lead already, and never leads itself.
        if day and not _LEAD.search(front):
            self._unread.setdefault(day[1], []).append(_Place(path, text))

    def add(self, new: Report) -> None:
        """Remember a report that was just written."""
        if new.day:
            self._reports.setdefault(new.day, []).append(new)

    def lead_of(self, new: Report) -> str | None:
        """Return the id of the article that `new` is a copy of, or None."""
        if not is_day(new.day):
            return None
        lead = lead_of(new, (each for days in range(-3, 4) for each in self._on(add_days(new.day, days))))
        return lead.key if lead else None

    def _on(self, day: str) -> list[Report]:
        for place in self._unread.pop(day, ()):
            fences = frontmatter.split(place.text)
            values, _faults = frontmatter.read(fences.front, 2)
            title, key = values.get("title"), values.get("id")
            if title is not None and key is not None:
                self._reports.setdefault(day, []).append(
                    report(str(key.value), day, str(title.value), plain(fences.body))
                )
        return self._reports.get(day, [])


def read_standing(root: Path) -> Standing:
    """Return what stands in the site at `root`."""
    return Standing(root)
