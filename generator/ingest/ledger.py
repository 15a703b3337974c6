"""The list of raw files that were taken in: by it a file is known again though its article was edited or deleted.

`content/ingested.jsonl` has one line for each, is only ever appended to, and belongs to the site's history.
Two people's lines merge by keeping both.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from generator.named import NamedTuple

LEDGER = "content/ingested.jsonl"
_ALWAYS = ("sha256", "article", "name", "source", "retrieved")


class Entry(NamedTuple):
    """One raw file that was taken in, and the article (below `content/`) it became then.

    `entry` is what a feed calls it; `kind` what a person said it is, `charset` what its server said, `url` where it was
    fetched, `site` what the feed it stood in calls itself.
    """

    sha256: str
    article: str
    name: str
    source: str
    retrieved: str
    entry: str = ""
    kind: str = ""
    charset: str = ""
    url: str = ""
    site: str = ""


class Ledger:
    """What was taken in, by SHA-256 and by feed entry; lines that other processes append are read as they come."""

    def __init__(self, root: Path) -> None:
        self.by_sha256: dict[str, Entry] = {}
        self.by_entry: dict[str, Entry] = {}
        self._root = root
        self._place = root / LEDGER
        self._read_to = 0
        self._inode = 0
        self.catch_up()

    def catch_up(self) -> list[Entry]:
        """Return what others have added since the last look; no look is dear while nothing was added."""
        try:
            stat = os.stat(self._place)
        except FileNotFoundError:
            return []
        if stat.st_ino != self._inode or stat.st_size < self._read_to:
            # An editor or a merge has put another file in its place.
            self._inode, self._read_to = stat.st_ino, 0
        if stat.st_size == self._read_to:
            return []
        with self._place.open("rb") as file:
            file.seek(self._read_to)
            content = file.read()
        self._read_to += len(content)
        found = [entry for line in content.decode("utf-8", "replace").splitlines() if (entry := _entry(line))]
        new = [entry for entry in found if entry.sha256 not in self.by_sha256]
        for entry in found:
            self._keep(entry)
        return new

    def remember(self, entry: Entry) -> None:
        """Append an entry; raises OSError. A line that a power cut takes is told again by its article."""
        remember(self._root, entry)
        self._keep(entry)

    def _keep(self, entry: Entry) -> None:
        self.by_sha256[entry.sha256] = entry
        if entry.entry:
            self.by_entry[entry.entry] = entry


def remember(root: Path, entry: Entry) -> None:
    """Append an entry to the ledger of the site in `root`; raises OSError."""
    place = root / LEDGER
    place.parent.mkdir(parents=True, exist_ok=True)
    row = {key: value for key, value in entry._asdict().items() if value or key in _ALWAYS}
    line = json.dumps(row, ensure_ascii=False) + "\n"
    handle = os.open(place, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o644)
    try:
        # A last line without its end (an editor's, or a crash's) would swallow the new one.
        if os.lseek(handle, 0, os.SEEK_END) and not _ends_with_line(handle):
            line = "\n" + line
        os.write(handle, line.encode("utf-8", "replace"))
    finally:
        os.close(handle)


def _entry(line: str) -> Entry | None:
    """Return the entry a line holds; a line that is none (a merge's marks, say) is passed over."""
    try:
        row = json.loads(line)
        entry = Entry(*(str(row.get(field) or "") for field in Entry._fields))
    except (ValueError, AttributeError):
        return None
    return entry if entry.sha256 else None


def _ends_with_line(handle: int) -> bool:
    os.lseek(handle, -1, os.SEEK_END)
    return os.read(handle, 1) == b"\n"
