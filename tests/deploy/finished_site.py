"""A finished site in a folder, and the moment at which it is published."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

NOW = datetime(2020, 1, 12, 9, 30, tzinfo=UTC)
FILES = {
    ".nojekyll": "",
    "index.html": "<h1>The Gulf Brief</h1>",
    "topics/iraq/index.html": "<h1>Iraq</h1>",
    'assets/a "quoted" näme.css': "body{}",
}


def write(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


def contents(folder: Path) -> dict[str, str]:
    found = (place for place in folder.rglob("*") if place.is_file())
    return {place.relative_to(folder).as_posix(): place.read_text(encoding="utf-8") for place in found}


@pytest.fixture
def public(tmp_path: Path) -> Path:
    folder = tmp_path / "site" / "public"
    write(folder, FILES)
    return folder
