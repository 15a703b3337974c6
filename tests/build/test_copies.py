"""The same wire story from another outlet: one lead, and wherever it stands it says who carried it too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.build.small_site import SITE, Site

ADDRESS = "articles/2020/01/02/wire/"
LINK = f'Also carried by <a href="/briefs/{ADDRESS}">The Wire</a>'
IN_FEED = f'<link rel="related" title="The Wire" href="https://small.example/briefs/{ADDRESS}"/>'

SHOWN = [
    (LINK, "articles/2020/01/02/crowds/index.html"),
    (LINK, "briefings/2020/01/02/index.html"),
    (LINK, "topics/iraq/index.html"),
    (LINK, "topics/iraq/2020/01/index.html"),
    (IN_FEED, "feed.xml"),
    (IN_FEED, "topics/iraq/feed.xml"),
]


@pytest.fixture
def site(make_site: Callable[[str], Path]) -> Site:
    built = Site(make_site(SITE))
    built.replace("content/articles/2020/01/02/wire.md", "title: Yard empty", "copy_of: crowds.md\ntitle: Yard empty")
    assert built.build().ok
    return built


@pytest.mark.parametrize(("expected", "path"), SHOWN)
def test_a_lead_says_who_carried_it_too(site: Site, expected: str, path: str) -> None:
    """On its page, its day, its topics, and in feeds; the copy itself stands in none of these lists."""
    shown = (site.root / "public" / path).read_text(encoding="utf-8")

    assert expected in shown
    assert "Yard empty after crowds leave" not in shown


def test_the_name_of_a_copys_outlet_is_brought_up_everywhere(site: Site) -> None:
    """Every list and feed that names the outlet follows its file."""
    site.replace("content/sources/wire.md", "name: The Wire", "name: Another Wire")
    site.build()

    assert site.differences() == []
    assert "Another Wire" in (site.root / "public/topics/iraq/feed.xml").read_text(encoding="utf-8")
