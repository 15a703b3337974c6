"""Days and moments as plain values: parsed by us, never by YAML, and always in the site's time zone."""

from __future__ import annotations

from typing import NamedTuple


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
