"""The pages of topics: the list of all, one topic, one month of a topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from generator.model import route
from generator.model.topic import Topic
from generator.named import NamedTuple
from generator.render.charts import activity_svg
from generator.render.views.entry import DayGroup, Entry
from generator.render.views.frame import Body, DateText, Link, Page, TopicLink
from generator.render.views.kinds import (
    Connection,
    MonthCount,
    OtherName,
    StatusLine,
    TopicCard,
    TopicMonthView,
    TopicsView,
    TopicView,
    Week,
)
from generator.render.views.words import (
    Around,
    correction_lines,
    date_text,
    day_text,
    direction_of,
    month_text,
    optional_date,
)
from generator.text.dates import Calendar, add_days, monday_of
from generator.text.html import first_words

WEEKS = 12
_DESCRIPTION_WORDS = 40


class TopicBeside(NamedTuple):
    """What a topic's page shows of others; `days` are its newest articles, `dates` the days of all, newest first."""

    parent: TopicLink | None
    related: tuple[TopicLink, ...]
    days: tuple[DayGroup, ...]
    months: tuple[MonthCount, ...]
    connections: tuple[Connection, ...]
    linked_from: tuple[Entry, ...]
    dates: tuple[str, ...]


def topic_page(
    around: Around, topic: Topic, body: Body | None, beside: TopicBeside, trail: tuple[Link, ...]
) -> tuple[Page, TopicView]:
    """Return the page of a topic."""
    address = route.topic(topic.id)
    weeks = weeks_of(beside.dates, beside.dates[0] if beside.dates else "", around.calendar)
    # What reports connect stands in its own list, with numbers; twice in one column it would only be longer.
    connected = {connection.topic for connection in beside.connections}
    page = Page(
        kind="topic",
        address=address,
        canonical=around.absolute(address),
        title=topic.title,
        description=first_words(topic.opening, _DESCRIPTION_WORDS),
        trail=trail,
        feeds=(Link(topic.title, around.href(route.topic_feed(topic.id))),),
    )
    view = TopicView(
        id=topic.id,
        title=topic.title,
        names=tuple(OtherName(lang, direction_of(lang), name) for lang, name in topic.names),
        parent=beside.parent,
        related=tuple(link for link in beside.related if link not in connected),
        status=status_lines(topic, around.calendar),
        body=body,
        reviewed=optional_date(topic.reviewed, around.calendar),
        corrections=correction_lines(topic.corrections, around.calendar),
        weeks=weeks,
        chart=activity_svg(weeks) if weeks else "",
        total=len(beside.dates),
        days=beside.days,
        months=beside.months,
        connections=beside.connections,
        linked_from=beside.linked_from,
    )
    return page, view


def status_lines(topic: Topic, calendar: Calendar | None) -> tuple[StatusLine, ...]:
    """Return what editors said of a topic, newest first."""
    newest_first = sorted(topic.status, key=lambda status: status.date, reverse=True)
    return tuple(StatusLine(date_text(status.date, calendar), status.trend, status.reason) for status in newest_first)


def weeks_of(days: Sequence[str], until: str, calendar: Calendar | None) -> tuple[Week, ...]:
    """Return how many of `days` lie in each of the WEEKS weeks that end with the week of `until`, oldest first."""
    if not until:
        return ()
    last = monday_of(until)
    mondays = [add_days(last, -7 * back) for back in range(WEEKS - 1, -1, -1)]
    counts: dict[str, int] = {}
    # Days first: a topic has many articles a day, and asking the calendar is the dear part.
    for day, total in Counter(days).items():
        if day >= mondays[0]:
            monday = monday_of(day)
            counts[monday] = counts.get(monday, 0) + total
    return tuple(Week(day_text(monday, calendar).short, counts.get(monday, 0)) for monday in mondays)


def topic_card(link: TopicLink, topic: Topic, dates: Sequence[str], until: str, calendar: Calendar | None) -> TopicCard:
    """Return a topic as lists of topics show it; weeks end with the week of `until`, the same for all topics."""
    latest: DateText | None = day_text(dates[0], calendar) if dates else None
    status = status_lines(topic, calendar)
    activity = tuple(week.total for week in weeks_of(dates, until, calendar)) if dates else ()
    return TopicCard(link, len(dates), status[0].trend if status else "", latest, activity)


def topics_page(around: Around, title: str, cards: tuple[TopicCard, ...]) -> tuple[Page, TopicsView]:
    """Return the list of all topics."""
    address = route.TOPICS
    return Page("topics", address, around.absolute(address), title), TopicsView(cards)


def topic_month_page(
    around: Around, link: TopicLink, month: str, days: tuple[DayGroup, ...], beside: tuple[Link | None, Link | None]
) -> tuple[Page, TopicMonthView]:
    """Return one month of a topic; `beside` are the months before and after that have articles."""
    address = route.topic_month(link.id, month)
    heading = month_text(month, around.calendar)
    page = Page(
        kind="topic-month",
        address=address,
        canonical=around.absolute(address),
        title=f"{link.name}: {heading}",
        trail=(Link("", around.href(route.TOPICS)), Link(link.name, link.href)),
        published=month,
    )
    total = sum(len(day.entries) for day in days)
    return page, TopicMonthView(link, heading, total, days, *beside)


def connections_of(
    topics: Iterable[Sequence[str]], topic: str, links: Mapping[str, TopicLink], most: int
) -> tuple[Connection, ...]:
    """Return the topics that share most articles with `topic`; ties in the site's order.

    `topics` holds for each article of `topic` what it is about.
    """
    counts = Counter(other for own_topics in topics for other in own_topics if other != topic)
    places = {other: place for place, other in enumerate(links)}
    ranked = sorted((other for other in counts if other in links), key=lambda other: (-counts[other], places[other]))
    return tuple(Connection(links[other], counts[other]) for other in ranked[:most])
