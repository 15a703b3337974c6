"""A site some of whose articles are written otherwise, without assembling it anew.

An edit of words leaves an article where it stood: its day, its topics, its address, its state. Then all that a site is
can be had from the site it was, by putting the new article in the place of the old one. What says more than words is
not answered here; the site is then assembled anew.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from generator.model.arrange import edition_day
from generator.model.article import Article
from generator.model.matter import Item
from generator.model.related import in_time_order, item_of
from generator.model.site import Site
from generator.text.dates import add_days

Key = TypeVar("Key")

# What assembling a site and checking its content never ask of an article, so that another word there moves nothing;
# titles and summaries decide what came earlier on a thing, and links are looked at one by one.
WORDS = frozenset(
    {"title", "summary", "body", "opening", "words", "place", "weight", "lang", "dir", "image", "corrections",
     "confidence", "extra", "provenance", "reference", "digest", "links", "source"}
)  # fmt: skip
_STANDING = tuple(place for place, name in enumerate(Article._fields) if name not in WORDS)

Lists = Callable[[Sequence[Item], Sequence[Item]], Iterable[tuple[str, tuple[str, ...]]]]


class Edit(NamedTuple):
    """One article as it was and as it is."""

    before: Article
    after: Article


def is_of_words(edit: Edit) -> bool:
    """Say whether an article still stands where it stood; where its links lead must be looked at besides."""
    before, after = edit
    # A lead named by a link is known by its id only once all content is there.
    if type(after) is not Article or after.copy_of.endswith(".md"):
        return False
    return (before.source.key, before.source.url) == (after.source.key, after.source.url) and all(
        before[place] == after[place] for place in _STANDING
    )


def edited(site: Site, edits: Sequence[Edit], lists: Lists) -> Site:
    """Return the site that assembling its content anew would give; every edit is one of words.

    `lists(before, items)` is what `earlier` returns for them.
    """
    for edit in edits:
        site = _edited(site, edit)
    months = {after.date.day[:7] for before, after in edits if after.date and _is_told_otherwise(before, after)}
    if not months:
        return site
    earlier = dict(site.earlier)
    for month in sorted(months | {_next(month) for month in months}):
        items = _items_of(site.articles, month)
        if items:
            earlier.update(lists(_items_of(site.articles, _last(month)), items))
    return site._replace(earlier=earlier)


def _edited(site: Site, edit: Edit) -> Site:
    before, after = edit
    found = next(place for place in _span(site.articles, _day_of(before)) if site.articles[place] is before)
    articles = (*site.articles[:found], after, *site.articles[found + 1 :])
    days, by_topic, copies = site.days, site.by_topic, site.copies
    day = edition_day(before, site.config.day_closes)
    if day:
        days = _with(days, (day,), edit)
    if before.date is not None:
        by_topic = _with(by_topic, before.own_topics, edit)
    if before.copy_of:
        copies = _with(copies, (before.copy_of,), edit)
    return site._replace(
        articles=articles,
        by_id={**site.by_id, after.id: after},
        by_path={**site.by_path, after.path: after},
        days=days,
        by_topic=by_topic,
        copies=copies,
        linked_from=_linked_from(site.linked_from, articles, edit),
    )


def _with(
    lists: Mapping[Key, tuple[Article, ...]], keys: Iterable[Key], edit: Edit
) -> Mapping[Key, tuple[Article, ...]]:
    """Return lists of articles with the new one in the place of the old one in those named."""
    changed = dict(lists)
    for key in keys:
        if key in changed:
            changed[key] = tuple([edit.after if one is edit.before else one for one in changed[key]])
    return changed


def _linked_from(
    linked: Mapping[str, tuple[Article, ...]], articles: Sequence[Article], edit: Edit
) -> Mapping[str, tuple[Article, ...]]:
    before, after = edit
    old, new = ({link.target for link in article.links} - {article.path} for article in edit)
    if not old and not new:
        return linked
    changed = dict(_with(linked, old & new, edit))
    for target in old - new:
        changed[target] = tuple([one for one in changed[target] if one is not before])
        if not changed[target]:
            del changed[target]
    for target in new - old:
        linking = {after.path, *(one.path for one in changed.get(target, ()))}
        changed[target] = tuple([one for one in articles if one.path in linking])
    return changed


def _is_told_otherwise(before: Article, after: Article) -> bool:
    return (before.title, before.summary) != (after.title, after.summary)


def _day_of(article: Article) -> str:
    return article.date.day if article.date is not None else ""


def _span(articles: Sequence[Article], start: str) -> range:
    """Return the places of the articles whose day begins with `start`; they run from new to old, undated ones last."""
    last = len(articles) - 1

    def from_old_to_new(place: int) -> str:
        return _day_of(articles[last - place])[: len(start)] if start else _day_of(articles[last - place])

    places = range(len(articles))
    return range(
        last + 1 - bisect_right(places, start, key=from_old_to_new),
        last + 1 - bisect_left(places, start, key=from_old_to_new),
    )


def _items_of(articles: Sequence[Article], month: str) -> tuple[Item, ...]:
    span = _span(articles, month)
    return tuple(map(item_of, in_time_order(articles[span.start : span.stop])))


def _next(month: str) -> str:
    return add_days(f"{month}-28", 4)[:7]


def _last(month: str) -> str:
    return add_days(f"{month}-01", -1)[:7]
