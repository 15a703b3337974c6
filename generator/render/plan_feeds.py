"""The part of the plan that machines read: feeds, sitemaps, robots, headers, redirects."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import groupby, islice

from generator.digest import digest_of
from generator.model import route
from generator.model.article import Article, Extras
from generator.model.old_addresses import Old, earlier_ids, months_of, of_topic
from generator.model.page import ContentPage
from generator.model.site import Site, address_of
from generator.render import feeds as writers
from generator.render.bodies import Bodies, body_of
from generator.render.days import Days
from generator.render.desk import Desk
from generator.render.output import FEED, TEXT, Later, Output
from generator.render.plan_lists import all_corrections
from generator.render.views.feed import SharedFeedEntry, article_entry, briefing_entry, correction_entry, feed_view
from generator.render.views.words import Around

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
    source = desk.source(article)
    names = tuple(topic.name for topic in desk.topic_links(article))
    return article_entry(desk.around, article, source, names, body_of(bodies, article, source))


def _editions(desk: Desk, days: Days, title: str) -> Output:
    newest = days.names[:_NEWEST_EDITIONS]
    sign = digest_of(tuple(days.signs[day] for day in newest))
    addresses = (route.BRIEFINGS_FEED, route.BRIEFINGS)
    inputs = (desk.around, title, addresses, Later(sign, _edition_entries, desk, days, newest))
    return Output(route.BRIEFINGS_FEED, "the feed of briefings", FEED, "", feed_view, inputs)


def _edition_entries(desk: Desk, days: Days, names: Sequence[str]) -> tuple[SharedFeedEntry, ...]:
    return tuple(desk.kept.value(("edition", day, days.signs[day]), _edition_entry, desk, days, day) for day in names)


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


def machine_files(desk: Desk) -> Iterator[Output]:
    """Sitemaps by month, and what hosts and robots read."""
    around, base = desk.around, desk.around.base
    listed = [article for article in desk.site.articles if article.date is not None and not article.noindex]
    maps = []
    for month, found in groupby(listed, key=lambda article: article.date.day[:7] if article.date else ""):
        articles = list(found)
        rows = Later(digest_of(desk.signs_of(articles)), _rows_of_sitemap, around, articles)
        maps.append(route.sitemap_month(month))
        yield Output(maps[-1], f"the articles of {month}", TEXT, "", writers.sitemap, (rows,))
    pages = tuple((around.absolute(address), changed) for address, changed in _pages(desk))
    maps.append(route.sitemap_month(""))
    yield Output(maps[-1], "the site's pages", TEXT, "", writers.sitemap, (pages,))
    addresses = tuple(map(around.absolute, maps))
    yield Output(route.SITEMAP, "the sitemap", TEXT, "", writers.sitemap_index, (addresses,))
    yield Output(route.ROBOTS, "robots.txt", TEXT, "", writers.robots, (around.absolute(route.SITEMAP),))
    yield Output(route.HEADERS, "_headers", TEXT, "", writers.headers, (base,))
    yield Output(route.NO_JEKYLL, ".nojekyll", TEXT, "", str, ("",))
    yield Output(
        route.REDIRECTS,
        "_redirects",
        TEXT,
        "",
        writers.redirects,
        (base, tuple((old, new) for old, new, _ in old_addresses(desk.site))),
    )


def _rows_of_sitemap(around: Around, articles: Sequence[Article]) -> tuple[tuple[str, str], ...]:
    return tuple((around.absolute(address_of(article)), _changed(article)) for article in articles)


def _changed(article: Article) -> str:
    changed = article.updated or article.date
    return changed.iso if changed is not None else ""


def _pages(desk: Desk) -> Iterator[tuple[str, str]]:
    """Yield the address of every listing and single page, with the day of its newest article or ""."""
    days = list(desk.site.days)
    yield route.HOME, days[0] if days else ""
    yield route.BRIEFINGS, ""
    yield from ((route.briefing(day), "") for day in days)
    yield from ((route.month(month), "") for month in dict.fromkeys(day[:7] for day in days))
    yield from ((route.year(year), "") for year in dict.fromkeys(day[:4] for day in days))
    yield route.TOPICS, ""
    for topic in desk.site.by_topic:
        yield route.topic(topic), ""
        yield from ((route.topic_month(topic, month), "") for month in desk.listing(topic).months)
    yield route.CORRECTIONS, ""
    yield from ((route.content_page(page.slug), "") for page in desk.site.pages if not page.noindex)


def old_addresses(site: Site) -> Iterator[tuple[str, str, str]]:
    """Yield every (old address, new address, file that says so), in order of old address."""
    months = months_of(site.articles) if any(topic.redirect_from for topic in site.topics.values()) else {}
    things: list[Article | ContentPage] = [*site.articles, *site.pages]
    rows = [Old(old, site.addresses[thing.path], thing.path) for thing in things for old in thing.redirect_from]
    rows += [old for topic in site.topics.values() for old in of_topic(topic, months)]
    named = {old for thing in (*things, *site.topics.values()) for old in thing.redirect_from}
    # What a file names itself goes before what comes along with a topic's old address.
    own = {old: (old, new, f"content/{path}") for old, new, path in sorted(rows, key=lambda row: row.old in named)}
    yield from sorted(own.values())
