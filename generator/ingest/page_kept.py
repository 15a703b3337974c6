"""Choose the pieces of a web page that are its article, by two independent ways of finding it.

One way is a library's rules (`extract.py` gives what they keep), the other learned trees over the measures of each
piece. The trees know of the library's choice and mostly correct it; where they differ much, the page is doubtful.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Sequence
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path

from generator.ingest.clean import folded
from generator.ingest.page_ends import take_off
from generator.ingest.page_rules import is_never_text, is_plain
from generator.ingest.piece_measures import KEPT, MEASURES, measures_of, near_given
from generator.ingest.pieces import Piece, size_of
from generator.ingest.trees import Trees, chances, trees_of
from generator.named import NamedTuple

_FILE = "page_cleaner.json"
# What the rules keep is dropped only by trees that are sure, and the other way round.
_LEAST_OF_GIVEN = 0.2
_LEAST_OF_OTHERS = 0.6
_ALONE = 0.3
_LEAST_BETWEEN = 0.03
_MOST_BETWEEN = 12
_DIFFERING = 0.25
_RUN = 4
# No article has so many pieces; of what has, those that stand so near others than the rules keep are measured.
_HUGE = 2_000
_BESIDE = 20


class Kept(NamedTuple):
    """The pieces of the article, how many were cut near it, and what a person should look at."""

    pieces: tuple[Piece, ...] = ()
    cut: int = 0
    doubtful: tuple[str, ...] = ()


def kept_of(
    pieces: Sequence[Piece], lines: Sequence[str], *, title: str = "", dek: str = "", learned: Trees | None = None
) -> Kept:
    """Return the article among `pieces`; `lines` is the text that the library's rules keep."""
    given = given_of(pieces, lines)
    near = near_given(given)
    chosen, given = pieces[near.start : near.stop], given[near.start : near.stop]
    judged = _judged(given)
    them, shares = [chosen[place] for place in judged], [given[place] for place in judged]
    found = chances(measures_of(them, shares, title=title, dek=dek), learned or page_trees())
    likely = [1.0] * len(chosen)
    for place, chance in zip(judged, found, strict=True):
        likely[place] = chance
    keep = kept_by(chosen, given, likely, title)
    kept = tuple(piece for piece, is_kept in zip(chosen, keep, strict=True) if is_kept)
    return Kept(kept, len(chosen) - len(kept), _doubts(chosen, given, keep))


def _judged(given: Sequence[float]) -> Sequence[int]:
    """Return the places of the pieces that are measured: all, but for the midst of what the rules keep of a huge page.

    A book on one page would take seconds, and its paragraphs far from anything else tell the trees nothing.
    """
    if len(given) <= _HUGE:
        return range(len(given))
    others = [place for place, share in enumerate(given) if share < KEPT]
    near = {place for other in (0, *others, len(given) - 1) for place in range(other - _BESIDE, other + _BESIDE + 1)}
    return [place for place in range(len(given)) if place in near]


@cache
def page_trees() -> Trees:
    """Return the trees that travel with the package."""
    content = json.loads((Path(__file__).parent / _FILE).read_text(encoding="utf-8"))
    return trees_of(content, MEASURES)


def given_of(pieces: Sequence[Piece], lines: Sequence[str]) -> list[float]:
    """Return the share of each piece that stands in `lines`, which run in the same order."""
    own = [" ".join(piece.words) for piece in pieces]
    # Most lines are a piece as it stands, whose words are known.
    known = {piece.text: said for piece, said in zip(pieces, own, strict=True)}
    had = [said for line in lines if (said := known.get(line) or folded(line))]
    shares = [0.0] * len(own)
    left = set(range(len(had)))
    # A line that stands a hundred times on a page is no landmark, and comparing by it would take for ever.
    for run in difflib.SequenceMatcher(None, own, had, autojunk=True).get_matching_blocks():
        for step in range(run.size):
            shares[run.a + step] = 1.0
            left.discard(run.b + step)
    # The library joins or parts some paragraphs; these are known by their runs of words.
    words = [word for place in sorted(left) for word in (*had[place].split(), "|")]
    runs = {tuple(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1)}
    for place, piece in enumerate(pieces):
        mine = piece.words
        total = len(mine) - _RUN + 1
        if not shares[place] and total >= _RUN - 1 and runs:
            shares[place] = sum(mine[start : start + _RUN] in runs for start in range(total)) / total
    return shares


def kept_by(pieces: Sequence[Piece], given: Sequence[float], learned: Sequence[float], title: str) -> list[bool]:
    """Say of each piece whether it is kept: by both ways, less captions, the title, and headings of nothing."""
    settled = _with_their_list(pieces, learned)
    likely = [
        chance > (_LEAST_OF_GIVEN if share >= KEPT else _LEAST_OF_OTHERS)
        for chance, share in zip(settled, given, strict=True)
    ]
    # Most pieces around an article have no chance at all, and then it does not matter what kind they are of.
    may_be = [
        (is_likely or chance > _LEAST_BETWEEN) and not is_never_text(piece)
        for piece, is_likely, chance in zip(pieces, likely, learned, strict=True)
    ]
    keep = [is_likely and may for is_likely, may in zip(likely, may_be, strict=True)]
    possible = [may and chance > _LEAST_BETWEEN for chance, may in zip(learned, may_be, strict=True)]
    _with_what_stands_between(pieces, keep, possible)
    take_off(pieces, keep, title)
    return keep


def _with_their_list(pieces: Sequence[Piece], learned: Sequence[float]) -> list[float]:
    """Return chances in which the items of a list, or the cells of a table, count mostly as their whole does."""
    settled = list(learned)
    for container, group in groupby(range(len(pieces)), key=lambda place: _list_of(pieces[place])):
        places = list(group)
        if not container:
            continue
        weights = [len(pieces[place].text) ** 0.5 for place in places]
        whole = sum(weight * learned[place] for weight, place in zip(weights, places, strict=True)) / sum(weights)
        for place in places:
            settled[place] = _ALONE * learned[place] + (1 - _ALONE) * whole
    return settled


def _list_of(piece: Piece) -> int:
    return next((frame.number for frame in piece.inside if frame.tag in ("ul", "ol", "table")), 0)


def _with_what_stands_between(pieces: Sequence[Piece], keep: list[bool], possible: Sequence[bool]) -> None:
    """Keep the few plain pieces between two kept ones of one element: a short list, a heading, a line in bold."""
    chosen = [place for place, is_kept in enumerate(keep) if is_kept]
    for above, below in pairwise(chosen):
        between = range(above + 1, below)
        parent = _common_parent(pieces[above], pieces[below]) if 0 < len(between) <= _MOST_BETWEEN else 0
        if parent and all(
            possible[place]
            and any(frame.number == parent for frame in pieces[place].frames)
            and is_plain(pieces[place])
            for place in between
        ):
            keep[above + 1 : below] = [True] * len(between)


def _common_parent(one: Piece, other: Piece) -> int:
    mine = {frame.number for frame in one.frames[1:3]}
    return next((frame.number for frame in other.frames[1:3] if frame.number in mine), 0)


def _doubts(pieces: Sequence[Piece], given: Sequence[float], keep: Sequence[bool]) -> tuple[str, ...]:
    sizes = [size_of(piece) for piece in pieces]
    either = sum(size for size, share, kept in zip(sizes, given, keep, strict=True) if kept or share >= KEPT)
    apart = sum(size for size, share, kept in zip(sizes, given, keep, strict=True) if kept != (share >= KEPT))
    if either and apart / either > _DIFFERING:
        return (f"body: two ways of finding the article differ in {apart} of {either} words",)
    return ()
