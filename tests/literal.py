"""Sites as one text literal: `-- path --` lines, each followed by the file's text."""

from __future__ import annotations

import re
from pathlib import Path

PATH_LINE = re.compile(r"^-- (.+) --$", re.MULTILINE)
SITE = """\
format: 1
title: The Test Brief
base_url: https://test.example/
timezone: Asia/Baghdad
"""


def files_of(literal: str) -> dict[str, str]:
    """Return the files of a literal by path, in their order."""
    parts = PATH_LINE.split(literal)
    assert not parts[0].strip(), f"text before the first path line: {parts[0]!r}"
    return {path: text.removeprefix("\n") for path, text in zip(parts[1::2], parts[2::2], strict=True)}


def write_site(folder: Path, literal: str) -> Path:
    """Write a site's files below `folder`; without a site.yaml in the literal it gets a plain one."""
    files = {"site.yaml": SITE, **files_of(literal)}
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode("utf-8"))
    return folder
