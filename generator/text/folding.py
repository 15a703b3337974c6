"""Text as the matcher of mentions compares it: without diacritics, with plain apostrophes, dashes and spaces.

Folding goes letter by letter, so that places in the folded text are places in the text itself. Only where letters fall
away (combining marks, invisible joiners, a second blank) do places shift, and then they are mapped back.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import NamedTuple

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_BLANKS = re.compile(r"(?<=[^\s])[ \t]*(?:\n[ \t]*)?(?=[^\s])")
_APOSTROPHES = "\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02be\u02bf\u2032\u00b4\u055a\uff07"
# Letters that Unicode does not decompose, or that Arabic and Persian keyboards write differently for one letter.
_ALIKE = {
    "ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ħ": "h", "Ħ": "H",
    "ي": "ی", "ى": "ی", "ك": "ک", "ٱ": "ا",
}  # fmt: skip
_INVISIBLE = frozenset({"Mn", "Me", "Cf"})


class Folded(NamedTuple):
    """`bare` has the letters' case, `flat` is lower case with every blank and hyphen a space; both equally long.

    `places` maps a place in them to the text's own, and is None where they are the same.
    """

    bare: str
    flat: str
    places: tuple[int, ...] | None


def fold(text: str) -> Folded:
    """Return `text` folded."""
    places = None
    bare = text
    if not text.isascii():
        bare = _NOT_ASCII.sub(_plain_match, text)
    if len(bare) != len(text) or "  " in bare or " \n" in bare or "\n " in bare or "\t" in bare:
        bare, places = _fold_and_map(text)
    flat = bare.lower().replace("\n", " ").replace("-", " ")
    return Folded(bare, flat, places)


def fold_form(text: str) -> str:
    """Return a form folded, its case kept and its blanks single spaces."""
    return " ".join(_NOT_ASCII.sub(_plain_match, unicodedata.normalize("NFC", text)).split())


def _plain_match(found: re.Match[str]) -> str:
    return plain_letter(found[0])


@functools.lru_cache(maxsize=4096)
def plain_letter(letter: str) -> str:
    """Return what a letter counts as: its base letter, an ASCII sign for a sign, or nothing for a mark."""
    if letter in _ALIKE:
        return _ALIKE[letter]
    if letter in _APOSTROPHES:
        return "'"
    category = unicodedata.category(letter)
    if category in _INVISIBLE or letter == "\u0640":
        return ""
    if category == "Pd" or letter == "\u2212":
        return "-"
    if category[0] == "Z":
        return "\n" if letter in "\u2028\u2029" else " "
    if category[0] in "PSC":
        return ","
    base = "".join(part for part in unicodedata.normalize("NFD", letter) if unicodedata.category(part) != "Mn")
    base = _ALIKE.get(base, base)
    return base if len(base) == 1 and len(base.lower()) == 1 else letter if len(letter.lower()) == 1 else ","


def _fold_and_map(text: str) -> tuple[str, tuple[int, ...]]:
    """Return the bare text with marks dropped and blanks single, and the place each of its letters has in `text`.

    An empty line stays one, as two line ends, because no form reaches over it.
    """
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        plain = letter if letter.isascii() else plain_letter(letter)
        if not plain:
            continue
        if plain in " \t\n":
            if plain == "\t":
                plain = " "
            if letters and letters[-1] == " ":
                if plain == " ":
                    continue
                letters[-1], places[-1] = plain, place
                continue
            if plain == " " and letters and letters[-1] == "\n":
                continue
        letters.append(plain)
        places.append(place)
    places.append(len(text))
    return "".join(letters), tuple(places)
