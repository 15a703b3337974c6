"""What the page of a topic shows beside its backgrounder."""

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
related: [iran, yemen]
---
-- content/topics/iran.md --
---
title: Iran
---
-- content/topics/yemen.md --
---
title: Yemen
---
-- content/articles/2020/01/02/a.md --
---
title: A
date: 2020-01-02
topics: [iraq, iran]
---
Words.
"""


def test_a_topic_is_named_once_beside_another(make_site: Callable[[str], Path]) -> None:
    """Reports connect the two, with a number; what only an editor puts there follows below."""
    root = make_site(SITE)
    output = root / "public"

    Builder(root, output=output, cache=root / "cache", wishes=Wishes(lambda: 1_578_000_000)).build()

    rail = (output / "topics/iraq/index.html").read_text(encoding="utf-8").partition('<div class="rail">')[2]
    found = re.findall(r'href="/topics/(\w+)/"', rail)
    assert ["iran", "yemen"] == found
