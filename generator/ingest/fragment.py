"""Pieces of HTML that stand in a feed or a mail: as plain text, and as a page that the reading of pages understands."""

from __future__ import annotations

import re
from html import escape, unescape

from generator.ingest.raw import Stated

# Each alternative goes forward only, so that no text, however made, takes more than one pass.
_PIECES = re.compile(r"<!--|<(/?)([a-zA-Z][a-zA-Z0-9:]*)[^<>]*>|<[^<>]*>|[^<]+|<")
_BREAKING_TAGS = """p div br li ul ol h1 h2 h3 h4 h5 h6 tr table blockquote pre article section figure hr td th dd dt"""
_BREAKING_TAGS = """p div br li ul ol h1 h2 h3 h4 h5 h6 tr table blockquote pre article section figure hr td th dd dt"""
_BREAKING = frozenset(_BREAKING_TAGS.split())
_SILENT = frozenset(("script", "style", "head", "title", "template", "noscript", "svg", "figcaption"))
_SPACE = re.compile(r"[^\S\n]+")
_MARKED = re.compile(r"<[a-zA-Z/!][^<>]*>|&#?\w+;")


def text_of(html: str) -> str:
    """Return the text of a piece of HTML, one paragraph a line."""
    parts: list[str] = []
    silent = ""
    is_comment = False
    for found in _PIECES.finditer(html):
        piece, name = found[0], (found[2] or "").lower()
        if is_comment:
            is_comment = "-->" not in piece
        elif piece == "<!--":
            is_comment = True
        elif silent:
            silent = "" if found[1] and name == silent else silent
        elif name in _SILENT and not found[1]:
            silent = name if not piece.endswith("/>") else ""
        elif name:
            parts.append("\n" if name in _BREAKING else "")
        elif piece[0] != "<" or len(piece) == 1:
            parts.append(piece.replace("\n", " "))
    lines = (_SPACE.sub(" ", line).strip() for line in unescape("".join(parts)).split("\n"))
    return "\n".join(line for line in lines if line)


def line_of(text: str) -> str:
    """Return a title or a name on one line; feeds write marks and entities into both."""
    return " ".join((text_of(unescape(text)) if _MARKED.search(text) else text).split())


def page_of(html: str, stated: Stated) -> str:
    """Return a piece of HTML as a page that holds it alone."""
    canonical = f'<link rel="canonical" href="{escape(stated.url)}">' if stated.url else ""
    title = escape(stated.title)
    return (
        f'<!DOCTYPE html><html lang="{escape(stated.language)}"><head><meta charset="utf-8"><title>{title}</title>'
        f"{canonical}</head><body><article><h1>{title}</h1>{html}</article></body></html>"
    )
