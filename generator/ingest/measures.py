"""Measure each line of a scraped text among its neighbours and in the whole.

These numbers are all that the learned trees (`trees.py`) know of a line; `MEASURES` gives their order.
Whoever changes a measure trains the trees again: `python -m bench.train_cleaner`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from generator.ingest.lines import Line, Own, best_stretch, distances
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


def likely_measures(lines: Sequence[Line], owns: Sequence[Own], scores: Sequence[float]) -> list[list[float] | None]:
    """Return the measures of every line that may be of the article; None for the menus far above and below it.

    Measuring is most of the work, and a whole page is mostly menus. `scores` are the first scores of the lines.
    """
    whole = _Whole(lines, owns, scores)
    near = range(whole.begin - _REACH, whole.end + _REACH)
    places = [place for place, score in enumerate(scores) if place in near or score > 0]
    found: list[list[float] | None] = [None] * len(lines)
    for place, row in zip(places, whole.rows(places), strict=True):
        found[place] = [*owns[place], *row]
    return found


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

    def rows(self, places: Sequence[int]) -> Iterator[tuple[float, ...]]:
        """Yield what the whole says of the lines at these places; column by column, which takes half the time."""
        likeness = zip(*map(self._likeness, places), strict=True)
        return zip(*self._place(places), *self._neighbours(places), *self._near(places), *likeness, strict=True)

    def _place(self, places: Sequence[int]) -> list[list[float]]:
        """Return where the lines stand, in the text and by the stretch that is probably the article."""
        lines, total, begin, end = self.lines, len(self.lines), self.begin, self.end
        gaps = [min(line.gap, 5) for line in lines] + [5]
        off = [lines[place].indent - self.indent for place in places]
        return [
            [self.scores[place] for place in places],
            [gaps[place] for place in places],
            [gaps[place + 1] for place in places],
            [begin <= place < end for place in places],
            [max(-_FAR, min(_FAR, place - begin)) for place in places],
            [max(-_FAR, min(_FAR, end - 1 - place)) for place in places],
            [place / total for place in places],
            [min(total, 400)] * len(places),
            [indent == 0 for indent in off],
            [max(-20, min(20, indent)) for indent in off],
            [indent < 0 for indent in off],
            [min(self.runs[place], 20) for place in places],
        ]

    def _neighbours(self, places: Sequence[int]) -> list[list[float]]:
        """Return what the lines right above and below are like."""
        scores, lines, last = self.scores, self.lines, len(self.lines) - 1
        above, below = [max(place - 1, 0) for place in places], [min(place + 1, last) for place in places]
        shapes = [(line.indent, line.is_item) for line in lines]
        found: list[list[float]] = []
        for beside in (above, below):
            owns = [self.owns[place] for place in beside]
            found += ([own.length for own in owns], [own.is_sentence for own in owns])
            found += ([scores[place] for place in beside], [own.is_item for own in owns])
        return [
            *found,
            [scores[max(place - 2, 0)] for place in places],
            [scores[min(place + 2, last)] for place in places],
            [one != two and shapes[one] == shapes[two] for one, two in zip(places, above, strict=True)],
            [one != two and shapes[one] == shapes[two] for one, two in zip(places, below, strict=True)],
        ]

    def _near(self, places: Sequence[int]) -> list[list[float]]:
        """Return what stands around the lines: paragraphs, pitches, ends, and how far the next paragraph is."""
        total, strong = len(self.lines), self.strong_sum
        near = [(max(0, place - 3), min(total, place + 4)) for place in places]
        far = [(max(0, place - 8), min(total, place + 9)) for place in places]
        begins = [min(self.begin, place) for place in places]
        return [
            [(self.first_sum[stop] - self.first_sum[start]) / (stop - start) for start, stop in near],
            [strong[stop] - strong[start] for start, stop in near],
            [self.pitch_sum[stop] - self.pitch_sum[start] for start, stop in near],
            [strong[stop] - strong[start] for start, stop in far],
            [min(self.to_above[place], _FAR) for place in places],
            [min(self.to_below[place], _FAR) for place in places],
            [self.end_sum[place] - self.end_sum[begin] for place, begin in zip(places, begins, strict=True)],
            [self.pitch_sum[place] - self.pitch_sum[begin] for place, begin in zip(places, begins, strict=True)],
            [min(strong[place], 20) for place in places],
            [min(strong[total] - strong[place + 1], 20) for place in places],
            [self.author_sum[place] - self.author_sum[max(0, place - 4)] for place in places],
            [min(self.gap_sum[place] - self.gap_sum[max(0, place - 5)], 15) for place in places],
            [min(strong[total], 60)] * len(places),
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
