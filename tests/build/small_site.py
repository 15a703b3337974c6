"""A small site for the tests of the build, and what a test does with it."""

from __future__ import annotations

import os
import random
from dataclasses import dataclass
from pathlib import Path

from generator.build.build import Builder, Starting
from generator.build.planned import Wishes
from generator.build.report import Report
from generator.build.verify import compared

NOW = 1_578_900_000

SITE = """\
-- site.yaml --
format: 1
title: Small Brief
base_url: https://small.example/briefs/
timezone: Asia/Baghdad
-- content/topics/iraq.md --
---
title: Iraq
aliases: [Iraq, Baghdad]
---
The country, beside [Iran](iran.md).
-- content/topics/iran.md --
---
title: Iran
aliases: [Iran, Tehran]
---
Its neighbour.
-- content/sources/wire.md --
---
name: The Wire
home: https://wire.example/
kind: wire
rights: excerpt
excerpt_words: 12
---
-- content/sources/desk.md --
---
name: The desk
kind: own
rights: full
---
-- content/briefings/2020-01-02.md --
---
takeaways: [One thing is known.]
---
## Iraq

- [Crowds leave](../articles/2020/01/02/crowds.md) They left at noon.
-- content/articles/2020/01/01/gate.md --
---
title: Gate breached in Baghdad
date: 2020-01-01T10:00+03:00
summary: Crowds enter the outer yard.
source: desk
tagged: {iraq: 9, iran: 2}
---
Crowds reached the gate in Baghdad. Tehran denied a part in it.
-- content/articles/2020/01/02/crowds.md --
---
title: Crowds leave the gate in Baghdad
date: 2020-01-02T12:00+03:00
summary: The yard is empty.
source: desk
topics: [iraq]
---
They left, a day after [the breach](../01/gate.md) in Baghdad.
-- content/articles/2020/01/02/wire.md --
---
title: Yard empty after crowds leave
date: 2020-01-02T13:00+03:00
source: {key: wire, url: https://wire.example/1}
topics: [iraq]
---
The yard of the embassy in Baghdad was empty on Thursday and the guard was relieved after two long nights at the gate.
-- content/articles/2020/01/03/tehran.md --
---
title: Tehran answers
date: 2020-01-03
source: desk
topics: [iran]
---
A statement was read in Tehran.
-- content/pages/about.md --
---
title: About
---
A small site.
-- content/static/robots-note.txt --
Nothing.
"""

ARTICLE = "content/articles/2020/01/01/gate.md"
PAGE = "articles/2020/01/01/gate/index.html"


@dataclass
class Site:
    """A site under test; `now` may be moved."""

    root: Path
    now: int = NOW

    def builder(
        self, *, preview: bool = False, jobs: int = 1, fresh: bool = False, start: Starting | None = None
    ) -> Builder:
        """Return a builder as a new process would make it."""
        wishes = Wishes(lambda: self.now, preview=preview, jobs=jobs, fresh=fresh)
        cache = self.root / ".dateline" / "build"
        return Builder(self.root, output=self.root / "public", cache=cache, wishes=wishes, start=start)

    def build(self, **wishes: bool) -> Report:
        """Build as a new process would."""
        return self.builder(**wishes).build()

    def write(self, path: str, text: str) -> None:
        """Save a file, surely later than the time before."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        """Save a file with one text in place of another, which must be there."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text
        self.write(path, text.replace(old, new))

    def differences(self, *, preview: bool = False) -> list[str]:
        """Return in what the output differs from a clean build of the same content."""
        clean = self.root.parent / f"clean-{len(os.listdir(self.root.parent))}"
        wishes = Wishes(lambda: self.now, fresh=True, jobs=1, preview=preview)
        Builder(self.root, output=clean / "public", cache=clean / "cache", wishes=wishes).build()
        return compared(clean / "public", self.root / "public")


def damage(place: Path, seed: int) -> None:
    """Cut a file short at some byte, for odd seeds, or flip one of its bits."""
    chance = random.Random(seed)
    content = bytearray(place.read_bytes())
    at = chance.randrange(len(content))
    if seed % 2:
        del content[at:]
    else:
        content[at] ^= 1 << chance.randrange(8)
    place.write_bytes(content)
