"""Links that name a heading, wherever the page they stand in is shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from generator.build.build import Builder
from generator.build.planned import Wishes

SITE = """\
-- content/topics/iraq.md --
---
title: Iraq
---
## The parties
-- content/articles/2020/01/02/a.md --
---
title: A
date: 2020-01-02
---
[the day](../../../../briefings/2020-01-02.md#us-forces) [parties](../../../../topics/iraq.md#The-parties) [own](#part)

## Part
-- content/briefings/2020-01-02.md --
---
title: The day
---
Look [below](#us-forces).

- [A](../articles/2020/01/02/a.md)

## US forces

Words, and [below](#us-forces-2).

## US forces

Again.
"""
LINK = re.compile(r'href="([^"#]*)#(h-[^"]+)"')


def built(root: Path) -> dict[str, str]:
    output = root / "public"
    report = Builder(root, output=output, cache=root / "cache", wishes=Wishes(lambda: 1_578_000_000)).build()
    assert report.faults == ()
    pages = (*output.rglob("index.html"), *output.rglob("*.xml"))
    return {f"/{place.relative_to(output)}": place.read_text(encoding="utf-8") for place in pages}


def test_a_link_to_a_heading_leads_to_it(make_site: Callable[[str], Path]) -> None:
    """Topics, articles and the sections of a briefing name a heading in one way; two of one name are told apart."""
    pages = built(make_site(SITE))

    found = {}
    for page, html in pages.items():
        if page.endswith(".html"):
            for address, id in LINK.findall(html):
                target = f"{address}index.html" if address else page
                found[page, target, id] = f'id="{id}"' in pages[target]
    article, day = "/articles/2020/01/02/a/index.html", "/briefings/2020/01/02/index.html"
    assert {
        (article, day, "h-us-forces"),
        (article, article, "h-part"),
        (article, "/topics/iraq/index.html", "h-the-parties"),
        (day, day, "h-us-forces"),
        (day, day, "h-us-forces-2"),
        ("/index.html", "/index.html", "h-us-forces"),
    } <= found.keys()
    assert all(found.values())


def test_feeds_name_the_page_of_a_heading(make_site: Callable[[str], Path]) -> None:
    """A reader shows an entry away from its page, where a heading of the same text would be sought in the reader."""
    pages = built(make_site(SITE))

    assert "https://test.example/articles/2020/01/02/a/#h-part" in pages["/feed.xml"]
    assert "https://test.example/briefings/2020/01/02/#h-us-forces" in pages["/briefings/feed.xml"]
    assert [] == [page for page, text in pages.items() if page.endswith(".xml") and "&quot;#" in text]
