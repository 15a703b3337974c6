"""A small site to import into, and cases: what is expected, what is told, and the other site's files as given."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from generator.cli.main import main
from tests.literal import files_of, write_site

SITE = """\
-- content/topics/iraq.md --
---
title: Iraq
aliases: [Baghdad]
---
Text.
-- content/topics/us-forces.md --
---
title: US forces
aliases: [American troops]
cased: [GIs]
---
Text.
-- content/sources/gazette.md --
---
name: The Gazette
domains: [gazette.example]
rights: full
---
"""
NOW = "2020-02-01T12:00+03:00"
EXPECTED, TOLD, GIVEN = "expected ", "told", "given "


class Case(NamedTuple):
    """One case: the files expected in `content/`, what the command says, and the files given to it."""

    expected: dict[str, str]
    told: str
    given: dict[str, str]

    @classmethod
    def read(cls, literal: str) -> Case:
        files = files_of(literal)
        return cls(
            {path.removeprefix(EXPECTED): text for path, text in files.items() if path.startswith(EXPECTED)},
            files.get(TOLD, ""),
            {path.removeprefix(GIVEN): text for path, text in files.items() if path.startswith(GIVEN)},
        )

    def literal(self) -> str:
        rows = [(EXPECTED + path, text) for path, text in self.expected.items()]
        rows += [(TOLD, self.told), *((GIVEN + path, text) for path, text in self.given.items())]
        return "".join(f"-- {path} --\n{text}" for path, text in rows)


class Takeover:
    """One site and one folder beside it, while things are imported."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        self.site = write_site(folder / "site", SITE)
        self.old = folder / "old"
        self.before = set(self.files())

    def give(self, path: str, text: str | bytes) -> Path:
        place = self.old / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
        return place

    def run(self, *options: str) -> tuple[int, str]:
        """Import the folder; return the status and all that was said, faults first."""
        status = main(["import", str(self.old), "--root", str(self.site), "--now", NOW, *options])
        said = self.capsys.readouterr()
        return status, (said.err + said.out).replace(f"{self.folder.as_posix()}/", "")

    def build(self) -> tuple[int, str]:
        status = main(["build", "--root", str(self.site), "--now", NOW])
        said = self.capsys.readouterr()
        return status, said.err

    def files(self) -> dict[str, str]:
        content = self.site / "content"
        return {
            path.relative_to(content).as_posix(): path.read_text("utf-8")
            for path in sorted(content.rglob("*"))
            if path.is_file() and path.name != "ingested.jsonl"
        }

    def imported(self) -> dict[str, str]:
        return {path: text for path, text in self.files().items() if path not in self.before}

    def output(self, path: str) -> str:
        return (self.site / "public" / path).read_text("utf-8")


@pytest.fixture
def takeover(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Takeover:
    """Return a site and an empty folder beside it."""
    return Takeover(tmp_path, capsys)
