"""Find one of many expressions in a line quickly: only those are tried whose first word the line says.

A paragraph has no word that begins a pitch, or one or two; trying sixty expressions at each place of it costs more than
all other measuring.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

_TOKEN = re.compile(r"\\.|\[(?:\\.|[^\]])*\]|\(\?:|.")
_GROUP = re.compile(r"\(\?:([a-z|]+)\)(\??)")
_LETTER = re.compile(r"([a-z])(\??)")


class Signs:
    """Expressions for small letters, looked up by the words that may begin them."""

    def __init__(self, *expressions: str) -> None:
        self._by_word: dict[str, list[str]] = {}
        self._compiled: dict[str, re.Pattern[str]] = {}
        others: dict[str, list[str]] = {}
        leads = []
        for alternative in alternatives(expressions):
            words = first_words(alternative)
            if not words and alternative.startswith("^"):
                leads.append(alternative)
            elif not words:
                others.setdefault(literal_beginning(alternative), []).append(alternative)
            for word in words:
                self._by_word.setdefault(word, []).append(alternative)
        self._words = frozenset(self._by_word)
        self._leads = re.compile("|".join(leads)) if leads else None
        # Looking for a plain text first costs a tenth of trying an expression at each place.
        found = [(literal, re.compile("|".join(each))) for literal, each in others.items()]
        self._plain = [one for one in found if one[0].isascii()]
        self._foreign = [one for one in found if not one[0].isascii()]

    def found(self, text: str, words: Collection[str]) -> bool:
        """Say whether one of the expressions stands in `text`, whose words are `words`."""
        if not self._words.isdisjoint(words):
            for word in self._words.intersection(words):
                if self._expression(word).search(text):
                    return True
        if self._leads is not None and self._leads.match(text):
            return True
        for literal, other in self._plain:
            if literal in text and other.search(text):
                return True
        if text.isascii():
            return False
        return any(literal in text and other.search(text) for literal, other in self._foreign)

    def _expression(self, word: str) -> re.Pattern[str]:
        found = self._compiled.get(word)
        if found is None:
            found = self._compiled[word] = re.compile("|".join(self._by_word[word]))
        return found


def alternatives(expressions: Iterable[str]) -> list[str]:
    """Take expressions apart at the bars that stand in no bracket."""
    found = []
    for expression in expressions:
        parts = [""]
        depth = 0
        for token in _TOKEN.findall(expression):
            depth += token in ("(", "(?:")
            depth -= token == ")"
            if token == "|" and depth == 0:
                parts.append("")
            else:
                parts[-1] += token
        found += parts
    return found


def literal_beginning(alternative: str) -> str:
    """Return the text that what an alternative finds must begin with; "" where that cannot be told."""
    found = ""
    for token in _TOKEN.findall(alternative):
        if token in ("?", "*", "{"):
            # The sign before may be absent.
            return found[:-1]
        is_plain = token not in "^$.|()+" and token[0] not in "[\\" and token != "(?:"
        if not is_plain and not re.fullmatch(r"\\[^\w\s]", token):
            return found
        found += token[-1]
    return found


def first_words(alternative: str) -> Sequence[str]:
    """Return the words one of which must begin what an alternative finds; none where that cannot be told."""
    edge = re.match(r"\\b|\^", alternative)
    if edge is None:
        return ()
    words = [""]
    place = edge.end()
    while place < len(alternative):
        part = _GROUP.match(alternative, place) or _LETTER.match(alternative, place)
        if part is None:
            break
        choices = [*part[1].split("|"), *([""] if part[2] else [])]
        words = [word + choice for word in words for choice in choices]
        place = part.end()
    # Only a blank, a comma, a bracket or a word's edge ends the first word for certain.
    ends = alternative.startswith((" ", ",", r"\b", r"\)"), place) and not alternative.startswith(" ?", place)
    return tuple(words) if ends and all(words) else ()
