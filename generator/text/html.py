"""HTML and plain text: escaping, reading our own rendered HTML back as text, counting and cutting words.

Only HTML made by `text.markdown` is read here; pages from elsewhere are ingest's matter.
"""

from __future__ import annotations

import re

_SPECIAL = re.compile(r'[&<>"]')
_FIGURE = re.compile(r"<figure>.*?</figure>\n?", re.DOTALL)
_BLOCK_END = re.compile(r"</(?:p|h[1-6]|li|blockquote|pre|tr|table|div)>\s*|<(?:br|hr)>\s*|<[uo]l[^>]*>\s*")
_CELL_END = re.compile(r"</t[hd]> *")
_TAG = re.compile(r"<[^>]*>")

# Scripts that put no space between words: there each letter counts as a word, and so does every forty letters of one
# unbroken run, so that an excerpt counted in words is short in any script.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = rf"[{_UNSPACED}]|[^\s{_UNSPACED}]{{1,40}}"
_LONGEST_WORD = 40
# In UTF-8 a letter of these scripts begins with one of these bytes; a text without them need not be searched.
_BEGIN_UNSPACED = frozenset({0xE0, 0xE1, *range(0xE3, 0x100)})
_OTHER_BYTES = bytes(byte for byte in range(256) if byte not in _BEGIN_UNSPACED)
# The shape of a text has a blank for each blank and an x for each other character; words are counted by searching it.
_ASCII = bytes(range(128))
_SHAPE = bytes(ord(" ") if byte < 128 and chr(byte).isspace() else ord("x") for byte in range(256))
# In UTF-8 the bytes that go on with a character, and so are no other one.
_CONTINUED = bytes(range(0x80, 0xC0))
_TOO_LONG = b"x" * (_LONGEST_WORD + 1)
_ELLIPSIS = "…"


def escape(text: str) -> str:
    """Return `text` ready to stand in an element or in a double-quoted attribute."""
    if _SPECIAL.search(text) is None:
        return text
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def plain_text(html: str) -> str:
    """Return the text of rendered HTML: one line for each block, entities decoded, pictures and captions left out."""
    if "<figure>" in html:
        html = _FIGURE.sub("", html)
    text = html.replace("\n", " ").replace("</p> ", "\n").replace("<p>", "")
    if "<" in text:
        if "</t" in text:
            text = _CELL_END.sub(" ", text)
        text = _TAG.sub("", _BLOCK_END.sub("\n", text))
        text = "\n".join(filter(None, map(str.strip, text.split("\n"))))
    return _without_entities(text).strip()


def _without_entities(text: str) -> str:
    if "&" not in text:
        return text
    # Loaded here, for its table of all entities is long and few texts have one.
    from html import unescape

    return unescape(text)


def first_words(text: str, count: int) -> str:
    """Return the first `count` words of `text` on one line, with an ellipsis only when something was cut."""
    words = text.split(None, count)
    if _are_words(text, words[:count]):
        return _joined(words, count)
    end = 0
    for place, word in enumerate(re.finditer(_WORD, text)):
        if place == count:
            return _cut(" ".join(text[:end].split()))
        end = word.end()
    return " ".join(text.split())


def opening_and_count(html: str, count: int) -> tuple[str, int]:
    """Return the first `count` words of the text of rendered HTML and how many it has, looking at it once."""
    if "<figure>" in html:
        html = _FIGURE.sub("", html)
    # Blocks end with a line break of their own, so that words stay apart without their tags.
    text = html.replace("<p>", "").replace("</p>", "")
    if "<" in text:
        text = _TAG.sub("", text)
    text = _without_entities(text)
    total = _counted_by_shape(text)
    if total is None:
        return first_words(text, count), count_words(text)
    return _joined(text.split(None, count), count), total


def _counted_by_shape(text: str) -> int | None:
    """Return how many words a text has, None where its shape does not tell."""
    raw = text.encode("utf-8", "surrogatepass")
    shape = b" " + raw.translate(_SHAPE, _CONTINUED)
    if _TOO_LONG in shape or not (text.isascii() or _has_known_blanks(raw)):
        return None
    return shape.count(b" x")


def _has_known_blanks(raw: bytes) -> bool:
    """Return whether only the blanks of ASCII part the words of a text in UTF-8."""
    others = raw.translate(None, _ASCII)
    if others.translate(None, _OTHER_BYTES):
        return False
    letters = others.decode("utf-8", "surrogatepass")
    return letters.split() == [letters]


def count_words(text: str) -> int:
    """Return how many words `text` has, as `first_words` counts them."""
    total = _counted_by_shape(text)
    if total is not None:
        return total
    words = text.split()
    return len(words) if _are_words(text, words) else len(re.findall(_WORD, text))


def _are_words(text: str, parts: list[str]) -> bool:
    """Return whether what stands between blanks is one word each."""
    if max(map(len, parts), default=0) > _LONGEST_WORD:
        return False
    return not may_be_unspaced(text) or re.search(f"[{_UNSPACED}]", text) is None


def may_be_unspaced(text: str) -> bool:
    """Return False where a text has no letter of a script without spaces between words; told at a glance."""
    return not text.isascii() and bool(text.encode("utf-8", "surrogatepass").translate(None, _OTHER_BYTES))


def _joined(words: list[str], count: int) -> str:
    return " ".join(words) if len(words) <= count else _cut(" ".join(words[:count]))


def _cut(text: str) -> str:
    if not text:
        return ""
    kept = text.rstrip(",;:-–—،؛ ")
    return f"{kept} {_ELLIPSIS}" if kept[-1:] in ".!?؟" else kept + _ELLIPSIS
