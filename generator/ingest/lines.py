"""The lines of a scraped text, and what each is like by itself.

What a line is like among its neighbours and in the whole stands in `measures.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.ingest import marks
from generator.named import NamedTuple

# A dump is wrapped at a thousand columns; nothing else that long stands above its own continuation.
_DUMP_WIDTH = 900
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_DIGIT = re.compile(r"[0-9]")
# No paragraph is that long. What is, is measured by its beginning, or a file of one line would take minutes.
_MOST_READ = 5_000
_MOST_CLOSERS = 60
# Blanks by their looks that are no white space by their kind.
_OTHER_BLANKS = "\u200b\u200c\u200d\u2060\ufeff"


class Line(NamedTuple):
    """One line that is not empty. `number` counts from 1 in the raw text; `gap` is how many empty lines stand above."""

    number: int
    text: str
    indent: int
    gap: int
    words: tuple[str, ...]
    is_item: bool


def lines_of(text: str) -> list[Line]:
    """Return the lines that say something, white space folded, and lines that a dump has wrapped joined again.

    Interruptions count as empty lines: an article goes on below them.
    """
    found: list[Line] = []
    gap = 0
    wrapped = False
    for number, raw in enumerate(text.split("\n"), 1):
        content = _folded(raw)
        words = marks.words_of(content.casefold()) if content else []
        if not content or marks.is_interruption(content, words):
            gap += 1
            wrapped = False
            continue
        if wrapped and gap == 0:
            last = found.pop()
            found.append(last._replace(text=f"{last.text} {content}", words=(*last.words, *words)))
        else:
            indent = len(raw) - len(raw.lstrip())
            bullet = None if content[0].isalpha() else marks.BULLET.match(content)
            rest = content[bullet.end() :] if bullet else ""
            if rest:
                content, words = rest, marks.words_of(rest.casefold())
            found.append(Line(number, content, indent, gap, tuple(words), bool(rest)))
        wrapped = len(raw) >= _DUMP_WIDTH
        gap = 0
    return found


def _folded(raw: str) -> str:
    if not raw.isascii():
        for blank in _OTHER_BLANKS:
            if blank in raw:
                raw = raw.replace(blank, " ")
    return " ".join(raw.split())


class Own(NamedTuple):
    """What a line is like by itself."""

    length: float
    is_sentence: bool
    function_share: float
    capital_share: float
    pitch: bool
    furniture: bool
    credit: bool
    end: bool
    byline: bool
    dated: bool
    address: bool
    sentences: int
    starts_capital: bool
    quoted: bool
    digits: float
    is_item: bool
    barred: bool
    shouting: bool
    author: bool
    starts_small: bool
    ends_colon: bool
    letters: float
    commas: float


def own_measures(line: Line) -> Own:
    """Return what a line is like by itself."""
    text, words = (line.text, line.words) if len(line.text) <= _MOST_READ else _beginning_of(line)
    small = text.lower()
    is_ascii = text.isascii()
    total = len(words) if is_ascii else _length_of(text, len(words))
    spaced = text.split()
    first = text[0]
    signs = marks.SIGNS.found(small, words)
    leads = marks.LEADS.found(small, words)
    # Most lines of a page are some words of a menu, and what looks for other signs finds none.
    is_bare = total < 9 and text.replace(" ", "").isalpha()
    digits = 0 if is_bare else _digits_in(text, is_ascii)
    # In the order of the fields; naming them would take a third of the time that measuring takes.
    return Own(
        float(total),
        not is_bare and line.text[-_MOST_CLOSERS:].rstrip(marks.SENTENCE_CLOSERS).endswith(marks.SENTENCE_ENDS),
        sum(map(marks.FUNCTION_WORDS.__contains__, words)) / (len(words) or 1),
        len([word for word in spaced if word[0].isupper()]) / (len(spaced) or 1),
        "pitch" in signs,
        "furniture" in signs,
        "credit" in signs,
        "end" in leads or small in marks.LAST_LINES,
        "byline" in leads,
        "stamp" in leads or (digits > 0 and _is_dated(text, small, total)),
        not is_bare and _has_address(small),
        0 if is_bare else min(9, _sentences_in(text, is_ascii)),
        first.isalnum() and not first.isdecimal() and not first.islower(),
        first in "\"'“‘«„",
        digits / len(text),
        line.is_item,
        not is_bare and ("|" in text or "»" in text or "›" in text or "→" in text),
        total > 0 and text.isupper(),
        "author" in signs or "author" in leads or marks.is_on_author(small, words),
        first.islower(),
        line.text.endswith(":"),
        len(text) / (total or 1),
        0.0 if is_bare else text.count(",") / (total or 1),
    )


def _beginning_of(line: Line) -> tuple[str, tuple[str, ...]]:
    text = line.text[:_MOST_READ]
    return text, tuple(marks.words_of(text.casefold()))


def _length_of(text: str, words: int) -> int:
    """Return how many words a text has; where none are parted by blanks, two signs count as one."""
    return max(words, len(_CJK.findall(text)) // 2) if _CJK.search(text) else words


def _digits_in(text: str, is_ascii: bool) -> int:
    if is_ascii:
        # Bytes drop signs sooner than an expression finds them.
        return len(text) - len(text.encode().translate(None, b"0123456789"))
    return len(_DIGIT.findall(text))


def _sentences_in(text: str, is_ascii: bool) -> int:
    return text.count(". ") + text.count("? ") + text.count("! ") + (0 if is_ascii else text.count(".” "))


def _has_address(small: str) -> bool:
    # Looking for what every address has takes less time than trying the expression, which hardly any line needs.
    may = "www." in small or "://" in small or ".com" in small or ".org" in small or ".net" in small or "@" in small
    return may and bool(marks.ADDRESS.search(small))


def _is_dated(text: str, small: str, words: int) -> bool:
    if marks.HOUR.search(small):
        return True
    return words < 20 and ("20" in text or "19" in text) and bool(marks.DATE.search(text))


def first_scores(lines: Sequence[Line], owns: Sequence[Own]) -> list[float]:
    """Return the first score of each line."""
    return list(map(first_score, lines, owns))


def first_score(line: Line, own: Own) -> float:
    """Return how much a line by itself speaks for the article (above 0) or against it."""
    if own.length < 4 and not own.is_sentence:
        score = -1.2
    elif own.length < 10:
        score = 0.4 if own.is_sentence and own.function_share > 0.15 else -1.0
    else:
        score = min(3.0, own.length / 12) * (1.0 if own.is_sentence else 0.35)
        if own.function_share < 0.12 and not _CJK.search(line.text):
            score = min(score, -0.5)
    if own.pitch:
        score -= 2.2
    if own.furniture:
        score -= 1.4 if own.length < 40 else 0.7
    if own.credit or own.byline or own.dated:
        score -= 1.5 if own.length < 40 else 0.5
    if own.is_item:
        score -= 0.5
    if own.end:
        score -= 2.0
    return score


def best_stretch(scores: Sequence[float]) -> tuple[int, int]:
    """Return where the stretch of lines with the greatest sum begins and ends (end not included); (0, 0) for none."""
    best = (0.0, 0, 0)
    total, start = 0.0, 0
    for place, score in enumerate(scores):
        if total <= 0:
            total, start = 0.0, place
        total += score
        if total > best[0]:
            best = (total, start, place + 1)
    return best[1], best[2]


def distances(flags: Sequence[bool]) -> list[int]:
    """Return for each place how far above it the last flag stands."""
    distance = 99
    found = []
    for flag in flags:
        found.append(distance)
        distance = 1 if flag else distance + 1
    return found
