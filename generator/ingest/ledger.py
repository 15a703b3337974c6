"""The list of raw files that were taken in: by it a file is known again though its article was edited or deleted.

`content/ingested.jsonl` has one line for each, is only ever appended to, and belongs to the site's history.
Two people's lines merge by keeping both.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NamedTuple

LEDGER = "content/ingested.jsonl"


class Entry(NamedTuple):
    """One raw file that was taken in, and the article (below `content/`) it became then."""

    sha256: str
    article: str
    name: str
    source: str
    retrieved: str


def known_files(root: Path) -> dict[str, Entry]:
    """Return what was taken in, by SHA-256; lines that are not entries (a merge's marks, say) are passed over."""
    try:
        text = (root / LEDGER).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return {}
    found = {}
    for line in text.splitlines():
        try:
            row = json.loads(line)
            entry = Entry(*(str(row.get(field) or "") for field in Entry._fields))
        except (ValueError, AttributeError):
            continue
        if entry.sha256:
            found[entry.sha256] = entry
    return found


def remember(root: Path, entry: Entry) -> None:
    """Append an entry, and see it to the disk; raises OSError."""
    place = root / LEDGER
    place.parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps(entry._asdict(), ensure_ascii=False) + "\n"
    handle = os.open(place, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o644)
    try:
        # A last line without its end (an editor's, or a crash's) would swallow the new one.
        if os.lseek(handle, 0, os.SEEK_END) and not _ends_with_line(handle):
            line = "\n" + line
        os.write(handle, line.encode("utf-8"))
        os.fsync(handle)
    finally:
        os.close(handle)


def _ends_with_line(handle: int) -> bool:
    os.lseek(handle, -1, os.SEEK_END)
    return os.read(handle, 1) == b"\n"
