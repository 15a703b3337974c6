"""Articles that try the theme: words without a break, wide code and tables, code in a text that runs to the left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.built_site import dateline
from tests.literal import write_site
from tests.served import served
from tests.test_browser import WIDTHS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

PAPER = 640
WORD = "Donaudampfschifffahrtsgesellschaft" * 4
ROW = "| cell value " * 24 + "|\n"
SITE = f"""\
-- site.yaml --
format: 1
title: Hostile Brief
base_url: https://hostile.example/
timezone: Asia/Baghdad
-- content/topics/iraq.md --
---
title: Iraq
---
-- content/topics/long.md --
---
title: {WORD}
---
-- content/articles/wide.md --
---
title: Wide
date: 2020-01-02
topics: [iraq, long]
---
```
{"x = 1; " * 60}
```

{ROW}{"|---" * 24}|
{ROW}
-- content/articles/again.md --
---
title: Again
date: 2020-01-02
topics: [iraq, long]
---
Text.
-- content/articles/left.md --
---
title: افتتاح الميناء القديم
date: 2020-01-03
lang: ar
---
هذا نص طويل عن الميناء.

```
f(x);
```
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the hostile site."""
    root: Path = write_site(tmp_path_factory.mktemp("hostile"), SITE)
    done = dateline("build", "--root", str(root), "--now", "2020-02-01")
    assert done.returncode == 0, done.stdout + done.stderr
    with served(root / "public") as found:
        yield found


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_a_long_word_in_the_name_of_a_connected_topic_keeps_within_the_page(
    browser: Browser, address: str, width: int
) -> None:
    """Its number stands beside it, and the page does not scroll sideways."""
    opened = browser.new_page(viewport={"width": width, "height": 800})
    opened.goto(f"{address}topics/iraq/")
    connected = opened.locator(".counts a", has_text="Donau").count()
    beyond = opened.evaluate("document.documentElement.scrollWidth - innerWidth")
    opened.close()

    assert (1, 0) == (connected, beyond)


def test_nothing_is_cut_off_on_paper(browser: Browser, address: str) -> None:
    """Paper does not scroll: long lines of code and wide tables break."""
    opened = browser.new_page(viewport={"width": PAPER, "height": 900})
    opened.emulate_media(media="print")
    opened.goto(f"{address}articles/2020/01/02/wide/")
    wide = opened.evaluate(
        "[...document.querySelectorAll('pre, .table')].map(box => box.scrollWidth - box.clientWidth)"
    )
    opened.close()

    assert [0, 0] == wide


def test_code_runs_to_the_right_in_a_text_that_runs_to_the_left(browser: Browser, address: str) -> None:
    """Otherwise its last semicolon would stand before its first letter."""
    opened = browser.new_page()
    opened.goto(f"{address}articles/2020/01/03/left/")
    places = opened.evaluate(
        """() => {
            const text = document.querySelector('pre code').firstChild;
            return [0, 4].map(at => {
                const range = document.createRange();
                range.setStart(text, at);
                range.setEnd(text, at + 1);
                return range.getBoundingClientRect().left;
            });
        }"""
    )
    opened.close()

    assert places[0] < places[1]
