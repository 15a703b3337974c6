"""Days and months in a theme's own words, on every page and in every feed, after an edit of the words too."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from tests.build.small_site import ARTICLE, PAGE, SITE, Site

STRINGS = "themes/own/strings.yaml"
MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
WEEKDAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche"
ENGLISH_DAY = re.compile(r"(?:January|February|December|Monday|Wednesday|Thursday|Friday) ?\d*")


def french(make_site: Callable[[str], Path]) -> Site:
    """Return a site, not yet built, whose theme names days and months as in French."""
    site = Site(make_site(SITE))
    lines = [f"month_{place:02d}: {name}" for place, name in enumerate(MONTHS.split(), start=1)]
    lines += [f"weekday_{place}: {name}" for place, name in enumerate(WEEKDAYS.split(), start=1)]
    site.write("themes/own/theme.yaml", "contract: 1\nextends: dateline\n")
    site.write(STRINGS, "\n".join(lines) + "\n")
    site.replace("site.yaml", "timezone: Asia/Baghdad", "timezone: Asia/Baghdad\ntheme: own")
    return site


def test_days_are_in_the_words_of_the_theme(make_site: Callable[[str], Path]) -> None:
    """A reader of a French site meets no English day: not in a page, not in a title, not in a feed."""
    site = french(make_site)

    assert site.build().ok

    public = site.root / "public"
    texts = [
        place.read_text(encoding="utf-8") for place in sorted(public.rglob("*")) if place.suffix in (".html", ".xml")
    ]
    assert "mercredi 1 janvier 2020" in (public / "briefings/2020/01/01/index.html").read_text(encoding="utf-8")
    assert "jeudi 2 janvier 2020" in (public / "briefings/feed.xml").read_text(encoding="utf-8")
    assert "janvier 2020" in (public / "topics/iraq/2020/01/index.html").read_text(encoding="utf-8")
    assert [] == [found[0] for text in texts for found in ENGLISH_DAY.finditer(text)]


def test_another_word_for_a_month_reaches_every_page(make_site: Callable[[str], Path]) -> None:
    """What was built in the old words is built again, and an edit of an article keeps the theme's."""
    site = french(make_site)
    site.build()

    site.replace(STRINGS, "janvier", "nivôse")
    site.build()
    assert site.differences() == []
    assert "1 nivôse 2020" in (site.root / "public" / PAGE).read_text(encoding="utf-8")

    site.replace(ARTICLE, "Gate breached in Baghdad", "Outer gate breached in Baghdad")
    site.build()
    assert site.differences() == []
