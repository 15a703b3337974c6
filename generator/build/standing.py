"""What a complete build leaves of the site that stands, so that an edit of words need not assemble it anew.

It is kept in columns, each packed by itself: one that nobody asks for is not unpacked, one that an edit leaves as it is
is written back as it was. Articles stay in the log of the content until they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.build.content import ContentCache
from generator.build.editing import Saved, stand_of
from generator.build.log import RecordLog, Whereabouts, packed_value, unpacked_value
from generator.build.planning import Planned
from generator.build.stamp import Scan, Stamp
from generator.build.state import OutputState
from generator.build.toolchain import toolchain
from generator.config import Config
from generator.config import revived as config_revived
from generator.digest import digest_of
from generator.errors import Diagnostic
from generator.load.parse import ParseOptions
from generator.load.revive import REVIVE, revive_article
from generator.model.article import Article
from generator.model.shelf import Lists, Named, Shelf
from generator.model.site import Site
from generator.render.desk import Desk, Listing
from generator.render.theme import Theme, packable
from generator.render.theme import revived as theme_revived

_NAME = "standing"
_HEADING = b"standing 2"
# With more files than this an edit is no longer one.
_MOST_EDITED = 50
# With these as they were, so are all others; that they are whole the log sees to.
_TELLING = ("files", "where", "outputs")


class Standing:
    """The columns of one site; `token` is the digest of those that say which files it was made of and into."""

    def __init__(self, columns: Mapping[str, bytes]) -> None:
        self.columns = columns
        self.token = digest_of(tuple([columns.get(name, b"") for name in _TELLING]))
        self._values: dict[str, Any] = {}

    def value(self, name: str) -> Any:
        """Return a column's value as plain tuples."""
        if name not in self._values:
            self._values[name] = unpacked_value(self.columns[name])
        return self._values[name]

    @property
    def config(self) -> Config:
        """The site's settings; themes, settings and code are as they were, or nothing here is asked."""
        return config_revived(self.value("made with")[0])

    @property
    def theme(self) -> Theme:
        """The site's theme, as far as pages are made with it."""
        return theme_revived(self.value("made with")[2])

    @property
    def toolchain(self) -> bytes:
        """What the site's pages are made with."""
        made_by: bytes = self.value("made with")[1]
        return made_by

    def changed(self, seen: Scan) -> list[str] | None:
        """Return the content files that may have been saved since, None where files came, went, or are too many."""
        files, unread = self.value("files"), set(self.value("unread"))
        content = [stat for stat in seen.content if stat.path not in unread]
        if len(files) != len(content) or len(unread) != len(seen.content) - len(content):
            return None
        changed = [stat for stat, known in zip(content, files, strict=True) if stat != known]
        paths = {known[0] for known in files} if changed else set()
        if len(changed) > _MOST_EDITED or any(stat.path not in paths for stat in changed):
            return None
        return [stat.path for stat in changed]


def read_standing(folder: Path, token: bytes) -> Standing | None:
    """Return what was left with this token, None where it is not there."""
    standing = Standing(dict(RecordLog(folder / _NAME, _HEADING).read())) if token else None
    return standing if standing is not None and standing.token == token else None


def write_standing(folder: Path, columns: Mapping[str, bytes]) -> bytes:
    """Leave the columns and return their token; raises OSError."""
    RecordLog(folder / _NAME, _HEADING).rewrite(columns.items())
    return Standing(columns).token


def columns_of(seen: Scan, planned: Planned, content: ContentCache, state: OutputState) -> dict[str, bytes]:
    """Return the columns of a site that was planned whole."""
    stand = stand_of(planned)
    assert planned.press is not None
    site = stand.desk.site
    # Notices, lists of ours and what lies where nothing reads it are seen, and are no part of the site.
    read = [stat for stat in seen.content if stat.path in content.entries]
    registry = (
        list(site.topics.values()),
        list(site.sources.values()),
        list(site.briefings.values()),
        site.pages,
        planned.faults,
        planned.held,
        content.options,
    )
    files = [(stat.path, *content.entries[stat.path].seen) for stat in read]
    listed = (site.days.places, site.by_topic.places, site.copies.places)
    return {
        "files": packed_value(files),
        "unread": packed_value([stat.path for stat in seen.content if stat.path not in content.entries]),
        "shelf": _packed_shelf(site, content, {stat.path: number for number, stat in enumerate(read)}),
        "lists": packed_value(listed),
        "totals": packed_value([stand.days.total(day) for day in stand.days.names]),
        "registry": packed_value(registry),
        "made with": packed_value((site.config, toolchain(), packable(planned.press.theme))),
        "addresses": packed_value(site.addresses),
        **_columns_of_signs(planned),
        "where": _packed_places(content.whereabouts(), [stat.path for stat in read]),
        "links": _packed_links(site),
        "outputs": _packed_places(state.whereabouts(), state.left),
        "earlier": packed_value(site.earlier),
        "concordances": packed_value(site.concordances),
    }


def _packed_shelf(site: Site, content: ContentCache, numbers: Mapping[str, int]) -> bytes:
    topics = {own: number for number, own in enumerate(dict.fromkeys(site.articles.topics))}
    shelf = (
        [numbers[path] for path in site.by_path],
        site.articles.ids,
        site.articles.days,
        [topics[own] for own in site.articles.topics],
        list(topics),
        [(place, article) for place, article in enumerate(site.articles) if not _is_as_filed(article, content)],
    )
    return packed_value(shelf)


def columns_edited(before: Standing, saved: Saved, planned: Planned, content: ContentCache) -> dict[str, bytes]:
    """Return the columns of a site after an edit of words."""
    files = [
        (known[0], *saved.entries[known[0]].seen) if known[0] in saved.entries else known
        for known in before.value("files")
    ]
    desk = stand_of(planned).desk
    columns = {
        **before.columns,
        "files": packed_value(files),
        "where": _packed_places(content.whereabouts(), [file[0] for file in files]),
    }
    if saved.edits:
        columns["links"] = _packed_links(desk.site)
    # What lists show of an article is often as it was; then so is all that is made of it.
    if [desk.signs[id] for id in desk.site.articles.ids] != list(before.value("signs")):
        columns.update(_columns_of_signs(planned))
    if desk.site.earlier is not before.value("earlier"):
        columns["earlier"] = packed_value(desk.site.earlier)
        columns["concordances"] = packed_value(desk.site.concordances)
    return columns


def _packed_links(site: Site) -> bytes:
    return packed_value((site.linked_from.places, site.corrected))


def _columns_of_signs(planned: Planned) -> dict[str, bytes]:
    """Return the columns that are made of what lists show of articles."""
    desk, days = stand_of(planned).desk, stand_of(planned).days
    ids = desk.site.articles.ids
    listings = [
        (topic, found.places, list(found.months.values()), list(found.signs.items()), found.sign, found.days)
        for topic in desk.site.topics
        for found in (desk.listing(topic),)
    ]
    return {
        "signs": packed_value([desk.signs[id] for id in ids]),
        "listings": packed_value(listings),
        "days": packed_value([days.signs[day] for day in days.names]),
    }


def _is_as_filed(article: Article, content: ContentCache) -> bool:
    """Say whether an article is what its file says: one that names its lead by a link was given that lead's id."""
    return article is content.entries[article.path].value


def content_of(standing: Standing, folder: Path, root: Path) -> ContentCache | None:
    """Return the content as it was left, to be read as it is asked for; None where the log is another by now."""
    options = ParseOptions(*standing.value("registry")[-1])
    content = ContentCache(folder, root / "content", options, standing.toolchain)
    paths = [file[0] for file in standing.value("files")]
    return content if content.resume(_whereabouts(standing.value("where"), paths)) else None


def state_of(standing: Standing, stamp: Stamp, folder: Path, output: Path) -> OutputState | None:
    """Return the state of the output folder, to be read as it is asked for; None where the log is another by now."""
    state = OutputState(folder, output)
    where = _whereabouts(standing.value("outputs"), [path for path, *_ in stamp.outputs])
    return state if state.resume(where) else None


def packed_outputs(state: OutputState, stamp: Stamp) -> bytes:
    """Return the column of an output folder that holds the files it held at the stamp."""
    return _packed_places(state.whereabouts(), [path for path, *_ in stamp.outputs])


def _packed_places(where: Whereabouts, names: Iterable[str]) -> bytes:
    places = [where.places[name] for name in names]
    return packed_value(([frame for frame, _ in places], [number for _, number in places], where.end, where.rows))


def _whereabouts(column: Any, names: Iterable[str]) -> Whereabouts:
    frames, numbers, end, rows = column
    return Whereabouts(dict(zip(names, zip(frames, numbers, strict=True), strict=True)), end, rows)


def site_of(standing: Standing, config: Config, content: ContentCache) -> Site:
    """Return the site that stands; its articles are fetched from `content` when they are asked for."""
    numbers, ids, days, topics, kinds, own = standing.value("shelf")
    files = standing.value("files")
    paths = [files[number][0] for number in numbers]
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
    registry = standing.value("registry")
    known, sources, briefings = (
        [REVIVE[kind](row) for row in rows]
        for kind, rows in zip(("topic", "source", "briefing"), registry, strict=False)
    )
    return Site(
        config=config,
        articles=shelf,
        by_id=Named(shelf, {id: place for place, id in enumerate(ids)}),
        by_path=Named(shelf, {path: place for place, path in enumerate(paths)}),
        topics={topic.id: topic for topic in known},
        sources={source.key: source for source in sources},
        briefings={briefing.day: briefing for briefing in briefings},
        pages=tuple(map(REVIVE["page"], registry[3])),
        days=Lists(shelf, by_day),
        by_topic=Lists(shelf, by_topic),
        copies=Lists(shelf, copies),
        linked_from=Lists(shelf, linked),
        corrected=corrected,
        earlier=standing.value("earlier"),
        concordances=standing.value("concordances"),
        addresses=standing.value("addresses"),
    )


def _fetch(content: ContentCache, paths: Sequence[str]) -> Callable[[int], Article]:
    def fetch(place: int) -> Article:
        entry = content.known(paths[place])
        assert entry is not None
        article: Article = entry.value
        return article

    return fetch


def desk_of(standing: Standing, site: Site) -> Desk:
    """Return the desk of the site that stands."""
    listings = {
        topic: Listing(places, dict(zip(dict(signs), months, strict=True)), dict(signs), sign, days)
        for topic, places, months, signs, sign, days in standing.value("listings")
    }
    return Desk(site, signs=dict(zip(site.articles.ids, standing.value("signs"), strict=True)), listings=listings)


def told_of(standing: Standing) -> tuple[tuple[Diagnostic, ...], int]:
    """Return the faults that were told of the site, and how many of its articles are held."""
    *_, faults, held, _ = standing.value("registry")
    return tuple(Diagnostic(*fault) for fault in faults), held
