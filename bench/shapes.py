"""The five shapes of body of the benchmark's articles, in equal shares: Markdown as tools and people write it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bench.prose import Voice, sentence


class Matter(NamedTuple):
    """What a body is made of: sentences in order, and links ready to be put in (`[words](address)`)."""

    voice: Voice
    chance: random.Random
    sentences: Sequence[str]
    links: Sequence[str]


def body_of(shape: str, matter: Matter) -> str:
    """Return the Markdown of an article's body."""
    return SHAPES[shape](matter)


def _paragraphs(matter: Matter, sizes: Sequence[int], between: str) -> list[str]:
    """Deal the sentences out to paragraphs in these proportions, the links among them."""
    parts: list[str] = []
    total, dealt, share = len(matter.sentences), 0, 0
    for place, size in enumerate(sizes):
        share += size
        until = round(total * share / sum(sizes))
        taken = list(matter.sentences[dealt:until])
        dealt = until
        if place < len(matter.links) and taken:
            taken[-1] = f"{taken[-1]} {matter.links[place]}{matter.voice.stop}"
        if taken:
            parts.append(between.join(taken))
    return parts


def _heading(matter: Matter) -> str:
    return "## " + matter.chance.choice(matter.voice.openings)


def _wire(matter: Matter) -> str:
    """Paragraphs alone, each on one line, as scraped reports come."""
    return "\n\n".join(_paragraphs(matter, (2, 3, 3, 2, 4, 3, 3, 3), " "))


def _report(matter: Matter) -> str:
    """Headings, emphasis, a plain list; lines end with sentences, as people write by hand."""
    parts = _paragraphs(matter, (3, 4, 4, 4, 5), "\n")
    first, dot, rest = parts[0].partition("\n")
    parts[0] = f"**{first[:-1]}**{first[-1]}{dot}{rest}"
    before, _, after = parts[2].partition(" ")
    emphasised, _, after = after.partition(" ")
    parts[2] = f"{before} *{emphasised}* {after}"
    items = [f"- **{matter.chance.choice(matter.voice.openings)}**: {_more(matter)}" for _ in range(4)]
    return "\n\n".join([*parts[:2], _heading(matter), *parts[2:3], "\n".join(items), _heading(matter), *parts[3:]])


def _table(matter: Matter) -> str:
    """A table of figures among paragraphs."""
    parts = _paragraphs(matter, (3, 4, 5, 5), " ")
    names = matter.chance.sample(matter.voice.openings, min(5, len(matter.voice.openings)))
    rows = [f"| {name} | {_figure(matter)} | {_figure(matter)} | {_figure(matter)}% |" for name in names]
    table = "\n".join(["| Who | Before | After | Share |", "| :--- | ---: | ---: | :---: |", *rows])
    return "\n\n".join([*parts[:2], _heading(matter), table, *parts[2:]])


def _roundup(matter: Matter) -> str:
    """Nested lists, numbered and not."""
    parts = _paragraphs(matter, (3, 4, 4, 4), "\n")
    lines = []
    for number in range(1, 4):
        lines.append(f"{number}. {_more(matter)}")
        lines.extend(f"   - {_more(matter)}" for _ in range(2))
        if number == 2:
            lines.append(f"     - *{matter.chance.choice(matter.voice.openings)}*, {_figure(matter)}")
    return "\n\n".join([*parts[:2], "\n".join(lines), *parts[2:]])


def _statement(matter: Matter) -> str:
    """Quotations, entities, escapes, hard breaks, a link by reference."""
    parts = _paragraphs(matter, (3, 3, 4, 4, 4), " ")
    quote = "\n>\n".join(f'> "{_more(matter)}"' for _ in range(2))
    who = matter.chance.choice(matter.voice.openings)
    parts[1] += (
        f" The sum is &pound;{_figure(matter)}&nbsp;million &mdash; AT&T &amp; partners pay ~~half~~ a third\\*."
    )
    parts[2] += " The full [text of the note][note] runs to `Annex B`."
    reference = f"[note]: https://pressroom.example/notes/{_figure(matter)} 'The note'"
    return "\n\n".join(
        [*parts[:2], quote + f"\n>\n> &ndash; {who}  \n> in the capital", *parts[2:4], "---", *parts[4:], reference]
    )


def _more(matter: Matter) -> str:
    return sentence(matter.voice, matter.chance)


def _figure(matter: Matter) -> int:
    return matter.chance.randrange(2, 90_000)


SHAPES: dict[str, Callable[[Matter], str]] = {
    "wire": _wire,
    "report": _report,
    "table": _table,
    "roundup": _roundup,
    "statement": _statement,
}
