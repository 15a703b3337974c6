"""Every address of the site, in one place: to change a URL, change it here.

An address is `/`-separated text from the site's root, without the base path: `/topics/iraq/`.
The file it is written to follows from it: a folder's `index.html`, or the name itself.
"""

from __future__ import annotations

HOME = "/"
BRIEFINGS = "/briefings/"
TOPICS = "/topics/"
CORRECTIONS = "/corrections/"
NOT_FOUND = "/404.html"
HELD = "/held/"
FEED = "/feed.xml"
BRIEFINGS_FEED = "/briefings/feed.xml"
CORRECTIONS_FEED = "/corrections/feed.xml"
SITEMAP = "/sitemap.xml"
ROBOTS = "/robots.txt"
HEADERS = "/_headers"
REDIRECTS = "/_redirects"
NO_JEKYLL = "/.nojekyll"
ASSETS = "/assets/"


def article(day: str, slug: str) -> str:
    """Return an article's address; `day` is its own day in the site's zone."""
    return f"/articles/{day.replace('-', '/')}/{slug}/"


def held_article(id: str) -> str:
    """Return the preview's address of an article that has no day yet."""
    return f"/held/{id}/"


def briefing(day: str) -> str:
    """Return the address of a day's briefing."""
    return f"/briefings/{day.replace('-', '/')}/"


def month(month: str) -> str:
    """Return the address of a month's archive; `month` is `2020-01`."""
    return f"/briefings/{month.replace('-', '/')}/"


def year(year: str) -> str:
    """Return the address of a year's archive."""
    return f"/briefings/{year}/"


def topic(id: str) -> str:
    """Return a topic's address."""
    return f"/topics/{id}/"


def topic_month(id: str, month: str) -> str:
    """Return the address of a topic's month listing."""
    return f"/topics/{id}/{month.replace('-', '/')}/"


def topic_feed(id: str) -> str:
    """Return the address of a topic's feed."""
    return f"/topics/{id}/feed.xml"


def content_page(slug: str) -> str:
    """Return the address of a page from `content/pages/`."""
    return f"/{slug}/"


def sitemap_month(month: str) -> str:
    """Return the address of the part of the sitemap that holds one month; `""` holds what has no month."""
    return f"/sitemap-{month or 'pages'}.xml"


def asset(name: str) -> str:
    """Return the address of a theme's file."""
    return ASSETS + name


def output_path(address: str) -> str:
    """Return the file, relative to the output folder, that an address is written to."""
    return f"{address[1:]}index.html" if address.endswith("/") else address[1:]
