"""What stands in a site's articles already, as far as ingest must know it: digests, addresses, the words of copies."""

from __future__ import annotations

import re
from pathlib import Path

from generator.files import read_bytes, walk
from generator.ingest.commonmark import plain
from generator.ingest.duplicates import Report, Shelf, lead_among, report
from generator.text import frontmatter
from generator.text.addresses import canonical_url

_SHA256 = re.compile(r'(?m)^\s+sha256: *"?([0-9a-f]{64})"?\s*$')
_DAY = re.compile(r'(?m)^date: *"?(\d{4}-\d\d-\d\d)')
_LEAD = re.compile(r"(?m)^copy_of: *\S")
_URL = re.compile(r'(?m)(?:^ +|[{,] *)url: *"?(https?://[^\s",}]+)')
# Words of so many days are in memory at once; those of others are read again from their files.
MOST_DAYS = 400


class Standing:
    """The articles of a site. They are read again, and counted, only for the days that a new report is compared with.

    Of each article only digest, day and address are kept, so that a large site fits into little memory.
    """

    def __init__(self, root: Path) -> None:
        self.by_sha256: dict[str, str] = {}
        self.by_url: dict[str, str] = {}
        self._root = root
        self._unread: dict[str, list[str]] = {}
        self._paths: dict[str, list[str]] = {}
        # A shelf for each day, because reports of other weeks share runs of words too and are never copies.
        self._shelves: dict[str, Shelf] = {}
        for stat in walk(root / "content", "articles"):
            if stat.path.endswith(".md"):
                self.note(stat.path)

    def note(self, path: str) -> None:
        """Remember the article at `path`, as another process has just written it."""
        front = frontmatter.split(self._read(path)).front
        for digest in _SHA256.findall(front):
            self.by_sha256[digest] = path
        for url in _URL.findall(front)[:1]:
            self.by_url.setdefault(canonical_url(url), path)
        day = _DAY.search(front)
        # A copy points at its lead already, and never leads itself.
        if day and not _LEAD.search(front):
            self._unread.setdefault(day[1], []).append(path)
            self._paths.setdefault(day[1], []).append(path)

    def add(self, path: str, url: str, new: Report, *, leads: bool) -> None:
        """Remember a report that was just written to `path`; one that is a copy leads no other."""
        if url:
            self.by_url.setdefault(canonical_url(url), path)
        if leads and new.day:
            self._on(new.day).add(new)
            self._paths.setdefault(new.day, []).append(path)

    def at(self, url: str) -> str:
        """Return the article that comes from an address, "" for none; a site's front page is nobody's address."""
        address = canonical_url(url)
        return self.by_url.get(address, "") if "/" in address.rstrip("/") else ""

    def lead_of(self, new: Report) -> str:
        """Return the id of the article that `new` is a copy of, "" for none."""
        lead = lead_among(new, self._on)
        return lead.key if lead is not None else ""

    def _on(self, day: str) -> Shelf:
        """Return the reports of a day, those that stand in files read in."""
        # The day that was asked for last stands last, and the first one goes where there are too many.
        shelf = self._shelves.pop(day) if day in self._shelves else Shelf()
        self._shelves[day] = shelf
        if len(self._shelves) > MOST_DAYS:
            oldest = next(iter(self._shelves))
            del self._shelves[oldest]
            self._unread[oldest] = list(self._paths.get(oldest, ()))
        for path in self._unread.pop(day, ()):
            known = self.report_of(path)
            if known is not None:
                shelf.add(known)
        return shelf

    def report_of(self, path: str) -> Report | None:
        """Return an article as it is compared with others, or None when its file says too little."""
        fences = frontmatter.split(self._read(path))
        values, _faults = frontmatter.read(fences.front, 2)
        title, key, day = values.get("title"), values.get("id"), values.get("date")
        if title is None or key is None:
            return None
        return report(str(key.value), str(day.value)[:10] if day else "", str(title.value), plain(fences.body))

    def _read(self, path: str) -> str:
        try:
            return read_bytes(str(self._root / "content" / path)).decode("utf-8", "replace")
        except OSError:
            return ""
