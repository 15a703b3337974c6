"""Write cleaned text as CommonMark that says exactly that text again: nothing in it becomes a mark by accident.

Raw HTML of a scraped page is text here, and leaves as text: every `<` is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from generator.ingest.clean import Block

_MARKS = re.compile(r"[\\`*\[\]<>~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w{1,32};)")
_MAY_MARK = re.compile(r"[\\`*\[\]<>~_&]")
_AT_START = re.compile(r"(?:[#+=>|-]|\d{1,9}(?=[.)](?:\s|$)))")
_UNSAFE_ADDRESS = re.compile(r"[\s<>()\\\x00-\x20]")
# What a mark must not follow is looked at behind its first sign, which alone is quickly found.
_LINK = re.compile(r"\[(?<!\\\[)((?:[^\[\]\\]|\\.)*)\]\([^()\s]*\)")
_LINE_MARK = re.compile(r"(?m)^(?:#{1,6} |- |> ?|\d{1,9}[.)] )+")
_EMPHASIS = re.compile(r"\*(?<!\\\*)\*?")
_ENTITY = re.compile(r"&#?\w{1,32};")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def escaped(text: str) -> str:
    """Return text so that CommonMark reads it as this very text."""
    # Most texts hold none of these signs, and looking for them takes a tenth of the time.
    if not _MAY_MARK.search(text):
        return text
    return _MARKS.sub(lambda found: "&amp;" if found[0] == "&" else "\\" + found[0], text)


def escaped_start(text: str) -> str:
    """Return one escaped line so that its beginning is not taken for a list, a heading or a rule."""
    found = _AT_START.match(text)
    if not found:
        return text
    if found[0].isdigit():
        return f"{found[0]}\\{text[found.end() :]}"
    return "\\" + text


def link(words: str, address: str) -> str:
    """Return a link with words that are escaped already; only the words when the address is not http(s) or mailto."""
    if not re.match(r"(?i)(?:https?://|mailto:)\S", address) or not words.strip():
        return words
    safe = _UNSAFE_ADDRESS.sub(lambda found: f"%{ord(found[0]):02X}", address.strip())
    return f"[{words}]({safe})"


def body_of(blocks: Iterable[Block]) -> str:
    """Return blocks of plain text as a CommonMark body; headings begin at the second level."""
    parts: list[str] = []
    last = ""
    for block in blocks:
        text = escaped_start(escaped(block.text))
        if block.kind == "heading":
            text = f"## {text}"
        elif block.kind == "item":
            text = f"- {text}"
        parts.append(("\n" if last == block.kind == "item" else "\n\n") if parts else "")
        parts.append(text)
        last = block.kind
    return "".join(parts) + "\n" if parts else ""


def body_of_text(text: str) -> str:
    """Return plain paragraphs, parted by line breaks, as a CommonMark body."""
    return body_of(Block("paragraph", line.strip(), 0) for line in text.split("\n") if line.strip())


def plain(body: str) -> str:
    """Return CommonMark that was written here as the text it says, paragraphs parted by an empty line."""
    text = _LINK.sub(r"\1", body)
    text = _LINE_MARK.sub("", text)
    text = _ESCAPED.sub(r"\1", _EMPHASIS.sub("", text))
    # The library's rule would also take "&#1" and "&copy" for signs, which mean themselves in Markdown.
    return _ENTITY.sub(lambda found: unescape(found[0]), text)
