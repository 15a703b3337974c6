"""Content values from the plain tuples a cache keeps: the same values, the same digests, without parsing again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.model.article import Article, BodyLink, Correction, Extras, Image, Provenance, SourceCredit
from generator.model.briefing import ArrangedEntry, ArrangedSection, Briefing
from generator.model.extras import extras_of
from generator.model.page import ContentPage
from generator.model.source import Source
from generator.model.topic import Form, Status, Topic
from generator.text.dates import Moment

_new = tuple.__new__


_A = {name: place for place, name in enumerate(Article._fields)}
_DATE, _SOURCE, _EXTRA, _PROVENANCE = (_A[name] for name in ("date", "source", "extra", "provenance"))
_OTHER_MOMENTS = tuple(_A[name] for name in ("updated", "publish_at", "expire_at"))
_IMAGE, _CORRECTIONS, _LINKS = (_A[name] for name in ("image", "corrections", "links"))
_NO_EXTRAS = Extras()
_NO_PROVENANCE = Provenance()


def revive_article(row: Any) -> Article:
    """Return the article that was packed as `row`."""
    values = list(row)
    if values[_DATE] is not None:
        values[_DATE] = _new(Moment, values[_DATE])
    for place in _OTHER_MOMENTS:
        if values[place] is not None:
            values[place] = _new(Moment, values[place])
    values[_SOURCE] = _new(SourceCredit, values[_SOURCE])
    values[_EXTRA] = extras_of(values[_EXTRA]) if values[_EXTRA] else _NO_EXTRAS
    provenance = values[_PROVENANCE]
    values[_PROVENANCE] = _NO_PROVENANCE if provenance == _NO_PROVENANCE else _new(Provenance, provenance)
    if values[_IMAGE] is not None:
        values[_IMAGE] = _new(Image, values[_IMAGE])
    if values[_CORRECTIONS]:
        values[_CORRECTIONS] = _corrections(values[_CORRECTIONS])
    if values[_LINKS]:
        values[_LINKS] = tuple(_new(BodyLink, link) for link in values[_LINKS])
    return _new(Article, values)


def revive_topic(row: Any) -> Topic:
    """Return the topic that was packed as `row`."""
    topic = Topic._make(row)
    return topic._replace(
        forms=tuple(Form._make(form) for form in topic.forms),
        linked=tuple(Form._make(form) for form in topic.linked),
        status=tuple(Status(Moment._make(date), trend, reason) for date, trend, reason in topic.status),
        reviewed=_moment(topic.reviewed),
        corrections=_corrections(topic.corrections),
        links=tuple(BodyLink._make(link) for link in topic.links),
    )


def revive_source(row: Any) -> Source:
    """Return the source that was packed as `row`."""
    return Source._make(row)


def revive_briefing(row: Any) -> Briefing:
    """Return the briefing that was packed as `row`."""
    briefing = Briefing._make(row)
    return briefing._replace(
        as_of=_moment(briefing.as_of),
        corrections=_corrections(briefing.corrections),
        sections=tuple(
            ArrangedSection(title, anchor, prose, tuple(ArrangedEntry._make(entry) for entry in entries))
            for title, anchor, prose, entries in briefing.sections
        ),
        links=tuple(BodyLink._make(link) for link in briefing.links),
    )


def revive_page(row: Any) -> ContentPage:
    """Return the page that was packed as `row`."""
    page = ContentPage._make(row)
    return page._replace(extra=extras_of(page.extra), links=tuple(BodyLink._make(link) for link in page.links))


REVIVE: dict[str, Callable[[Any], Any]] = {
    "article": revive_article,
    "topic": revive_topic,
    "source": revive_source,
    "briefing": revive_briefing,
    "page": revive_page,
}


def _moment(row: Any) -> Moment | None:
    return None if row is None else Moment._make(row)


def _corrections(rows: Any) -> tuple[Correction, ...]:
    return tuple(Correction(Moment._make(at), kind, text) for at, kind, text in rows)
