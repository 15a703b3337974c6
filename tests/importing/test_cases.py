"""Whole folders of each generator: what becomes of every file, what is said of it, and that the site then builds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.conftest import Case, Takeover

CASES = sorted((Path(__file__).resolve().parent.parent / "cases" / "import").glob("*.txt"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.stem))
def test_a_folder_becomes_content(case: Path, takeover: Takeover, *, update_expected: bool) -> None:
    """A folder becomes these files, with these words on what could not be taken over; and a build takes them all."""
    read = Case.read(case.read_text("utf-8"))
    for path, text in read.given.items():
        takeover.give(path, text)

    _, told = takeover.run()

    if update_expected:
        case.write_text(read._replace(expected=takeover.imported(), told=told).literal(), "utf-8")
    else:
        assert read.expected == takeover.imported()
        assert read.told == told
    status, faults = takeover.build()
    assert (0, False) == (status, "error" in faults), faults


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.stem))
def test_a_second_run_changes_nothing(case: Path, takeover: Takeover) -> None:
    """What was taken in is known: no file is written twice, and none that stands is touched."""
    for path, text in Case.read(case.read_text("utf-8")).given.items():
        takeover.give(path, text)
    takeover.run()
    first = takeover.imported()

    _, told = takeover.run()

    assert first == takeover.imported()
    assert " written" not in told.splitlines()[-1]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.stem))
def test_a_dry_run_says_the_same_and_writes_nothing(case: Path, takeover: Takeover) -> None:
    """What a dry run tells is what the run then does."""
    for path, text in Case.read(case.read_text("utf-8")).given.items():
        takeover.give(path, text)

    dry_status, dry = takeover.run("--dry-run")
    nothing = takeover.imported()
    status, told = takeover.run()

    assert {} == nothing
    assert (dry_status, dry) == (status, told.rstrip("\n") + " Nothing was written: this was a dry run.\n")
