"""Every correction of a site, as pages and feeds list them."""

from __future__ import annotations

from generator.model.site import address_of
from generator.render.desk import Desk
from generator.render.views.frame import CorrectionLine
from generator.render.views.words import correction_lines, day_text


def all_corrections(desk: Desk, *, with_briefings: bool = True) -> tuple[CorrectionLine, ...]:
    """Return every correction with the thing it is of, newest first."""
    calendar = desk.around.calendar
    lines = [
        line
        for article in desk.site.articles.at(desk.site.corrected)
        for line in correction_lines(
            article.corrections, calendar, article.title, desk.around.href(address_of(article))
        )
    ]
    for topic in desk.site.topics.values():
        lines.extend(correction_lines(topic.corrections, calendar, topic.title, desk.topics[topic.id].href))
    if with_briefings:
        for day, briefing in desk.site.briefings.items():
            lines.extend(
                correction_lines(briefing.corrections, calendar, day_text(day, calendar).words, desk.day_href(day))
            )
    return tuple(sorted(lines, key=lambda line: (line.date.iso, line.subject), reverse=True))
