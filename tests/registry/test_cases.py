"""Changes of topics as data: a site, the words of the command, what a trial tells, and every file that changes."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.cli.main import main
from tests.literal import files_of

CASES = sorted((Path(__file__).resolve().parent.parent / "cases" / "topics").glob("*.txt"))
NOW = ["--now", "2020-01-20"]
WORDS, TOLD, AFTER, GONE = "words", "told", "after ", "gone"

Made = Callable[[str], Path]
Printed = pytest.CaptureFixture[str]


class Case(NamedTuple):
    """A site by path, the words behind `dateline topics`, what a trial prints, and the files that become others."""

    site: dict[str, str]
    words: list[str]
    told: str
    after: dict[str, str]
    gone: list[str]

    @classmethod
    def read(cls, place: Path) -> Case:
        """Return what a case's file holds."""
        files = files_of(place.read_text("utf-8"))
        after = {path.removeprefix(AFTER): text for path, text in files.items() if path.startswith(AFTER)}
        words, told, gone = (files.pop(name, "") for name in (WORDS, TOLD, GONE))
        site = {path: text for path, text in files.items() if not path.startswith(AFTER)}
        return cls(site, shlex.split(words), told, after, gone.split())

    def literal(self) -> str:
        """Return the text that `read` reads."""
        parts = [(WORDS, f"{shlex.join(self.words)}\n"), *self.site.items(), (TOLD, self.told)]
        parts += [(AFTER + path, text) for path, text in sorted(self.after.items())]
        parts += [(GONE, "".join(f"{path}\n" for path in self.gone))] if self.gone else []
        return "".join(f"-- {name} --\n{text}" for name, text in parts)

    def written(self, make_site: Made) -> Path:
        """Return the folder of the site, written."""
        return make_site("".join(f"-- {path} --\n{text}" for path, text in self.site.items()))


@pytest.fixture(params=CASES, ids=lambda place: place.stem)
def place(request: pytest.FixtureRequest) -> Path:
    case: Path = request.param
    return case


def test_a_trial_tells_every_line_and_writes_nothing(
    place: Path, make_site: Made, capsys: Printed, monkeypatch: pytest.MonkeyPatch, *, update_expected: bool
) -> None:
    """Where, what stands there, what will; what cannot be done is told whole, and nothing is written either way."""
    case = Case.read(place)
    root = case.written(make_site)
    monkeypatch.chdir(root)
    before = texts_in(root)

    main(["topics", *case.words, "--dry-run", *NOW])
    printed = capsys.readouterr()

    assert before == texts_in(root)
    if update_expected:
        place.write_text(case._replace(told=printed.out + printed.err).literal(), "utf-8")
        return
    assert case.told == printed.out + printed.err


def test_every_file_is_as_it_should_be(
    place: Path, make_site: Made, monkeypatch: pytest.MonkeyPatch, *, update_expected: bool
) -> None:
    """The topic, the articles, the links and the settings: these files change so, and no other one at all."""
    case = Case.read(place)
    root = case.written(make_site)
    monkeypatch.chdir(root)
    before = texts_in(root)

    main(["topics", *case.words, *NOW])

    found = texts_in(root)
    changed = {path: text for path, text in found.items() if before.get(path) != text}
    gone = sorted(before.keys() - found.keys())
    if update_expected:
        place.write_text(case._replace(after=changed, gone=gone).literal(), "utf-8")
        return
    assert case.after == changed
    assert case.gone == gone


def test_old_addresses_lead_on_and_no_link_is_dead(
    place: Path, make_site: Made, capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever stood below /topics/ stands there still, or leads on; the finished site has no fault."""
    root = Case.read(place).written(make_site)
    monkeypatch.chdir(root)
    assert 0 == main(["build", *NOW])
    before = pages_in(root)
    main(["topics", *Case.read(place).words, *NOW])

    status = main(["build", *NOW]), main(["check"])

    assert (0, 0) == status, capsys.readouterr().err
    assert set() == before - pages_in(root)


def texts_in(root: Path) -> dict[str, str]:
    places = [root / "site.yaml", *(root / "content").rglob("*")]
    return {place.relative_to(root).as_posix(): place.read_text("utf-8") for place in places if place.is_file()}


def pages_in(root: Path) -> set[str]:
    public = root / "public"
    return {place.relative_to(public).as_posix() for place in (public / "topics").rglob("*") if place.is_file()}
