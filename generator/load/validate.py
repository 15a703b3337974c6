"""All content together: what is wrong across files, and what of it may be shown now.

The clock is asked here and nowhere else: drafts, held, scheduled and expired articles are told apart once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from generator.config import Config
from generator.errors import ERROR, Diagnostic, in_order
from generator.load.article_faults import article_faults, link_faults, linked_headings
from generator.load.body import content_path
from generator.load.parse import Parsed
from generator.load.registry_faults import registry_faults
from generator.load.scan import CONTENT, Scan
from generator.load.whole import Whole, whole
from generator.model.article import Article, with_derived
from generator.model.briefing import Briefing
from generator.model.site import Published
from generator.named import NamedTuple


class Loaded(NamedTuple):
    """A site's content, ready to be assembled, and everything that is wrong with it.

    `published` holds neither faulty articles nor those that wait; these stand in the groups below it, each in one.
    `left_out` are the content paths of articles with errors of their own: a build may go on without them.
    `valid_until` is the second in which the next article appears or expires, None when none will.
    `linked_headings` are those that links lead to, or try to, as content paths and ids.
    """

    published: Published
    held: tuple[Article, ...] = ()
    drafts: tuple[Article, ...] = ()
    scheduled: tuple[Article, ...] = ()
    expired: tuple[Article, ...] = ()
    left_out: tuple[str, ...] = ()
    faults: tuple[Diagnostic, ...] = ()
    valid_until: int | None = None
    linked_headings: frozenset[tuple[str, str]] = frozenset()

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The faults that stop a build."""
        return tuple(fault for fault in self.faults if fault.severity == ERROR)

    @property
    def errors_that_remain(self) -> tuple[Diagnostic, ...]:
        """The faults that stop a build even when faulty articles are left out."""
        left_out = {f"{CONTENT}/{path}" for path in self.left_out}
        return tuple(fault for fault in self.errors if fault.path not in left_out)

    def preview(self) -> Published:
        """Return what a preview shows: drafts and held articles too."""
        return self.published._replace(articles=(*self.published.articles, *self.drafts, *self.held))


def validate(
    root: str | Path,
    scan: Scan,
    parsed: Mapping[str, Parsed[Any]],
    config: Config,
    now: int,
    *,
    unreadable: Iterable[Diagnostic] = (),
) -> Loaded:
    """Return the content of the site in `root`, checked as a whole and filtered by `now`, seconds since 1970.

    `parsed` holds every file of `scan` by content path; a file missing there is told in `unreadable`.
    """
    kinds = {file.path: file.kind for file in scan.files}
    files = (stat.path for stat in (*scan.static, *scan.beside))
    content = _with_ids(whole(root, kinds, parsed, files))
    groups = sort_by_clock(content.articles, now)
    waiting = (groups.held, groups.drafts, groups.scheduled, groups.expired)
    unpublished = frozenset(article.path for group in waiting for article in group)
    faults = in_order(chain(scan.faults, unreadable, _faults(content, parsed, config, unpublished)))
    faulty = {fault.path.removeprefix(f"{CONTENT}/") for fault in faults if fault.severity == ERROR}

    def sound(articles: tuple[Article, ...]) -> tuple[Article, ...]:
        return tuple(article for article in articles if article.path not in faulty)

    return Loaded(
        published=Published(sound(groups.published), content.topics, content.sources, content.briefings, content.pages),
        held=sound(groups.held),
        drafts=sound(groups.drafts),
        scheduled=sound(groups.scheduled),
        expired=sound(groups.expired),
        left_out=tuple(sorted(path for path in faulty if kinds.get(path) == "article")),
        faults=faults,
        valid_until=groups.valid_until,
        linked_headings=linked_headings(content),
    )


def _faults(
    content: Whole, parsed: Mapping[str, Parsed[Any]], config: Config, unpublished: frozenset[str]
) -> Iterator[Diagnostic]:
    for file in parsed.values():
        yield from file.faults
    yield from article_faults(content)
    yield from link_faults(content, unpublished)
    yield from registry_faults(content, config)


class ByClock(NamedTuple):
    """Articles by what they are at one moment; `valid_until` is the second in which that next changes."""

    published: tuple[Article, ...]
    held: tuple[Article, ...]
    drafts: tuple[Article, ...]
    scheduled: tuple[Article, ...]
    expired: tuple[Article, ...]
    valid_until: int | None


def sort_by_clock(articles: Iterable[Article], now: int) -> ByClock:
    """Tell apart what may be shown at `now` and what may not; a draft that is held is a draft."""
    published, held, drafts, scheduled, expired = (list[Article]() for _ in range(5))
    changes: list[int] = []
    for article in articles:
        if article.draft:
            drafts.append(article)
        elif article.held:
            held.append(article)
        else:
            at, until = article.publish_at, article.expire_at
            if at is None and until is None:
                published.append(article)
                continue
            changes += [moment.instant for moment in (at, until) if moment is not None and moment.instant > now]
            if until is not None and until.instant <= now:
                expired.append(article)
            elif at is not None and at.instant > now:
                scheduled.append(article)
            else:
                published.append(article)
    return ByClock(
        tuple(published), tuple(held), tuple(drafts), tuple(scheduled), tuple(expired), min(changes, default=None)
    )


def _with_ids(content: Whole) -> Whole:
    """Return the content with leads named by id, where a briefing or a copy named them by a link or a slug."""
    by_path = {article.path: article for article in content.articles}
    copies_by_link = [article for article in content.articles if article.copy_of.endswith(".md")]
    for article in copies_by_link:
        lead = by_path.get(content_path(article.path, article.copy_of))
        if lead is not None:
            by_path[article.path] = with_derived(article._replace(copy_of=lead.id))
    return content._replace(
        articles=tuple(by_path.values()) if copies_by_link else content.articles,
        briefings=tuple(_with_lead(briefing, by_path) for briefing in content.briefings),
    )


def _with_lead(briefing: Briefing, by_path: Mapping[str, Article]) -> Briefing:
    if not briefing.lead:
        return briefing
    lead = by_path.get(content_path(briefing.path, briefing.lead)) or by_path.get(briefing.lead)
    if lead is None:
        entries = {entry.target for section in briefing.sections for entry in section.entries}
        day = briefing.day
        alike = [article for article in by_path.values() if article.slug == briefing.lead]
        lead = next((one for one in alike if one.path in entries or (one.date and one.date.day == day)), None)
    return briefing._replace(lead=lead.id) if lead is not None else briefing
