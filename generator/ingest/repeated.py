"""Find what a source repeats on its pages: lines that the cleaner would keep, and that are of no article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from generator.ingest.clean import clean, folded

LEAST_TEXTS = 3
_SAME_STORY = 0.5


def repeated_lines(texts: Iterable[str], least: int = LEAST_TEXTS) -> tuple[str, ...]:
    """Return the lines that would be kept in at least `least` of a source's texts, in the order they were met.

    The same story sent again counts once: what it repeats are its own paragraphs.
    """
    stories: dict[str, set[int]] = {}
    first_met: dict[str, str] = {}
    for number, text in enumerate(texts):
        kept = {folded(block.text): block.text for block in clean(text).blocks}
        if _is_sent_again(kept, stories):
            continue
        for line, words in kept.items():
            if line:
                stories.setdefault(line, set()).add(number)
                first_met.setdefault(line, words)
    return tuple(first_met[line] for line, found in stories.items() if len(found) >= least)


def _is_sent_again(kept: Iterable[str], stories: dict[str, set[int]]) -> bool:
    lines = list(kept)
    shared = Counter(number for line in lines for number in stories.get(line, ()))
    return bool(shared) and max(shared.values()) > _SAME_STORY * len(lines)
