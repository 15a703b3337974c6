"""The feeds of a site: of articles, of editions, of corrections, of every topic."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import islice

from generator.digest import digest_of
from generator.model import route
from generator.model.article import Article, Extras
from generator.model.old_addresses import earlier_ids
from generator.model.site import Site
from generator.render.bodies import Bodies, body_of
from generator.render.corrected import all_corrections
from generator.render.days import Days
from generator.render.desk import Desk
from generator.render.output import FEED, Later, Output
from generator.render.views.feed import SharedFeedEntry, article_entry, briefing_entry, correction_entry, feed_view
from generator.render.views.shown import shown

_NEWEST_ARTICLES = 50
_NEWEST_EDITIONS = 20
_NEWEST_OF_TOPIC = 50


def feeds(
    desk: Desk, bodies: Bodies, days: Days, strings: Extras, topics: Container[str] | None = None
) -> Iterator[Output]:
    """Atom for the newest articles, the newest editions (each whole), corrections, and every topic, or these topics."""

    def entries(articles: Sequence[Article]) -> Later:
        told = tuple((one.digest, desk.signs[one.id], bodies.sign_of(one.links)) for one in articles)
        return Later(digest_of(told), _entries, desk, bodies, tuple(zip(articles, told, strict=True)))

    around, title = desk.around, desk.site.config.title
    newest = entries(_newest(desk.site, _NEWEST_ARTICLES))
    yield Output(route.FEED, "the feed", FEED, "", feed_view, (around, title, (route.FEED, route.HOME), newest))
    yield _editions(desk, days, f"{title}: {strings.get('briefings', 'Briefings')}")
    corrected = tuple(correction_entry(around, line) for line in all_corrections(desk)[:_NEWEST_ARTICLES])
    name = f"{title}: {strings.get('corrections', 'Corrections')}"
    addresses = (route.CORRECTIONS_FEED, route.CORRECTIONS)
    yield Output(
        route.CORRECTIONS_FEED, "the feed of corrections", FEED, "", feed_view, (around, name, addresses, corrected)
    )
    for topic in desk.site.topics.values():
        if topics is not None and topic.id not in topics:
            continue
        address = route.topic_feed(topic.id)
        found = entries(desk.site.articles.at(desk.listing(topic.id).places[:_NEWEST_OF_TOPIC]))
        inputs = (around, f"{title}: {topic.title}", (address, route.topic(topic.id)), found)
        # At its old addresses the feed stands whole and names the new one: readers of feeds follow no page elsewhere.
        for place in (address, *map(route.topic_feed, earlier_ids(topic))):
            yield Output(place, f"content/{topic.path}", FEED, "", feed_view, inputs)


def _entries(
    desk: Desk, bodies: Bodies, told: Sequence[tuple[Article, tuple[bytes, ...]]]
) -> tuple[SharedFeedEntry, ...]:
    return tuple(desk.kept.value(("feed entry", *sign), _entry, desk, bodies, article) for article, sign in told)


def _entry(desk: Desk, bodies: Bodies, article: Article) -> SharedFeedEntry:
    beside = desk.beside(article)
    words = shown(article, beside.source)
    return article_entry(desk.around, article, beside, words, body_of(bodies, article, words))


def _editions(desk: Desk, days: Days, title: str) -> Output:
    newest = days.names[:_NEWEST_EDITIONS]
    sign = digest_of(tuple(days.signs[day] for day in newest))
    addresses = (route.BRIEFINGS_FEED, route.BRIEFINGS)
    inputs = (desk.around, title, addresses, Later(sign, _edition_entries, desk, days, newest))
    return Output(route.BRIEFINGS_FEED, "the feed of briefings", FEED, "", feed_view, inputs)


def _edition_entries(desk: Desk, days: Days, names: Sequence[str]) -> tuple[SharedFeedEntry, ...]:
    return tuple(_known_edition(desk, days, day) for day in names)


def _known_edition(desk: Desk, days: Days, day: str) -> SharedFeedEntry:
    """Return a day as its feed carries it; one that an earlier build knew is made where it must be written anew."""
    sign = days.signs[day]
    if (day, sign) in desk.editions:
        return SharedFeedEntry(*desk.editions[day, sign], lambda: _edition_entry(desk, days, day).view)
    entry: SharedFeedEntry = desk.kept.value(("edition", day, sign), _edition_entry, desk, days, day)
    return entry


def editions_known(desk: Desk, days: Days) -> list[tuple[str, bytes, bytes, str]]:
    """Return what a later build can use of the newest days: day, its sign, its entry's digest and newest moment."""
    known: list[tuple[str, bytes, bytes, str]] = []
    for day in days.names[:_NEWEST_EDITIONS]:
        sign = days.signs[day]
        entry: SharedFeedEntry | None = desk.kept.known(("edition", day, sign))
        found = (entry.digest, entry.updated) if entry is not None else desk.editions.get((day, sign))
        if found is not None:
            known.append((day, sign, *found))
    return known


def _edition_entry(desk: Desk, days: Days, day: str) -> SharedFeedEntry:
    return briefing_entry(desk.around, day, desk.site.briefings.get(day), *days.arranged(day))


def _newest(site: Site, most: int) -> list[Article]:
    """Return the newest articles, copies folded under leads anywhere in the site."""
    found = (
        article
        for article in site.articles
        if article.date is not None and not (article.copy_of in site.by_id and article.copy_of != article.id)
    )
    return list(islice(found, most))
