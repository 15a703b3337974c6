"""What a complete build leaves of the site that stands, so that an edit of words need not assemble it anew.

It is kept in columns: one that nobody asks for is not read, and of one that an edit changes the changes are written.
Articles stay in the log of the content until they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any

from generator.build.columns import Columns, Index, write_columns
from generator.build.content import ContentCache
from generator.build.log import packed_value
from generator.build.planned import Planned, stand_of
from generator.build.stamp import Scan
from generator.build.state import OutputState
from generator.build.toolchain import toolchain
from generator.config import Config
from generator.config import revived as config_revived
from generator.digest import digest_of_bytes
from generator.model.article import Article
from generator.model.site import Site
from generator.render.desk import Desk
from generator.render.plan_feeds import editions_known
from generator.render.theme import Theme, packable
from generator.render.theme import revived as theme_revived

_NAME = "standing"
_HEADING = b"standing 6"
_NOTHING_LATER: Mapping[str, Sequence[int]] = MappingProxyType({})
# With these as they were, so are all others.
_TELLING = ("files", "where", "outputs")
_FIRST = itemgetter(0)


class Standing:
    """The columns of one site, read as they are asked for; asking raises Lost where they are damaged."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.value = columns.value

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
        return bytes(self.value("made with")[1])

    @property
    def linked_headings(self) -> frozenset[tuple[str, str]]:
        """The headings that links lead to, as content paths and ids."""
        return frozenset((path, heading) for path, heading in self.value("linked headings"))

    @property
    def paths(self) -> list[str]:
        """The content files the site is made of, in order."""
        return list(map(_FIRST, self.value("files")))

    def changed(self, seen: Scan, later: Mapping[str, Sequence[int]] = _NOTHING_LATER) -> list[str] | None:
        """Return the content files that may have been saved since, None where files came or went.

        `later` has the signs of files that were read again after the site was left.
        """
        files, unread = self.value("files"), set(self.value("unread"))
        if later:
            files = [(known[0], *later[known[0]]) if known[0] in later else known for known in files]
        content = [stat for stat in seen.content if stat.path not in unread] if unread else seen.content
        if len(files) != len(content) or len(unread) != len(seen.content) - len(content):
            return None
        changed = [(stat, known) for stat, known in zip(content, files, strict=True) if stat != known]
        # Both are in order of path: one that came and one that went leave others out of step.
        if any(stat.path != known[0] for stat, known in changed):
            return None
        return [stat.path for stat, _ in changed]


def read_standing(folder: Path, index: Any) -> Standing | None:
    """Return what was left, as the stamp tells, None where nothing was."""
    return Standing(Columns(folder / _NAME, _HEADING, Index(*index))) if index else None


def write_standing(folder: Path, columns: Mapping[str, Any]) -> Index:
    """Leave the columns and return where they are; raises OSError."""
    token = digest_of_bytes(packed_value([columns[name] for name in _TELLING]))
    return write_columns(folder / _NAME, _HEADING, token, columns)


def columns_of(seen: Scan, planned: Planned, content: ContentCache, state: OutputState) -> dict[str, Any]:
    """Return the columns of a site that was planned whole."""
    stand = stand_of(planned)
    assert planned.press is not None
    site = stand.desk.site
    # Notices, lists of ours and what lies where nothing reads it are seen, and are no part of the site.
    paths = [stat.path for stat in seen.content if stat.path in content.entries]
    registry = (
        list(site.sources.values()),
        site.pages,
        planned.faults,
        planned.held,
        content.options,
    )
    where, outputs = content.whereabouts(), state.whereabouts()
    return {
        "files": [(path, *content.entries[path].seen) for path in paths],
        "unread": [stat.path for stat in seen.content if stat.path not in content.entries],
        "shelf": _shelf(site, content, {path: number for number, path in enumerate(paths)}),
        "lists": (site.days.places, site.by_topic.places, site.copies.places),
        "totals": [stand.days.total(day) for day in stand.days.names],
        "registry": registry,
        "topics": list(site.topics.values()),
        "briefings": list(site.briefings.values()),
        "linked headings": sorted(planned.linked_headings),
        "made with": (site.config, toolchain(), packable(planned.press.theme)),
        "addresses": [site.addresses.get(path) for path in paths],
        "signs": [stand.desk.signs[id] for id in site.articles.ids],
        "listings": [listing_row(stand.desk, topic) for topic in site.topics],
        "days": [stand.days.signs[day] for day in stand.days.names],
        "where": [where.places[path] for path in paths],
        "outputs": [outputs.places[path] for path in state.left],
        "ends": (where.end, where.rows, outputs.end, outputs.rows),
        "links": (site.linked_from.places, site.corrected),
        "editions": editions_known(stand.desk, stand.days),
        "earlier": [places_of(site, site.earlier.get(id, ())) for id in site.articles.ids],
        "concordances": site.concordances,
    }


def places_of(site: Site, ids: Iterable[str]) -> list[int]:
    """Return where articles stand, by their ids."""
    places = site.by_id.places
    return [places[id] for id in ids]


def _shelf(site: Site, content: ContentCache, numbers: Mapping[str, int]) -> tuple[Any, ...]:
    topics = {own: number for number, own in enumerate(dict.fromkeys(site.articles.topics))}
    return (
        [numbers[path] for path in site.by_path],
        site.articles.ids,
        site.articles.days,
        [topics[own] for own in site.articles.topics],
        list(topics),
        [(place, article) for place, article in enumerate(site.articles) if not _is_as_filed(article, content)],
    )


def listing_row(desk: Desk, topic: str) -> tuple[Any, ...]:
    """Return a topic's list as its column holds it."""
    found = desk.listing(topic)
    return (topic, found.places, list(found.months.values()), list(found.signs.items()), found.sign, found.days)


def _is_as_filed(article: Article, content: ContentCache) -> bool:
    """Say whether an article is what its file says: one that names its lead by a link was given that lead's id."""
    return article is content.entries[article.path].value
