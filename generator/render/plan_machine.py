"""The part of the plan that hosts and robots read: sitemaps, headers, redirections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.digest import digest_of
from generator.model import route
from generator.model.article import Article
from generator.model.old_addresses import Old, months_of, of_topic
from generator.model.page import ContentPage
from generator.model.site import Site, address_of
from generator.render import feeds as writers
from generator.render.desk import Desk
from generator.render.output import TEXT, Later, Output
from generator.render.views.words import Around


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
