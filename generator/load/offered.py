"""What `dateline new briefing` has offered for a day, so that what an editor took out of it stays out.

The record lies in `content/briefings/.offered/`, one id a line, and belongs to the site's history like the briefing: an
entry deleted on one machine is not brought back on another. No build reads it. Where it is lost, the briefing itself is
all that is known, and whatever it does not name counts as new.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterable
from pathlib import Path

from generator.errors import OutputError
from generator.files import read_bytes, replace_file
from generator.load.scan import CONTENT

_HEAD = "# What dateline new briefing has offered for this day; it offers none of it again.\n"
_ID = re.compile(r"^[0-9a-f]{12}$", re.ASCII | re.MULTILINE)


def record_path(path: str) -> str:
    """Return the content path of the record that belongs to the briefing at `path`."""
    folder, name = posixpath.split(path)
    return f"{folder}/.offered/{name.removesuffix('.md')}.txt"


def offered(root: Path, path: str) -> frozenset[str]:
    """Return the ids of the articles offered before for the briefing at `path`; lines that are no id count for nothing.

    Two editors' records merge as lines, so what a merge leaves between them does no harm.
    """
    try:
        content = read_bytes(os.path.join(root, CONTENT, record_path(path)))
    except OSError:
        return frozenset()
    return frozenset(_ID.findall(content.decode("utf-8", "replace").replace("\r", "")))


def record_offered(root: Path, path: str, ids: Iterable[str]) -> None:
    """Write down what has been offered for the briefing at `path`; raises OutputError."""
    place = os.path.join(root, CONTENT, record_path(path))
    lines = "".join(f"{id}\n" for id in sorted(set(ids)))
    try:
        replace_file(place, (_HEAD + lines).encode())
    except OSError as fault:
        raise OutputError(
            f"{place} cannot be written: {(fault.strerror or '').lower()}. The briefing is written, but what is taken "
            "out of it now will be offered again."
        ) from fault
