"""Read a web page into its elements: the one door to the parser below the libraries of `extract.py`.

A page is mended, read and refused as trafilatura's `load_html` does it, to the same elements. That one looks at each
sign of a page by an expression, and asks for the class of an element whenever one is touched; here is neither.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from generator.errors import IngestError

MISSING = "Web pages need the extra \"html\". Install it with: pip install 'dateline[html]'"
MOST_IN_TAG = 50_000
_HUGE_TAG = re.compile(rf"<[A-Za-z][^<>]{{{MOST_IN_TAG},}}>")
_CONTROL = bytes((*range(9), 11, 12, *range(14, 32)))
_NO_SIGNS = ("\ufffe".encode(), "\uffff".encode())
# The parser stumbles over both.
_SLASHED_DOCTYPE = re.compile(rb"< ?! ?DOCTYPE[^>]*/[^<>]*>", re.I)
_CLOSED_HTML = re.compile(rb"(<html.*?)\s*/>", re.I)
_BEGINNING = 4096
_START = 50


def page_tree(html: str) -> Any:
    """Return the elements of a page; None for what is no page."""
    parser, read, faults = _parser()
    # The parser's time grows with the square of a tag's attributes; and a tag that long says nothing that is read.
    page = _mended(_HUGE_TAG.sub("", html) if _has_huge_tag(html) else html)
    try:
        tree = read(page, parser=parser)
    except faults:
        return None
    return tree if len(tree) > 1 or "html" in html[:_START].lower() else None


def _has_huge_tag(html: str) -> bool:
    """Say whether a tag may be huge: whether so many signs stand somewhere without another tag's beginning."""
    place = 0
    while len(html) - place > MOST_IN_TAG:
        following = html.rfind("<", place + 1, place + MOST_IN_TAG + 2)
        if following < 0:
            return True
        place = following
    return False


def _mended(html: str) -> bytes:
    """Return a page as bytes, with a beginning that the parser can read, and without signs that no page may have."""
    page = html.encode("utf-8", "surrogatepass").translate(None, _CONTROL)
    for sign in _NO_SIGNS:
        page = page.replace(sign, b"")
    first = page.find(b"\n")
    doctype = _SLASHED_DOCTYPE.match(page, 0, first if first >= 0 else len(page))
    if doctype:
        page = page[doctype.end() :]
    if any(b"<html" in line and line.endswith(b"/>") for line in page[:_BEGINNING].splitlines()[:4]):
        page = _CLOSED_HTML.sub(rb"\1>", page, count=1)
    return page


@cache
def _parser() -> tuple[Any, Any, Any]:
    """Return a parser, what reads a page by it, and what that raises for what is no page."""
    try:
        from lxml import etree
        from lxml import html as pages
    except ImportError as fault:
        raise IngestError(MISSING) from fault
    parser = pages.HTMLParser(
        collect_ids=False, default_doctype=False, encoding="utf-8", remove_comments=True, remove_pis=True
    )
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=pages.HtmlElement))
    return parser, pages.fromstring, (etree.LxmlError, ValueError)
