"""Whose word counts for a report's day, what is concluded and marked, and what contradicts it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

import pytest

from generator.ingest.day import Sayings, Settled, has_come, settle_day

LATEST = "2020-01-20"
WIRE = "BAGHDAD, Jan 2 (Example Wire) - Crowds left the square."
YEAR = "BAGHDAD, Jan. 2, 2020 (Example Wire) - Crowds left the square."
FROM_NAME = "from the file's name"
FROM_WIRE = "from the dateline"


class Case(NamedTuple):
    """What speaks for a day, and what is settled."""

    expected: str
    concluded: str = ""
    person: str = ""
    name: str = "raw.txt"
    page: str = ""
    text: str = "Crowds left the square."
    retrieved: str = ""


@pytest.mark.parametrize(
    "case",
    [
        Case("2020-01-01", "", "2020-01-01", "2020-01-02.txt", "2020-01-02", YEAR),
        Case("2020-01-02", FROM_NAME, "", "2020-01-02.txt", "2020-01-03", YEAR),
        Case("2020-01-03", "", "", "raw.txt", "2020-01-03", YEAR),
        Case("2020-01-03T09:30+03:00", "", "", "raw.txt", "2020-01-03T09:30+03:00"),
        Case("2020-01-02", FROM_WIRE, text=YEAR),
        Case("", text=WIRE),
        Case("2020-01-02", FROM_WIRE, text=WIRE, retrieved="2020-01-03T06:00+00:00"),
        Case("2019-12-31", FROM_WIRE, text="TEHRAN, 31 December — It rained.", retrieved="2020-01-02"),
        Case("", text=WIRE, retrieved="2019-12-30"),
        Case("", text="TEHRAN, Feb 30 - It rained.", retrieved="2020-03-02"),
        Case("", text="TEHRAN, Jan. 2, 2021 - It rained."),
        Case("", text="Crowds left the square on Thursday, Jan. 2, 2020 - and came back."),
        Case("", name="2021-01-02.txt"),
    ],
)
def test_who_says_the_day(case: Case) -> None:
    """A person, the file's name, the page, the dateline of a wire; a year that nobody states is not invented."""
    expected, concluded, *sayings = case
    settled = settle_day(Sayings(*sayings), LATEST)

    assert (expected, concluded) == settled[:2]


@pytest.mark.parametrize(
    ("doubt", "case"),
    [
        ("", Case("2020-01-02", person="2020-01-02", text="It began on Tuesday, Dec. 31.")),
        ("", Case("2020-01-02", person="2020-01-02", text="It began on Tuesday (Dec. 31).")),
        ("", Case("2020-01-02", person="2020-01-02", text="It began on Tuesday 31 December and on Jan. 2 (Thursday).")),
        ("Monday 31 December 2018", Case("", person="2019-01-02", text="It began on Tuesday, December 31.")),
        ('"Tuesday, the 31st of December"', Case("", person="2019-01-02", text="On Tuesday, the 31st of December, it")),
        ('"Dec 31 (Tuesday"', Case("", person="2019-01-02", text="It began on Dec 31 (Tuesday).")),
        ("", Case("", person="2019-01-02", text="It began on Tuesday, December 31, 2019.")),
        ("", Case("", person="2019-01-02", text="It began on Tuesday, 31 December 2019.")),
        ("the page says 2020-01-09", Case("", person="2020-01-02", page="2020-01-09")),
        ("", Case("", person="2020-01-02", page="2020-01-03")),
        ("the page says 2020-01-09", Case("", name="2020-01-02.txt", page="2020-01-09")),
        ("the file's name says 2020-01-12", Case("", person="2020-01-02", name="2020-01-12.txt")),
        ("which has not come yet", Case("", name="2020-02-01.txt")),
    ],
)
def test_what_contradicts_the_day_is_told(doubt: str, case: Case) -> None:
    """A weekday named with its date has one year; another day stated elsewhere is a doubt, a time zone's is not."""
    _, _, *sayings = case
    doubts = settle_day(Sayings(*sayings), LATEST).doubts

    assert bool(doubt) == bool(doubts), doubts
    assert doubt.replace("(Tuesday", "Tuesday") in "".join(doubts)


def test_a_weekday_confirms_what_was_concluded() -> None:
    """The words that agree stand beside the conclusion, for whoever checks it."""
    text = "It began on Tuesday, Dec. 31."

    concluded = 'from the file\'s name, and "Tuesday, Dec. 31" agrees'
    assert Settled("2020-01-02", concluded) == settle_day(Sayings("", "2020-01-02.txt", "", text), LATEST)


@pytest.mark.parametrize(
    ("expected", "day"),
    [
        (True, "2020-01-20T09:30+00:00"),
        (False, "2020-01-20T09:31+00:00"),
        (True, "2020-01-20T12:30+03:00"),
        (False, "2020-01-20T05:00-05:00"),
        (True, "2020-01-20T09:00"),
        (True, "2020-01-21"),
        (True, "Tomorrow"),
    ],
)
def test_a_moment_has_come_or_not(expected: bool, day: str) -> None:
    """Only a moment can be ahead of the clock; one without an offset is by the site's own."""
    assert expected is has_come(day, datetime(2020, 1, 20, 9, 30, tzinfo=UTC))
