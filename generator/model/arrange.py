"""How a day arranges itself where no editor did: sections by main topic, copies folded under their lead.

The same rules write the file of `dateline new briefing`, so that a day looks the same before and after an editor opens
it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from generator.model.article import Article
from generator.named import NamedTuple
from generator.text.dates import add_days

OTHER_REPORTS = ""


class TopicSection(NamedTuple):
    """The articles of one day under one main topic; topic "" is for those without any ("Other reports")."""

    topic: str
    articles: tuple[Article, ...]


def newest_first(articles: Iterable[Article]) -> list[Article]:
    """Return articles by date, newest first; a day alone comes after the timed ones of that day; then by id."""
    by_id = sorted(articles, key=lambda article: article.id)
    by_id.sort(key=lambda article: (article.date.day, article.date.clock) if article.date else ("", ""), reverse=True)
    return by_id


def folded(articles: Sequence[Article]) -> list[Article]:
    """Return the articles without the copies whose lead stands among them: a copy folds under its lead."""
    present = {article.id for article in articles}
    return [article for article in articles if not (article.copy_of in present and article.copy_of != article.id)]


def copies_of(articles: Iterable[Article]) -> dict[str, tuple[Article, ...]]:
    """Return the copies of each lead, by the lead's id, newest first."""
    found: dict[str, list[Article]] = {}
    for article in newest_first(article for article in articles if article.copy_of):
        if article.copy_of != article.id:
            found.setdefault(article.copy_of, []).append(article)
    return {lead: tuple(copies) for lead, copies in found.items()}


def arrange_day(
    articles: Iterable[Article], site_order: Mapping[str, int], order: Sequence[str] = ()
) -> tuple[TopicSection, ...]:
    """Return a day's sections.

    Each article stands once, under its main topic. Sections follow the briefing's `order`, then the number of articles,
    then the site's order of topics; "Other reports" comes last. Within a section higher weight comes first, then newer,
    then id. `site_order` maps topic ids to their place; a topic it does not know counts as none.
    """
    sections: dict[str, list[Article]] = {}
    for article in folded(newest_first(articles)):
        main = next((topic for topic in article.own_topics if topic in site_order), OTHER_REPORTS)
        sections.setdefault(main, []).append(article)
    wanted = {topic: place for place, topic in enumerate(order)}

    def place(topic: str) -> tuple[bool, int, int, int]:
        return (
            topic == OTHER_REPORTS,
            wanted.get(topic, len(wanted)),
            -len(sections[topic]),
            site_order.get(topic, 0),
        )

    return tuple(
        TopicSection(topic, tuple(sorted(sections[topic], key=lambda article: -article.weight)))
        for topic in sorted(sections, key=place)
    )


def lead_of(sections: Sequence[TopicSection], named: str = "") -> Article | None:
    """Return the day's lead: the article named by id, else the heaviest, else the first of the largest section."""
    everything = [article for section in sections for article in section.articles]
    if not everything:
        return None
    for article in everything:
        if article.id == named:
            return article
    heaviest = max(everything, key=lambda article: article.weight)
    if heaviest.weight > 0:
        return heaviest
    largest = max(sections, key=lambda section: (len(section.articles), section.topic != OTHER_REPORTS))
    return largest.articles[0]


def edition_day(article: Article, day_closes: str = "") -> str:
    """Return the day whose briefing an article belongs to: the one it names, else its own.

    Where the site closes its day early (`17:00`), what comes at that time or later belongs to the next day.
    """
    if article.edition or article.date is None:
        return article.edition
    if day_closes and article.date.clock >= day_closes:
        return add_days(article.date.day, 1)
    return article.date.day
