"""What is wrong with articles in the light of all other files: topics, sources, copies, links, clashes."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from generator.errors import WARNING, Diagnostic, did_you_mean
from generator.load.scan import CONTENT
from generator.load.whole import Whole
from generator.model.article import Article, BodyLink
from generator.model.source import rights_of
from generator.text.addresses import canonical_url
from generator.text.noted import HEADING_ADVICE, lost_heading

TOPIC_ADVICE = "A topic is a file in content/topics/."
SOURCE_ADVICE = "A source is a file in content/sources/."


def article_faults(content: Whole) -> Iterator[Diagnostic]:
    """Yield every fault of every article that only the other files can tell."""
    yield from _topic_faults(content)
    yield from _source_faults(content)
    yield from _copy_faults(content)
    yield from _clashes(content, "id", lambda article: article.id, _id_clash)
    yield from _clashes(content, "slug", _address, _address_clash)
    yield from _clashes(content, "source", lambda article: canonical_url(article.source.url), _url_clash)


def link_faults(content: Whole, unpublished: frozenset[str]) -> Iterator[Diagnostic]:
    """Yield a fault for every link and file, of every kind of content, that leads nowhere."""
    # Links to headings are few; only for them it is worth asking every article for its rights.
    in_part = cache(lambda: _shown_in_part(content))
    for value in _linking(content):
        for link in value.links:
            if content.paths.get(link.target, "source") == "source":
                yield _dead_link(content, value.path, link)
            elif link.target in unpublished and value.path not in unpublished:
                message = f'The link leads to "{CONTENT}/{link.target}", which is not published.'
                yield Diagnostic(
                    f"{CONTENT}/{value.path}", link.line, message, "Its words are shown without the link.", WARNING
                )
            elif link.fragment and link.target not in content.unread:
                headings = content.headings.get(link.target, ())
                if link.fragment not in headings:
                    message = lost_heading(link.fragment, headings, f'"{CONTENT}/{link.target}"')
                    place = f"{CONTENT}/{value.path}"
                    yield Diagnostic(place, link.line, f"The link leads to {message}", HEADING_ADVICE, WARNING)
                elif link.target in in_part() and value.path not in in_part():
                    yield _heading_not_shown(value.path, link)
    for path, files in content.named.items():
        for name, line in files:
            if name not in content.files:
                yield _missing_file(content, path, name, line)


def linked_headings(content: Whole) -> frozenset[tuple[str, str]]:
    """Return the headings that links lead to, or try to, as content paths and ids."""
    return frozenset(
        (link.target, link.fragment) for value in _linking(content) for link in value.links if link.fragment
    )


def _linking(content: Whole) -> tuple[Any, ...]:
    return (*content.articles, *content.topics, *content.briefings, *content.pages)


def _shown_in_part(content: Whole) -> frozenset[str]:
    """Return the articles whose rights keep their bodies off the page, and with them headings and links."""
    sources = {source.key: source for source in content.sources}
    return frozenset(
        article.path for article in content.articles if rights_of(article, sources.get(article.source.key)) != "full"
    )


def _heading_not_shown(path: str, link: BodyLink) -> Diagnostic:
    message = (
        f'The link leads to a heading of "{CONTENT}/{link.target}", whose text is not shown: its source allows no more '
        "than an excerpt."
    )
    return Diagnostic(f"{CONTENT}/{path}", link.line, message, "Leave out the part after #.", WARNING)


def _topic_faults(content: Whole) -> Iterator[Diagnostic]:
    known = content.topic_ids()
    lost: dict[str, list[Article]] = {}
    for article in content.articles:
        for key, topics in (("topics", article.topics), ("topics_exclude", article.excluded)):
            for topic in topics:
                if topic not in known:
                    message = f'There is no topic "{topic}".{did_you_mean(topic, known)}'
                    yield content.fault(article.path, key, topic, message, TOPIC_ADVICE)
        for topic, _ in article.tagged:
            if topic not in known:
                lost.setdefault(topic, []).append(article)
    for topic, articles in sorted(lost.items()):
        others = f" {len(articles)} articles are." if len(articles) > 1 else ""
        message = f'The article is tagged "{topic}", which is no topic.{did_you_mean(topic, known)}{others}'
        fault = content.fault(articles[0].path, "tagged", topic, message, f"{TOPIC_ADVICE} The tag is left out.")
        yield fault._replace(severity=WARNING)


def _source_faults(content: Whole) -> Iterator[Diagnostic]:
    known = content.source_keys()
    for article in content.articles:
        key = article.source.key
        if key and key not in known:
            message = f'There is no source "{key}".{did_you_mean(key, known)}'
            yield content.fault(article.path, "source", key, message, SOURCE_ADVICE)


def _copy_faults(content: Whole) -> Iterator[Diagnostic]:
    by_id = {article.id: article for article in content.articles}
    for article in content.articles:
        named = article.copy_of
        if not named:
            continue
        lead = by_id.get(named)
        if lead is None:
            message = f'There is no article with the id "{named}".'
            yield content.fault(article.path, "copy_of", named, message, "copy_of is the id of the story's lead.")
        elif lead is article:
            yield content.fault(article.path, "copy_of", named, "The article is a copy of itself.", "Delete the line.")
        elif lead.copy_of:
            message = f"The lead it is a copy of, {lead.path}, is a copy itself."
            yield content.fault(article.path, "copy_of", named, message, f"Write copy_of: {lead.copy_of}")


def _clashes(
    content: Whole,
    key: str,
    claim: Callable[[Article], str],
    words: Callable[[Article, Article], tuple[str, str]],
) -> Iterator[Diagnostic]:
    """Yield a fault for each article whose claim an earlier one, by path, has made already."""
    seen: dict[str, Article] = {}
    for article in content.articles:
        claimed = claim(article)
        if not claimed:
            continue
        first = seen.setdefault(claimed, article)
        if first is not article:
            message, advice = words(first, article)
            yield content.fault(article.path, key, "", message, advice)


def _address(article: Article) -> str:
    return f"{article.date.day}/{article.slug}" if article.date else ""


def _id_clash(first: Article, article: Article) -> tuple[str, str]:
    message = f'The id "{article.id}" belongs to {CONTENT}/{first.path} already.'
    return message, "Delete the line from the newer file, and it gets an id of its own."


def _address_clash(first: Article, article: Article) -> tuple[str, str]:
    day = article.date.day if article.date else ""
    message = f'{CONTENT}/{first.path} has the same address: the slug "{article.slug}" on {day}.'
    return message, f"Give one of them another slug, such as slug: {article.slug}-2"


def _url_clash(first: Article, article: Article) -> tuple[str, str]:
    message = f"{CONTENT}/{first.path} comes from the same address, {article.source.url}."
    return message, "Delete one of the two, or correct its url."


def _dead_link(content: Whole, path: str, link: BodyLink) -> Diagnostic:
    place = f"{CONTENT}/{path}"
    if link.target.startswith(".."):
        return Diagnostic(place, link.line, f"The link leads out of {CONTENT}/.", "Link to files inside it only.")
    target = f"{CONTENT}/{link.target}"
    if link.target in content.paths:
        message = f'The link leads to "{target}", and sources have no page.'
        return Diagnostic(place, link.line, message, "Link to the source's own site.")
    message = f'The link leads to "{target}", which does not exist.{content.suggest(path, link.target)}'
    return Diagnostic(place, link.line, message, "Links are relative to the folder of the file.")


def _missing_file(content: Whole, path: str, name: str, line: int) -> Diagnostic:
    place = f"{CONTENT}/{path}"
    if name.startswith(".."):
        message = f"The file it names lies outside {CONTENT}/."
        return Diagnostic(place, line, message, "Put it beside the text, or into content/static/.")
    folder = posixpath.dirname(name)
    beside = {posixpath.basename(file) for file in content.files if posixpath.dirname(file) == folder}
    message = f'There is no file "{CONTENT}/{name}".{did_you_mean(posixpath.basename(name), beside)}'
    return Diagnostic(place, line, message, "Put it beside the text, under this very name.")
