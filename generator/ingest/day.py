"""Settle the day of a report: who knows best says it, nobody guesses it, and what contradicts it is told.

First a person, then the note beside the file, the file's name, what the page or its wrapping states, and last the
dateline of a wire. A weekday that the text names with its date confirms the day's year, or contradicts it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from generator.ingest.metadata import day_in
from generator.ingest.notes import day_of_name
from generator.named import NamedTuple
from generator.text.dates import WEEKDAYS, day_words, days_between, is_day

_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"
_MONTH = r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*+\.?+"
_WEEKDAY = rf"({'|'.join(WEEKDAYS)})"
_NO_YEAR = r"(?!\d|,? ?(?:19|20)\d\d)"
_WEEKDAY_FIRST = re.compile(rf"\b{_WEEKDAY},? (?:the |\()?{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?{_NO_YEAR}")
_DAY_FIRST = re.compile(rf"\b{_WEEKDAY},? (?:the |\()?(\d{{1,2}})(?:st|nd|rd|th)?\.? (?:of )?{_MONTH}{_NO_YEAR}")
_WEEKDAY_LAST = re.compile(rf"\b{_MONTH} (\d{{1,2}}),? \(?{_WEEKDAY}\b")
_HEAD_OF_WIRE = re.compile(r"[A-Z][A-Z .'/-]{2,40}(?:,[^()\n—–]{2,40}?)?(?: \([^()\n]{2,40}\))? ?(?:—|–|--| - )")
_IN_HEAD = re.compile(rf"\b{_MONTH} (\d{{1,2}})\b|\b(\d{{1,2}}) {_MONTH}")
_MOST_DAYS_BEFORE = 60


class Settled(NamedTuple):
    """A day or a moment, "" for not known, how it was concluded where nobody stated it, and what speaks against it."""

    day: str
    concluded: str = ""
    doubts: tuple[str, ...] = ()


class Sayings(NamedTuple):
    """All that speaks for a report's day: a person's word, the file's name, the page; "" for what is silent.

    `retrieved` is when the report was fetched, if that was stated.
    """

    person: str
    name: str
    page: str
    text: str
    retrieved: str = ""


def settle_day(said: Sayings, latest: str) -> Settled:
    """Return the day by whoever knows best; a day after `latest` is nobody's."""
    named = day_of_name(said.name)
    doubts = []
    if named > latest:
        doubts.append(f"date: the file's name says {named}, which has not come yet")
        named = ""
    from_head = "" if said.person or named or said.page else _day_of_wire(said.text, said.retrieved, latest)
    concluded = "from the file's name" if named else "from the dateline" if from_head else ""
    settled = Settled(said.person or named or said.page or from_head, "" if said.person else concluded)
    own = settled.day[:10]
    if is_day(own):
        for who, other in (("the file's name", named), ("the page", said.page[:10])):
            # A day's difference is one of time zones.
            if is_day(other) and abs(days_between(own, other)) > 1:
                doubts.append(f"date: {who} says {other}, and {own} is taken")
        against, confirming = _weekdays(own, said.text)
        doubts += against
        if settled.concluded and confirming and not against:
            settled = settled._replace(concluded=f"{settled.concluded}, and {confirming} agrees")
    return settled._replace(doubts=tuple(doubts))


def with_zeros(day: str) -> str:
    """Return a day or a moment that a person wrote, such as 2020-1-2, with the zeros by which days sort."""
    return re.sub(r"^(\d{4})-(\d\d?)-(\d\d?)", lambda found: f"{found[1]}-{found[2]:>02}-{found[3]:>02}", day)


def in_zone(day: str, now: datetime) -> str:
    """Return a moment as clocks in the zone of `now` show it, because its day decides where the article lies."""
    try:
        moment = datetime.fromisoformat(day) if "T" in day else None
    except ValueError:
        return day
    return moment.astimezone(now.tzinfo).isoformat(timespec="minutes") if moment and moment.tzinfo else day


def has_come(day: str, now: datetime) -> bool:
    """Return whether a moment is not after `now`; a day, and what is no moment, counts as come."""
    try:
        moment = datetime.fromisoformat(day) if "T" in day else now
    except ValueError:
        return True
    return (moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)) <= now


def weekday_doubts(day: str, text: str) -> tuple[str, ...]:
    """Return what in a text contradicts its day: a weekday named with a date that falls on another."""
    return tuple(_weekdays(day, text)[0]) if is_day(day) else ()


def _weekdays(day: str, text: str) -> tuple[list[str], str]:
    """Return the weekdays that contradict a day's year, as doubts, and the first words that confirm it."""
    own = date.fromisoformat(day)
    against: dict[str, None] = {}
    confirming = ""
    for words, weekday, month, number in _named_days(text):
        meant = _nearest(own, month, number)
        if meant is None:
            continue
        if WEEKDAYS[meant.weekday()] == weekday:
            confirming = confirming or f'"{words}"'
        else:
            against[f'date: the text says "{words}", and of that year this is {day_words(meant.isoformat())}'] = None
    return list(against), confirming


def _named_days(text: str) -> Iterator[tuple[str, str, int, int]]:
    for form, order in ((_WEEKDAY_FIRST, (1, 2, 3)), (_DAY_FIRST, (1, 3, 2)), (_WEEKDAY_LAST, (3, 1, 2))):
        for found in form.finditer(text):
            weekday, month, number = (found[place] for place in order)
            yield found[0].replace("(", ""), weekday, _MONTHS.index(month) // 3 + 1, int(number)


def _nearest(own: date, month: int, number: int) -> date | None:
    """Return the day of that month and number that lies nearest to `own`."""
    days = [day for year in (own.year - 1, own.year, own.year + 1) if (day := _day(year, month, number)) is not None]
    return min(days, key=lambda each: abs((each - own).days), default=None)


def _day_of_wire(text: str, retrieved: str, latest: str) -> str:
    """Return the day in a wire's dateline: `BAGHDAD, Jan 2, 2020 (Wire) -`; "" for none.

    One without a year has the year in which it was fetched, if that was stated, and shortly before.
    """
    found = _HEAD_OF_WIRE.match(text.lstrip()[:200])
    if found is None:
        return ""
    stated = day_in(found[0], latest)
    inside = _IN_HEAD.search(found[0])
    if stated or inside is None or not is_day(retrieved[:10]):
        return stated
    month, number = (inside[1] or inside[4]), int(inside[2] or inside[3])
    fetched = date.fromisoformat(retrieved[:10])
    for year in (fetched.year, fetched.year - 1):
        day = _day(year, _MONTHS.index(month) // 3 + 1, number)
        if day is not None and 0 <= (fetched - day).days <= _MOST_DAYS_BEFORE:
            return day.isoformat()
    return ""


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
