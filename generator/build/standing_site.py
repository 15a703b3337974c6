"""The site that stands, from what the last build left of it; articles and pages are read as they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from generator.build.content import ContentCache
from generator.build.named_rows import Whereabouts
from generator.build.stamp import Stamp
from generator.build.standing import Standing
from generator.build.state import OutputState
from generator.config import Config
from generator.errors import Diagnostic
from generator.load.parse import ParseOptions
from generator.load.revive import (
    revive_article,
    revive_briefing,
    revive_page,
    revive_source,
    revive_topic,
)
from generator.model.article import Article, Extras
from generator.model.overlaid import NamesByPlace, Waiting
from generator.model.shelf import Lists, Named, Shelf
from generator.model.site import Site
from generator.render.desk import Desk, Listing


def content_of(standing: Standing, folder: Path, root: Path) -> ContentCache | None:
    """Return the content as it was left, to be read as it is asked for; None where the log is another by now."""
    options = ParseOptions(*standing.value("registry")[-1])
    content = ContentCache(folder, root / "content", options, standing.toolchain)
    end, rows, *_ = standing.value("ends")
    where = Whereabouts(dict(zip(standing.paths, standing.value("where"), strict=True)), end, rows)
    return content if content.resume(where) else None


def state_of(standing: Standing, stamp: Stamp, folder: Path, output: Path) -> OutputState | None:
    """Return the state of the output folder, to be read as it is asked for; None where the log is another by now."""
    state = OutputState(folder, output)
    *_, end, rows = standing.value("ends")
    where = Whereabouts(dict(zip(stamp.outputs.paths, standing.value("outputs"), strict=True)), end, rows)
    return state if state.resume(where) else None


def site_of(standing: Standing, config: Config, content: ContentCache) -> Site:
    """Return the site that stands; its articles are fetched from `content` when they are asked for."""
    numbers, ids, days, topics, kinds, own = standing.value("shelf")
    files = standing.paths
    paths = [files[number] for number in numbers]
    resolved = {place: revive_article(row) for place, row in own}
    by_day, by_topic, copies = standing.value("lists")
    linked, corrected = standing.value("links")
    shelf = Shelf(
        (resolved.get(place) for place in range(len(ids))) if resolved else [None] * len(ids),
        ids,
        days,
        [kinds[kind] for kind in topics],
        _fetch(content, paths),
    )
    sources, pages, *_ = standing.value("registry")
    places = {id: place for place, id in enumerate(ids)}
    return Site(
        config=config,
        articles=shelf,
        by_id=Named(shelf, places),
        by_path=Named(shelf, {path: place for place, path in enumerate(paths)}),
        topics={topic.id: topic for topic in map(revive_topic, standing.value("topics"))},
        sources={source.key: source for source in map(revive_source, sources)},
        briefings={briefing.day: briefing for briefing in map(revive_briefing, standing.value("briefings"))},
        pages=tuple(map(revive_page, pages)),
        days=Lists(shelf, by_day),
        by_topic=Lists(shelf, by_topic),
        copies=Lists(shelf, copies),
        linked_from=Lists(shelf, linked),
        corrected=corrected,
        earlier=NamesByPlace(ids, places, standing.value("earlier")),
        concordances=Waiting(lambda: standing.value("concordances")),
        addresses={path: own for path, own in zip(files, standing.value("addresses"), strict=True) if own is not None},
    )


def _fetch(content: ContentCache, paths: Sequence[str]) -> Callable[[int], Article]:
    def fetch(place: int) -> Article:
        entry = content.known(paths[place])
        assert entry is not None
        article: Article = entry.value
        return article

    return fetch


def desk_of(standing: Standing, site: Site, strings: Extras, *, preview: bool) -> Desk:
    """Return the desk of the site that stands, whose theme has these strings."""
    listings = {
        topic: Listing(places, dict(zip(dict(signs), months, strict=True)), dict(signs), sign, days)
        for topic, places, months, signs, sign, days in standing.value("listings")
    }
    signs = dict(zip(site.articles.ids, standing.value("signs"), strict=True))
    editions = {(day, sign): (digest, updated) for day, sign, digest, updated in standing.value("editions")}
    return Desk(site, strings=strings, preview=preview, signs=signs, listings=listings, editions=editions)


def told_of(standing: Standing) -> tuple[tuple[Diagnostic, ...], int]:
    """Return the faults that were told of the site, and how many of its articles are held."""
    *_, faults, held, _ = standing.value("registry")
    return tuple(Diagnostic(*fault) for fault in faults), held
