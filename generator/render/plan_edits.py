"""The part of the plan that an edit of words can change: of articles, of a day's arrangement, of a topic's text.

What the rest of a plan is made of is as it was, so it is not planned again: other articles' pages, machine files,
redirections, files passed on. A page too many here costs a comparison, a page too few would be stale.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from generator.model.arrange import edition_day
from generator.model.article import Article, Extras
from generator.model.edited import Edit, Revision, span_of
from generator.model.site import Site
from generator.render.bodies import Bodies
from generator.render.days import Days
from generator.render.desk import Desk
from generator.render.output import Output
from generator.render.plan_articles import ALONE, article_output, places_on
from generator.render.plan_feeds import feeds


def plan_edits(
    desk: Desk, before: Desk, *, bodies: Bodies, days: tuple[Days, Days], strings: Extras, revision: Revision
) -> Iterator[Output]:
    """Yield every output whose inputs may differ from those it had with the desk `before` the revision.

    `days` are those of the site and those of before.
    """
    site, edits = desk.site, revision.articles
    edited = [edit.after for edit in edits]
    touched = {one.id for one in (*edited, *_leads(site, edited)) if desk.signs[one.id] != before.signs[one.id]}
    shown = _edited_pages(site, before.site, edits) | touched | _showing(site, touched)
    places = places_on(desk, {edition_day(site.by_id[id], site.config.day_closes) for id in shown} & site.days.keys())
    for id in shown:
        yield article_output(desk, bodies, site.by_id[id], places.get(id, ALONE))
    told = [*edited, *(site.by_id[id] for id in touched)]
    yield from feeds(desk, bodies, days[0], strings, {topic for article in told for topic in article.own_topics})
    is_corrected = _is_corrected(before.site, revision)
    # Most edits are of bodies, which no list shows.
    if touched or is_corrected or revision.briefings or revision.topics or any(_relinked(edit) for edit in edits):
        yield from _lists(desk, bodies, strings, days[0], None if is_corrected else _differing(*days))
    if desk.around.preview and any(site.by_id[id].held or site.by_id[id].draft for id in touched):
        from generator.render.plan_lists import held

        yield from held(desk, strings)


def _lists(desk: Desk, bodies: Bodies, strings: Extras, days: Days, differing: set[str] | None) -> Iterator[Output]:
    """Yield the lists of the site; of days those that differ, None for all, as where a correction was made."""
    # Loaded here, because most edits have no use for it.
    from generator.render.plan_lists import archives, corrections, days_and_home, topics

    # A day shows corrections besides its reports, of whatever day they are.
    yield from days_and_home(desk, days, differing)
    yield from archives(desk, days, strings)
    yield from topics(desk, bodies, strings)
    if differing is None:
        yield from corrections(desk, strings)


def _is_corrected(before: Site, revision: Revision) -> bool:
    """Say whether corrections may be others than before, or may name their article otherwise."""
    return (
        any(article.corrections for edit in revision.articles for article in edit)
        or any(one.corrections != before.briefings[one.day].corrections for one in revision.briefings)
        or any(one.corrections != before.topics[one.id].corrections for one in revision.topics)
    )


def _differing(days: Days, before: Days) -> set[str]:
    return {day for day in days.names if days.signs[day] != before.signs[day]}


def _leads(site: Site, articles: Sequence[Article]) -> list[Article]:
    return [site.by_id[article.copy_of] for article in articles if article.copy_of in site.by_id]


def _relinked(edit: Edit) -> set[str]:
    """Return where an article led and no longer does, or leads now."""
    return {link.target for link in edit.before.links} ^ {link.target for link in edit.after.links}


def _edited_pages(site: Site, before: Site, edits: Sequence[Edit]) -> set[str]:
    """Return the articles with other text, with other links to them, or with another list of earlier reports."""
    ids = {edit.after.id for edit in edits}
    ids.update(site.by_path[target].id for edit in edits for target in _relinked(edit) if target in site.by_path)
    if site.earlier is not before.earlier:
        near = _looking_back(site, [edit.after for edit in edits])
        ids.update(id for id in near if before.earlier.get(id) != site.earlier.get(id))
    return ids


def _looking_back(site: Site, articles: Iterable[Article]) -> list[str]:
    """Return the articles whose lists of earlier reports may name one of these."""
    months = {article.date.day[:7] for article in articles if article.date is not None}
    if not months:
        return []
    from generator.model.related import looking_at

    near = {later for month in months for later in looking_at(month, site.concordances)}
    shelf = site.articles
    return [shelf.ids[place] for month in near for place in span_of(shelf, month)]


def _showing(site: Site, touched: AbstractSet[str]) -> set[str]:
    """Return the articles whose pages name one of these: as a neighbour, as earlier, as linking, as their lead."""
    near = _looking_back(site, [site.by_id[id] for id in touched])
    ids = {id for id in near if not touched.isdisjoint(site.earlier.get(id, ()))}
    for id in touched:
        article = site.by_id[id]
        ids.update(site.by_path[link.target].id for link in article.links if link.target in site.by_path)
        ids.update(copy.id for copy in site.copies.get(id, ()))
        ids.update(one.id for one in site.days.get(edition_day(article, site.config.day_closes), ()))
    return ids
