"""The page of a day."""

from __future__ import annotations

from generator.model import route
from generator.model.briefing import Briefing
from generator.named import NamedTuple
from generator.render.views.entry import Item
from generator.render.views.frame import CorrectionLine, Link, Page
from generator.render.views.kinds import BriefingView, Section, SourceCount
from generator.render.views.words import Around, correction_lines, day_text, optional_date
from generator.text.html import first_words

_DESCRIPTION_WORDS = 40


class Arranged(NamedTuple):
    """A day's sections as the page shows them, and how many articles stand in them."""

    lead: Item | None
    sections: tuple[Section, ...]
    total: int
    by_editor: bool


class DayAround(NamedTuple):
    """What a day's page shows besides its sections; `announced` are corrections of other things made that day."""

    sources: tuple[SourceCount, ...]
    announced: tuple[CorrectionLine, ...]
    previous: Link | None
    next: Link | None


def briefing_view(
    around: Around, day: str, briefing: Briefing | None, arrangement: Arranged, beside: DayAround
) -> BriefingView:
    """Return a day as its own page and the front page show it."""
    own = correction_lines(briefing.corrections, around.calendar) if briefing is not None else ()
    return BriefingView(
        date=day_text(day, around.calendar),
        title=briefing.title if briefing is not None else "",
        as_of=optional_date(briefing.as_of, around.calendar) if briefing is not None else None,
        lead=arrangement.lead,
        takeaways=briefing.takeaways if briefing is not None else (),
        sections=arrangement.sections,
        corrections=(*own, *beside.announced),
        sources=beside.sources,
        total=arrangement.total,
        arranged=arrangement.by_editor,
        previous=beside.previous,
        next=beside.next,
    )


def briefing_page(around: Around, day: str, view: BriefingView, trail: tuple[Link, ...]) -> tuple[Page, BriefingView]:
    """Return the page of a day."""
    address = route.briefing(day)
    lead = view.lead.entry.view if view.lead is not None else None
    description = " ".join(view.takeaways) or (f"{lead.title}. {lead.summary}" if lead is not None else "")
    return (
        Page(
            kind="briefing",
            address=address,
            canonical=around.absolute(address),
            title=view.title or view.date.words,
            description=first_words(description, _DESCRIPTION_WORDS),
            trail=trail,
            published=day,
        ),
        view,
    )
