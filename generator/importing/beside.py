"""The pictures and documents that imported texts name: each gets a place beside the text, under a name that fits."""

from __future__ import annotations

import hashlib
import posixpath
import re
from pathlib import Path

from generator.files import is_leaving, read_bytes
from generator.named import NamedTuple

# What a browser would run, and what only the other generator reads, does not come along.
KNOWN = (
    ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".pdf", ".csv", ".tsv", ".txt", ".json", ".geojson",
    ".xlsx", ".xls", ".ods", ".docx", ".odt", ".pptx", ".zip", ".mp3", ".ogg", ".m4a", ".wav", ".mp4", ".webm",
)  # fmt: skip
MOST_BYTES = 64 * 1024 * 1024

_RUNS = re.compile(rb"(?i)<script|javascript:|\son\w+\s*=|<foreignobject|<!entity")
_UNFIT = re.compile(r"[^A-Za-z0-9._-]+")


class Copy(NamedTuple):
    """A file to bring along: its place in the folder, and the content path it gets."""

    path: str
    content_path: str


class Beside:
    """The files brought along in one run; the same bytes in one folder are one file."""

    def __init__(self, source: Path, content: Path) -> None:
        self.source, self.content = source, content
        self._digests: dict[str, str] = {}
        self._names: dict[tuple[str, str], str] = {}
        self._held: dict[str, str] = {}

    def name_for(self, path: str, home: str) -> str:
        """Return the name that the file at `path` has beside the text at `home`, "" when it cannot come along."""
        folder = posixpath.dirname(home)
        if (folder, path) not in self._names:
            self._names[folder, path] = self._new_name(path, folder)
        return self._names[folder, path]

    def _new_name(self, path: str, folder: str) -> str:
        stem, ending = posixpath.splitext(posixpath.basename(path))
        digest = self._digest(path) if ending.lower() in KNOWN else ""
        if not digest:
            return ""
        stem = _UNFIT.sub("-", stem).strip("-._")[:80] or "file"
        number = 1
        while True:
            name = f"{stem}{'' if number == 1 else f'-{number}'}{ending.lower()}"
            place = f"{folder}/{name}"
            standing = self._held.get(place.casefold()) or self._standing(place)
            if standing in ("", digest) and not is_leaving(name):
                self._held[place.casefold()] = digest
                return name
            number += 1

    def copy(self, path: str, home: str) -> Copy:
        """Return what has to be copied for a file that was given a name."""
        return Copy(path, f"{posixpath.dirname(home)}/{self.name_for(path, home)}")

    def _digest(self, path: str) -> str:
        """Return the digest of a file that may come along, else ""."""
        if path not in self._digests:
            self._digests[path] = _digest_of(self.source / path)
        return self._digests[path]

    def _standing(self, place: str) -> str:
        target = self.content / place
        if not target.exists():
            return ""
        return _digest_of(target) or "another"


def _digest_of(place: Path) -> str:
    try:
        if place.is_symlink() or place.stat().st_size > MOST_BYTES:
            return ""
        content = read_bytes(str(place))
    except OSError:
        return ""
    # A picture in SVG may hold a script, which runs for whoever opens it by itself.
    if place.suffix.lower() == ".svg" and _RUNS.search(content):
        return ""
    return hashlib.sha256(content).hexdigest()
