"""The part of the plan that lists: days, home, archives, topics, corrections, what waits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from generator.model import route
from generator.model.arrange import folded
from generator.model.article import Article, Extras
from generator.model.site import address_of
from generator.model.topic import Topic
from generator.render.bodies import Bodies
from generator.render.days import Arrangements, source_counts
from generator.render.desk import Desk
from generator.render.output import PAGE, Output
from generator.render.views import archive as archives_view
from generator.render.views import home as single
from generator.render.views import topic as topic_view
from generator.render.views.briefing import DayAround, briefing_page, briefing_view
from generator.render.views.entry import Entry
from generator.render.views.frame import CorrectionLine, Link
from generator.render.views.kinds import BriefingView, EditionLine, MonthCount, PeriodLine, TopicCard
from generator.render.views.words import correction_lines, day_text
from generator.text.dates import month_words

_NEWEST_OF_TOPIC = 30
_EARLIER_EDITIONS = 6
_FRESH = 8
_CONNECTIONS = 12


def days_and_home(desk: Desk, arrangements: Arrangements) -> Iterator[Output]:
    """Every day's briefing, and the front page that shows the newest in full; days run from new to old."""
    days = list(arrangements)
    announced = _announced(desk)
    newest: BriefingView | None = None
    newest_articles: tuple[Article, ...] = ()
    lines: list[EditionLine] = []
    for day, earlier, later in with_neighbours(days):
        arrangement, articles = arrangements[day]
        beside = DayAround(
            source_counts(desk, articles), announced.get(day, ()), _day_link(desk, earlier), _day_link(desk, later)
        )
        briefing = desk.site.briefings.get(day)
        view = briefing_view(day, briefing, arrangement, beside)
        origin = f"content/{briefing.path}" if briefing is not None else f"the articles of {day}"
        trail = _trail_to(desk, day[:7])
        yield Output(route.briefing(day), origin, PAGE, "briefing.html", briefing_page, (desk.around, day, view, trail))
        if not later:
            newest, newest_articles = view, articles
        elif len(lines) < _EARLIER_EDITIONS:
            lines.append(archives_view.edition_line(desk.around, day, view.total, view.lead))
    lists = (_fresh(desk, days, newest_articles), tuple(lines), topic_cards(desk))
    description = desk.site.config.description
    inputs = (desk.around, description, newest, days[0] if days else "", lists)
    yield Output(route.HOME, "the front page", PAGE, "home.html", single.home_page, inputs)


def _announced(desk: Desk) -> dict[str, tuple[CorrectionLine, ...]]:
    """Return the corrections made to articles and topics, by the day they were made."""
    found: dict[str, list[CorrectionLine]] = {}
    for line in all_corrections(desk, with_briefings=False):
        found.setdefault(line.date.iso[:10], []).append(line)
    return {day: tuple(lines) for day, lines in found.items()}


def _fresh(desk: Desk, days: list[str], shown: tuple[Article, ...]) -> tuple[Entry, ...]:
    """Return what came after the edition before and does not stand in the newest one."""
    if len(days) < 2:
        return ()
    before = desk.site.briefings.get(days[1])
    since = before.as_of.instant if before is not None and before.as_of is not None else 0
    present = {article.id for article in shown}
    newer = [
        article
        for article in folded(desk.site.articles)
        if article.date is not None
        and (article.date.day > days[1] or (since and article.date.instant > since and article.date.clock))
    ]
    return desk.entries([article for article in newer if article.id not in present][:_FRESH])


def _day_link(desk: Desk, day: str) -> Link | None:
    return Link(day_text(day).short, desk.day_href(day)) if day else None


def _trail_to(desk: Desk, month: str) -> tuple[Link, ...]:
    return (
        Link(month[:4], desk.around.href(route.year(month[:4]))),
        Link(month_words(month), desk.around.href(route.month(month))),
    )


def archives(desk: Desk, arrangements: Arrangements, strings: Extras) -> Iterator[Output]:
    """The archive of all years, of each year, of each month."""
    around = desk.around
    lines = {
        day: archives_view.edition_line(around, day, arrangement.total, arrangement.lead)
        for day, (arrangement, _) in arrangements.items()
    }
    months = {month: list(days) for month, days in groupby(lines, key=lambda day: day[:7])}
    years = {year: list(found) for year, found in groupby(months, key=lambda month: month[:4])}
    for month, *beside in with_neighbours(months):
        links = tuple(_month_link(desk, other, route.month(other)) if other else None for other in beside)
        inputs: tuple[Any, ...] = (around, month, tuple(lines[day] for day in months[month]), links)
        yield Output(route.month(month), f"the days of {month}", PAGE, "archive.html", archives_view.month_page, inputs)
    year_lines: list[PeriodLine] = []
    for year, *beside in with_neighbours(years):
        rows = tuple(
            archives_view.month_line(around, month, len(months[month]), sum(lines[day].total for day in months[month]))
            for month in years[year]
        )
        links = tuple(Link(other, around.href(route.year(other))) if other else None for other in beside)
        inputs = (around, year, rows, links)
        yield Output(route.year(year), f"the days of {year}", PAGE, "archive.html", archives_view.year_page, inputs)
        editions, articles = sum(row.editions for row in rows), sum(row.articles for row in rows)
        year_lines.append(archives_view.year_line(around, year, editions, articles))
    title = strings.get("briefings", "Briefings")
    inputs = (around, title, tuple(year_lines))
    yield Output(route.BRIEFINGS, "the archive", PAGE, "archive.html", archives_view.archive_page, inputs)


def topics(desk: Desk, bodies: Bodies, strings: Extras) -> Iterator[Output]:
    """The list of topics, every topic's page, and a listing for each of its months."""
    title = strings.get("topics", "Topics")
    inputs = (desk.around, title, topic_cards(desk))
    yield Output(route.TOPICS, "the list of topics", PAGE, "topics.html", topic_view.topics_page, inputs)
    for topic in desk.site.topics.values():
        listed = folded(desk.site.by_topic[topic.id])
        months = {month: list(found) for month, found in groupby(listed, key=_month_of)}
        yield _topic(desk, bodies, topic, listed, months)
        link = desk.topics[topic.id]
        for month, *beside in with_neighbours(months):
            address = route.topic_month(topic.id, month)
            links = tuple(
                _month_link(desk, other, route.topic_month(topic.id, other)) if other else None for other in beside
            )
            month_inputs = (desk.around, link, month, desk.by_day(months[month]), links)
            origin = f"content/{topic.path}"
            yield Output(address, origin, PAGE, "topic-month.html", topic_view.topic_month_page, month_inputs)


def _topic(
    desk: Desk, bodies: Bodies, topic: Topic, listed: list[Article], months: Mapping[str, list[Article]]
) -> Output:
    address = route.topic(topic.id)
    body = None
    if topic.opening:
        body = bodies.whole(
            topic.path, topic.body, home=address, links=topic.links, own=(topic.id,), unlinked=(topic.id,)
        )
    beside = topic_view.TopicBeside(
        parent=desk.topics.get(topic.parent),
        related=tuple(desk.topics[other] for other in topic.related if other in desk.topics),
        days=desk.by_day(listed[:_NEWEST_OF_TOPIC]),
        months=tuple(
            MonthCount(month_words(month), desk.around.href(route.topic_month(topic.id, month)), len(found))
            for month, found in months.items()
        ),
        connections=topic_view.connections_of(listed, topic.id, desk.topics, _CONNECTIONS),
        linked_from=desk.entries(desk.site.linked_from.get(topic.path, ())),
        dates=tuple(article.date.day for article in listed if article.date is not None),
    )
    trail = (_topics_link(desk),)
    inputs = (desk.around, topic, body, beside, trail)
    return Output(address, f"content/{topic.path}", PAGE, "topic.html", topic_view.topic_page, inputs)


def topic_cards(desk: Desk) -> tuple[TopicCard, ...]:
    """Return every topic as lists of topics show it, in the site's order."""
    dated = [article.date.day for article in desk.site.articles if article.date is not None]
    until = max(dated, default="")
    cards = []
    for topic in desk.site.topics.values():
        dates = [article.date.day for article in folded(desk.site.by_topic[topic.id]) if article.date]
        cards.append(topic_view.topic_card(desk.topics[topic.id], topic, dates, until))
    return tuple(cards)


def corrections(desk: Desk, strings: Extras) -> Iterator[Output]:
    """The list of all corrections."""
    inputs = (desk.around, strings.get("corrections", "Corrections"), all_corrections(desk))
    yield Output(route.CORRECTIONS, "all corrections", PAGE, "corrections.html", single.corrections_page, inputs)


def all_corrections(desk: Desk, *, with_briefings: bool = True) -> tuple[CorrectionLine, ...]:
    """Return every correction with the thing it is of, newest first."""
    lines = [
        line
        for article in desk.site.articles
        if article.corrections
        for line in correction_lines(article.corrections, article.title, desk.around.href(address_of(article)))
    ]
    for topic in desk.site.topics.values():
        lines.extend(correction_lines(topic.corrections, topic.title, desk.topics[topic.id].href))
    if with_briefings:
        for day, briefing in desk.site.briefings.items():
            lines.extend(correction_lines(briefing.corrections, day_text(day).words, desk.day_href(day)))
    return tuple(sorted(lines, key=lambda line: (line.date.iso, line.subject), reverse=True))


def held(desk: Desk, strings: Extras) -> Iterator[Output]:
    """What waits: held articles with their reasons, and drafts; in previews only."""
    waiting = [article for article in desk.site.articles if article.held]
    drafts = [article for article in desk.site.articles if article.draft and not article.held]
    lines = tuple(
        tuple(single.held_line(desk.entry(article), article) for article in found) for found in (waiting, drafts)
    )
    inputs = (desk.around, strings.get("held", "Held"), *lines)
    yield Output(route.HELD, "what waits", PAGE, "held.html", single.held_page, inputs)


def with_neighbours(names: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield each of the names, which run from new to old, with the one before it in time and the one after it."""
    ordered = list(names)
    for place, name in enumerate(ordered):
        yield name, ordered[place + 1] if place + 1 < len(ordered) else "", ordered[place - 1] if place else ""


def _month_link(desk: Desk, month: str, address: str) -> Link:
    return Link(month_words(month), desk.around.href(address))


def _topics_link(desk: Desk) -> Link:
    return Link("", desk.around.href(route.TOPICS))


def _month_of(article: Article) -> str:
    return article.date.day[:7] if article.date is not None else ""
