"""The forms of topics as the matcher searches for them: folded once, each spelling with everything it means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from generator.text.folding import fold_form, low_form
from generator.text.html import escape

_UNSPACED = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
_PARTS = re.compile(r"[\s-]")
_BETWEEN_WORDS = " -\n"


class FormLike(Protocol):
    """One way a topic is named in text."""

    @property
    def text(self) -> str:
        """The form as written."""

    @property
    def weight(self) -> float:
        """What one mention counts."""

    @property
    def cased(self) -> bool:
        """Whether the form must match in case."""


# A topic's id, its forms, its excluded phrases.
TopicForms = tuple[str, Sequence[FormLike], Sequence[str]]


class Meaning(NamedTuple):
    """What one spelling means to one topic; topic "" is an exclusion.

    `written` is the form folded with its case kept, `signs` what the text may have at places of it that are no letters,
    `exact` the words that must be written as they are.
    """

    topic: str
    form: str
    written: str
    weight: float
    cased: bool
    is_short: bool
    signs: tuple[tuple[int, str], ...]
    exact: tuple[tuple[int, str], ...]


class Spelling(NamedTuple):
    """One folded form, `low` as it stands in a folded text, and all it means; plain when finding it is enough."""

    low: str
    is_plain: bool
    meanings: tuple[Meaning, ...]


def spellings_of(topics: Sequence[TopicForms]) -> dict[str, Spelling]:
    """Return each folded form once with all it means; in HTML `&` stands escaped, which is a spelling of its own."""
    found: dict[str, dict[tuple[object, ...], Meaning]] = {}
    for topic, forms, excluded in topics:
        written = [(form.text, form.weight, form.cased, topic) for form in forms]
        written += [(phrase, 0.0, False, "") for phrase in excluded]
        for text, weight, cased, owner in written:
            bare = fold_form(text)
            for spelled in dict.fromkeys((bare, escape(bare))):
                exact = tuple(_exact(spelled, cased))
                meaning = Meaning(owner, text, spelled, weight, cased, len(spelled) < 3, _signs(spelled), exact)
                same = found.setdefault(low_form(spelled), {})
                known = same.get((owner, meaning.signs, exact))
                if known is None or known.weight < weight:
                    same[owner, meaning.signs, exact] = meaning
    return {
        low: Spelling(
            low, not any(meaning.signs or meaning.exact for meaning in meanings.values()), tuple(meanings.values())
        )
        for low, meanings in found.items()
        if low.strip()
    }


def is_unspaced(low: str) -> bool:
    """Return whether a form is of a script without spaces between words, which has no word boundaries to ask for."""
    return not low.isascii() and re.search(_UNSPACED, low) is not None


def expression_of(lows: Iterable[str]) -> re.Pattern[str]:
    """Return the one expression, a tree of letters, for the longest of these at a place of a folded text.

    A form begins with the space before its first word.
    """
    spaced: list[str] = []
    unspaced: list[str] = []
    for low in lows:
        (unspaced if is_unspaced(low) else spaced).append(low)
    parts = [f" {_tree(spaced, '(?= )')}"] if spaced else []
    if unspaced:
        parts.append(_tree(unspaced, ""))
    return re.compile("|".join(parts) if parts else r"(?!)")


def _tree(lows: Iterable[str], boundary: str) -> str:
    """Return an expression for these, tried letter by letter, longer ones first."""
    by_first: dict[str, list[str]] = {}
    for low in lows:
        by_first.setdefault(low[:1], []).append(low[1:])
    ends = by_first.pop("", None) is not None
    branches = [re.escape(letter) + _tree(rest, boundary) for letter, rest in sorted(by_first.items())]
    if ends:
        branches.append(boundary)
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _signs(written: str) -> tuple[tuple[int, str], ...]:
    low = low_form(written)
    return tuple(
        (place, _BETWEEN_WORDS if letter == " " else letter)
        for place, letter in enumerate(written)
        if low[place] == " "
    )


def _exact(written: str, cased: bool) -> Iterator[tuple[int, str]]:
    """Yield the words of a form that must be written as they are, with their places in it."""
    place = 0
    for word in _PARTS.split(written):
        if word and (cased or (word.isupper() and sum(map(str.isalpha, word)) > 1)):
            yield place, word
        place += len(word) + 1
