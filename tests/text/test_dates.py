"""Days and moments: what may be written, and what clocks in the site's zone make of it."""

from __future__ import annotations

import pytest

from generator.text.dates import (
    ENGLISH,
    Calendar,
    Moment,
    add_days,
    day_short,
    day_words,
    days_between,
    is_day,
    moment_at,
    monday_of,
    month_words,
    parse_moment,
    written,
    zone_named,
)

BAGHDAD, BERLIN, NEW_YORK = (zone_named(name) for name in ("Asia/Baghdad", "Europe/Berlin", "America/New_York"))


@pytest.mark.parametrize(
    ("iso", "text", "zone"),
    [
        ("2020-01-02", "2020-01-02", BAGHDAD),
        ("2020-01-02", "2020-1-2", BAGHDAD),
        ("2020-01-02T09:30:00+03:00", "2020-01-02T09:30", BAGHDAD),
        ("2020-01-02T09:30:00+03:00", "2020-01-02 09:30", BAGHDAD),
        ("2020-01-02T09:30:00+03:00", "2020-01-02T9:30:59", BAGHDAD),
        ("2020-01-02T09:30:00+03:00", "2020-01-02T06:30Z", BAGHDAD),
        ("2020-01-03T01:15:00+03:00", "2020-01-02T17:15-05:00", BAGHDAD),
        ("2026-01-01T22:19:00+01:00", "2026-01-02T03:04:05.123456789+05:45", BERLIN),
        # The clocks of Berlin jump from 02:00 to 03:00; what was skipped is added.
        ("2026-03-29T03:30:00+02:00", "2026-03-29T02:30:00", BERLIN),
        # 02:30 comes twice; the first, of summer time, is meant.
        ("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00", BERLIN),
        ("2020-01-02T19:00:00-05:00", "2020-01-03", NEW_YORK),
    ],
)
def test_a_moment_is_shown_as_clocks_in_the_zone_show_it(iso: str, text: str, zone: object) -> None:
    """A naive time is in the site's zone; an offset is converted to it; a day alone stays a day in every zone."""
    moment = parse_moment(text, zone)  # type: ignore[arg-type]

    if iso[10:] and not text[10:]:
        assert moment.iso == text
    else:
        assert iso == moment.iso


@pytest.mark.parametrize(
    ("instant", "text"),
    [
        (1_577_912_400, "2020-01-02"),
        (1_577_946_600, "2020-01-02T09:30+03:00"),
        (1_577_946_600, "2020-01-02T06:30:00Z"),
    ],
)
def test_a_moment_knows_its_instant(instant: int, text: str) -> None:
    """The instant of a day alone is its first second in the site's zone."""
    assert instant == parse_moment(text, BAGHDAD).instant


@pytest.mark.parametrize(
    "text",
    [
        "", "2 Jan 20", "tomorrow", "1577966400", "12:30", "2020-13-01", "2020-02-30", "2020-01-02T25:00",
        "2020-01-02T10:61", "0000-01-01", "0999-01-01", "9999-12-31T23:59:59-23:59", "2020-01-02T10:00+24:00",
        "2020-01-02T", "2020-01-02Z", "20200102", "٢٠٢٠-٠١-٠٢", "2020-01-02\n", " 2020-01-02",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    """Nothing is guessed: no words, no seconds since 1970, no impossible days, no other digits."""
    with pytest.raises(ValueError, match=r"date|years"):
        parse_moment(text, BAGHDAD)


def test_newest_first_puts_a_day_alone_after_the_timed_ones_of_that_day() -> None:
    """A day alone has no time to win with."""
    moments = [parse_moment(text, BAGHDAD) for text in ("2020-01-02", "2020-01-02T00:01", "2020-01-01T23:59")]

    assert ["2020-01-02T00:01", "2020-01-02", "2020-01-01T23:59"] == [
        f"{moment.day}T{moment.clock}" if moment.clock else moment.day for moment in sorted(moments, reverse=True)
    ]


@pytest.mark.parametrize("text", ["2020-01-02", "2020-01-02T09:30+03:00"])
def test_a_moment_is_written_as_it_was_read(text: str) -> None:
    """What a tool writes into a file, the file gives back."""
    assert text == written(parse_moment(text, BAGHDAD))


def test_an_instant_becomes_the_moment_it_is() -> None:
    """The clock of the command comes as an instant."""
    assert Moment("2020-01-02", "09:30", "+03:00", 1_577_946_600) == moment_at(1_577_946_600, BAGHDAD)
    assert "-03:30" == moment_at(1_577_946_600, zone_named("America/St_Johns")).offset


def test_days_in_words() -> None:
    """Words are English whatever the machine's locale."""
    assert "Thursday 2 January 2020" == day_words("2020-01-02")
    assert "29 February 2020" == day_short("2020-02-29")
    assert "January 2020" == month_words("2020-01")


def test_days_in_the_words_of_another_calendar() -> None:
    """Names and their order are a language's own; what a form does not name is left out."""
    months = ("gennaio", "febbraio", *ENGLISH.months[2:])
    calendar = Calendar(
        months, ("lunedì", *ENGLISH.weekdays[1:]), "{weekday}, {day} {month}", "{day}/{month}", "{month}"
    )

    assert "lunedì, 3 febbraio" == day_words("2020-02-03", calendar)
    assert "3/febbraio" == day_short("2020-02-03", calendar)
    assert "gennaio" == month_words("2020-01", calendar)


def test_counting_days() -> None:
    """Weeks begin on Monday; years and leap days are crossed as the calendar has them."""
    assert "2019-12-30" == monday_of("2020-01-02")
    assert "2020-01-06" == monday_of("2020-01-06")
    assert "2020-03-01" == add_days("2020-02-28", 2)
    assert "2019-12-31" == add_days("2020-01-01", -1)
    assert 60 == days_between("2020-01-01", "2020-03-01")


@pytest.mark.parametrize(
    ("expected", "text"),
    [(True, "2020-01-02"), (False, "2020-1-2"), (False, "2020-02-30"), (False, "2020-01-02T09:30"), (False, "")],
)
def test_tells_a_day_from_all_else(expected: bool, text: str) -> None:
    """A day is written in full and stands in the calendar."""
    assert expected is is_day(text)


@pytest.mark.parametrize("name", ["Bagdad", "../../etc/passwd", "", "/etc/localtime", "Asia"])
def test_an_unknown_zone_is_refused(name: str) -> None:
    """Only names of the zone database are zones; no path reaches a file."""
    with pytest.raises(ValueError, match="There is no time zone"):
        zone_named(name)
