"""Part a topic in two: forms that become a topic of their own take along the articles that they made its.

Where no forms are named, articles are: these exchange the one topic for the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from generator.errors import WARNING, Diagnostic
from generator.ingest.commonmark import plain
from generator.ingest.tag import Tagger, tag, tagger
from generator.load.scan import CONTENT
from generator.model import route
from generator.model.article import Article
from generator.named import NamedTuple
from generator.registry.carry import Carried, with_front
from generator.registry.content import Content
from generator.registry.front import text_of, with_ids, with_item_behind, with_items, with_values, without_items
from generator.registry.lines import with_own_ends
from generator.registry.rename import file_of
from generator.text.block import bare
from generator.text.block_writer import dump
from generator.text.frontmatter import normalised, read, split

FORM_LISTS = ("aliases", "cased")
COPIED = ("context", "exclude", "veto")


class Parting(NamedTuple):
    """What is to be parted: `new` takes these forms, and articles at or below these content paths (all without any)."""

    topic: str
    new: str
    title: str
    forms: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()


def forms_of(content: Content, topic: str) -> list[str]:
    """Return the forms that can be parted from a topic: all but its names in other scripts."""
    values = _values(content, topic)
    return [text_of(item) for key in FORM_LISTS for item in values.get(key, ())]


def parted(content: Content, parting: Parting) -> Carried:
    """Return the change that makes a topic of forms, of articles, or of both."""
    texts: dict[str, str | None] = {}
    texts[file_of(parting.topic)] = _without_forms(content, parting)
    texts[file_of(parting.new)] = _new_topic(content, parting)
    by = _tagger(content, texts)
    notes: list[Diagnostic] = []
    for article in _articles_of(content, parting):
        text = content.texts[article.path]
        if parting.forms:
            if article.provenance.cut:
                notes.append(_unread(article, parting))
                continue
            changed = _judged(text, article, parting, by)
        else:
            changed = _exchanged(text, article, parting)
        if changed != text:
            texts[article.path] = changed
    return Carried(texts, _settings(content.settings, parting), tuple(notes), ())


def _articles_of(content: Content, parting: Parting) -> Iterator[Article]:
    for file in content.found.files:
        article = content.parsed[file.path].value
        if not isinstance(article, Article) or parting.topic not in article.own_topics:
            continue
        if not parting.paths or any(_is_below(article.path, path) for path in parting.paths):
            yield article


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")


def _judged(text: str, article: Article, parting: Parting, by: Tagger) -> str:
    """Return an article with the topics that its words speak for, of the two; whatever else it has stays."""
    found = {each.topic: each.score for each in tag(article.title, plain(split(text).body), by)}
    if parting.new not in found:
        return text
    stays = parting.topic in found

    def change(front: str) -> str:
        if parting.topic in article.topics:
            front = _pinned(front, parting, stays=stays)
        scores = dict(article.tagged)
        if parting.topic in scores:
            had = scores.pop(parting.topic)
            scores[parting.new] = found[parting.new]
            if stays:
                scores[parting.topic] = min(had, found[parting.topic])
            ranked = dict(sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])))
            front = with_values(front, {"tagged": ranked})
        return front

    return with_front(text, change)


def _pinned(front: str, parting: Parting, *, stays: bool) -> str:
    """Return front matter in which a person's topic makes room for the new one, or gives way to it."""
    if not stays:
        return with_ids(front, "topics", {parting.topic: parting.new})
    return with_items(front, "topics", [parting.new])


def _exchanged(text: str, article: Article, parting: Parting) -> str:
    """Return an article that a person gave the one topic for the other: what a person says stands in `topics`."""

    def change(front: str) -> str:
        if parting.topic in article.topics:
            front = with_ids(front, "topics", {parting.topic: parting.new})
        else:
            front = with_items(front, "topics", [parting.new])
        scores = {topic: score for topic, score in article.tagged if topic != parting.topic}
        return front if len(scores) == len(article.tagged) else with_values(front, {"tagged": scores or None})

    return with_front(text, change)


def _unread(article: Article, parting: Parting) -> Diagnostic:
    message = f'Its words are kept out of the file, so "{parting.topic}" stays as it is.'
    advice = f"Write topics: [{parting.new}] into it if it belongs there."
    return Diagnostic(f"{CONTENT}/{article.path}", 0, message, advice, WARNING)


def _tagger(content: Content, texts: Mapping[str, str | None]) -> Tagger:
    """Return a tagger by the topics as they will be."""
    after = content.changed(texts)
    order = {id: place for place, id in enumerate(content.config.topic_order)}
    topics = sorted(after.topics.values(), key=lambda topic: (order.get(topic.id, len(order)), topic.id))
    return tagger(topics, content.config.tagging)


def _without_forms(content: Content, parting: Parting) -> str:
    def change(front: str) -> str:
        for key in (*FORM_LISTS, "link"):
            front = without_items(front, key, parting.forms)
        # The new topic may have been part of this one before, and answers for its own address again.
        own = route.topic(parting.new)
        return without_items(front, "redirect_from", (own, own.rstrip("/")))

    return with_front(content.texts[file_of(parting.topic)], change)


def _new_topic(content: Content, parting: Parting) -> str:
    values = _values(content, parting.topic)
    forms = {key: _chosen(values.get(key, ()), parting.forms) for key in FORM_LISTS}
    front: dict[str, Any] = {
        "title": parting.title,
        "related": [parting.topic],
        "aliases": forms["aliases"] or (None if forms["cased"] else [parting.title]),
        "cased": forms["cased"] or None,
        # With the words beside them, the same forms count as they have counted so far.
        **{key: values.get(key) for key in COPIED if parting.forms},
        "link": _chosen(values.get("link", ()), parting.forms) or None,
    }
    return f"---\n{dump(front)}---\nWhat a reader must know of it, in a few paragraphs.\n"


def _chosen(items: Sequence[Any], forms: Collection[str]) -> list[Any]:
    chosen = [item for item in items if text_of(item) in forms]
    return [{key: float(weight) for key, weight in item.items()} if isinstance(item, dict) else item for item in chosen]


def _settings(settings: str, parting: Parting) -> str:
    """Return the settings with the new topic behind the one it comes from, where that one has a place."""
    text = normalised(settings)
    had = bare(read(text, 1)[0]).get("topic_order", [])
    if parting.topic not in had:
        return settings
    return with_own_ends(settings, with_item_behind(text, "topic_order", parting.topic, parting.new))


def _values(content: Content, topic: str) -> dict[str, Any]:
    values: dict[str, Any] = bare(read(split(content.texts[file_of(topic)]).front, 2)[0])
    lists = (*FORM_LISTS, "link")
    return {key: [value] if key in lists and isinstance(value, str) else value for key, value in values.items()}
