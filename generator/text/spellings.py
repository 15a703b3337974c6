"""The forms of topics as the matcher searches for them: folded once, each spelling with everything it means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from generator.named import NamedTuple
from generator.text.folding import fold_form, low_form
from generator.text.html import escape, may_be_unspaced

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


class Written(NamedTuple):
    """One form of one topic, or an exclusion (topic ""); `bare` is the form folded with its case kept."""

    topic: str
    form: str
    bare: str
    weight: float
    cased: bool


def written_forms(topics: Sequence[TopicForms]) -> dict[str, list[Written]]:
    """Return who writes what, by the folded form; in HTML `&` stands escaped, which is a spelling of its own."""
    found: dict[str, list[Written]] = {}
    for topic, forms, excluded in topics:
        written = [(topic, form.text, form.weight, form.cased) for form in forms]
        written += [("", phrase, 0.0, False) for phrase in excluded]
        for owner, text, weight, cased in written:
            bare = fold_form(text)
            for spelled in dict.fromkeys((bare, escape(bare))):
                found.setdefault(low_form(spelled), []).append(Written(owner, text, spelled, weight, cased))
    return {low: written for low, written in found.items() if low.strip()}


def spelling_of(low: str, forms: Iterable[Written]) -> Spelling:
    """Return a folded form with all it means to those who write it."""
    same: dict[tuple[object, ...], Meaning] = {}
    for topic, form, bare, weight, cased in forms:
        exact = tuple(_exact(bare, cased))
        meaning = Meaning(topic, form, bare, weight, cased, len(bare) < 3, _signs(bare), exact)
        known = same.get((topic, meaning.signs, exact))
        if known is None or known.weight < weight:
            same[topic, meaning.signs, exact] = meaning
    meanings = tuple(same.values())
    return Spelling(low, not any(meaning.signs or meaning.exact for meaning in meanings), meanings)


def is_unspaced(low: str) -> bool:
    """Return whether a form is of a script without spaces between words, which has no word boundaries to ask for."""
    return may_be_unspaced(low) and re.search(_UNSPACED, low) is not None


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
