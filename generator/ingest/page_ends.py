"""Take off what stands around the chosen text of a page: its title, other articles, bylines, links, headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.ingest.lines import first_score, own_measures
from generator.ingest.marks import words_of
from generator.ingest.page_body import heading_level
from generator.ingest.piece_measures import line_of, linked_share
from generator.ingest.pieces import Frame, Piece, size_of

_FEW_WORDS = 40
_SHORT_LINE = 8
_LONG_BYLINE = 14


def take_off(pieces: Sequence[Piece], keep: list[bool], title: str) -> None:
    """Change `keep` so that it begins and ends with the text of the article called `title`."""
    own = tuple(words_of(title.casefold()))
    titles = [place for place, piece in enumerate(pieces) if own and piece.words == own]
    headings = [place for place in titles if heading_level(pieces[place])]
    for place in titles:
        keep[place] = False
    if headings:
        # An article stands below its title.
        _drop_if_enough_is_left(pieces, keep, [place < headings[0] for place in range(len(pieces))])
        _without_other_articles(pieces, keep, pieces[headings[0]])
    _without_links_at_ends(pieces, keep)
    _without_first_byline(pieces, keep)
    _without_last_headings(pieces, keep)


def _drop_if_enough_is_left(pieces: Sequence[Piece], keep: list[bool], foreign: Sequence[bool]) -> None:
    left = [is_kept and not is_foreign for is_kept, is_foreign in zip(keep, foreign, strict=True)]
    words = sum(size_of(piece) for piece, is_left in zip(pieces, left, strict=True) if is_left)
    if words >= _FEW_WORDS:
        keep[:] = left


def _without_other_articles(pieces: Sequence[Piece], keep: list[bool], heading: Piece) -> None:
    """Drop what stands in another article of the page, where the title's own holds text enough."""
    others = _other_articles(pieces, heading)
    _drop_if_enough_is_left(pieces, keep, [any(frame.number in others for frame in piece.frames) for piece in pieces])


def _other_articles(pieces: Sequence[Piece], heading: Piece) -> frozenset[int]:
    """Return the elements beside the title's own: another `article`, or one called alike that has a like heading."""
    own = {frame.number for frame in heading.frames}
    level = heading_level(heading)
    calls = {_called(frame) for frame in heading.frames[1:] if frame.names}
    has_article = any(frame.tag == "article" for frame in heading.frames)
    mine = next((frame.number for frame in heading.frames if frame.tag == "article"), 0)
    others: set[int] = set()
    for piece in pieces:
        numbers = {frame.number for frame in piece.frames}
        if has_article and mine not in numbers:
            others |= {frame.number for frame in piece.frames if frame.tag == "article" and frame.number not in own}
        if piece is not heading and heading_level(piece) == level:
            others |= {
                frame.number for frame in piece.frames[1:] if frame.number not in own and _called(frame) in calls
            }
    return frozenset(others)


def _called(frame: Frame) -> str:
    return f"{frame.tag} {re.sub('[0-9]+', '0', frame.names)}"


def _without_links_at_ends(pieces: Sequence[Piece], keep: list[bool]) -> None:
    """Drop short lines above the first and below the last of the text that are a mere link, or the page's furniture."""
    for order in (range(len(keep)), range(len(keep) - 1, -1, -1)):
        for place in order:
            if keep[place]:
                if not _is_loose(pieces[place]):
                    break
                keep[place] = False


def _is_loose(piece: Piece) -> bool:
    if size_of(piece) >= _SHORT_LINE:
        return False
    own = own_measures(line_of(piece, 0))
    return linked_share(piece) > 0.95 or (own.furniture and not own.is_sentence)


def _without_first_byline(pieces: Sequence[Piece], keep: list[bool]) -> None:
    """Drop lines of authors and days that stand above the first paragraph."""
    for place, is_kept in enumerate(keep):
        if is_kept:
            line = line_of(pieces[place], place)
            own = own_measures(line)
            if first_score(line, own) >= 1:
                return
            if own.length < _LONG_BYLINE and (own.byline or (own.dated and not own.is_sentence)):
                keep[place] = False


def _without_last_headings(pieces: Sequence[Piece], keep: list[bool]) -> None:
    """Drop headings below which nothing of the article stands."""
    for place in range(len(pieces) - 1, -1, -1):
        if keep[place]:
            if not heading_level(pieces[place]):
                return
            keep[place] = False
