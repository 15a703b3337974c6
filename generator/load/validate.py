"""All content together: what is wrong across files, and what of it may be shown now.

The clock is asked here and nowhere else: drafts, held, scheduled and expired articles are told apart once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from generator.config import Config
from generator.errors import ERROR, Diagnostic, in_order
from generator.load.article_faults import article_faults, link_faults
from generator.load.body import content_path
from generator.load.registry_faults import registry_faults
from generator.load.scan import CONTENT
from generator.load.whole import Whole, whole
from generator.model.article import Article
from generator.model.briefing import Briefing
from generator.model.site import Published


class ByClock(NamedTuple):
    """Articles by what they are at one moment; `valid_until` is the second in which that next changes."""

    published: tuple[Article, ...]
    held: tuple[Article, ...]
    drafts: tuple[Article, ...]
    scheduled: tuple[Article, ...]
    expired: tuple[Article, ...]
    valid_until: int | None


class Loaded(NamedTuple):
    """A site's content, ready to be assembled, and everything that is wrong with it.

    `published` holds what may be shown; with `preview`, drafts and held articles too. `left_out` are the files of
    articles with errors of their own (`content/articles/…`), where a build may go on without them.
    """

    published: Published
    groups: ByClock
    left_out: tuple[str, ...] = ()
    faults: tuple[Diagnostic, ...] = ()

    @property
    def held(self) -> int:
        """How many articles wait for what they lack."""
        return len(self.groups.held)

    @property
    def clocked(self) -> tuple[Article, ...]:
        """The articles that the clock decides on."""
        return (*self.groups.published, *self.groups.scheduled, *self.groups.expired)

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The faults that stop a build."""
        return tuple(fault for fault in self.faults if fault.severity == ERROR and fault.path not in self.left_out)


def load(
    values: Mapping[str, Any],
    files: Mapping[str, tuple[tuple[str, int], ...]],
    paths: Iterable[str],
    config: Config,
    faults: Iterable[Diagnostic] = (),
    *,
    root: str | Path,
    now: int,
    preview: bool = False,
    keep_going: bool = False,
) -> Loaded:
    """Return the content of the site in `root`, checked as a whole and filtered by `now`, seconds since 1970.

    Paths are relative to `content/`. `values` are those of the files parsed without errors, `files` what each of them
    names, `paths` all files there are, `faults` what parsing has found already.
    """
    content = _with_ids(whole(root, values, files, paths))
    groups = sort_by_clock(content.articles, now)
    waiting = (groups.scheduled, groups.expired, *(() if preview else (groups.held, groups.drafts)))
    unpublished = frozenset(article.path for group in waiting for article in group)
    found = in_order(
        chain(
            faults,
            article_faults(content),
            link_faults(content, unpublished),
            registry_faults(content, config),
        )
    )
    articles = f"{CONTENT}/articles/"
    faulty = {fault.path for fault in found if fault.severity == ERROR and fault.path.startswith(articles)}
    shown = (*groups.published, *groups.held, *groups.drafts) if preview else groups.published
    sound = tuple(article for article in shown if f"{CONTENT}/{article.path}" not in faulty) if faulty else shown
    return Loaded(
        published=Published(sound, content.topics, content.sources, content.briefings, content.pages),
        groups=groups,
        left_out=tuple(sorted(faulty)) if keep_going else (),
        faults=found,
    )


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
            by_path[article.path] = article._replace(copy_of=lead.id)
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
