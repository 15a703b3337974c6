"""The pages of articles: where each stands among the reports of its day, and what its page is made of."""

from __future__ import annotations

from collections.abc import Iterable

from generator.digest import packed
from generator.model.arrange import folded
from generator.model.article import Article
from generator.named import NamedTuple
from generator.render.bodies import Bodies, body_of
from generator.render.desk import Desk
from generator.render.output import PAGE, Later, Output, same
from generator.render.views.article import Neighbours, Reported, article_page
from generator.render.views.frame import Link, Page
from generator.render.views.kinds import ArticleView
from generator.render.views.shown import shown
from generator.render.views.words import day_text


class Place(NamedTuple):
    """Where an article stands: its edition's day, the article before it there, and the one after it."""

    day: str = ""
    previous: Article | None = None
    next: Article | None = None


ALONE = Place()


def places_on(desk: Desk, days: Iterable[str]) -> dict[str, Place]:
    """Return where each article of the editions of these days stands, by its id."""
    found: dict[str, Place] = {}
    for day in days:
        everything = desk.site.days[day]
        listed = folded(everything)
        # Newest come first, so the one before an article stands after it.
        for article, earlier, later in zip(listed, [*listed[1:], None], [None, *listed], strict=False):
            found[article.id] = Place(day, earlier, later)
        for article in everything:
            found.setdefault(article.id, Place(day))
    return found


def article_output(desk: Desk, bodies: Bodies, article: Article, place: Place) -> Output:
    """Return an article's page."""
    page = Later(_sign_of_page(desk, bodies, article, place), _article, desk, bodies, article, place)
    address = desk.site.addresses[article.path]
    return Output(address, f"content/{article.path}", PAGE, "article.html", same, (page,))


def _sign_of_page(desk: Desk, bodies: Bodies, article: Article, place: Place) -> bytes:
    """Return what stands for all that an article's page is made of: the text, its own sign, those of its neighbours."""
    site, signs, id = desk.site, desk.signs, article.id
    day, previous, next = place
    return packed(
        (
            article.digest,
            signs[id],
            bodies.sign_of(article.links),
            signs.get(article.copy_of) if article.copy_of else None,
            tuple([signs[other] for other in site.earlier.get(id, ())]),
            desk.signs_at(site.linked_from.places.get(article.path, ())),
            day,
            signs[previous.id] if previous is not None else None,
            signs[next.id] if next is not None else None,
        )
    )


def _article(desk: Desk, bodies: Bodies, article: Article, place: Place) -> tuple[Page, ArticleView]:
    source = desk.source(article)
    words = shown(article, source)
    reported = Reported(article, source, desk.topic_links(article), words, body_of(bodies, article, words))
    return article_page(desk.around, reported, _neighbours(desk, article, place))


def _neighbours(desk: Desk, article: Article, place: Place) -> Neighbours:
    site = desk.site
    lead = site.by_id.get(article.copy_of) if article.copy_of else None
    return Neighbours(
        copy_of=desk.entry(lead) if lead is not None and lead is not article else None,
        also=desk.also(article),
        earlier=desk.entries([site.by_id[id] for id in site.earlier.get(article.id, ())]),
        linked_from=desk.entries(site.linked_from.get(article.path, ())),
        edition=Link(day_text(place.day, desk.around.calendar).short, desk.day_href(place.day)) if place.day else None,
        previous=_link_to(desk, place.previous),
        next=_link_to(desk, place.next),
    )


def _link_to(desk: Desk, article: Article | None) -> Link | None:
    if article is None:
        return None
    return Link(article.title, desk.around.href(desk.site.addresses[article.path]))
