"""The archives: all years, the months of a year, the editions of a month."""

from __future__ import annotations

from generator.model import route
from generator.render.views.entry import Item
from generator.render.views.frame import Link, Page
from generator.render.views.kinds import ArchiveView, EditionLine, PeriodLine
from generator.render.views.words import Around, day_text, month_text


def edition_line(around: Around, day: str, total: int, lead: Item | None) -> EditionLine:
    """Return one day's briefing as lists of briefings show it."""
    href = around.href(route.briefing(day))
    if lead is None:
        return EditionLine(day_text(day, around.calendar), href, total, "", "", "")
    entry = lead.entry.view
    return EditionLine(day_text(day, around.calendar), href, total, entry.title, entry.lang, entry.dir)


def month_page(
    around: Around, month: str, editions: tuple[EditionLine, ...], beside: tuple[Link | None, Link | None]
) -> tuple[Page, ArchiveView]:
    """Return the editions of a month, newest first."""
    address = route.month(month)
    heading = month_text(month, around.calendar)
    trail = (Link(month[:4], around.href(route.year(month[:4]))),)
    page = Page("month", address, around.absolute(address), heading, trail=trail, published=month)
    return page, ArchiveView(heading, (), editions, *beside)


def year_page(
    around: Around, year: str, months: tuple[PeriodLine, ...], beside: tuple[Link | None, Link | None]
) -> tuple[Page, ArchiveView]:
    """Return the months of a year, newest first."""
    address = route.year(year)
    page = Page("year", address, around.absolute(address), year, published=year)
    return page, ArchiveView(year, months, (), *beside)


def archive_page(around: Around, title: str, years: tuple[PeriodLine, ...]) -> tuple[Page, ArchiveView]:
    """Return the list of all years."""
    address = route.BRIEFINGS
    page = Page(
        "archive",
        address,
        around.absolute(address),
        title,
        feeds=(Link(title, around.href(route.BRIEFINGS_FEED)),),
    )
    return page, ArchiveView("", years, (), None, None)


def month_line(around: Around, month: str, editions: int, articles: int) -> PeriodLine:
    """Return a month as its year lists it."""
    return PeriodLine(month_text(month, around.calendar), around.href(route.month(month)), editions, articles)


def year_line(around: Around, year: str, editions: int, articles: int) -> PeriodLine:
    """Return a year as the archive lists it."""
    return PeriodLine(year, around.href(route.year(year)), editions, articles)
