"""Find the title and the dek among the lines above and at the beginning of an article's text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from generator.ingest import marks
from generator.ingest.lines import Line, Own

# A dek repeats the first paragraph with other endings: most of its words stand there again.
_DEK_SHARE = 0.6


class Heading(NamedTuple):
    """A title and a dek ("" for unknown), and which lines they are, their repetitions among them."""

    title: str
    dek: str
    places: frozenset[int]


def find(lines: Sequence[Line], owns: Sequence[Own], chosen: Sequence[int]) -> Heading:
    """Return the heading of the article whose lines are `chosen`."""
    first = next((place for place in chosen if owns[place].is_sentence and owns[place].length >= 8), chosen[0])
    title = _title(lines, owns, first, chosen)
    if title is None:
        return Heading("", "", frozenset())
    dek = _dek(lines, owns, title, first, chosen)
    places = {place for place in range(len(lines)) if lines[place].words == lines[title].words}
    if dek is not None:
        places.add(dek)
    return Heading(lines[title].text, lines[dek].text if dek is not None else "", frozenset(places))


def _title(lines: Sequence[Line], owns: Sequence[Own], first: int, chosen: Sequence[int]) -> int | None:
    said = {word for place in chosen[:40] if place >= first for word in lines[place].words} - marks.FUNCTION_WORDS
    best: tuple[float, int] | None = None
    for place in range(first - 1, max(-1, first - 30), -1):
        line, own = lines[place], owns[place]
        if not 3 <= own.length <= 35 or own.pitch or own.furniture or own.credit or own.byline or line.is_item:
            continue
        rare = set(line.words) - marks.FUNCTION_WORDS
        shared = len(rare & said) / (len(rare) or 1)
        score = shared + min(own.length, 8) / 16 - (0.3 if own.is_sentence and not line.text.endswith("?") else 0)
        if shared > 0.25 and (best is None or score > best[0]):
            best = (score, place)
    return best[1] if best else None


def _dek(lines: Sequence[Line], owns: Sequence[Own], title: int, first: int, chosen: Sequence[int]) -> int | None:
    """Return the line between title and text, or the first of the text, that the line after it says again."""
    for place in range(title + 1, min(first + 1, len(lines) - 1)):
        own = owns[place]
        if own.length < 6 or own.credit or own.byline or own.pitch or own.furniture:
            continue
        following = next((other for other in chosen if other > place), None)
        if following is None:
            continue
        rare = set(lines[place].words) - marks.FUNCTION_WORDS
        again = rare & set(lines[following].words)
        if rare and len(again) / len(rare) >= _DEK_SHARE:
            return place
    return None
