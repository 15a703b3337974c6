"""The one door to trafilatura and htmldate: a saved web page as a clean article.

The body is trafilatura's, in its precise mode, written as CommonMark by us; the page's own statements (title, byline,
day, address) are read by `page.py`. Both libraries are loaded on first use only.
"""

from __future__ import annotations

import logging
from typing import Any

from generator.errors import IngestError
from generator.ingest import metadata
from generator.ingest.clean import Dropped
from generator.ingest.commonmark import plain
from generator.ingest.extracted import Extracted
from generator.ingest.page import Statements, statements_of
from generator.ingest.tree import body_of_tree

_FEW_WORDS = 60


def from_page(html: str, *, latest: str = "") -> Extracted:
    """Return the article in a web page; raises IngestError when the libraries for it are missing."""
    trafilatura = _trafilatura()
    tree = trafilatura.load_html(html)
    if tree is None:
        return Extracted(doubtful=("body: this is no readable web page",))
    said = statements_of(tree, html)
    found = trafilatura.bare_extraction(
        tree,
        favor_precision=True,
        include_comments=False,
        include_formatting=True,
        include_links=True,
        include_images=False,
        include_tables=True,
        with_metadata=False,
    )
    body = body_of_tree(found.body, title=said.title, base=said.url) if found is not None else ""
    return _extracted(body, said, _day(tree, said, latest))


def _extracted(body: str, said: Statements, day: str) -> Extracted:
    text = plain(body)
    paragraphs = tuple(part for part in text.split("\n\n") if part.strip())
    doubtful = []
    if len(text.split()) < _FEW_WORDS:
        doubtful.append("body: fewer than 60 words were kept" if paragraphs else "body: no article was found")
    dek = said.description
    return Extracted(
        title=said.title,
        dek=dek,
        date=day,
        authors=said.authors,
        language=said.language or metadata.language_of(text),
        url=said.url,
        source=said.site,
        body=body,
        place=metadata.dateline_of(paragraphs[0]) if paragraphs else "",
        doubtful=tuple(doubtful),
        dropped=(Dropped("all around the article", ()),),
        evidence=metadata.day_words(paragraphs) if not day else (),
    )


def _day(tree: Any, said: Statements, latest: str) -> str:
    """Return the day of first publication, as the page states it."""
    if said.published and (not latest or said.published <= latest):
        return said.published
    from htmldate import find_date

    try:
        found = find_date(tree, original_date=True, extensive_search=True, max_date=latest or None)
    except (ValueError, TypeError, AttributeError):
        # The library stumbles over some broken dates; then the page states none that can be used.
        return ""
    return str(found) if found else ""


def _trafilatura() -> Any:
    try:
        import trafilatura
    except ImportError as fault:
        raise IngestError("Web pages need the extra \"html\". Install it with: pip install 'dateline[html]'") from fault
    # What it has to say about odd pages is ours to say, in our words.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    return trafilatura
