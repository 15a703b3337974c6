"""Which way a text runs when nobody has said so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build.build import Builder
from generator.build.planned import Wishes

SITE = """\
-- site.yaml --
format: 1
title: Both ways
base_url: https://both.example/
language: {language}
-- content/articles/2020/01/02/a.md --
---
title: "{title}"
date: 2020-01-02
---
Words.
"""
DIRECTIONS = {
    "site's own": ("en", "Parliament votes", "<h1>"),
    "against it, by its first letter": ("en", "«البرلمان» يدعو (NATO)", '<h1 dir="rtl">'),
    "foreign name inside": ("en", "The word البرلمان", "<h1>"),
    "from left to right in a Persian site": ("fa", "Parliament votes", '<h1 dir="ltr">'),
    "Persian site's own": ("fa", "مجلس", "<h1>"),
    "without letters": ("fa", "2020: 176", "<h1>"),
}


@pytest.mark.parametrize(("language", "title", "shown"), DIRECTIONS.values(), ids=DIRECTIONS)
def test_a_text_without_a_language_runs_as_its_title_is_written(
    make_site: Callable[[str], Path], language: str, title: str, shown: str
) -> None:
    """The first letter that has a direction decides; a title that runs as the site does needs no word about it."""
    root = make_site(SITE.format(language=language, title=title))
    output = root / "public"

    report = Builder(root, output=output, cache=root / "cache", wishes=Wishes(lambda: 1_578_000_000)).build()

    html = (output / "articles/2020/01/02/a/index.html").read_text(encoding="utf-8")
    assert report.faults == ()
    assert f"{shown}{title}</h1>" in html
