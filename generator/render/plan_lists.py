"""The part of the plan that lists: days, home, archives, topics, corrections, what waits."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from generator.digest import digest_of
from generator.model import route
from generator.model.article import Article, Extras
from generator.model.topic import Topic
from generator.render.bodies import Bodies
from generator.render.corrected import all_corrections
from generator.render.days import Days, source_counts
from generator.render.desk import Desk, Listing
from generator.render.output import PAGE, Later, Output
from generator.render.views import archive as archives_view
from generator.render.views import home as single
from generator.render.views import topic as topic_view
from generator.render.views.briefing import DayAround, briefing_page, briefing_view
from generator.render.views.entry import DayGroup, Entry
from generator.render.views.frame import CorrectionLine, Link
from generator.render.views.kinds import BriefingView, EditionLine, MonthCount, PeriodLine, TopicCard
from generator.render.views.words import day_text, month_text

_NEWEST_OF_TOPIC = 30
_NEWEST_LINKING = 30
_EARLIER_EDITIONS = 6
_FRESH = 8
_CONNECTIONS = 12


def days_and_home(desk: Desk, days: Days, only: Container[str] | None = None) -> Iterator[Output]:
    """Every day's briefing, or that of these days alone, and the front page; days run from new to old."""
    announced = _announced(desk)
    newest: Later | None = None
    for day, earlier, later in with_neighbours(days.names):
        if only is not None and newest is not None and day not in only:
            continue
        told = announced.get(day, ())
        sign = digest_of(days.signs[day], told, earlier, later)
        view = Later(
            sign, _day_view, desk, days, day, DayAround((), told, _day_link(desk, earlier), _day_link(desk, later))
        )
        briefing = desk.site.briefings.get(day)
        origin = f"content/{briefing.path}" if briefing is not None else f"the articles of {day}"
        trail = _trail_to(desk, day[:7])
        yield Output(route.briefing(day), origin, PAGE, "briefing.html", briefing_page, (desk.around, day, view, trail))
        newest = newest or view
    around, description = desk.around, desk.site.config.description
    inputs = (around, description, newest, days.names[0] if days.names else "", _lists_of_home(desk, days))
    yield Output(route.HOME, "the front page", PAGE, "home.html", single.home_page, inputs)


def _day_view(desk: Desk, days: Days, day: str, beside: DayAround) -> BriefingView:
    arrangement, articles = days.arranged(day)
    whole = beside._replace(sources=source_counts(desk, articles))
    return briefing_view(desk.around, day, desk.site.briefings.get(day), arrangement, whole)


def _lists_of_home(desk: Desk, days: Days) -> Later:
    """Return what the front page lists below the newest edition: what came since, earlier editions, topics."""
    cards = topic_cards(desk)
    newer = _newer_than(desk, days.names[1]) if len(days.names) > 1 else []
    shown = days.names[: 1 + _EARLIER_EDITIONS]
    sign = digest_of(cards.digest, desk.signs_of(newer), tuple(days.signs[day] for day in shown))
    return Later(sign, _made_lists_of_home, desk, days, newer, cards)


def _made_lists_of_home(
    desk: Desk, days: Days, newer: list[Article], cards: Later
) -> tuple[tuple[Entry, ...], tuple[EditionLine, ...], tuple[TopicCard, ...]]:
    present = {article.id for article in days.arranged(days.names[0])[1]} if days.names else set()
    fresh = desk.entries([article for article in newer if article.id not in present][:_FRESH])
    return fresh, _edition_lines(desk, days, days.names[1 : 1 + _EARLIER_EDITIONS]), cards.value


def _edition_lines(desk: Desk, days: Days, names: Iterable[str]) -> tuple[EditionLine, ...]:
    lines = []
    for day in names:
        arrangement = days.arranged(day)[0]
        lines.append(archives_view.edition_line(desk.around, day, arrangement.total, arrangement.lead))
    return tuple(lines)


def _announced(desk: Desk) -> dict[str, tuple[CorrectionLine, ...]]:
    """Return the corrections made to articles and topics, by the day they were made."""
    found: dict[str, list[CorrectionLine]] = {}
    for line in all_corrections(desk, with_briefings=False):
        found.setdefault(line.date.iso[:10], []).append(line)
    return {day: tuple(lines) for day, lines in found.items()}


def _newer_than(desk: Desk, day: str) -> list[Article]:
    """Return what came after the edition of `day`, newest first."""
    before = desk.site.briefings.get(day)
    since = before.as_of if before is not None else None
    first_day = min(day, since.day) if since is not None else day
    newer = []
    for article in desk.site.articles:
        date = article.date
        if date is None or date.day < first_day:
            break
        is_newer = date.day > day or (since is not None and date.instant > since.instant and date.clock)
        is_folded = article.copy_of in desk.site.by_id and article.copy_of != article.id
        if is_newer and not is_folded:
            newer.append(article)
    return newer


def _day_link(desk: Desk, day: str) -> Link | None:
    return Link(day_text(day, desk.around.calendar).short, desk.day_href(day)) if day else None


def _trail_to(desk: Desk, month: str) -> tuple[Link, ...]:
    return (
        Link(month[:4], desk.around.href(route.year(month[:4]))),
        Link(month_text(month, desk.around.calendar), desk.around.href(route.month(month))),
    )


def archives(desk: Desk, days: Days, strings: Extras) -> Iterator[Output]:
    """The archive of all years, of each year, of each month."""
    around = desk.around
    months = {month: list(found) for month, found in groupby(days.names, key=lambda day: day[:7])}
    years = {year: list(found) for year, found in groupby(months, key=lambda month: month[:4])}
    for month, *beside in with_neighbours(months):
        links = tuple(_month_link(desk, other, route.month(other)) if other else None for other in beside)
        sign = digest_of(tuple(days.signs[day] for day in months[month]))
        inputs: tuple[Any, ...] = (around, month, Later(sign, _edition_lines, desk, days, months[month]), links)
        yield Output(route.month(month), f"the days of {month}", PAGE, "archive.html", archives_view.month_page, inputs)
    year_lines: list[PeriodLine] = []
    for year, *beside in with_neighbours(years):
        rows = tuple(
            archives_view.month_line(around, month, len(months[month]), sum(map(days.total, months[month])))
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
        listing = desk.listing(topic.id)
        yield _topic(desk, bodies, topic, listing)
        link = desk.topics[topic.id]
        for month, *beside in with_neighbours(listing.months):
            address = route.topic_month(topic.id, month)
            links = tuple(
                _month_link(desk, other, route.topic_month(topic.id, other)) if other else None for other in beside
            )
            found = Later(listing.signs[month], _by_day_at, desk, listing.months[month])
            month_inputs = (desk.around, link, month, found, links)
            origin = f"content/{topic.path}"
            yield Output(address, origin, PAGE, "topic-month.html", topic_view.topic_month_page, month_inputs)


def _topic(desk: Desk, bodies: Bodies, topic: Topic, listing: Listing) -> Output:
    address = route.topic(topic.id)
    body = None
    if topic.opening:
        body = bodies.whole(
            topic.path, topic.body, home=address, links=topic.links, own=(topic.id,), unlinked=(topic.id,)
        )
    linking = _linking(desk, topic)
    sign = digest_of(topic, listing.sign, desk.topics_sign, desk.signs_at(linking))
    trail = (_topics_link(desk),)
    inputs = (desk.around, topic, body, Later(sign, _beside_topic, desk, topic, listing), trail)
    return Output(address, f"content/{topic.path}", PAGE, "topic.html", topic_view.topic_page, inputs)


def _by_day_at(desk: Desk, places: Iterable[int]) -> tuple[DayGroup, ...]:
    return desk.by_day(desk.site.articles.at(places))


def _beside_topic(desk: Desk, topic: Topic, listing: Listing) -> topic_view.TopicBeside:
    return topic_view.TopicBeside(
        parent=desk.topics.get(topic.parent),
        related=tuple(desk.topics[other] for other in topic.related if other in desk.topics),
        days=_by_day_at(desk, listing.places[:_NEWEST_OF_TOPIC]),
        months=tuple(
            MonthCount(
                month_text(month, desk.around.calendar),
                desk.around.href(route.topic_month(topic.id, month)),
                len(found),
            )
            for month, found in listing.months.items()
        ),
        connections=desk.connections(topic.id, _CONNECTIONS),
        linked_from=desk.entries(desk.site.articles.at(_linking(desk, topic))),
        dates=_days_of(desk, listing),
    )


def _linking(desk: Desk, topic: Topic) -> Sequence[int]:
    """Return where the newest articles stand that link to a topic; in years there may be thousands."""
    return desk.site.linked_from.places.get(topic.path, ())[:_NEWEST_LINKING]


def topic_cards(desk: Desk) -> Later:
    """Return every topic as lists of topics show it, in the site's order."""
    newest = next(iter(desk.site.articles.days), "")
    told = tuple((topic, desk.listing(topic.id).days) for topic in desk.site.topics.values())
    sign = digest_of(desk.topics_sign, newest, told)
    return Later(sign, desk.kept.value, ("topic cards", sign), _made_topic_cards, desk, newest)


def _made_topic_cards(desk: Desk, until: str) -> tuple[TopicCard, ...]:
    return tuple(
        topic_view.topic_card(
            desk.topics[topic.id], topic, _days_of(desk, desk.listing(topic.id)), until, desk.around.calendar
        )
        for topic in desk.site.topics.values()
    )


def _days_of(desk: Desk, listing: Listing) -> tuple[str, ...]:
    days = desk.site.articles.days
    return tuple([days[place] for place in listing.places])


def corrections(desk: Desk, strings: Extras) -> Iterator[Output]:
    """The list of all corrections."""
    inputs = (desk.around, strings.get("corrections", "Corrections"), all_corrections(desk))
    yield Output(route.CORRECTIONS, "all corrections", PAGE, "corrections.html", single.corrections_page, inputs)


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
    return Link(month_text(month, desk.around.calendar), desk.around.href(address))


def _topics_link(desk: Desk) -> Link:
    return Link("", desk.around.href(route.TOPICS))
