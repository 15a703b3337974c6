"""Find the title and the dek among the lines above and at the beginning of an article's text.

A title stands near above the text, says what the text says, and often stands on the page once more. Where no line
says enough for itself, there is no title: a wrong one is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from generator.ingest import marks
from generator.ingest.lines import Line, Own
from generator.named import NamedTuple

# A dek says what the first paragraph says: most of its words stand there again.
_DEK_SHARE = 0.6
_LINES_ABOVE = 300
_LEAST_SCORE = 1.3
_LONGEST = 32
_MARGIN = 0.45
_FAR_MARGIN = 0.15
_RIVAL_MARGIN = 0.3
_CLOSE = 12
_SURE_PARAGRAPH = 20
_SHORT = 25
_LINES_INTO = 6
_LINES_OVER = 9
# What some sites put behind a title is no part of it.
_LABEL = re.compile(r"\s*[\[(](?:watch|videos?|photos?|pictures|gallery|listen|audio|updated?|exclusive)[\])]$", re.I)


class Heading(NamedTuple):
    """A title and a dek ("" for unknown), and which lines they are, their repetitions among them.

    `beside` are the lines where a page says who wrote it and when, the likeliest first.
    """

    title: str
    dek: str
    places: frozenset[int]
    beside: tuple[int, ...]


def _may_sign(line: Line, own: Own) -> bool:
    if own.length > _SHORT or own.credit:
        return False
    return not own.is_sentence or own.length <= 12 or bool(marks.STAMP.match(line.text.lower()))


class _Text(NamedTuple):
    """The lines of a text, where its first paragraph stands, the words it uses, and the words of lines down to it."""

    lines: Sequence[Line]
    owns: Sequence[Own]
    first: int
    said: frozenset[str]
    opening: frozenset[str]
    joined: Sequence[str]


def find(lines: Sequence[Line], owns: Sequence[Own], chosen: Sequence[int]) -> Heading:
    """Return the heading of the article whose lines are `chosen`."""
    text = _text(lines, owns, chosen)
    title = _title(text)
    if title is None:
        return Heading("", "", frozenset(), _beside(text, title))
    dek = _dek(text, title, chosen)
    places = {place for place in range(len(lines)) if lines[place].words == lines[title].words}
    if dek is not None:
        places.add(dek)
    words = _LABEL.sub("", lines[title].text)
    return Heading(words, lines[dek].text if dek is not None else "", frozenset(places), _beside(text, title))


def _beside(text: _Text, title: int | None) -> tuple[int, ...]:
    """Return the short lines from the title down into the text, then those right above the title; captions are none.

    A dek or a first sentence that counts as text may stand above the byline, so a few lines of the text are looked at.
    """
    last = min(text.first + _LINES_INTO, len(text.lines))
    if title is None:
        order = [*range(text.first - 1, max(-1, text.first - 13), -1), *range(text.first, last)]
    else:
        order = [*range(title + 1, last), *range(title - 1, max(-1, title - _LINES_OVER), -1)]
    return tuple(place for place in order if _may_sign(text.lines[place], text.owns[place]))


def _text(lines: Sequence[Line], owns: Sequence[Own], chosen: Sequence[int]) -> _Text:
    first = next((place for place in chosen if _is_paragraph(owns[place])), chosen[0])
    body = [place for place in chosen if place >= first]
    said = {word for place in body for word in lines[place].words} - marks.FUNCTION_WORDS
    opening = {word for place in body[:3] for word in lines[place].words} - marks.FUNCTION_WORDS
    joined = [" ".join(line.words) for line in lines[: first + 12]]
    return _Text(lines, owns, first, frozenset(said), frozenset(opening), joined)


def _is_paragraph(own: Own) -> bool:
    return own.length >= _SURE_PARAGRAPH or (own.is_sentence and own.length >= 12)


def _title(text: _Text) -> int | None:
    scores = {place: _title_score(text, place) for place in _candidates(text)}
    if not scores:
        return None
    best = max(scores, key=lambda place: (scores[place], -place))
    # Deks and captions stand below a title and score as well, so the topmost of equals is taken.
    for place in sorted(scores):
        less = scores[best] - scores[place]
        if less <= (_MARGIN if best - place <= _CLOSE else _FAR_MARGIN):
            return place if scores[place] >= _LEAST_SCORE else None
        if less <= _RIVAL_MARGIN and scores[place] >= _LEAST_SCORE:
            # Far above stands another story's title, or this one's far above a teaser: nobody can tell.
            return None
    return None


def _candidates(text: _Text) -> list[int]:
    found = []
    for place in range(max(0, text.first - _LINES_ABOVE), text.first + 1):
        own, line = text.owns[place], text.lines[place]
        if not 2 <= own.length <= _LONGEST or (place == text.first and own.is_sentence and own.length > 14):
            continue
        if (
            own.pitch
            or own.byline
            or own.credit
            or own.address
            or own.ends_colon
            or line.is_item
            or _is_stamp(text, place)
        ):
            continue
        # A line that says its words twice is a logo and its name.
        if "(BUTTON)" in line.text or len(set(line.words)) * 3 < len(line.words) * 2:
            continue
        found.append(place)
    return found


def _title_score(text: _Text, place: int) -> float:
    own, line = text.owns[place], text.lines[place]
    rare = _rare(line)
    if not rare:
        return 0.0
    score = 1.2 * len(rare & text.said) / len(rare) + 0.6 * len(rare & text.opening) / len(rare)
    score += 0.14 * min(own.length, 9) - (0.4 if own.length > 22 else 0.0) - (0.6 if own.length < 5 else 0.0)
    score -= 0.8 if own.length < 4 else 0.0
    score -= 0.05 * min(text.first - place, 20)
    if _is_signed(text, place):
        score += -0.5 if _is_listed(text, place) else 0.5
    if own.is_sentence and not line.text.rstrip("\"'”’»)").endswith(("?", "!", "…")):
        score -= 0.3 if own.capital_share > 0.7 else 0.8
    if own.furniture or own.barred or own.starts_small:
        score -= 0.8
    # Eight capitalised words that no small word holds together are a menu.
    if own.length >= 8 and own.capital_share > 0.95 and own.function_share == 0:
        score -= 1.2
    # Looking through all lines is dear, so only where it can matter.
    return score + 0.7 if score > _LEAST_SCORE - 0.7 - _RIVAL_MARGIN and _stands_again(text, place) else score


def _is_stamp(text: _Text, place: int) -> bool:
    """Say whether a line says when, and hardly anything else."""
    if not text.owns[place].dated:
        return False
    words = [word for word in _rare(text.lines[place]) if len(word) > 3 and not word[0].isdigit()]
    return len(words) < 3 or bool(marks.STAMP.match(text.lines[place].text.lower()))


def _is_signed(text: _Text, place: int) -> bool:
    """Say whether a byline or a day follows right below, as below the title of a report."""
    return any(
        text.owns[below].byline or _is_stamp(text, below) for below in range(place + 1, min(place + 5, text.first))
    )


def _is_listed(text: _Text, place: int) -> bool:
    """Say whether a day follows, then another line with its day: a list of the latest stories."""
    days = [below for below in range(place + 1, min(place + 7, text.first)) if _is_stamp(text, below)]
    return any(
        text.owns[between].length >= 5 and not _is_stamp(text, between)
        for one, other in pairwise(days)
        for between in range(one + 1, other)
    )


def _rare(line: Line) -> frozenset[str]:
    return frozenset(line.words) - marks.FUNCTION_WORDS


def _stands_again(text: _Text, place: int) -> bool:
    """Say whether the words stand in a line that is not of the text: a window's title, a crumb, a picture."""
    words = text.joined[place]
    if len(words) < 12:
        return False
    longest = len(text.lines[place].words) + 14
    return any(
        words in joined and other != place and len(text.lines[other].words) <= longest
        for other, joined in enumerate(text.joined)
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
