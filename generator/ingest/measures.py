"""Measure each line of a scraped text among its neighbours and in the whole.

These numbers are all that the learned trees (`trees.py`) know of a line; `MEASURES` gives their order.
Whoever changes a measure trains the trees again: `python -m bench.train_cleaner`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain

from generator.ingest.lines import Line, Own, best_stretch, distances, first_scores
from generator.ingest.marks import FUNCTION_WORDS

MEASURES = (
    *Own._fields,
    "first", "gap", "gap_below", "inside", "after_begin", "before_end", "place", "total",
    "same_indent", "indent_off", "left_of_core", "item_run",
    "above_length", "above_sentence", "above_first", "above_item",
    "below_length", "below_sentence", "below_first", "below_item", "above2_first", "below2_first",
    "same_shape_above", "same_shape_below",
    "near", "near_strong", "near_pitch", "far_strong", "strong_above", "strong_below", "ends_above", "pitches_above",
    "strong_before", "strong_after", "author_above", "gap_run", "page_strong",
    "repeated", "overlap", "said_before", "said_again", "title_overlap", "beside_twin", "begins_alike",
)  # fmt: skip
_TWIN, _REPEATED, _OVERLAP = map(MEASURES.index, ("beside_twin", "repeated", "overlap"))
_FAR = 30
_STRONG = 1.0
_REACH = 25
_MOST_HAVING = 8


def measures_of(lines: Sequence[Line], owns: Sequence[Own]) -> list[list[float]]:
    """Return the measures of every line, in the order of MEASURES."""
    rows = likely_measures(lines, owns, first_scores(lines, owns), reach=len(lines))
    return [row for row in rows if row is not None]


def likely_measures(
    lines: Sequence[Line], owns: Sequence[Own], scores: Sequence[float], *, reach: int = _REACH
) -> list[list[float] | None]:
    """Return the measures of every line that may be of the article; None for the menus far above and below it.

    Measuring is most of the work, and a whole page is mostly menus. `scores` are the first scores of the lines.
    """
    whole = _Whole(lines, owns, scores)
    near = range(whole.begin - reach, whole.end + reach)
    return [
        [*map(float, own), *map(float, whole.of(place))] if place in near or scores[place] > 0 else None
        for place, own in enumerate(owns)
    ]


def is_suspect(own: Own, measures: Sequence[float]) -> bool:
    """Say whether a line bears a mark of what is no article, stands twice, or shares no rare word with the article."""
    marked = own.pitch or own.furniture or own.credit or own.end or own.byline or own.dated or own.author
    return bool(marked or measures[_TWIN] > 0.5 or measures[_REPEATED] > 1 or measures[_OVERLAP] < 0.1)


class _Whole:
    """What the lines of one text have in common, counted once."""

    def __init__(self, lines: Sequence[Line], owns: Sequence[Own], scores: Sequence[float]) -> None:
        self.lines, self.owns, self.scores = lines, owns, scores
        self.begin, self.end = begin, end = best_stretch(scores)
        self.strong = strong = [score >= _STRONG for score in scores]
        self.rare = [frozenset(line.words) - FUNCTION_WORDS for line in lines]
        core = [place for place in range(begin, end) if strong[place]]
        core_words = Counter(chain.from_iterable(self.rare[place] for place in core))
        # The words of the core, and those that more than one line of it says.
        self.known = frozenset(core_words), frozenset(word for word, times in core_words.items() if times > 1)
        indents = Counter(lines[place].indent for place in core)
        self.indent = indents.most_common(1)[0][0] if indents else 0
        self.times = Counter(line.words for line in lines)
        self.strong_sum = _sums(strong)
        self.pitch_sum = _sums([own.pitch or own.furniture for own in owns])
        self.first_sum = _sums(scores)
        self.end_sum = _sums([own.end for own in owns])
        self.to_above = distances(strong)
        self.to_below = distances(strong[::-1])[::-1]
        self.runs = _runs([line.is_item for line in lines])
        self.title = self.rare[begin - 1] if begin else frozenset()
        self.author_sum = _sums([own.author for own in owns])
        self.gap_sum = _sums([line.gap for line in lines])
        self.beginnings = Counter(line.words[:2] for line in lines)
        self.having = _having(core, self.rare)

    def of(self, place: int) -> list[float]:
        """Return what the whole says of the line at `place`."""
        return [*self._place(place), *self._neighbours(place), *self._near(place), *self._likeness(place)]

    def _place(self, place: int) -> list[float]:
        """Return where the line stands, in the text and by the stretch that is probably the article."""
        line, total = self.lines[place], len(self.lines)
        return [
            self.scores[place],
            min(line.gap, 5),
            min(self.lines[place + 1].gap, 5) if place + 1 < total else 5,
            self.begin <= place < self.end,
            max(-_FAR, min(_FAR, place - self.begin)),
            max(-_FAR, min(_FAR, self.end - 1 - place)),
            place / total,
            min(total, 400),
            line.indent == self.indent,
            max(-20, min(20, line.indent - self.indent)),
            line.indent < self.indent,
            min(self.runs[place], 20),
        ]

    def _neighbours(self, place: int) -> list[float]:
        """Return what the lines right above and below are like."""
        owns, scores, last = self.owns, self.scores, len(self.lines) - 1
        above, below = max(place - 1, 0), min(place + 1, last)
        return [
            *(owns[above].length, owns[above].is_sentence, scores[above], owns[above].is_item),
            *(owns[below].length, owns[below].is_sentence, scores[below], owns[below].is_item),
            scores[max(place - 2, 0)],
            scores[min(place + 2, last)],
            self._same_shape(place, above),
            self._same_shape(place, below),
        ]

    def _near(self, place: int) -> list[float]:
        """Return what stands around the line: paragraphs, pitches, ends, and how far the next paragraph is."""
        total = len(self.lines)
        near_from, near_to = max(0, place - 3), min(total, place + 4)
        far_from, far_to = max(0, place - 8), min(total, place + 9)
        begin = min(self.begin, place)
        return [
            (self.first_sum[near_to] - self.first_sum[near_from]) / (near_to - near_from),
            self.strong_sum[near_to] - self.strong_sum[near_from],
            self.pitch_sum[near_to] - self.pitch_sum[near_from],
            self.strong_sum[far_to] - self.strong_sum[far_from],
            min(self.to_above[place], _FAR),
            min(self.to_below[place], _FAR),
            self.end_sum[place] - self.end_sum[begin],
            self.pitch_sum[place] - self.pitch_sum[begin],
            min(self.strong_sum[place], 20),
            min(self.strong_sum[total] - self.strong_sum[place + 1], 20),
            self.author_sum[place] - self.author_sum[max(0, place - 4)],
            min(self.gap_sum[place] - self.gap_sum[max(0, place - 5)], 15),
            min(self.strong_sum[total], 60),
        ]

    def _likeness(self, place: int) -> list[float]:
        """Return how much of the line other lines say: as copies, as teasers, as what the article is about."""
        words, rare = self.lines[place].words, self.rare[place]
        own_core = self.begin <= place < self.end and self.strong[place]
        known = len(rare & self.known[own_core])
        before, again = self._said(place, rare)
        return [
            min(self.times[words], 5),
            known / (len(rare) or 1),
            before,
            again,
            len(rare & self.title) / (len(rare) or 1),
            self._twin(place, rare),
            min(self.beginnings[words[:2]], 12) if len(words) > 1 else 0,
        ]

    def _twin(self, place: int, rare: frozenset[str]) -> float:
        """Return how much a line is like one of the two above or below it: captions stand twice, paragraphs never."""
        most = 0.0
        for other in (place - 2, place - 1, place + 1, place + 2):
            if rare and 0 <= other < len(self.rare):
                beside = self.rare[other]
                shared = len(rare & beside)
                if shared:
                    most = max(most, shared / (len(rare) + len(beside) - shared))
        return most

    def _same_shape(self, place: int, other: int) -> bool:
        """Say whether a neighbour stands as the line does: same indent, and both a list's item or neither."""
        one, two = self.lines[place], self.lines[other]
        return place != other and one.indent == two.indent and one.is_item == two.is_item

    def _said(self, place: int, rare: frozenset[str]) -> tuple[float, float]:
        """Return the greatest share of a line's words that one core line before it, and one after it, says too."""
        if len(rare) < 4:
            return 0.0, 0.0
        shared: dict[int, int] = {}
        for word in rare:
            for other in self.having.get(word, ()):
                shared[other] = shared.get(other, 0) + 1
        before = max((times for other, times in shared.items() if other < place), default=0)
        again = max((times for other, times in shared.items() if other > place), default=0)
        return before / len(rare), again / len(rare)


def _having(core: Sequence[int], rare: Sequence[frozenset[str]]) -> dict[str, list[int]]:
    """Return where in the core each word stands, but for those that stand in many lines and tell none apart."""
    found: dict[str, list[int]] = {}
    for place in core:
        for word in rare[place]:
            found.setdefault(word, []).append(place)
    return {word: places for word, places in found.items() if len(places) <= _MOST_HAVING}


def _sums(values: Sequence[float]) -> list[float]:
    total = 0.0
    sums = [0.0]
    for value in values:
        total += value
        sums.append(total)
    return sums


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
