"""Judge each line of a text by its chance of being of the article, and say what a person should look at.

The chance is the trees'; what it takes to be kept depends on the page and on what the line looks like.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from generator.ingest import marks
from generator.ingest.lines import Line, Own, first_scores
from generator.ingest.measures import is_suspect, likely_measures
from generator.ingest.trees import Trees, chances
from generator.named import NamedTuple

_LIKELY = 0.2
_SUSPECT_LEAST = 0.7
# The least chance on a page all of whose text is certain, and how fast it falls with the certainty.
_SURE_LEAST = 0.37
_SURENESS = 4

_FEW_WORDS = 60
_UNSURE = 0.6
_MUCH_UNSURE = 0.2
_LONG = 10
_FAR_APART = 25
_MOST_NAMED = 8


class Verdict(NamedTuple):
    """Which lines are kept, with their chances; readers speak from `comments` on; `repeated` are lines of the source.

    All are places in the list of lines.
    """

    kept: tuple[bool, ...]
    chances: tuple[float, ...]
    comments: int
    repeated: frozenset[int]


def judge(
    lines: Sequence[Line], owns: Sequence[Own], repeated: frozenset[int] = frozenset(), learned: Trees | None = None
) -> Verdict:
    """Say of each line whether it is kept; readers' comments and what a source repeats never are."""
    scores = first_scores(lines, owns)
    measured = likely_measures(lines, owns, scores)
    found = chances(measured, learned)
    least = _least_on_page(found, lines)
    comments = _comments_begin(lines, owns, scores)
    kept = [
        place < comments
        and place not in repeated
        and row is not None
        and found[place] > (_SUSPECT_LEAST if is_suspect(owns[place], row) else least)
        for place, row in enumerate(measured)
    ]
    return Verdict(tuple(kept), tuple(found), comments, repeated)


def _least_on_page(found: Sequence[float], lines: Sequence[Line]) -> float:
    """Return the chance that a line of this page must have to be kept.

    Where most of the text is sure, a line that is not must say more for itself than on a page of lists and short lines.
    """
    likely = [(chance, len(line.words)) for chance, line in zip(found, lines, strict=True) if chance > _LIKELY]
    sure = sum(chance * words for chance, words in likely) / (sum(words for _, words in likely) or 1)
    return _SURE_LEAST * float(sure**_SURENESS)


def _comments_begin(lines: Sequence[Line], owns: Sequence[Own], scores: Sequence[float]) -> int:
    """Return where readers begin to speak: at a heading of comments that some of the article stands above."""
    strong = 0
    for place, (line, own) in enumerate(zip(lines, owns, strict=True)):
        if strong >= 3 and own.length < 16 and marks.COMMENTS.match(line.text.lower()):
            return place
        strong += scores[place] >= 1
    return len(lines)


def doubts(verdict: Verdict, body: Sequence[int], lines: Sequence[Line], owns: Sequence[Own]) -> tuple[str, ...]:
    """Return what a person should look at in the article whose lines are `body`, with line numbers of the raw text."""
    words = sum(len(lines[place].words) for place in body)
    found = []
    if words < _FEW_WORDS:
        found.append(f"body: fewer than {_FEW_WORDS} words were kept")
    unsure = [place for place in body if verdict.chances[place] < _UNSURE]
    if sum(len(lines[place].words) for place in unsure) > _MUCH_UNSURE * words:
        found.append(f"body: much of what was kept may be something else ({_numbered(unsure, lines)})")
    lost = [
        place
        for place, chance in enumerate(verdict.chances)
        if not verdict.kept[place] and chance > _LIKELY and owns[place].length >= _LONG and place < verdict.comments
    ]
    if sum(len(lines[place].words) for place in lost) > _MUCH_UNSURE * words:
        found.append(f"body: some of what was cut may be of the article ({_numbered(lost, lines)})")
    found += [
        f"body: it stands in pieces far apart (lines {lines[above].number} and {lines[below].number})"
        for above, below in pairwise(body)
        if below - above > _FAR_APART
    ]
    if body and _is_broken_off(lines[body[-1]], owns[body[-1]]):
        found.append(f"body: it may be broken off (line {lines[body[-1]].number})")
    return tuple(found)


def _is_broken_off(line: Line, own: Own) -> bool:
    return line.text.endswith(("...", "…")) or (own.length >= _LONG and not own.is_sentence and not own.is_item)


def _numbered(places: Sequence[int], lines: Sequence[Line]) -> str:
    named = ", ".join(str(lines[place].number) for place in places[:_MOST_NAMED])
    more = ", …" if len(places) > _MOST_NAMED else ""
    return f"line{'s' if len(places) > 1 else ''} {named}{more}"
