"""Find the article in plain text: its title, its dek, its paragraphs; all else is dropped, and said to be.

Pure functions on text. A line is kept or dropped whole; nothing is rewritten but white space.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from generator.ingest import heading, marks
from generator.ingest.lines import Line, Own, first_score, lines_of, own_measures
from generator.ingest.measures import likely_measures
from generator.ingest.trees import Trees, chances

LEAST_CHANCE = 0.35


class Dropped(NamedTuple):
    """What was cut of one kind, by line number in the raw text."""

    kind: str
    lines: tuple[int, ...]


class Block(NamedTuple):
    """One piece of the body: a `paragraph`, a `heading` or an `item` of a list; `line` is its place in the raw text."""

    kind: str
    text: str
    line: int


class Cleaned(NamedTuple):
    """A text without what was around it; what could not be told is "".

    `doubtful` says what a person should look at; `head` are the lines above the text, `around` all that was cut.
    """

    title: str = ""
    dek: str = ""
    blocks: tuple[Block, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    doubtful: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    around: tuple[str, ...] = ()


def clean(text: str, known_boilerplate: frozenset[str] = frozenset(), learned: Trees | None = None) -> Cleaned:
    """Return the article in `text`; `known_boilerplate` are folded lines that the source repeats on its pages.

    `learned` are other trees than the package's to judge lines by.
    """
    lines = lines_of(text)
    owns = [own_measures(line) for line in lines]
    kept = _kept(lines, owns, known_boilerplate, learned)
    chosen = [place for place, keep in enumerate(kept) if keep]
    if not chosen:
        return Cleaned(dropped=_dropped(lines, owns, kept, frozenset()), doubtful=("body: no article was found",))
    top = heading.find(lines, owns, chosen)
    body = [place for place in chosen if place not in top.places]
    return Cleaned(
        title=top.title,
        dek=top.dek,
        blocks=tuple(_block(lines[place], owns[place]) for place in body),
        dropped=_dropped(lines, owns, kept, top.places),
        doubtful=_doubts(body, owns, lines),
        head=tuple(line.text for line in lines[: body[0]]) if body else (),
        around=tuple(line.text for place, line in enumerate(lines) if not kept[place] and place not in top.places),
    )


def kept_by(chances: Sequence[float], lines: Sequence[Line], owns: Sequence[Own]) -> list[bool]:
    """Say of each line whether it is kept, by its chance of being of the article; readers' comments never are."""
    end = _comments_begin(lines, owns)
    return [place < end and chance > LEAST_CHANCE for place, chance in enumerate(chances)]


def _comments_begin(lines: Sequence[Line], owns: Sequence[Own]) -> int:
    """Return where readers begin to speak: at a heading of comments that some of the article stands above."""
    strong = 0
    for place, (line, own) in enumerate(zip(lines, owns, strict=True)):
        if strong >= 3 and own.length < 16 and marks.COMMENTS.search(line.text.lower()):
            return place
        strong += first_score(line, own) >= 1
    return len(lines)


def _kept(lines: Sequence[Line], owns: Sequence[Own], known: frozenset[str], learned: Trees | None) -> list[bool]:
    kept = kept_by(chances(likely_measures(lines, owns), learned), lines, owns)
    if known:
        kept = [keep and folded(lines[place].text) not in known for place, keep in enumerate(kept)]
    return kept


def _block(line: Line, own: Own) -> Block:
    if line.is_item:
        return Block("item", line.text, line.number)
    if own.length <= 14 and not own.is_sentence and not own.quoted and own.starts_capital:
        return Block("heading", line.text, line.number)
    return Block("paragraph", line.text, line.number)


def _dropped(
    lines: Sequence[Line], owns: Sequence[Own], kept: Sequence[bool], heads: frozenset[int]
) -> tuple[Dropped, ...]:
    kinds: dict[str, list[int]] = {}
    for place, line in enumerate(lines):
        if not kept[place] and place not in heads:
            kinds.setdefault(_kind(owns[place]), []).append(line.number)
    return tuple(Dropped(kind, tuple(numbers)) for kind, numbers in sorted(kinds.items()))


def _kind(own: Own) -> str:
    for kind, is_so in (
        ("promotion", own.pitch),
        ("page furniture", own.furniture),
        ("caption or credit", own.credit),
        ("byline or date", own.byline or own.dated),
    ):
        if is_so:
            return kind
    return "other text" if own.length >= 10 else "navigation"


def _doubts(body: Sequence[int], owns: Sequence[Own], lines: Sequence[Line]) -> tuple[str, ...]:
    words = sum(len(lines[place].words) for place in body)
    return ("body: fewer than 60 words were kept",) if words < 60 else ()


def folded(text: str) -> str:
    """Return a line as it is compared with others: its words, in small letters, nothing else."""
    return " ".join(marks.WORD.findall(text.casefold()))


def repeated_lines(texts: Sequence[str], least: int = 3) -> frozenset[str]:
    """Return the folded lines that stand in at least `least` of a source's texts, and so are not of any article."""
    seen: Counter[str] = Counter()
    for text in texts:
        seen.update({folded(line.text) for line in lines_of(text)})
    return frozenset(line for line, times in seen.items() if line and times >= least)
