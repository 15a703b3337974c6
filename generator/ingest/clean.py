"""Find the article in plain text: its title, its dek, its paragraphs; all else is dropped, and said to be.

Pure functions on text. A line is kept or dropped whole; nothing is rewritten but white space.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.ingest import heading, marks
from generator.ingest.judge import Verdict, doubts, judge
from generator.ingest.lines import Line, Own, lines_of, own_measures
from generator.ingest.trees import Trees
from generator.named import NamedTuple


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

    `doubtful` says what a person should look at; `head` are the lines that
    may say who wrote it and when, the likeliest first; `around` is all that was cut.
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
    repeated = [
        place for place, line in enumerate(lines) if known_boilerplate and folded(line.text) in known_boilerplate
    ]
    verdict = judge(lines, owns, frozenset(repeated), learned)
    chosen = [place for place, keep in enumerate(verdict.kept) if keep]
    if not chosen:
        return Cleaned(dropped=_dropped(lines, owns, verdict, frozenset()), doubtful=("body: no article was found",))
    top = heading.find(lines, owns, chosen)
    body = [place for place in chosen if place not in top.places]
    return Cleaned(
        title=top.title,
        dek=top.dek,
        blocks=tuple(_block(lines[place], owns[place]) for place in body),
        dropped=_dropped(lines, owns, verdict, top.places),
        doubtful=doubts(verdict, body, lines, owns),
        head=tuple(lines[place].text for place in top.beside),
        around=tuple(
            line.text for place, line in enumerate(lines) if not verdict.kept[place] and place not in top.places
        ),
    )


def _block(line: Line, own: Own) -> Block:
    if line.is_item:
        return Block("item", line.text, line.number)
    if own.length <= 14 and not own.is_sentence and not own.quoted and own.starts_capital:
        return Block("heading", line.text, line.number)
    return Block("paragraph", line.text, line.number)


def _dropped(
    lines: Sequence[Line], owns: Sequence[Own], verdict: Verdict, heads: frozenset[int]
) -> tuple[Dropped, ...]:
    kinds: dict[str, list[int]] = {}
    last = max((place for place, keep in enumerate(verdict.kept) if keep), default=-1)
    for place, line in enumerate(lines):
        if not verdict.kept[place] and place not in heads:
            kinds.setdefault(_kind(place, owns[place], verdict, last), []).append(line.number)
    return tuple(Dropped(kind, tuple(numbers)) for kind, numbers in sorted(kinds.items()))


def _kind(place: int, own: Own, verdict: Verdict, last: int) -> str:
    for kind, is_so in (
        ("repeated by the source", place in verdict.repeated),
        ("readers' comments", place >= verdict.comments),
        ("promotion", own.pitch),
        ("page furniture", own.furniture or own.end),
        ("caption or credit", own.credit),
        ("byline or date", own.byline or own.dated),
        ("note on the author", own.author),
        ("other stories", own.length >= 10 and place > last),
    ):
        if is_so:
            return kind
    return "other text" if own.length >= 10 else "navigation"


def folded(text: str) -> str:
    """Return a line as it is compared with others: its words, in small letters, nothing else."""
    return " ".join(marks.words_of(text.casefold()))
