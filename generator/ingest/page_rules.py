"""What is never of an article, wherever in it a page puts it: captions, teasers, breaks, rights, what stands beside it.

Rules that hold on any page, in the words that pages use for them; all that needs weighing is learned.
"""

from __future__ import annotations

import re

from generator.ingest import marks
from generator.ingest.lines import own_measures
from generator.ingest.piece_measures import line_of, linked_share
from generator.ingest.pieces import Piece, size_of

# "Read more: …" in the languages of the marks; only a line that is mostly a link is a teaser.
_TEASER = re.compile(
    r"^\W*(?:(?:please |also |you can )?(?:read|see|watch|listen|view|explore|learn)"
    r"(?: more| also| next| now| on| too| the full \w+)?(?: on [\w ]{2,30})?|more(?: on| from)?[\w ]{0,30}"
    r"|(?:related|recommended)(?: \w+){0,2}|don.?t miss|up next|editor.?s picks?|lire (?:aussi|également)|à lire"
    r"|(?:lesen|sehen) sie (?:auch|dazu)|mehr zum thema|lea también|leia (?:também|mais)|leggi anche|lees ook"
    r"|läs (?:också|även)|اقرأ أيض[اً]+|بیشتر بخوانید|همچنین بخوانید|קראו (?:גם|עוד))\s*[:|–—>»-]",
    re.I,
)
_RIGHTS = re.compile(r"^\W*(?:©|\(c\)|copyright\b|all rights reserved)", re.I)
_BREAK = re.compile(r"\W*adverts?\W*$", re.I)
_CAPTION = re.compile(r"caption|(?:photo|image|media|picture)[_-]{0,2}credit", re.I)
_BESIDE_ROLES = ("complementary", "navigation", "contentinfo", "banner", "search", "dialog", "alert")
_SHORT, _LONG = 60, 40


def is_never_text(piece: Piece) -> bool:
    """Say whether a piece is of a kind that no article's text has."""
    return is_caption(piece) or _is_beside(piece) or _is_break(piece.text) or _is_line_of_page(piece)


def is_caption(piece: Piece) -> bool:
    """Say whether a piece belongs to a picture; tables, lists, quotations and code may stand in figures too."""
    tags = {frame.tag for frame in piece.frames}
    if "figcaption" in tags or "caption" in tags:
        return True
    if "figure" in tags and not tags & {"blockquote", "table", "pre", "ul", "ol"}:
        return True
    return any(_CAPTION.search(frame.names) for frame in piece.frames[:2] if frame.names)


def is_plain(piece: Piece) -> bool:
    """Say whether nothing in a piece speaks against it: no link, no pitch, no credit, no line of a page's furniture."""
    own = own_measures(line_of(piece, 0))
    speaks_against = own.pitch or own.furniture or own.credit or own.author or own.byline or own.dated
    return not speaks_against and linked_share(piece) < 0.5 and not any(frame.is_hidden for frame in piece.frames)


def _is_beside(piece: Piece) -> bool:
    return any(
        frame.tag == "button" or (frame.names.endswith(_BESIDE_ROLES) and frame.names.split()[-1] in _BESIDE_ROLES)
        for frame in piece.frames
    )


def _is_break(text: str) -> bool:
    return len(text) < _SHORT and bool(marks.INTERRUPTION.match(text) or _BREAK.match(text))


def _is_line_of_page(piece: Piece) -> bool:
    if size_of(piece) >= _LONG:
        return False
    return bool(_RIGHTS.match(piece.text)) or (linked_share(piece) > 0.4 and bool(_TEASER.match(piece.text)))
