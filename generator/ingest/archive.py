"""Keep raw files outside `content/`, so that a better cleaner can be run on the same bytes again.

`archive/` belongs to the machine, not to the site's history: it may hold more than a site has the right to show.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from generator.files import replace_file

ARCHIVE = "archive"


def place_of(name: str, sha256: str) -> str:
    """Return where a raw file is kept, below the site's folder."""
    safe = re.sub(r"[^\w.-]+", "-", name).strip("-.")[-80:] or "raw"
    return f"{ARCHIVE}/{sha256[:2]}/{sha256[:12]}-{safe}"


def keep(root: Path, name: str, sha256: str, content: bytes) -> None:
    """Write a raw file's bytes to the archive, once; raises OSError."""
    place = root / place_of(name, sha256)
    if not place.exists():
        replace_file(str(place), content)


def keep_text(root: Path, sha256: str, body: str) -> None:
    """Write the whole cleaned text of a raw file whose rights let only an excerpt stand in `content/`."""
    replace_file(str(root / ARCHIVE / sha256[:2] / f"{sha256[:12]}.md"), body.encode("utf-8"))


def remove_raw(path: Path) -> None:
    """Take a raw file out of the inbox, once its bytes are kept."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass
