"""Find one of many expressions in a line quickly: only those are tried whose first word the line says.

A paragraph has no word that begins a pitch, or one or two; trying sixty expressions at each place of it costs more than
all other measuring.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

_TOKEN = re.compile(r"\\.|\[(?:\\.|[^\]])*\]|\(\?:|.")
_GROUP = re.compile(r"\(\?:([a-z|]+)\)(\??)")
_LETTER = re.compile(r"([a-z']|\['’\])(\??)")


class Signs:
    """Expressions for small letters of several kinds, looked up by the words that may begin them."""

    def __init__(self, **kinds: Iterable[str]) -> None:
        self._by_word: dict[str, dict[str, list[str]]] = {}
        self._compiled: dict[str, tuple[tuple[str, str, re.Pattern[str]], ...]] = {}
        self._leads: list[tuple[str, re.Pattern[str]]] = []
        self._plain: list[tuple[str, str, re.Pattern[str]]] = []
        self._foreign: list[tuple[str, str, re.Pattern[str]]] = []
        for kind, expressions in kinds.items():
            self._add(kind, expressions)
        self._words = frozenset(self._by_word)
        # What no word begins needs one of these signs, or more than ASCII; most lines have neither.
        signs = {re.escape(literal[:1]) for _, literal, _ in self._plain} | {":" for _ in self._leads}
        self._sign = re.compile("|".join(sorted(signs)) or "(?!)")

    def _add(self, kind: str, expressions: Iterable[str]) -> None:
        others: dict[str, list[str]] = {}
        leads = []
        for alternative in alternatives(expressions):
            words = first_words(alternative)
            if not words and alternative.startswith("^") and alternative.endswith(":"):
                leads.append(alternative)
            elif not words:
                others.setdefault(literal_beginning(alternative), []).append(alternative)
            for word in words:
                self._by_word.setdefault(word, {}).setdefault(kind, []).append(alternative)
        if leads:
            self._leads.append((kind, re.compile("|".join(leads))))
        # Looking for a plain text first costs a tenth of trying an expression at each place.
        for literal, each in others.items():
            row = (kind, literal, re.compile("|".join(each)))
            (self._plain if literal.isascii() else self._foreign).append(row)

    def found(self, text: str, words: Collection[str]) -> Collection[str]:
        """Return the kinds of which an expression stands in `text`, whose words are `words`."""
        begun = self._words.intersection(words)
        found: set[str] = self._by_words(text, begun) if begun else set()
        if self._sign.search(text):
            for kind, lead in self._leads:
                if lead.match(text):
                    found.add(kind)
            for kind, literal, other in self._plain:
                if literal in text and kind not in found and other.search(text):
                    found.add(kind)
        if not text.isascii():
            for kind, literal, other in self._foreign:
                if literal in text and other.search(text):
                    found.add(kind)
        return found

    def _by_words(self, text: str, words: Collection[str]) -> set[str]:
        found: set[str] = set()
        for word in words:
            for kind, beginning, expression in self._expressions(word):
                if kind not in found and _stands(expression, beginning, text):
                    found.add(kind)
        return found

    def _expressions(self, word: str) -> tuple[tuple[str, str, re.Pattern[str]], ...]:
        found = self._compiled.get(word)
        if found is None:
            by_kind = self._by_word[word]
            found = self._compiled[word] = tuple(
                (kind, _beginning(each, word), re.compile("|".join(each))) for kind, each in by_kind.items()
            )
        return found


class Leads:
    """Expressions of several kinds for the beginning of a line, looked up by its first word.

    Each is given in two: alternatives for how it begins, and what must follow any of them.
    """

    def __init__(self, **kinds: Iterable[tuple[str, str]]) -> None:
        by_word: dict[str, dict[str, list[str]]] = {}
        self._others: list[tuple[str, str, re.Pattern[str]]] = []
        for kind, expressions in kinds.items():
            for beginnings, rest in expressions:
                for alternative in alternatives([beginnings]):
                    whole = rf"\W*{alternative}{rest}"
                    words = first_words(rf"\b{alternative}\b")
                    for word in words:
                        by_word.setdefault(word, {}).setdefault(kind, []).append(whole)
                    if not words:
                        self._others.append((kind, literal_beginning(alternative), re.compile(whole)))
        self._by_word = {
            word: tuple((kind, re.compile("|".join(each))) for kind, each in by_kind.items())
            for word, by_kind in by_word.items()
        }
        self._is_foreign = all(not literal.isascii() for _, literal, _ in self._others)

    def found(self, text: str, words: Sequence[str]) -> Collection[str]:
        """Return the kinds of which an expression begins `text`, whose words are `words`."""
        found = []
        if words:
            for kind, expression in self._by_word.get(words[0], ()):
                if expression.match(text):
                    found.append(kind)
        if not (self._is_foreign and text.isascii()):
            for kind, literal, other in self._others:
                if literal in text and other.match(text):
                    found.append(kind)
        return found


def _beginning(expressions: Sequence[str], word: str) -> str:
    """Return the text that whatever `word` begins must begin with, by any of these expressions: `word`, or more."""
    beginnings = [literal_beginning(re.sub(r"^(?:\\b|\^)", "", each)) for each in expressions]
    shortest = min(beginnings, key=len)
    return shortest if shortest.startswith(word) and all(each.startswith(shortest) for each in beginnings) else word


def _stands(expression: re.Pattern[str], beginning: str, text: str) -> bool:
    """Say whether an expression that this text begins stands somewhere in `text`."""
    # Looking for the text and trying there is far quicker than trying at each place.
    place = text.find(beginning)
    while place >= 0:
        if expression.match(text, place):
            return True
        place = text.find(beginning, place + 1)
    return False


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
        choices = [*(part[1] if part[1] != "['’]" else "'|’").split("|"), *([""] if part[2] else [])]
        words = [word + choice for word in words for choice in choices]
        place = part.end()
    # Only a blank, a comma, a dash, a colon, a bracket or a word's edge ends the first word for certain.
    ends = (
        alternative.startswith((" ", ",", "-", ":", r"\b", r"\)"), place) and alternative[place + 1 : place + 2] != "?"
    )
    # A sign at a word's end is no part of the word.
    bare = dict.fromkeys(word.rstrip("'’") for word in words)
    return tuple(bare) if ends and all(bare) else ()
