"""The proof of an incremental build: a clean one beside it, compared byte for byte."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from generator.build.build import Builder
from generator.build.planned import Wishes
from generator.build.state import own_files
from generator.files import OWN_FILES, read_bytes
from generator.named import NamedTuple


class Proof(NamedTuple):
    """What a clean build shows: a line for every file that differs, and the files in `output` that no build wrote."""

    differing: list[str]
    strangers: list[str]


def proof(root: Path, output: Path, now: int, *, keep_going: bool = False) -> Proof:
    """Compare `output` with a clean build of the same content.

    What a person put beside the site is left alone by every build, so it is no difference.
    """
    with tempfile.TemporaryDirectory(prefix="dateline-verify-") as folder:
        clean = Path(folder) / "public"
        wishes = Wishes(lambda: now, keep_going=keep_going, fresh=True)
        Builder(root, output=clean, cache=Path(folder) / "cache", wishes=wishes).build()
        strangers = sorted(_files(output) - _files(clean) - set(own_files(str(output))))
        known = {_leftover(path) for path in strangers}
        return Proof([line for line in compared(clean, output) if line not in known], strangers)


def compared(clean: Path, output: Path) -> list[str]:
    """Return a line for every file of `clean` that `output` lacks or holds with other bytes, and for its leftovers."""
    expected, found = _files(clean), _files(output)
    lines = [f"{path}: missing" for path in sorted(expected - found)]
    lines += [_leftover(path) for path in sorted(found - expected)]
    lines += [
        f"{path}: other bytes"
        for path in sorted(expected & found)
        if read_bytes(str(clean / path)) != read_bytes(str(output / path))
    ]
    return lines


def _leftover(path: str) -> str:
    return f"{path}: not part of the site"


def _files(folder: Path) -> set[str]:
    """Return every file below a folder, hidden ones too: `.nojekyll` is part of a site, and so is a linked folder."""
    places = os.walk(folder, followlinks=True)
    found = {Path(place, name).relative_to(folder).as_posix() for place, _, names in places for name in names}
    return found - {OWN_FILES}
