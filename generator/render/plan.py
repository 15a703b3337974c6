"""Turn a Site into the list of every file it consists of.

Nothing is rendered here. Adding a kind of page means adding one function here or beside (`plan_lists`, `plan_feeds`)
and one view; no other module knows which pages exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.digest import packed
from generator.model import route
from generator.model.arrange import folded
from generator.model.article import Article, Extras
from generator.model.source import rights_of
from generator.named import NamedTuple
from generator.render.bodies import Bodies, body_of
from generator.render.days import Days
from generator.render.desk import Desk
from generator.render.output import COPY, PAGE, CopyView, Later, Output, same
from generator.render.plan_feeds import feeds, machine_files, old_addresses
from generator.render.plan_lists import archives, corrections, days_and_home, held, topics
from generator.render.views.article import Neighbours, Reported, article_page
from generator.render.views.frame import Link, Page
from generator.render.views.home import content_page, not_found_page, redirect_page
from generator.render.views.kinds import ArticleView
from generator.render.views.shown import FULL
from generator.render.views.words import day_text


class Files(NamedTuple):
    """Files passed on as they are: place and digest, by content path (`static/…`, pictures) or theme file name."""

    content: Mapping[str, CopyView]
    theme: Mapping[str, CopyView]


def plan(desk: Desk, bodies: Bodies, days: Days, strings: Extras, files: Files) -> list[Output]:
    """Return every file of the site, each address once unless the content itself claims one twice."""
    return [
        *articles(desk, bodies, files),
        *days_and_home(desk, days),
        *archives(desk, days, strings),
        *topics(desk, bodies, strings),
        *corrections(desk, strings),
        *content_pages(desk, bodies, files),
        *not_found(desk, strings),
        *(held(desk, strings) if desk.around.preview else ()),
        *feeds(desk, bodies, days, strings),
        *machine_files(desk),
        *redirects(desk),
        *passed_on(files),
    ]


def articles(desk: Desk, bodies: Bodies, files: Files) -> Iterator[Output]:
    """Every article's page, and the files that lie beside it."""
    places = places_on(desk, desk.site.days)
    for article in desk.site.articles:
        page = article_output(desk, bodies, article, places.get(article.id, ALONE))
        yield page
        address = page.address
        if article.files and rights_of(article, desk.source(article)) == FULL:
            yield from beside(article.files, address, article.path, files)


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
    reported = Reported(article, source, desk.topic_links(article), body_of(bodies, article, source))
    return article_page(desk.around, reported, _neighbours(desk, article, place))


def _neighbours(desk: Desk, article: Article, place: Place) -> Neighbours:
    site = desk.site
    lead = site.by_id.get(article.copy_of) if article.copy_of else None
    return Neighbours(
        copy_of=desk.entry(lead) if lead is not None and lead is not article else None,
        also=desk.also(article),
        earlier=desk.entries([site.by_id[id] for id in site.earlier.get(article.id, ())]),
        linked_from=desk.entries(site.linked_from.get(article.path, ())),
        edition=Link(day_text(place.day).short, desk.day_href(place.day)) if place.day else None,
        previous=_link_to(desk, place.previous),
        next=_link_to(desk, place.next),
    )


def _link_to(desk: Desk, article: Article | None) -> Link | None:
    if article is None:
        return None
    return Link(article.title, desk.around.href(desk.site.addresses[article.path]))


def content_pages(desk: Desk, bodies: Bodies, files: Files) -> Iterator[Output]:
    """The pages of `content/pages/`."""
    for page in desk.site.pages:
        address = route.content_page(page.slug)
        body = bodies.whole(page.path, page.body, home=address, links=page.links, own=())
        origin = f"content/{page.path}"
        yield Output(address, origin, PAGE, "page.html", content_page, (desk.around, page, body))
        yield from beside(page.files, address, page.path, files)


def not_found(desk: Desk, strings: Extras) -> Iterator[Output]:
    """The page for addresses that lead nowhere."""
    newest = next(iter(desk.site.days), "")
    link = Link(day_text(newest).words, desk.day_href(newest)) if newest else None
    inputs = (desk.around, strings.get("not_found", "Page not found"), link, tuple(desk.topics.values()))
    yield Output(route.NOT_FOUND, "the page for missing addresses", PAGE, "404.html", not_found_page, inputs)


def redirects(desk: Desk) -> Iterator[Output]:
    """A page at every old address that leads to the new one; `_redirects` says the same to hosts that read it."""
    for old, new, origin in old_addresses(desk.site):
        if old.endswith(("/", ".html")):
            yield Output(old, origin, PAGE, "redirect.html", redirect_page, (desk.around, old, new))


def beside(names: tuple[str, ...], address: str, path: str, files: Files) -> Iterator[Output]:
    """The pictures and documents that travel with a page at `address`."""
    for name in names:
        view = files.content.get(name)
        if view is not None and not name.startswith("static/"):
            yield Output(address + name.rsplit("/", 1)[-1], f"content/{path}", COPY, "", same, (view,))


def passed_on(files: Files) -> Iterator[Output]:
    """The files of `content/static/`, at the root of the site, and the theme's own."""
    for name, view in files.content.items():
        if name.startswith("static/"):
            yield Output(name.removeprefix("static"), f"content/{name}", COPY, "", same, (view,))
    for name, view in files.theme.items():
        yield Output(route.asset(name), f"the theme's {name}", COPY, "", same, (view,))
