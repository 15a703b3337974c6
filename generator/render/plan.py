"""Turn a Site into the list of every file it consists of.

Nothing is rendered here. Adding a kind of page means adding one function here or beside (`plan_lists`, `plan_feeds`,
`plan_machine`)
and one view; no other module knows which pages exist.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import route
from generator.model.article import Extras
from generator.model.source import rights_of
from generator.render.bodies import Bodies
from generator.render.days import Days
from generator.render.desk import Desk
from generator.render.output import COPY, PAGE, Files, Output, same
from generator.render.plan_articles import ALONE, article_output, places_on
from generator.render.plan_feeds import feeds
from generator.render.plan_lists import archives, corrections, days_and_home, held, topics
from generator.render.plan_machine import machine_files, old_addresses
from generator.render.views.frame import Link
from generator.render.views.home import content_page, not_found_page, redirect_page
from generator.render.views.shown import FULL
from generator.render.views.words import day_text


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
    link = Link(day_text(newest, desk.around.calendar).words, desk.day_href(newest)) if newest else None
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
