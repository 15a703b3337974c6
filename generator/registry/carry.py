"""Carry changed ids of topics through everything that names one: front matter, links, settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from generator.errors import WARNING, Diagnostic
from generator.load.scan import CONTENT
from generator.load.whole import line_in
from generator.model.article import Article
from generator.named import NamedTuple
from generator.registry.content import Content
from generator.registry.front import with_ids, without_items
from generator.registry.lines import with_own_ends
from generator.registry.links import with_addresses, with_links
from generator.text.frontmatter import normalised, split

NAMING = {
    "article": ("topics", "topics_exclude", "tagged"),
    "topic": ("parent", "related"),
    "briefing": ("order",),
}


class Carried(NamedTuple):
    """The texts that change, the settings, what a person should know, and what only a person can settle."""

    texts: dict[str, str | None]
    settings: str
    notes: tuple[Diagnostic, ...]
    faults: tuple[Diagnostic, ...]


def carried(content: Content, moved: Mapping[str, str]) -> Carried:
    """Return everything that names one of the topics `moved` as it is when it names what they become."""
    texts: dict[str, str | None] = {}
    notes: list[Diagnostic] = []
    faults: list[Diagnostic] = []
    files = {f"topics/{id}.md" for id in moved}
    for file in content.found.files:
        text = content.texts[file.path]
        value = content.parsed[file.path].value
        links = getattr(value, "links", ())
        if not any(id in text for id in moved) and not any(link.target in files for link in links):
            continue
        excluded: frozenset[str] = frozenset()
        if isinstance(value, Article):
            faults += _contradictions(content, value, moved)
            excluded = _outlived(value, moved)
            notes += [_outlived_note(content, value, id, moved[id]) for id in sorted(excluded)]
        changed, unchangeable = _renamed(file.path, NAMING.get(file.kind, ()), text, moved, excluded)
        faults += [Diagnostic(f"{CONTENT}/{file.path}", *fault) for fault in unchangeable]
        if changed != text:
            texts[file.path] = changed
    settings = with_own_ends(
        content.settings, with_addresses(with_ids(normalised(content.settings), "topic_order", moved), moved)
    )
    return Carried(texts, settings, tuple(notes), tuple(faults))


def with_front(text: str, change: Callable[[str], str], body: str | None = None) -> str:
    """Return a content file with its front matter changed, and with another body if one is given."""
    fences = split(text)
    whole = normalised(text)
    start = whole.find("\n") + 1
    fence = whole[start + len(fences.front) : len(whole) - len(fences.body)]
    new = whole[:start] + change(fences.front) + fence + (fences.body if body is None else body)
    return with_own_ends(text, new)


def _renamed(
    path: str, keys: tuple[str, ...], text: str, moved: Mapping[str, str], excluded: frozenset[str]
) -> tuple[str, tuple[tuple[int, str, str], ...]]:
    fences = split(text)
    body, faults = with_links(path, fences.body, moved, fences.body_line)

    def change(front: str) -> str:
        front = without_items(front, "topics_exclude", excluded)
        for key in keys:
            front = with_ids(front, key, moved)
        return front

    return with_front(text, change, body), tuple(faults)


def _outlived(article: Article, moved: Mapping[str, str]) -> frozenset[str]:
    """Return the topics an article excludes that become one it has: the exclusion would take that away."""
    has = {moved.get(topic, topic) for topic in article.own_topics}
    return frozenset(id for id in article.excluded if id in moved and moved[id] in has)


def _outlived_note(content: Content, article: Article, id: str, new: str) -> Diagnostic:
    message = f'The article excludes "{id}" and is about "{new}", so it no longer excludes anything of the two.'
    advice = f'Exclude "{new}" by hand if it should not be listed there.'
    return Diagnostic(*_place(content, article, "topics_exclude", id), message, advice, WARNING)


def _contradictions(content: Content, article: Article, moved: Mapping[str, str]) -> list[Diagnostic]:
    return [
        Diagnostic(
            *_place(content, article, "topics", id),
            f'The article is given the topic "{id}" and excludes "{moved[id]}", which are to become one.',
            "Take one of the two out.",
        )
        for id in article.topics
        if id in moved and moved[id] in article.excluded
    ]


def _place(content: Content, article: Article, key: str, value: str) -> tuple[str, int]:
    return f"{CONTENT}/{article.path}", line_in(str(content.root), article.path, key, value)
