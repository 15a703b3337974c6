"""The one door to trafilatura and htmldate: a saved web page as a clean article.

The body is chosen among the page's pieces by trafilatura's rules, in their precise mode, and by learned trees
(`page_kept.py`), and written as CommonMark by us; the page's own statements (title, byline, day, address) are read by
`page.py`. Both libraries are loaded on first use only.
"""

from __future__ import annotations

import logging
import re
from typing import Any

from generator.errors import IngestError
from generator.ingest import metadata
from generator.ingest.clean import Dropped
from generator.ingest.commonmark import plain
from generator.ingest.found import Extracted
from generator.ingest.page import Statements, statements_of
from generator.ingest.page_body import body_of_pieces
from generator.ingest.page_date import may_be_another
from generator.ingest.page_kept import Kept, kept_of
from generator.ingest.page_tree import MISSING, page_tree
from generator.ingest.pieces import Piece, pieces_of, walked
from generator.ingest.trees import Trees

_FEW_WORDS = 60
# The library's time grows with the square of the elements in one paragraph. No article has so many, and what stands in
# a line's own dress is no matter to the choice of lines.
MOST_TAGS = 30_000
_DRESS_TAG = re.compile(
    r"</?(?:a|abbr|b|big|cite|code|em|font|i|mark|small|span|strong|sub|sup|time|u)(?:\s[^<>]*)?>", re.I
)
_BREAK_TAG = re.compile(r"<(?:br|wbr)\b[^<>]*>", re.I)
_INLINE = frozenset(("hi", "ref", "del", "span"))


def from_page(html: str, *, latest: str = "", learned: Trees | None = None) -> Extracted:
    """Return the article in a web page; raises IngestError when the libraries for it are missing.

    `learned` are other trees than the package's to judge its pieces by.
    """
    tree = page_tree(html)
    if tree is None:
        return Extracted(doubtful=("body: this is no readable web page",))
    pieces, lines = two_ways(tree, html)
    said = statements_of(tree, html, pieces, latest)
    kept = kept_of(pieces, lines, title=said.title, dek=said.description, learned=learned)
    return _extracted(kept, said, said.published or _day_by_rules(tree, latest))


def two_ways(tree: Any, html: str) -> tuple[list[Piece], list[str]]:
    """Return all pieces of a page, and the text that trafilatura's rules keep of it, by paragraph."""
    return pieces_of(tree), _kept_by_rules(tree if html.count("<") <= MOST_TAGS else page_tree(_undressed(html)))


def _undressed(html: str) -> str:
    return _BREAK_TAG.sub("\n", _DRESS_TAG.sub("", html))


def _kept_by_rules(tree: Any) -> list[str]:
    # Its comparison with other extractors takes more time than all else, and is worth it only where little was found.
    lines = _lines_by_rules(tree, fast=True)
    return _lines_by_rules(tree, fast=False) if _has_few_words(" ".join(lines)) else lines


def _has_few_words(text: str) -> bool:
    return len(text.split(maxsplit=_FEW_WORDS)) < _FEW_WORDS


def _lines_by_rules(tree: Any, *, fast: bool) -> list[str]:
    found = _trafilatura().bare_extraction(
        tree,
        # Any form but its own, which writes the text out once more, for nobody.
        output_format="txt",
        fast=fast,
        favor_precision=True,
        include_comments=False,
        include_formatting=False,
        include_links=False,
        include_images=False,
        include_tables=True,
        with_metadata=False,
    )
    return _lines(found.body) if found is not None else []


def _lines(body: Any) -> list[str]:
    """Return the text of the library's own elements, a line for each that is a block."""
    parts: list[str] = []
    for _, one, text in walked(body, frozenset()):
        if one is None:
            parts.append(text.replace("\n", " "))
        elif one.tag not in _INLINE:
            parts.append("\n")
    return [line for line in "".join(parts).split("\n") if line.strip()]


def _extracted(kept: Kept, said: Statements, day: str) -> Extracted:
    body = body_of_pieces(kept.pieces, said.url)
    text = plain(body)
    paragraphs = tuple(part for part in text.split("\n\n") if part.strip())
    doubtful = list(kept.doubtful)
    if _has_few_words(text):
        doubtful.append("body: fewer than 60 words were kept" if paragraphs else "body: no article was found")
    dek = said.description
    return Extracted(
        title=said.title,
        dek=dek,
        date=day,
        moment=said.moment,
        authors=said.authors,
        language=said.language or metadata.language_of(text),
        url=said.url,
        source=said.site,
        body=body,
        place=metadata.dateline_of(paragraphs[0]) if paragraphs else "",
        doubtful=tuple(doubtful),
        dropped=(Dropped("all around the article", ()),),
        evidence=metadata.day_words(paragraphs) if not day else (),
        retrieved=said.retrieved,
    )


def _day_by_rules(tree: Any, latest: str) -> str:
    """Return the day that htmldate's marks for a page's first day give; not what it finds elsewhere in the text."""
    from htmldate import find_date

    try:
        found = find_date(tree, original_date=True, extensive_search=False, max_date=latest or None)
    except (ValueError, TypeError, AttributeError, AssertionError):
        # The library stumbles over some broken dates, and over a page that is one element it takes out; then the page
        # states no day that can be used.
        return ""
    # The library takes 03/04/2020 for the 3rd of April, and it may be the 4th of March.
    return str(found) if found and not may_be_another(tree, str(found)) else ""


def _trafilatura() -> Any:
    try:
        import trafilatura
    except ImportError as fault:
        raise IngestError(MISSING) from fault
    # What it has to say about odd pages is ours to say, in our words.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    return trafilatura
