"""Text as the matcher of mentions compares it: without diacritics, with plain apostrophes, dashes and spaces.

Folding goes letter by letter, so that places in the folded text are places in the text itself. Only where letters fall
away (combining marks, invisible joiners, a second blank) do places shift, and then they are mapped back.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from bisect import bisect_right

from generator.named import NamedTuple

# Marks and signs that no reader sees as letters: combining accents, Hebrew and Arabic points, the Arabic stretching
# sign, soft hyphens, joiners, direction marks.
_UNSEEN = re.compile(
    "[\u00ad\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u061c\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2069\u20d0-\u20ff\ufe00-\ufe0f\ufeff]"
)
_EXTRA_BLANK = re.compile(r"(?<=[ \t\n])[ \t]|[ \t](?=\n)")
_LEADING_SIGNS = re.compile(r"^\W+")
_OTHER_LETTERS = re.compile(r"([^\x00-\x7f]+)")
_APOSTROPHES = "\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02be\u02bf\u2032\u00b4\u055a\uff07"
# Letters that Unicode does not decompose, or that Arabic and Persian keyboards write differently for one letter.
_ALIKE = {
    "ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ħ": "h", "Ħ": "H",
    "ي": "ی", "ى": "ی", "ك": "ک", "ٱ": "ا",
}  # fmt: skip
# Letters and digits stay, ASCII ones in lower case, as does every byte of another script; all else parts words.
_WORD_BYTES = bytes(
    byte + 32 if 65 <= byte <= 90 else byte if byte >= 128 or chr(byte).isalnum() or byte == 95 else 32
    for byte in range(256)
)
# Every blank of ASCII that is an extra one beside another is a space; all else is itself.
_BLANK_BYTES = bytes(ord(" ") if chr(byte) in "\t\n" else byte for byte in range(256))


class Folded(NamedTuple):
    """A folded text, and where its letters stand in the text itself.

    `bare` keeps the case of Latin letters. `low` is `bare` in lower case with a space for every sign, and has one space
    more at each end. `shifts` are the places in `bare` from which on one more letter of the text has fallen away.
    """

    bare: str
    low: str
    shifts: tuple[int, ...]

    def place(self, place: int) -> int:
        """Return the text's own place of a letter of `bare`."""
        return place + bisect_right(self.shifts, place) if self.shifts else place


def fold(text: str) -> Folded:
    """Return `text` folded."""
    shifts: tuple[int, ...] = ()
    bare = text if text.isascii() else _plain(text)
    if len(bare) != len(text):
        shifts = _shifts(_UNSEEN, text)
    raw = f" {bare} ".encode("utf-8", "replace")
    # Two blanks of any kind beside each other are seldom: they are looked for at once, and only then each apart.
    if not shifts and b"  " in raw.translate(_BLANK_BYTES)[1:-1] and _EXTRA_BLANK.search(bare) is not None:
        shifts = _shifts(_EXTRA_BLANK, bare)
        bare = _EXTRA_BLANK.sub("", bare)
        raw = f" {bare} ".encode("utf-8", "replace")
    return Folded(bare, raw.translate(_WORD_BYTES).decode(), shifts)


def fold_form(form: str) -> str:
    """Return a form of a topic folded, its case kept, its blanks single spaces, without signs before its first word."""
    return _LEADING_SIGNS.sub("", " ".join((form if form.isascii() else _plain(form)).split()))


def low_form(bare: str) -> str:
    """Return a folded form as it stands in the `low` of a text."""
    return bare.encode("utf-8", "replace").translate(_WORD_BYTES).decode()


def _shifts(unwanted: re.Pattern[str], text: str) -> tuple[int, ...]:
    return tuple(found.start() - before for before, found in enumerate(unwanted.finditer(text)))


def _plain(text: str) -> str:
    for letter, plain in _COMMON:
        text = text.replace(letter, plain)
    if text.isascii():
        return text
    # Parted at once and mapped in the loops of C: a call of ours for each word would take twice the time.
    parts = _OTHER_LETTERS.split(text)
    parts[1::2] = map(_plain_letters, parts[1::2])
    return "".join(parts)


@functools.lru_cache(maxsize=16_384)
def _plain_letters(letters: str) -> str:
    return _UNSEEN.sub("", letters).translate(_LETTERS)


class _Letters(dict[int, str]):
    """What letters count as, by their numbers, each worked out when it is first met."""

    def __missing__(self, number: int) -> str:
        self[number] = letter = _plain_letter(chr(number))
        return letter


def _plain_letter(letter: str) -> str:
    """Return the one letter that a letter counts as: its base letter, or an ASCII sign for a sign."""
    if letter in _APOSTROPHES:
        return "'"
    category = unicodedata.category(letter)
    if category == "Pd" or letter == "\u2212":
        return "-"
    if category[0] == "Z":
        return "\n" if letter in "\u2028\u2029" else " "
    if category[0] in "PSC":
        return ","
    base = unicodedata.normalize("NFD", letter)[0] if category[0] == "L" else letter
    base = _ALIKE.get(base, base)
    if base.isascii():
        return base
    low = base.lower()
    return low if len(low) == 1 else base


_LETTERS = _Letters()
# What an English text has besides ASCII; most texts need no more than these.
_COMMON = tuple((letter, _plain_letter(letter)) for letter in "’“”–—‘\u00a0é…£€üöçñ")
