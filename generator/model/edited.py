"""A site some of whose files are written otherwise, without assembling it anew.

An edit of words leaves an article where it stood: its day, its topics, its address, its state. Then all that a site is
can be had from the site it was, by putting the new article in the place of the old one on its shelf. The text of a
topic and the arrangement of a day move nothing else either. What says more is not answered here; the site is then
assembled anew.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Mapping, Sequence

from generator.model.article import Article
from generator.model.briefing import Briefing
from generator.model.overlaid import overlaid
from generator.model.shelf import Lists, Shelf
from generator.model.site import Site
from generator.model.topic import Topic
from generator.named import NamedTuple

# What assembling a site and checking its content never ask of an article, so that another word there moves nothing;
# titles and summaries decide what came earlier on a thing; links and corrections are looked at one by one.
WORDS = frozenset(
    {"title", "summary", "body", "opening", "words", "place", "weight", "lang", "dir", "image", "corrections",
     "confidence", "extra", "provenance", "reference", "digest", "links", "source"}
)  # fmt: skip
_STANDING = tuple(place for place, name in enumerate(Article._fields) if name not in WORDS)
# What of a topic its own page and the lists of topics show, and nothing else asks for.
TEXT_OF_TOPIC = frozenset({"body", "opening", "status", "reviewed", "corrections", "links"})
_TOPIC_STANDING = tuple(place for place, name in enumerate(Topic._fields) if name not in TEXT_OF_TOPIC)


class Edit(NamedTuple):
    """One article as it was and as it is."""

    before: Article
    after: Article


class Revision(NamedTuple):
    """What is written otherwise in a site: articles as they were and are, briefings and topics as they are."""

    articles: tuple[Edit, ...] = ()
    briefings: tuple[Briefing, ...] = ()
    topics: tuple[Topic, ...] = ()


def is_of_words(edit: Edit) -> bool:
    """Say whether an article still stands where it stood; where its links lead must be looked at besides."""
    before, after = edit
    # A lead named by a link is known by its id only once all content is there.
    if type(after) is not Article or after.copy_of.endswith(".md"):
        return False
    return (before.source.key, before.source.url) == (after.source.key, after.source.url) and all(
        before[place] == after[place] for place in _STANDING
    )


def is_of_text(before: Topic, after: Topic) -> bool:
    """Say whether a topic is named, found and connected as it was, and only its text is another."""
    return all(before[place] == after[place] for place in _TOPIC_STANDING)


def edited(site: Site, revision: Revision) -> Site:
    """Return the site that assembling its content anew would give; every edit of an article is one of words."""
    for edit in revision.articles:
        site = _edited(site, edit)
    if revision.briefings:
        site = site._replace(briefings={**site.briefings, **{one.day: one for one in revision.briefings}})
    if revision.topics:
        site = site._replace(topics={**site.topics, **{one.id: one for one in revision.topics}})
    retold = [edit for edit in revision.articles if edit.after.date is not None and _is_told_otherwise(*edit)]
    # A site whose pages show nothing of it has no concordances.
    return _retold(site, retold) if retold and site.concordances else site


def _retold(site: Site, edits: Sequence[Edit]) -> Site:
    """Return the site with what came earlier on all that these edits may have changed it of."""
    # Most edits are of bodies, which do not count there.
    from generator.model.related import Retelling, earlier_retold, item_of

    retold = [
        Retelling(after.date.day[:7], item_of(before), item_of(after))
        for before, after in edits
        if after.date is not None
    ]
    by_id = site.by_id
    changed = earlier_retold(site.concordances, retold, lambda id: item_of(by_id[id]))
    return site._replace(
        earlier=overlaid(site.earlier, changed.earlier), concordances=overlaid(site.concordances, changed.concordances)
    )


def _edited(site: Site, edit: Edit) -> Site:
    before, after = edit
    place = site.by_path.places[before.path]
    shelf = site.articles.with_one(place, after)
    return site._replace(
        articles=shelf,
        by_id=site.by_id.on(shelf),
        by_path=site.by_path.on(shelf),
        days=site.days.on(shelf),
        by_topic=site.by_topic.on(shelf),
        copies=site.copies.on(shelf),
        linked_from=Lists(shelf, _linked_from(site.linked_from.places, place, edit)),
        corrected=_corrected(site.corrected, place, after),
    )


def _linked_from(linked: Mapping[str, Sequence[int]], place: int, edit: Edit) -> Mapping[str, Sequence[int]]:
    old, new = ({link.target for link in article.links} - {article.path} for article in edit)
    if old == new:
        return linked
    changed = dict(linked)
    for target in old - new:
        changed[target] = [one for one in changed[target] if one != place]
        if not changed[target]:
            del changed[target]
    for target in new - old:
        changed[target] = sorted({*changed.get(target, ()), place})
    return changed


def _corrected(corrected: tuple[int, ...], place: int, after: Article) -> tuple[int, ...]:
    places = [one for one in corrected if one != place]
    if after.corrections:
        insort(places, place)
    return tuple(places)


def _is_told_otherwise(before: Article, after: Article) -> bool:
    return (before.title, before.summary) != (after.title, after.summary)


def span_of(shelf: Shelf, month: str) -> range:
    """Return the places of a month's articles; days run from new to old, undated articles come last."""
    last = len(shelf) - 1

    def from_old_to_new(place: int) -> str:
        return shelf.days[last - place][: len(month)]

    places = range(len(shelf))
    return range(
        last + 1 - bisect_right(places, month, key=from_old_to_new),
        last + 1 - bisect_left(places, month, key=from_old_to_new),
    )
