"""An edit rehearsed in a quiet moment: what the first real one would have to read and make is then in memory.

Most edits are made in the newest day, and what they show besides is nearly the same for all of them.
"""

from __future__ import annotations

from generator.build.editing import plan_edited
from generator.build.keys import inputs_digest
from generator.build.planned import Planned, stand_of
from generator.build.state import OutputState
from generator.digest import digest_of
from generator.model.article import Article
from generator.model.edited import Edit, Revision
from generator.model.site import Site
from generator.piecewise import Pieces
from generator.render.output import PAGE


def rehearsed(planned: Planned, state: OutputState) -> Pieces[None]:
    """Print the pages that other titles of some of the newest articles would change, and let them go; one is a piece.

    Nothing is written. Raises Lost where something that was left is damaged.
    """
    edits = tuple(Edit(article, _told_otherwise(article)) for article in _newest(stand_of(planned).desk.site))
    if not edits:
        return
    yield
    planned, outputs = plan_edited(planned, Revision(edits))
    assert planned.press is not None
    yield
    for output in outputs:
        if output.renderer != PAGE:
            continue
        left = state.known(output.path)
        if left is None or left.inputs != inputs_digest(output, planned.press.ingredients(output)):
            planned.press.to_bytes(output, output.view())
            yield


def _newest(site: Site) -> list[Article]:
    """Return articles of the newest day, one for each topic that comes up there."""
    day = next(iter(site.days), "")
    found: dict[str, Article] = {}
    for article in site.days.get(day, ()):
        found.update((topic, article) for topic in article.own_topics if topic not in found)
    return list({article.path: article for article in found.values()}.values())


def _told_otherwise(article: Article) -> Article:
    # What is made of an article is kept by this sign; so nobody is shown what is made for a rehearsal.
    return article._replace(title=f"{article.title} ", reference=digest_of("rehearsed", article.reference))
