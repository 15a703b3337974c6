"""Find the title and the dek among the lines above and at the beginning of an article's text.

A title stands near above the text, says what the text says, and often stands on the page once more. Where no line
says enough for itself, there is no title: a wrong one is worse than none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from generator.ingest import marks
from generator.ingest.lines import Line, Own

# A dek says what the first paragraph says: most of its words stand there again.
_DEK_SHARE = 0.6
_LINES_ABOVE = 40
_LEAST_SCORE = 1.2
_LONGEST = 32
_MARGIN = 0.45
_SURE_PARAGRAPH = 20


class Heading(NamedTuple):
    """A title and a dek ("" for unknown), and which lines they are, their repetitions among them."""

    title: str
    dek: str
    places: frozenset[int]


class _Text(NamedTuple):
    """The lines of a text, where its first paragraph stands, and the words it uses."""

    lines: Sequence[Line]
    owns: Sequence[Own]
    first: int
    said: frozenset[str]
    opening: frozenset[str]


def find(lines: Sequence[Line], owns: Sequence[Own], chosen: Sequence[int]) -> Heading:
    """Return the heading of the article whose lines are `chosen`."""
    text = _text(lines, owns, chosen)
    title = _title(text)
    if title is None:
        return Heading("", "", frozenset())
    dek = _dek(text, title, chosen)
    places = {place for place in range(len(lines)) if lines[place].words == lines[title].words}
    if dek is not None:
        places.add(dek)
    return Heading(lines[title].text, lines[dek].text if dek is not None else "", frozenset(places))


def _text(lines: Sequence[Line], owns: Sequence[Own], chosen: Sequence[int]) -> _Text:
    first = next((place for place in chosen if _is_paragraph(owns[place])), chosen[0])
    body = [place for place in chosen if place >= first]
    said = {word for place in body for word in lines[place].words}
    opening = {word for place in body[:3] for word in lines[place].words}
    return _Text(lines, owns, first, frozenset(said) - marks.FUNCTION_WORDS, frozenset(opening) - marks.FUNCTION_WORDS)


def _is_paragraph(own: Own) -> bool:
    return own.length >= _SURE_PARAGRAPH or (own.is_sentence and own.length >= 12)


def _title(text: _Text) -> int | None:
    scores = {place: _title_score(text, place) for place in _candidates(text)}
    if not scores:
        return None
    best = _first_good(scores)
    return best if scores[best] >= _LEAST_SCORE else None


def _first_good(scores: dict[int, float]) -> int:
    """Return the topmost of the lines that score nearly as well as the best: deks and captions stand below a title."""
    highest = max(scores.values())
    return min(place for place, score in scores.items() if score >= highest - _MARGIN)


def _candidates(text: _Text) -> list[int]:
    found = []
    for place in range(max(0, text.first - _LINES_ABOVE), text.first + 1):
        own, line = text.owns[place], text.lines[place]
        if not 2 <= own.length <= _LONGEST or (place == text.first and own.is_sentence and own.length > 14):
            continue
        if own.pitch or own.byline or own.dated or own.credit or own.address or own.ends_colon or line.is_item:
            continue
        found.append(place)
    return found


def _title_score(text: _Text, place: int) -> float:
    own, line = text.owns[place], text.lines[place]
    rare = frozenset(line.words) - marks.FUNCTION_WORDS
    if not rare:
        return 0.0
    score = 1.2 * len(rare & text.said) / len(rare) + 0.6 * len(rare & text.opening) / len(rare)
    score += 0.14 * min(own.length, 9) - (0.4 if own.length > 22 else 0.0) - (0.6 if own.length < 5 else 0.0)
    score -= 0.05 * min(text.first - place, 20)
    if _stands_again(text, place):
        score += 0.7
    if own.is_sentence and not line.text.rstrip("\"'”’»)").endswith(("?", "!", "…")):
        score -= 0.8
    if own.furniture or own.barred or own.starts_small:
        score -= 0.8
    return score


def _stands_again(text: _Text, place: int) -> bool:
    """Say whether the words stand in a line that is not of the text: a window's title, a crumb, a picture."""
    words = " ".join(text.lines[place].words)
    if len(words) < 12:
        return False
    return any(
        words in " ".join(line.words)
        for other, line in enumerate(text.lines[: text.first + 12])
        if other != place and len(line.words) <= len(text.lines[place].words) + 14
    )


def _dek(text: _Text, title: int, chosen: Sequence[int]) -> int | None:
    """Return the line below the title, the text's first perhaps, that the paragraph after it says again."""
    for place in range(title + 1, min(text.first + 1, len(text.lines) - 1)):
        own = text.owns[place]
        if own.length < 6 or own.credit or own.byline or own.pitch or own.furniture:
            continue
        following = next((other for other in chosen if other > place), None)
        if following is None:
            continue
        rare = frozenset(text.lines[place].words) - marks.FUNCTION_WORDS
        again = rare.intersection(text.lines[following].words)
        if rare and len(again) / len(rare) >= _DEK_SHARE:
            return place
    return None
