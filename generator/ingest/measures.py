"""Measure each line of a scraped text among its neighbours and in the whole.

These numbers are all that the learned trees (`trees.py`) know of a line; `MEASURES` gives their order. Whoever changes a
measure trains the trees again: `python -m bench.train_cleaner`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from generator.ingest.lines import Line, Own, best_stretch, first_score
from generator.ingest.marks import FUNCTION_WORDS

MEASURES = (
    *Own._fields,
    "first", "gap", "gap_below", "inside", "after_begin", "before_end", "place", "total",
    "above_length", "above_sentence", "above_first", "above_item", "below_length", "below_sentence", "below_first",
    "below_item", "above2_first", "below2_first", "near", "near_strong", "near_pitch", "far_strong",
    "strong_above", "strong_below", "same_indent", "indent_off", "repeated", "overlap", "said_before", "said_again",
    "ends_above", "pitches_above", "title_overlap", "item_run", "strong_before", "strong_after", "left_of_core",
    "beside_twin", "author_above", "gap_run", "same_shape_above", "same_shape_below", "begins_alike", "page_strong",
)  # fmt: skip
_FAR = 30
_STRONG = 1.0


def measures_of(lines: Sequence[Line], owns: Sequence[Own]) -> list[list[float]]:
    """Return the measures of every line, in the order of MEASURES."""
    scores = [first_score(line, own) for line, own in zip(lines, owns, strict=True)]
    begin, end = best_stretch(scores)
    strong = [score >= _STRONG for score in scores]
    whole = _Whole(lines, owns, scores, strong, begin, end)
    return [[*map(float, own), *whole.of(place)] for place, own in enumerate(owns)]


class _Whole:
    """What the lines of one text have in common, counted once."""

    def __init__(
        self,
        lines: Sequence[Line],
        owns: Sequence[Own],
        scores: Sequence[float],
        strong: Sequence[bool],
        begin: int,
        end: int,
    ) -> None:
        self.lines, self.owns, self.scores, self.strong = lines, owns, scores, strong
        self.begin, self.end = begin, end
        self.rare = [frozenset(line.words) - FUNCTION_WORDS for line in lines]
        core = [place for place in range(begin, end) if strong[place]]
        self.core_words = Counter(word for place in core for word in self.rare[place])
        indents = Counter(lines[place].indent for place in core)
        self.indent = indents.most_common(1)[0][0] if indents else 0
        self.times = Counter(line.words for line in lines)
        self.strong_sum = _sums(strong)
        self.pitch_sum = _sums([own.pitch or own.furniture for own in owns])
        self.first_sum = _sums(scores)
        self.end_sum = _sums([own.end for own in owns])
        self.to_above = _distances(strong)
        self.to_below = _distances(strong[::-1])[::-1]
        self.runs = _runs([line.is_item for line in lines])
        self.title = self.rare[begin - 1] if begin else frozenset()
        self.author_sum = _sums([own.author for own in owns])
        self.gap_sum = _sums([line.gap for line in lines])
        self.beginnings = Counter(line.words[:2] for line in lines)
        self.having = _having(core, self.rare)

    def of(self, place: int) -> list[float]:
        """Return what the whole says of the line at `place`."""
        lines, owns, scores = self.lines, self.owns, self.scores
        total = len(lines)
        line = lines[place]
        above, below = max(place - 1, 0), min(place + 1, total - 1)
        rare = self.rare[place]
        own_core = self.begin <= place < self.end and self.strong[place]
        known = sum(1 for word in rare if self.core_words[word] > own_core)
        before, again = self._said(place, rare)
        near_from, near_to = max(0, place - 3), min(total, place + 4)
        far_from, far_to = max(0, place - 8), min(total, place + 9)
        return [
            scores[place],
            min(line.gap, 5),
            min(lines[below].gap, 5) if below != place else 5,
            self.begin <= place < self.end,
            max(-_FAR, min(_FAR, place - self.begin)),
            max(-_FAR, min(_FAR, self.end - 1 - place)),
            place / total,
            min(total, 400),
            owns[above].length, owns[above].is_sentence, scores[above], owns[above].is_item,
            owns[below].length, owns[below].is_sentence, scores[below], owns[below].is_item,
            scores[max(place - 2, 0)], scores[min(place + 2, total - 1)],
            (self.first_sum[near_to] - self.first_sum[near_from]) / (near_to - near_from),
            self.strong_sum[near_to] - self.strong_sum[near_from],
            self.pitch_sum[near_to] - self.pitch_sum[near_from],
            self.strong_sum[far_to] - self.strong_sum[far_from],
            min(self.to_above[place], _FAR),
            min(self.to_below[place], _FAR),
            line.indent == self.indent,
            max(-20, min(20, line.indent - self.indent)),
            min(self.times[line.words], 5),
            known / (len(rare) or 1),
            before,
            again,
            self.end_sum[place] - self.end_sum[min(self.begin, place)],
            self.pitch_sum[place] - self.pitch_sum[min(self.begin, place)],
            len(rare & self.title) / (len(rare) or 1),
            min(self.runs[place], 20),
            min(self.strong_sum[place], 20),
            min(self.strong_sum[total] - self.strong_sum[min(place + 1, total)], 20),
            line.indent < self.indent,
            self._twin(place, rare),
            self.author_sum[place] - self.author_sum[max(0, place - 4)],
            min(self.gap_sum[place] - self.gap_sum[max(0, place - 5)], 15),
            self._same_shape(place, above),
            self._same_shape(place, below),
            min(self.beginnings[line.words[:2]], 12) if len(line.words) > 1 else 0,
            min(self.strong_sum[total], 60),
        ]  # fmt: skip

    def _twin(self, place: int, rare: frozenset[str]) -> float:
        """Return how much a line is like one of the two above or below it: captions stand twice, paragraphs never."""
        if not rare:
            return 0.0
        return max(
            (
                len(rare & self.rare[other]) / len(rare | self.rare[other])
                for other in (place - 2, place - 1, place + 1, place + 2)
                if 0 <= other < len(self.rare)
            ),
            default=0.0,
        )

    def _same_shape(self, place: int, other: int) -> bool:
        """Say whether a neighbour stands as the line does: same indent, and both a list's item or neither."""
        one, two = self.lines[place], self.lines[other]
        return place != other and one.indent == two.indent and one.is_item == two.is_item

    def _said(self, place: int, rare: frozenset[str]) -> tuple[float, float]:
        """Return the greatest share of a line's words that one core line before it, and one after it, says too."""
        if len(rare) < 4:
            return 0.0, 0.0
        shared: Counter[int] = Counter()
        for word in rare:
            having = self.having.get(word, ())
            if len(having) <= 8:
                shared.update(having)
        before = max((times for other, times in shared.items() if other < place), default=0)
        again = max((times for other, times in shared.items() if other > place), default=0)
        return before / len(rare), again / len(rare)


def _having(core: Sequence[int], rare: Sequence[frozenset[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place in core:
        for word in rare[place]:
            found.setdefault(word, []).append(place)
    return found


def _sums(values: Sequence[float]) -> list[float]:
    total = 0.0
    sums = [0.0]
    for value in values:
        total += value
        sums.append(total)
    return sums


def _distances(flags: Sequence[bool]) -> list[int]:
    """Return for each place how far above it the last flag stands."""
    distance = 99
    found = []
    for flag in flags:
        found.append(distance)
        distance = 1 if flag else distance + 1
    return found


def _runs(flags: Sequence[bool]) -> list[int]:
    """Return for each place how many flags in a row it stands in."""
    found = [0] * len(flags)
    start = 0
    for place in range(len(flags) + 1):
        if place == len(flags) or not flags[place]:
            for each in range(start, place):
                found[each] = place - start
            start = place + 1
    return found
