"""Keep raw files outside `content/`, so that a better cleaner can be run on the same bytes again.

The archive belongs to the machine, not to the site's history: it may hold more than a site has the right to show.
Beside a raw file lies what a person said of it, as a note, and what ingest made of it then, so that a later run knows
which words are its own and which a person has written since.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from generator.files import replace_file

ARCHIVE = "archive"
_WRITTEN = "written"
_NOTE = ".yaml"
_MOST_LETTERS = 80
# File systems take 255 bytes; the digest before a name, and what is behind it while it is written, need the others.
_MOST_BYTES = 220


def place_of(folder: Path, name: str, sha256: str) -> Path:
    """Return where a raw file is kept."""
    safe = re.sub(r"[^\w.-]+", "-", name).strip("-.")[-_MOST_LETTERS:]
    # Letters of many scripts take three bytes; of the first one only a part may be left.
    safe = safe.encode("utf-8", "replace")[-_MOST_BYTES:].decode("utf-8", "ignore") or "raw"
    return folder / sha256[:2] / f"{sha256[:12]}-{safe}"


def keep(folder: Path, name: str, sha256: str, content: bytes) -> None:
    """Write a raw file's bytes to the archive, once; raises OSError."""
    place = place_of(folder, name, sha256)
    if not place.exists():
        replace_file(str(place), content)


def keep_note(folder: Path, name: str, sha256: str, note: str) -> None:
    """Write what a person said of a raw file beside it."""
    place = place_of(folder, name, sha256)
    replace_file(str(place.with_name(place.name + _NOTE)), note.encode("utf-8"))


def keep_text(folder: Path, sha256: str, body: str) -> None:
    """Write the whole cleaned text of a raw file whose rights let only an excerpt stand in `content/`."""
    replace_file(str(text_of(folder, sha256)), body.encode("utf-8"))


def text_of(folder: Path, sha256: str) -> Path:
    """Return where the cleaned text of a raw file lies, if it was kept."""
    return folder / sha256[:2] / f"{sha256[:12]}.md"


def keep_written(folder: Path, sha256: str, text: str) -> None:
    """Write the article as ingest has just made it."""
    replace_file(str(folder / _WRITTEN / sha256[:2] / f"{sha256[:12]}.md"), text.encode("utf-8"))


def written(folder: Path, sha256: str) -> str | None:
    """Return the article as ingest last made it, or None when that is not known."""
    try:
        return (folder / _WRITTEN / sha256[:2] / f"{sha256[:12]}.md").read_text(encoding="utf-8")
    except FileNotFoundError:
        return None


def raw_of(folder: Path, sha256: str) -> Path | None:
    """Return where the raw file with this digest lies, or None when the archive does not have it."""
    found = sorted((folder / sha256[:2]).glob(f"{sha256[:12]}-*"))
    return next((place for place in found if place.suffix not in (_NOTE, ".tmp")), None)


def note_of(raw: Path) -> Path | None:
    """Return the note that lies beside a raw file of the archive."""
    place = raw.with_name(raw.name + _NOTE)
    return place if place.is_file() else None


def remove_raw(path: Path) -> None:
    """Take a raw file out of the inbox, once its bytes are kept."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass


def move_folder(folder: Path, path: Path) -> None:
    """Move the folder of a saved page's pictures and styles to the archive; one that lies there already stays."""
    place = folder / "folders" / path.name
    number = 1
    while place.exists():
        number += 1
        place = folder / "folders" / f"{path.name}-{number}"
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(path, place)
