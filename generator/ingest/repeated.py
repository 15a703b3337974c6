"""Find what a source repeats on its pages: lines that the cleaner would keep, and that are of no article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from generator.ingest.clean import clean, folded

LEAST_TEXTS = 3
# How many stories there must be of a source before a line is trusted unseen, and in how many of them it must stand.
ENOUGH = 10
LEAST_STORIES = 5
SHARE = 0.2
# A line of so many words could be a paragraph; it must stand in more of them.
LONG = 25
LONG_SHARE = 0.5
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


def trusted_lines(texts: Iterable[str], known: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return the lines that texts of one source repeat so often that nobody need look: in whatever order they come.

    `known` are folded lines that the source lists. A line must stand in many different stories, a long one in half of
    them: a wire's background, a sentence or two on what led up to the day, stands in several reports and is theirs.
    """
    kept = [{folded(block.text): block.text for block in clean(text, known).blocks} for text in texts]
    rows = [{line: words for line, words in each.items() if line} for each in kept]
    stories = _stories(rows)
    total = len(set(stories))
    if total < ENOUGH:
        return ()
    standing: dict[str, set[int]] = {}
    written: dict[str, str] = {}
    for story, row in zip(stories, rows, strict=True):
        for line, words in row.items():
            standing.setdefault(line, set()).add(story)
            written[line] = min(words, written.get(line, words))
    trusted = [
        (-len(found), line)
        for line, found in standing.items()
        if len(found) >= max(LEAST_STORIES, (LONG_SHARE if line.count(" ") >= LONG else SHARE) * total)
    ]
    return tuple(written[line] for _, line in sorted(trusted))


def _stories(rows: Sequence[Mapping[str, str]]) -> list[int]:
    """Return for each text the first one that tells the same story: most of the words of both are the same lines."""
    words = [sum(line.count(" ") + 1 for line in row) for row in rows]
    standing: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        for line in row:
            standing.setdefault(line, []).append(place)
    shared: Counter[tuple[int, int]] = Counter()
    for line, places in standing.items():
        for pair in combinations(places, 2):
            shared[pair] += line.count(" ") + 1
    first = list(range(len(rows)))

    def root(place: int) -> int:
        while first[place] != place:
            place = first[place]
        return place

    for (one, other), number in shared.items():
        if number > _SAME_STORY * max(words[one], words[other]):
            low, high = sorted((root(one), root(other)))
            first[high] = low
    return [root(place) for place in range(len(rows))]
