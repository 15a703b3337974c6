"""What a topic's page names of the articles that link to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.build.small_site import SITE, Site

ARTICLE = """-- content/articles/2020/01/03/linking-{0:02}.md --
---
title: Report {0:02} on oil
date: 2020-01-03T{1:02}:{2:02}+03:00
source: desk
topics: [iraq]
---
More on [this](../../../../topics/iran.md).
"""


def test_a_topic_names_the_newest_that_link_to_it(make_site: Callable[[str], Path]) -> None:
    """Thirty of them, however many there are: in years there may be thousands."""
    articles = "".join(ARTICLE.format(number, *divmod(number, 60)) for number in range(40))
    site = Site(make_site(SITE + articles))
    assert site.build().ok
    page = (site.root / "public/topics/iran/index.html").read_text(encoding="utf-8")
    linked = page.partition('id="_linked"')[2].partition("</section>")[0]

    assert [f"Report {number:02} on oil" in linked for number in range(40)] == [False] * 10 + [True] * 30
