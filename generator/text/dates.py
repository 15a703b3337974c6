"""Days and moments as plain values: parsed by us, never by YAML, and always in the site's time zone.

Words come from a calendar, which is English or a theme's; the machine's locale is never asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

from generator.named import NamedTuple

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Calendar(NamedTuple):
    """How days and months are called: names from January and from Monday on, and the forms they are put into.

    `long` may hold `{weekday}`, `{day}`, `{month}` and `{year}`, `short` all but the first, `of_month` the last two.
    """

    months: tuple[str, ...] = MONTHS
    weekdays: tuple[str, ...] = WEEKDAYS
    long: str = "{weekday} {day} {month} {year}"
    short: str = "{day} {month} {year}"
    of_month: str = "{month} {year}"


ENGLISH = Calendar()
# What the forms of a calendar may name, by the strings of a theme that hold them.
NAMED_IN_FORMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "day_long": ("weekday", "day", "month", "year"),
        "day_short": ("day", "month", "year"),
        "of_month": ("month", "year"),
    }
)
FIRST_YEAR = 1000
LAST_YEAR = 9998

_MOMENT = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)"
    r"(?:[Tt ] *(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)? ?(Z|z|[+-]\d\d(?::?\d\d)?)?)?",
    re.ASCII,
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class Moment(NamedTuple):
    """A day, or a moment of a day, in the site's time zone.

    `day` is `2020-01-02`; `clock` is `09:30` or "" when only the day is known; `offset` is `+03:00` or "" likewise.
    `instant` is seconds since 1970-01-01 UTC; of a day alone, of its first second in the site's zone.
    Moments sort by day, then clock: a day alone sorts before timed ones, so that newest first puts it after them.
    """

    day: str
    clock: str
    offset: str
    instant: int

    @property
    def iso(self) -> str:
        """The day, or day, time and offset, as HTML's `time` element and feeds read it."""
        return f"{self.day}T{self.clock}:00{self.offset}" if self.clock else self.day


# One folder of articles repeats the same days and often the same minutes.
@lru_cache(maxsize=8192)
def parse_moment(text: str, zone: ZoneInfo) -> Moment:
    """Return the day or moment written in `text`; raises ValueError with a sentence that says what is wrong.

    A time without an offset is in `zone`. A time the clocks skipped is moved forward by what was skipped; of a time
    that came twice, the first is meant.
    """
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise ValueError(f'"{text}" is not a date.')
    year, month, day, hour, minute, second, offset = found.groups()
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise ValueError(f'"{text}" lies outside the years {FIRST_YEAR} to {LAST_YEAR}.')
    try:
        if hour is None:
            start = datetime(int(year), int(month), int(day), tzinfo=zone)
            return Moment(f"{year}-{int(month):02d}-{int(day):02d}", "", "", int(start.timestamp()))
        named = datetime(
            int(year), int(month), int(day), int(hour), int(minute), int(second or 0),
            tzinfo=zone if offset is None else UTC,
        )  # fmt: skip
        return moment_at(int(named.timestamp()) - _offset_seconds(offset), zone)
    except (ValueError, OverflowError) as fault:
        raise ValueError(f'"{text}" is not a date: there is no such day or time.') from fault


def moment_at(instant: int, zone: ZoneInfo) -> Moment:
    """Return the moment `instant` seconds after 1970-01-01 UTC, as clocks in `zone` show it."""
    local = datetime.fromtimestamp(instant, zone)
    shift = local.utcoffset()
    minutes = (shift.days * 86_400 + shift.seconds) // 60 if shift is not None else 0
    sign = "-" if minutes < 0 else "+"
    offset = f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
    # Written out, because `strftime` takes several times as long.
    day = f"{local.year:04d}-{local.month:02d}-{local.day:02d}"
    return Moment(day, f"{local.hour:02d}:{local.minute:02d}", offset, instant)


def written(moment: Moment) -> str:
    """Return a moment as people write it in a file: `2020-01-02T09:30+03:00`, or the day alone."""
    return f"{moment.day}T{moment.clock}{moment.offset}" if moment.clock else moment.day


@cache
def zone_named(name: str) -> ZoneInfo:
    """Return the time zone of an IANA name such as `Asia/Baghdad`; raises ValueError when there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as fault:
        raise ValueError(f'There is no time zone "{name}".') from fault


def is_day(text: str) -> bool:
    """Say whether `text` is a day written as 2020-01-02 that stands in the calendar."""
    if _DAY.fullmatch(text) is None:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return FIRST_YEAR <= int(text[:4]) <= LAST_YEAR


def day_words(day: str, calendar: Calendar = ENGLISH) -> str:
    """Return a day as `Thursday 2 January 2020`."""
    return _put_into(calendar.long, day, calendar)


def day_short(day: str, calendar: Calendar = ENGLISH) -> str:
    """Return a day as `2 January 2020`."""
    return _put_into(calendar.short, day, calendar)


def month_words(month: str, calendar: Calendar = ENGLISH) -> str:
    """Return a month, `2020-01`, as `January 2020`."""
    return _put_into(calendar.of_month, f"{month}-01", calendar)


def _put_into(form: str, day: str, calendar: Calendar) -> str:
    """Return a form with what it names of a day in its place; all else in it stays as it is."""
    if "{weekday}" in form:
        form = form.replace("{weekday}", calendar.weekdays[date.fromisoformat(day).weekday()])
    form = form.replace("{day}", str(int(day[8:10]))).replace("{month}", calendar.months[int(day[5:7]) - 1])
    return form.replace("{year}", str(int(day[:4])))


def month_of(day: str) -> str:
    """Return the month, `2020-01`, that a day lies in."""
    return day[:7]


def monday_of(day: str) -> str:
    """Return the Monday of the week a day lies in."""
    own = date.fromisoformat(day)
    return (own - timedelta(days=own.weekday())).isoformat()


def add_days(day: str, days: int) -> str:
    """Return the day `days` after `day`, or before it when negative."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def days_between(first: str, last: str) -> int:
    """Return how many days lie from `first` to `last`; 0 for the same day, negative when `last` comes first."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _offset_seconds(offset: str | None) -> int:
    if offset is None or offset in "Zz":
        return 0
    hours, minutes = int(offset[1:3]), int(offset[3:].lstrip(":") or 0)
    if hours > 23 or minutes > 59:
        raise ValueError(f"{offset} is no offset.")
    return (hours * 3600 + minutes * 60) * (-1 if offset[0] == "-" else 1)


def utc_text(instant: int) -> str:
    """Return a moment as feeds write it: `2020-01-02T06:30:00Z`."""
    return datetime.fromtimestamp(instant, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
