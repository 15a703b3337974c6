"""What a person reads when something in a site is wrong: each case is a site and the exact messages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.config_file import load_config
from generator.errors import ConfigError
from generator.load.site_content import load_content
from tests.literal import PATH_LINE

CASES = sorted((Path(__file__).resolve().parent.parent / "cases" / "errors").glob("*.txt"))
EXPECTED = "-- expected --\n"
NOW = 1_577_966_400  # 2 January 2020, 15:00 in Baghdad


def messages_of(root: Path) -> str:
    try:
        config = load_config(root)
    except ConfigError as fault:
        return "".join(f"{diagnostic.text()}\n" for diagnostic in fault.diagnostics)
    return "".join(f"{fault.text()}\n" for fault in load_content(root, config, NOW).faults)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_says_where_what_and_what_to_do(case: Path, make_site: Callable[[str], Path], *, update_expected: bool) -> None:
    """Every fault of a site is told in one run, with file, line and advice, in order."""
    literal, found, expected = case.read_text(encoding="utf-8").partition(EXPECTED)
    assert found, f"{case} has no line {EXPECTED!r}"

    messages = messages_of(make_site(literal))

    if update_expected:
        case.write_text(literal + EXPECTED + messages, encoding="utf-8")
        return
    assert expected == messages


def test_every_case_expects_something() -> None:
    """A case without messages would pass for ever; one for a sound site says so in its name."""
    empty = {case.stem for case in CASES if not case.read_text(encoding="utf-8").partition(EXPECTED)[2]}

    assert {"sound-site"} == empty
    assert all(PATH_LINE.search(case.read_text(encoding="utf-8")) for case in CASES)
