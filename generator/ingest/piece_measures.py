"""Measure each piece of a web page by itself, by the elements around it, among its neighbours and in the whole.

These numbers are all that the learned trees know of a piece; `MEASURES` gives their order.
Whoever changes a measure trains the trees again: `python -m bench.train_pages`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, chain, takewhile

from generator.ingest.lines import Line, Own, best_stretch, distances, first_score, own_measures
from generator.ingest.marks import FUNCTION_WORDS, words_of
from generator.ingest.piece_names import FAMILIES, families_of
from generator.ingest.pieces import Frame, Piece, is_bold, is_italic

KEPT = 0.6
_REACH = 20
_FAR = 12
_TAGS = ("p", "li", "div", "td", "figcaption", "pre", "section")
_AROUND = ("article", "main", "aside", "nav", "header", "footer", "form", "figure", "blockquote", "table", "button")
_KINDS = {kind: place for place, kind in enumerate((*_AROUND, *(f"named_{family}" for family in FAMILIES)))}
_NOWHERE = [float(_FAR)] * len(_KINDS)
_LEVELS = {f"h{level}": float(level) for level in range(1, 7)}

MEASURES = (
    *Own._fields, "first",
    *(f"tag_{tag}" for tag in _TAGS), "level", *(f"in_{tag}" for tag in _AROUND),
    *(f"named_{name}" for name in FAMILIES), "hidden", "depth",
    "linked", "links", "bold", "italic", "whole_link",
    "given", "given_above", "given_below", "given_above2", "given_below2", "given_near",
    "to_given_above", "to_given_below", "given_all", "from_begin", "from_end", "inside",
    "above_first", "below_first", "above2_first", "below2_first", "above_length", "below_length",
    "above_linked", "below_linked", "near", "strong_above", "strong_below", "pitch_near",
    "parent_given", "parent_strong", "parent_total", "parent_share", "grand_given", "grand_share",
    "great_given", "great_share", "off_core", "core_depth",
    "alike", "alike_given", "alike_first", "alike_linked",
    "times", "overlap", "title_overlap", "dek_overlap", "place", "total", "place_in_parent", "end_above",
    "author_above",
)  # fmt: skip


def line_of(piece: Piece, number: int) -> Line:
    """Return a piece as a line of plain text, by which the words of both are measured alike."""
    return Line(number, piece.text, 0, 0, piece.words, piece.tag == "li")


def linked_share(piece: Piece) -> float:
    """Return how much of a piece's text is linked, 0 to 1."""
    return min(1.0, sum([len(run.text.strip()) for run in piece.runs if run.href]) / (len(piece.text) or 1))


def near_given(given: Sequence[float]) -> range:
    """Return the places where the article may be: from a little above what another way keeps to a little below it."""
    kept = [place for place, share in enumerate(given) if share >= KEPT]
    if not kept:
        return range(len(given))
    return range(max(0, kept[0] - _REACH), min(len(given), kept[-1] + 1 + _REACH))


def measures_of(
    pieces: Sequence[Piece], given: Sequence[float], *, title: str = "", dek: str = ""
) -> list[list[float]]:
    """Return the measures of every piece; `given` is the share of each that another way of finding the text keeps."""
    if not pieces:
        return []
    whole = _Whole(pieces, given, title, dek)
    return [whole.of(place) for place in range(len(pieces))]


class _Sum:
    """What the pieces below one element come to: their words, those given, those of strong pieces, first and last."""

    __slots__ = ("first", "given", "last", "strong", "words")

    def __init__(self, first: int, last: int, words: float = 0.0) -> None:
        self.words, self.given, self.strong = words, 0.0, 0.0
        self.first, self.last = first, last


class _Whole:
    """What the pieces of one page have in common, counted once."""

    def __init__(self, pieces: Sequence[Piece], given: Sequence[float], title: str, dek: str) -> None:
        self.pieces, self.given = pieces, given
        self.lines = [line_of(piece, number) for number, piece in enumerate(pieces)]
        self.owns = [own_measures(line) for line in self.lines]
        self.dresses = [_dress(piece) for piece in pieces]
        self.linked = [dress[0] for dress in self.dresses]
        self.scores = [
            first_score(line, own) if linked < KEPT else min(-1.0, first_score(line, own))
            for line, own, linked in zip(self.lines, self.owns, self.linked, strict=True)
        ]
        self.strong = [score >= 1.0 for score in self.scores]
        self.kept = [share >= KEPT for share in given]
        chosen = [place for place, keep in enumerate(self.kept) if keep]
        self.given_all = float(min(len(chosen), 60))
        self.begin, self.end = (chosen[0], chosen[-1] + 1) if chosen else best_stretch(self.scores)
        self.total = sum(own.length for own in self.owns) or 1.0
        self.all = _Sum(0, len(pieces) - 1, self.total)
        self.sums = self._sums()
        self.core = self._core()
        self.steps: dict[int, list[float]] = {}
        self.shapes = [_shape(piece) for piece in pieces]
        self.shape_rows = self._shape_rows()
        self._count_words(chosen, title, dek)
        self._count_along()

    def _count_words(self, chosen: Sequence[int], title: str, dek: str) -> None:
        self.times = Counter(line.words for line in self.lines)
        self.rare = [frozenset(line.words) - FUNCTION_WORDS for line in self.lines]
        words = Counter(chain.from_iterable(self.rare[place] for place in chosen if self.strong[place]))
        # The words of the article, and those that more than one piece of it says.
        self.known = frozenset(words), frozenset(word for word, times in words.items() if times > 1)
        self.title = frozenset(words_of(title.casefold())) - FUNCTION_WORDS
        self.dek = frozenset(words_of(dek.casefold())) - FUNCTION_WORDS

    def _count_along(self) -> None:
        self.to_above, self.to_below = distances(self.kept), distances(self.kept[::-1])[::-1]
        self.strong_above, self.strong_below = distances(self.strong), distances(self.strong[::-1])[::-1]
        self.given_sum = list(accumulate(self.given, initial=0.0))
        self.score_sum = list(accumulate(self.scores, initial=0.0))
        self.pitch_sum = list(accumulate((float(own.pitch or own.furniture) for own in self.owns), initial=0.0))
        self.end_sum = list(accumulate((float(own.end) for own in self.owns), initial=0.0))
        self.author_sum = list(accumulate((float(own.author) for own in self.owns), initial=0.0))

    def of(self, place: int) -> list[float]:
        """Return the measures of the piece at `place`."""
        piece = self.pieces[place]
        own_tag = piece.tag
        return [
            *map(float, self.owns[place]), self.scores[place],
            *[float(tag == own_tag) for tag in _TAGS], *self._elements(piece.frames),
            *self.dresses[place], *self._given(place), *self._neighbours(place), *self._parents(place),
            *self.shape_rows[self.shapes[place]], *self._likeness(place),
        ]  # fmt: skip

    def _elements(self, frames: tuple[Frame, ...]) -> list[float]:
        """Return what the elements around a piece are, and how many steps out the nearest of each kind stands."""
        level = next((_LEVELS[frame.tag] for frame in frames[:3] if frame.tag in _LEVELS), 0.0)
        return [level, *self._steps(frames), float(any(frame.is_hidden for frame in frames)), float(len(frames))]

    def _steps(self, frames: tuple[Frame, ...]) -> list[float]:
        """Return how many steps out the nearest element of each tag, and of each family of names, stands."""
        # Pieces share most of what is around them, so each element is looked at once.
        new = list(takewhile(lambda frame: frame.number not in self.steps, frames))
        found = self.steps[frames[len(new)].number] if len(new) < len(frames) else _NOWHERE
        for frame in reversed(new):
            found = [step + 1.0 if step < _FAR else step for step in found]
            for kind in _kinds(frame):
                found[kind] = 0.0
            self.steps[frame.number] = found
        return found

    def _given(self, place: int) -> list[float]:
        """Return what the other way keeps, here and around."""
        given, last = self.given, len(self.given) - 1
        return [
            given[place],
            given[max(0, place - 1)],
            given[min(last, place + 1)],
            given[max(0, place - 2)],
            given[min(last, place + 2)],
            _mean(self.given_sum, place),
            min(self.to_above[place], _FAR),
            min(self.to_below[place], _FAR),
            self.given_all,
            max(-30, min(30, place - self.begin)),
            max(-30, min(30, self.end - 1 - place)),
            float(self.begin <= place < self.end),
        ]

    def _neighbours(self, place: int) -> list[float]:
        """Return what the pieces right above and below are like."""
        scores, owns, last = self.scores, self.owns, len(self.scores) - 1
        above, below = max(0, place - 1), min(last, place + 1)
        near_from, near_to = max(0, place - 3), min(last + 1, place + 4)
        return [
            *(scores[above], scores[below], scores[max(0, place - 2)], scores[min(last, place + 2)]),
            *(owns[above].length, owns[below].length, self.linked[above], self.linked[below]),
            _mean(self.score_sum, place),
            min(self.strong_above[place], _FAR),
            min(self.strong_below[place], _FAR),
            self.pitch_sum[near_to] - self.pitch_sum[near_from],
        ]

    def _parents(self, place: int) -> list[float]:
        """Return how much of the article, and of the page, the elements around the piece hold."""
        frames = self.pieces[place].frames
        sums = [self.sums[frame.number] for frame in frames[1:4]]
        while len(sums) < 3:
            sums.append(sums[-1] if sums else self.all)
        parent, grand, great = sums
        off = next((step for step, frame in enumerate(frames) if frame.number in self.core), _FAR)
        return [
            parent.given / (parent.words or 1), parent.strong / (parent.words or 1),
            min(parent.words, 3000.0), parent.words / self.total,
            grand.given / (grand.words or 1), grand.words / self.total,
            great.given / (great.words or 1), great.words / self.total,
            float(off), float(self.core[frames[off].number] if off < len(frames) else _FAR),
        ]  # fmt: skip

    def _likeness(self, place: int) -> list[float]:
        """Return how much of the piece the article, its title and its dek say, and what stands above."""
        rare, frames = self.rare[place], self.pieces[place].frames
        size = len(rare) or 1
        own = self.kept[place] and self.strong[place]
        parent = self.sums[frames[1].number] if len(frames) > 1 else self.all
        end_from, author_from = max(self.begin, place - _FAR), max(0, place - 3)
        return [
            min(self.times[self.lines[place].words], 8),
            len(rare & self.known[own]) / size,
            len(rare & self.title) / size,
            len(rare & self.dek) / size,
            place / len(self.pieces),
            min(len(self.pieces), 600),
            (place - parent.first) / (parent.last - parent.first + 1),
            float(end_from < place and self.end_sum[place] > self.end_sum[end_from]),
            float(self.author_sum[place] > self.author_sum[author_from]),
        ]

    def _sums(self) -> dict[int, _Sum]:
        found: dict[int, _Sum] = {}
        for place, piece in enumerate(self.pieces):
            words = self.owns[place].length
            given = words * self.given[place]
            strong = words if self.strong[place] else 0.0
            for frame in piece.frames:
                each = found.get(frame.number)
                if each is None:
                    each = found[frame.number] = _Sum(place, place)
                each.words += words
                each.given += given
                each.strong += strong
                each.last = place
        return found

    def _core(self) -> dict[int, int]:
        """Return the elements around the paragraphs' common parent, itself as 0, each outer one as one more."""
        best: tuple[float, tuple[Frame, ...]] = (0.0, ())
        mass: dict[int, float] = {}
        for place, piece in enumerate(self.pieces):
            if self.strong[place] and len(piece.frames) > 1:
                number = piece.frames[1].number
                mass[number] = mass.get(number, 0.0) + self.owns[place].length
                if mass[number] > best[0]:
                    best = (mass[number], piece.frames[1:])
        return {frame.number: step for step, frame in enumerate(best[1])}

    def _shape_rows(self) -> dict[object, list[float]]:
        """Return for each kind of element how many pieces stand in one, and what these are like."""
        by_shape: dict[object, list[int]] = {}
        for place, shape in enumerate(self.shapes):
            by_shape.setdefault(shape, []).append(place)
        return {shape: self._shape_row(places) for shape, places in by_shape.items()}

    def _shape_row(self, places: Sequence[int]) -> list[float]:
        words = sum([self.owns[place].length for place in places]) or 1.0
        return [
            min(len(places), 30),
            sum([self.owns[place].length * self.given[place] for place in places]) / words,
            sum([self.scores[place] for place in places]) / len(places),
            sum([self.linked[place] for place in places]) / len(places),
        ]


def _kinds(frame: Frame) -> list[int]:
    """Return the places among _AROUND and FAMILIES of what an element is."""
    kinds = [_KINDS[frame.tag]] if frame.tag in _AROUND else []
    if frame.names and frame.tag not in ("body", "html"):
        kinds += [_KINDS[f"named_{family}"] for family in families_of(frame.names)]
    return kinds


def _shape(piece: Piece) -> object:
    return tuple((frame.tag, frame.names) for frame in piece.frames[:2])


def _dress(piece: Piece) -> list[float]:
    """Return how much of a piece is linked, how often, how much is bold or italic, and whether all of it is a link."""
    total = len(piece.text) or 1
    if len(piece.runs) == 1 and not piece.runs[0].href and not piece.runs[0].dress:
        return [0.0] * 5
    linked = bold = italic = 0
    for run in piece.runs:
        size = len(run.text.strip())
        linked += size if run.href else 0
        bold += size if is_bold(run) else 0
        italic += size if is_italic(run) else 0
    share = min(1.0, linked / total)
    addresses = {run.href for run in piece.runs if run.href}
    return [share, float(len(addresses)), min(1.0, bold / total), min(1.0, italic / total), float(share > 0.95)]


def _mean(sums: Sequence[float], place: int) -> float:
    start, stop = max(0, place - 3), min(len(sums) - 1, place + 4)
    return (sums[stop] - sums[start]) / (stop - start)
