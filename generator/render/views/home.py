"""The front page, and the pages a site has one of."""

from __future__ import annotations

from generator.model import route
from generator.model.article import Article
from generator.model.page import ContentPage
from generator.render.views.entry import Entry
from generator.render.views.frame import Body, CorrectionLine, Link, Page, TopicLink
from generator.render.views.kinds import (
    BriefingView,
    ContentPageView,
    CorrectionsView,
    EditionLine,
    HeldLine,
    HeldView,
    HomeView,
    NotFoundView,
    RedirectView,
    TopicCard,
)
from generator.render.views.words import Around


def home_page(
    around: Around,
    description: str,
    briefing: BriefingView | None,
    day: str,
    lists: tuple[tuple[Entry, ...], tuple[EditionLine, ...], tuple[TopicCard, ...]],
) -> tuple[Page, HomeView]:
    """Return the front page; `lists` are what is new, earlier editions, topics. `day` is the newest edition's or ""."""
    page = Page("home", route.HOME, around.absolute(route.HOME), around.title, description, published=day)
    return page, HomeView(briefing, around.href(route.briefing(day)) if day else "", *lists)


def corrections_page(
    around: Around, title: str, corrections: tuple[CorrectionLine, ...]
) -> tuple[Page, CorrectionsView]:
    """Return the list of all corrections."""
    address = route.CORRECTIONS
    feeds = (Link(title, around.href(route.CORRECTIONS_FEED)),)
    page = Page("corrections", address, around.absolute(address), title, feeds=feeds)
    return page, CorrectionsView(corrections)


def content_page(around: Around, source: ContentPage, body: Body | None) -> tuple[Page, ContentPageView]:
    """Return a page of `content/pages/`."""
    address = route.content_page(source.slug)
    page = Page("page", address, around.absolute(address), source.title, source.summary, noindex=source.noindex)
    return page, ContentPageView(source.title, body, source.extra)


def not_found_page(
    around: Around, title: str, newest: Link | None, topics: tuple[TopicLink, ...]
) -> tuple[Page, NotFoundView]:
    """Return the page for addresses that lead nowhere."""
    address = route.NOT_FOUND
    page = Page("not-found", address, around.absolute(address), title, noindex=True)
    return page, NotFoundView(newest, topics)


def held_line(entry: Entry, article: Article) -> HeldLine:
    """Return an article that waits, with what it waits for and the file to mend."""
    return HeldLine(entry, article.held, f"content/{article.path}")


def held_page(
    around: Around, title: str, held: tuple[HeldLine, ...], drafts: tuple[HeldLine, ...]
) -> tuple[Page, HeldView]:
    """Return the list of what waits; it exists in previews only."""
    address = route.HELD
    return Page("held", address, around.absolute(address), title, noindex=True), HeldView(held, drafts)


def redirect_page(around: Around, old: str, new: str) -> tuple[Page, RedirectView]:
    """Return the page at an old address that leads to the new one."""
    href = around.href(new)
    return Page("redirect", old, around.absolute(new), href, noindex=True), RedirectView(href)
