"""Days as pages show them: an editor's arrangement, or the one a day makes for itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy as copied

from generator.digest import digest_of
from generator.model import route
from generator.model.arrange import OTHER_REPORTS, TopicSection, arrange_day, edition_day, folded, lead_of
from generator.model.article import Article
from generator.model.briefing import ArrangedSection, Briefing
from generator.model.site import Site
from generator.render.bodies import Bodies
from generator.render.desk import Desk
from generator.render.views.briefing import Arranged
from generator.render.views.entry import Item
from generator.render.views.kinds import Section, SourceCount
from generator.render.views.words import copy_links, credit_of
from generator.text.addresses import HEADING_PREFIX

# Sections that no heading of a text names; these ids cannot be a heading's.
REPORTS_ANCHOR, OTHER_REPORTS_ANCHOR = "_reports", "_other-reports"


class Days:
    """The days of one build, from new to old; each is arranged once, when the first view that shows it is made.

    `signs` holds for each day what stands for all that its arrangement is made of.
    """

    def __init__(
        self,
        desk: Desk,
        bodies: Bodies,
        *,
        signs: Mapping[str, bytes] | None = None,
        totals: Mapping[str, int] | None = None,
    ) -> None:
        """Signs and totals may be given where they are known; they are then those that would be made here."""
        self.names = list(desk.site.days)
        self.signs = dict(signs) if signs is not None else {day: _sign(desk, bodies, day) for day in self.names}
        self._desk = desk
        self._bodies = bodies
        self._arranged: dict[str, tuple[Arranged, tuple[Article, ...]]] = {}
        self._totals: dict[str, int] = dict(totals or {})

    def edited(self, desk: Desk, edited: Iterable[Article], rearranged: Iterable[str]) -> Days:
        """Return the days of a desk on which these articles are written otherwise but stand where they stood.

        `rearranged` are days with another briefing than before.
        """
        days = copied(self)
        days._desk, days._arranged, days.signs = desk, {}, dict(self.signs)
        again = set(rearranged)
        days._totals = {day: total for day, total in self._totals.items() if day not in again}
        days.signs.update((day, _sign(desk, self._bodies, day)) for day in _days_with(desk.site, edited) | again)
        return days

    def arranged(self, day: str) -> tuple[Arranged, tuple[Article, ...]]:
        """Return a day as pages show it, and the articles that stand in it."""
        found = self._arranged.get(day)
        if found is None:
            found = arranged(self._desk, self._bodies, day)
            self._arranged[day] = found
        return found

    def total(self, day: str) -> int:
        """Return how many articles stand in a day's arrangement."""
        found = self._totals.get(day)
        if found is None:
            found = self._totals[day] = self._counted(day)
        return found

    def _counted(self, day: str) -> int:
        briefing = self._desk.site.briefings.get(day)
        if briefing is not None and _is_edited(briefing):
            targets = (entry.target for section in briefing.sections for entry in section.entries)
            return sum(target in self._desk.site.by_path for target in targets)
        return len(folded(self._desk.site.days[day]))


def _sign(desk: Desk, bodies: Bodies, day: str) -> bytes:
    site = desk.site
    places, copied = site.days.places[day], site.copies.places
    copies = [copy for place in places for copy in copied.get(site.articles.ids[place], ())] if copied else []
    briefing = site.briefings.get(day)
    edited: tuple[object, ...] = ()
    if briefing is not None:
        named = (
            site.by_path.get(path)
            for section in briefing.sections
            for entry in section.entries
            for path in (entry.target, *entry.also)
        )
        there = [article for article in named if article is not None]
        copies += [copy for article in there for copy in copied.get(article.id, ())]
        edited = (
            briefing,
            tuple(article.path for article in there),
            desk.signs_of(there),
            bodies.sign_of(briefing.links),
        )
    return digest_of(day, desk.topics_sign, desk.signs_at(places), desk.signs_at(copies), edited)


def _days_with(site: Site, edited: Iterable[Article]) -> set[str]:
    """Return the days that show one of these articles, or the lead of one."""
    articles = {article.path: article for article in edited}
    for article in list(articles.values()):
        lead = site.by_id.get(article.copy_of)
        if lead is not None:
            articles[lead.path] = lead
    own = {edition_day(article, site.config.day_closes) for article in articles.values()}
    named = {
        day
        for day, briefing in site.briefings.items()
        for section in briefing.sections
        for entry in section.entries
        if entry.target in articles or not articles.keys().isdisjoint(entry.also)
    }
    return (own | named) & site.days.keys()


def arranged(desk: Desk, bodies: Bodies, day: str) -> tuple[Arranged, tuple[Article, ...]]:
    """Return a day as its editor arranged it, else as it arranges itself; and the articles that stand in it."""
    briefing = desk.site.briefings.get(day)
    if briefing is not None and _is_edited(briefing):
        return _as_edited(desk, bodies, briefing)
    sections = arrange_day(desk.site.days[day], desk.site.topic_order, briefing.order if briefing else ())
    lead = lead_of(sections, briefing.lead if briefing else "")
    shown = tuple(_own_section(desk, section, lead) for section in sections)
    articles = tuple(article for section in sections for article in section.articles)
    arrangement = Arranged(
        Item(desk.entry(lead)) if lead is not None else None,
        tuple(section for section in shown if section.items),
        len(articles),
        False,
    )
    return arrangement, articles


def _is_edited(briefing: Briefing) -> bool:
    return any(section.entries for section in briefing.sections)


def _own_section(desk: Desk, section: TopicSection, lead: Article | None) -> Section:
    items = tuple(Item(desk.entry(article)) for article in section.articles if article is not lead)
    if section.topic == OTHER_REPORTS:
        return Section("", OTHER_REPORTS_ANCHOR, "", "", items)
    topic = desk.topics[section.topic]
    return Section(topic.name, HEADING_PREFIX + topic.id, topic.href, "", items)


def _as_edited(desk: Desk, bodies: Bodies, briefing: Briefing) -> tuple[Arranged, tuple[Article, ...]]:
    by_path = desk.site.by_path
    articles: list[Article] = []
    lead: Item | None = None
    sections: list[Section] = []
    home = route.briefing(briefing.day)
    for section in briefing.sections:
        items: list[Item] = []
        for entry in section.entries:
            article = by_path.get(entry.target)
            if article is None:
                continue
            copies = [by_path[path] for path in entry.also if path in by_path]
            also = copy_links(((copy, desk.source(copy)) for copy in copies), desk.around)
            item = Item(desk.entry(article), bodies.resolved(entry.note, home), also)
            articles.append(article)
            if article.id == briefing.lead and lead is None:
                lead = item
            else:
                items.append(item)
        if items or section.prose:
            sections.append(_edited_section(desk, section, bodies.resolved(section.prose, home), items))
    if lead is None:
        lead, sections = _first_as_lead(sections)
    return Arranged(lead, tuple(sections), len(articles), True), tuple(articles)


def _edited_section(desk: Desk, section: ArrangedSection, prose: str, items: Iterable[Item]) -> Section:
    topic = next((topic for topic in desk.topics.values() if topic.name == section.title), None)
    anchor = section.anchor or REPORTS_ANCHOR
    return Section(section.title, anchor, topic.href if topic is not None else "", prose, tuple(items))


def _first_as_lead(sections: list[Section]) -> tuple[Item | None, list[Section]]:
    """Take the first entry as lead: the editor put it first."""
    for place, section in enumerate(sections):
        if section.items:
            rest = section._replace(items=section.items[1:])
            kept = [rest] if rest.items or rest.prose else []
            return section.items[0], [*sections[:place], *kept, *sections[place + 1 :]]
    return None, sections


def source_counts(desk: Desk, articles: Iterable[Article]) -> tuple[SourceCount, ...]:
    """Return the outlets of a day's articles and their copies, most reports first; own writing is not counted."""
    counted: dict[str, tuple[str, str, str, int]] = {}
    for article in articles:
        for report in (article, *desk.site.copies.get(article.id, ())):
            source = desk.source(report)
            name = credit_of(report, source)
            if not name or (source is not None and source.kind == "own"):
                continue
            home, kind = (source.home, source.kind) if source is not None else ("", "")
            total = counted[name][3] if name in counted else 0
            counted[name] = (name, home, kind, total + 1)
    ranked = sorted(counted.values(), key=lambda row: (-row[3], row[0]))
    return tuple(SourceCount(name, home, kind, total) for name, home, kind, total in ranked)
