"""A briefing's file as `dateline new briefing` writes it: the day ready-sorted, and later only what is new.

What a person wrote is never touched: new entries come after everything, and every byte before them stays.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote

from generator.load.body import content_path
from generator.model.arrange import OTHER_REPORTS, TopicSection, arrange_day, copies_of, lead_of
from generator.model.article import Article
from generator.model.briefing import Briefing
from generator.named import NamedTuple
from generator.text.dates import Moment, written
from generator.text.frontmatter import dump, split
from generator.text.outline import outline

OTHER_TITLE = "Other reports"
_SPECIAL = re.compile(r"([\\\[\]`*_<&])")
_TAKEAWAYS = """\
# takeaways:
#   - What a reader in a hurry must know, in one sentence.
"""


class Day(NamedTuple):
    """What a day's file is written from: its articles, the topics' titles in the site's order, the sources' names.

    `offered` are the ids of articles that were put before the editor once already.
    """

    articles: tuple[Article, ...]
    topic_titles: Mapping[str, str]
    source_names: Mapping[str, str]
    offered: frozenset[str] = frozenset()


class News(NamedTuple):
    """What is to be added to the end of a day's file.

    `new` are the articles that stand in `added`; `taken_out` those an editor was offered once and did not keep.
    """

    added: str
    new: tuple[Article, ...]
    taken_out: tuple[Article, ...]


def new_briefing(path: str, day: Day, as_of: Moment) -> str:
    """Return the text of a day's file that does not exist yet; `path` is its content path."""
    sections = _arranged(day.articles, day)
    lead = lead_of(sections)
    front = {"as_of": written(as_of), "lead": _link(path, lead) if lead is not None else None}
    return f"---\n{dump(front)}{_TAKEAWAYS}---\n{_sections(path, sections, day)}"


def with_news(path: str, text: str, briefing: Briefing, day: Day) -> News:
    """Return what is to be added to the end of a file.

    New is what no link of the file leads to and nobody was offered before. A copy goes where its lead went: folded
    under the one that stands in the file, and out with the one that was taken out.
    """
    fences = split(text)
    found = outline(fences.body)
    named = {content_path(path, link.target) for link in found.links}
    leads = {article.id for article in day.articles if article.path in named}
    missing = [article for article in day.articles if article.path not in named and article.copy_of not in leads]
    taken_out = tuple(article for article in missing if {article.id, article.copy_of} & day.offered)
    new = tuple(article for article in missing if article not in taken_out)
    if not new:
        return News("", (), taken_out)
    sections = _arranged(new, day, briefing.order)
    if not any(section.entries for section in briefing.sections):
        added = _sections(path, sections, day)
    else:
        heading = "New" if briefing.as_of is None or not briefing.as_of.clock else f"New since {briefing.as_of.clock}"
        goes_on = bool(found.sections) and found.sections[-1].title == heading and not found.sections[-1].prose
        copies = copies_of(new)
        rows = "".join(_entry(path, article, copies, day) for section in sections for article in section.articles)
        added = rows if goes_on else f"\n## {heading}\n{rows}"
    ends_well = text.endswith(("\n", "\r"))
    return News(("" if ends_well else "\n") + added, new, taken_out)


def _arranged(articles: Iterable[Article], day: Day, order: Sequence[str] = ()) -> tuple[TopicSection, ...]:
    return arrange_day(articles, {topic: place for place, topic in enumerate(day.topic_titles)}, order)


def _sections(path: str, sections: Iterable[TopicSection], day: Day) -> str:
    copies = copies_of(day.articles)
    parts = []
    for section in sections:
        title = OTHER_TITLE if section.topic == OTHER_REPORTS else day.topic_titles[section.topic]
        rows = "".join(_entry(path, article, copies, day) for article in section.articles)
        parts.append(f"## {_escaped(title)}\n{rows}")
    return "\n".join(parts)


def _entry(path: str, article: Article, copies: Mapping[str, tuple[Article, ...]], day: Day) -> str:
    row = f"- [{_escaped(article.title)}]({_link(path, article)})"
    folded = copies.get(article.id, ())
    if folded:
        names = ", ".join(f"[{_escaped(_outlet(copy, day))}]({_link(path, copy)})" for copy in folded)
        row += f" (also: {names})"
    return row + "\n"


def _outlet(article: Article, day: Day) -> str:
    return article.source.name or day.source_names.get(article.source.key, "") or article.title


def _link(path: str, article: Article) -> str:
    return quote(posixpath.relpath(article.path, posixpath.dirname(path)))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
