"""What is wrong with topics, briefings, old addresses and settings in the light of all other files."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from generator.config import Config
from generator.errors import WARNING, Diagnostic, did_you_mean
from generator.load.scan import CONTENT
from generator.load.whole import Whole
from generator.model import route
from generator.model.arrange import edition_day
from generator.model.briefing import Briefing
from generator.model.site import address_of

SITE_FILE = "site.yaml"
ENTRY_ADVICE = "A list item that begins with a link is an entry, and leads to a file in content/articles/."


def registry_faults(content: Whole, config: Config) -> Iterator[Diagnostic]:
    """Yield every fault of topics, briefings, settings and old addresses that only the other files can tell."""
    yield from _topic_faults(content)
    yield from _setting_faults(content, config)
    for briefing in content.briefings:
        yield from _briefing_faults(content, config, briefing)
    yield from _closed_faults(content, config)
    yield from _redirect_faults(content)


def _topic_faults(content: Whole) -> Iterator[Diagnostic]:
    known, by_id = content.topic_ids(), {topic.id: topic for topic in content.topics}
    titles: dict[str, str] = {}
    for topic in content.topics:
        folded = unicodedata.normalize("NFKC", topic.title).casefold()
        first = titles.setdefault(folded, topic.path)
        if first != topic.path:
            message = f'{CONTENT}/{first} has the title "{topic.title}" already.'
            yield content.fault(topic.path, "title", "", message, "Give one of the topics another title.")
        for key, named in (("parent", (topic.parent,) if topic.parent else ()), ("related", topic.related)):
            for id in named:
                if id not in known:
                    message = f'There is no topic "{id}".{did_you_mean(id, known)}'
                    yield content.fault(topic.path, key, id, message, "A topic is a file in content/topics/.")
                elif id == topic.id:
                    yield content.fault(topic.path, key, id, f'The topic is its own "{key}".', "Delete it.")
        above, seen = topic.parent, {topic.id}
        while above in by_id and above not in seen:
            seen.add(above)
            above = by_id[above].parent
        if above == topic.id and topic.parent != topic.id:
            message = f'"{topic.id}" is a part of "{topic.parent}", which is a part of "{topic.id}".'
            yield content.fault(topic.path, "parent", topic.parent, message, "Let one of the two stand alone.")


def _setting_faults(content: Whole, config: Config) -> Iterator[Diagnostic]:
    known = content.topic_ids()
    for topic in config.topic_order:
        if topic not in known:
            message = f'"topic_order" names "{topic}", which is no topic.{did_you_mean(topic, known)}'
            yield Diagnostic(SITE_FILE, 0, message, "A topic is a file in content/topics/.")


def _briefing_faults(content: Whole, config: Config, briefing: Briefing) -> Iterator[Diagnostic]:
    editions = [edition.key for edition in config.editions]
    if briefing.edition and briefing.edition not in editions:
        message = f'There is no edition "{briefing.edition}".{did_you_mean(briefing.edition, editions)}'
        yield Diagnostic(f"{CONTENT}/{briefing.path}", 0, message, 'Editions are listed in site.yaml under "editions".')
    known = content.topic_ids()
    for topic in briefing.order:
        if topic not in known:
            message = f'There is no topic "{topic}".{did_you_mean(topic, known)}'
            yield content.fault(briefing.path, "order", topic, message, "A topic is a file in content/topics/.")
    if briefing.lead and not any(article.id == briefing.lead for article in content.articles):
        message = f'There is no article "{briefing.lead}" to lead the day.'
        advice = "Write its id, or a link to its file such as ../articles/2020/01/02/slug.md."
        yield content.fault(briefing.path, "lead", briefing.lead, message, advice)
    yield from _entry_faults(content, briefing)


def _entry_faults(content: Whole, briefing: Briefing) -> Iterator[Diagnostic]:
    """Entries must be articles, each once; that a target exists at all is told with all other links."""
    seen: dict[str, int] = {}
    for section in briefing.sections:
        for entry in section.entries:
            path = f"{CONTENT}/{briefing.path}"
            for target in (entry.target, *entry.also):
                if content.paths.get(target, "article") != "article":
                    yield Diagnostic(path, entry.line, f'The entry "{target}" is no article.', ENTRY_ADVICE)
            first = seen.setdefault(entry.target, entry.line)
            if first != entry.line:
                message = f'"{entry.target}" is an entry already, in line {first}.'
                yield Diagnostic(path, entry.line, message, "Keep one of the two.", WARNING)


def _closed_faults(content: Whole, config: Config) -> Iterator[Diagnostic]:
    """A closed briefing receives nothing new: each article that would have entered it is told."""
    closed = {
        briefing.day: briefing
        for briefing in content.briefings
        if briefing.closed and not briefing.edition and any(section.entries for section in briefing.sections)
    }
    if not closed:
        return
    named = {
        day: {
            path for section in briefing.sections for entry in section.entries for path in (entry.target, *entry.also)
        }
        for day, briefing in closed.items()
    }
    leads = {article.id: article.path for article in content.articles}
    for article in content.articles:
        day = edition_day(article, config.day_closes)
        if day not in closed or article.draft or article.held or article.path in named[day]:
            continue
        if leads.get(article.copy_of) in named[day]:
            continue
        message = f"The briefing of {day} is closed and does not name this article."
        advice = "Give the article another edition:, or open the briefing and add it."
        key = "edition" if article.edition else "date"
        yield content.fault(article.path, key, "", message, advice)._replace(severity=WARNING)


def _redirect_faults(content: Whole) -> Iterator[Diagnostic]:
    addresses: dict[str, str] = {}
    for article in content.articles:
        addresses.setdefault(address_of(article), article.path)
    addresses.update((route.topic(topic.id), topic.path) for topic in content.topics)
    addresses.update((route.content_page(page.slug), page.path) for page in content.pages)
    addresses.update((route.briefing(briefing.day), briefing.path) for briefing in content.briefings)
    claimed: dict[str, str] = {}
    redirected: tuple[Any, ...] = (*content.articles, *content.topics, *content.pages)
    for value in redirected:
        for old in value.redirect_from:
            whole = old if old.endswith((".html", "/")) else f"{old}/"
            if whole in addresses:
                message = f'"{old}" is the address of {CONTENT}/{addresses[whole]}, so it cannot lead here.'
                yield content.fault(value.path, "redirect_from", old, message, "Delete it from redirect_from.")
            elif claimed.setdefault(whole, value.path) != value.path:
                message = f'"{old}" leads to {CONTENT}/{claimed[whole]} already.'
                yield content.fault(value.path, "redirect_from", old, message, "Let one of the two keep it.")
