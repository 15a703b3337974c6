"""The proof of an incremental build: a clean one beside it, compared byte for byte."""

from __future__ import annotations

import tempfile
from pathlib import Path

from generator.build.build import Builder
from generator.build.planned import Wishes
from generator.files import OWN_FILES, read_bytes


def differences(root: Path, output: Path, now: int, *, keep_going: bool = False) -> list[str]:
    """Return a line for every file in which `output` differs from a clean build of the same content."""
    with tempfile.TemporaryDirectory(prefix="dateline-verify-") as folder:
        clean = Path(folder) / "public"
        wishes = Wishes(lambda: now, keep_going=keep_going, fresh=True)
        Builder(root, output=clean, cache=Path(folder) / "cache", wishes=wishes).build()
        return compared(clean, output)


def compared(clean: Path, output: Path) -> list[str]:
    """Return a line for every file of `clean` that `output` lacks or holds with other bytes, and for its leftovers."""
    expected, found = _files(clean), _files(output)
    lines = [f"{path}: missing" for path in sorted(expected - found)]
    lines += [f"{path}: not part of the site" for path in sorted(found - expected)]
    lines += [
        f"{path}: other bytes"
        for path in sorted(expected & found)
        if read_bytes(str(clean / path)) != read_bytes(str(output / path))
    ]
    return lines


def _files(folder: Path) -> set[str]:
    """Return every file below a folder, hidden ones too: `.nojekyll` is part of a site."""
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return found - {OWN_FILES}
