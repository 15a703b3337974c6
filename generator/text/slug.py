"""A title as the last part of an address: plain ASCII that every file system and browser keeps as it is."""

from __future__ import annotations

import re
import unicodedata

from generator.digest import digest_of_bytes

LONGEST_SLUG = 80

# Latin letters that Unicode does not take apart into a letter and a mark.
_LETTERS = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "ng",
})  # fmt: skip
_APOSTROPHES = re.compile("['’‘ʼʻʿʾ`´]")
_OTHER = re.compile(r"[^a-z0-9]+")
# Windows opens a device instead of a file for these, with any ending.
_DEVICES = re.compile(r"con|prn|aux|nul|com\d|lpt\d|conin|conout|clock")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def slug_of(title: str) -> str:
    """Return `title` as a slug: ASCII letters, digits and single hyphens, at most 80 of them, never empty.

    Scripts other than Latin are not transliterated: a title without a Latin letter or digit becomes `item-` and eight
    hex digits of its digest, so that two such titles keep two addresses.
    """
    folded = unicodedata.normalize("NFKD", title).casefold().translate(_LETTERS)
    slug = _OTHER.sub("-", _APOSTROPHES.sub("", _without_marks(folded))).strip("-")
    if len(slug) > LONGEST_SLUG:
        slug = _cut(slug)
    if not slug:
        return "item-" + digest_of_bytes(title.encode("utf-8", "surrogatepass")).hex()[:8]
    return f"item-{slug}" if _DEVICES.fullmatch(slug) else slug


def is_slug(text: str) -> bool:
    """Say whether `text` can stand in an address as it is."""
    return len(text) <= LONGEST_SLUG and _SLUG.fullmatch(text) is not None and _DEVICES.fullmatch(text) is None


def _without_marks(text: str) -> str:
    return "".join(letter for letter in text if not unicodedata.combining(letter)) if not text.isascii() else text


def _cut(slug: str) -> str:
    """Shorten at a hyphen where one stands in the last third, so that no word is left in half."""
    short = slug[:LONGEST_SLUG]
    if slug[LONGEST_SLUG] == "-":
        return short.strip("-")
    hyphen = short.rfind("-")
    return short[:hyphen] if hyphen > LONGEST_SLUG * 2 // 3 else short
