"""Where topics are named in a text: one matcher for tagging and for linking.

A form matches on word boundaries, the leftmost first and the longest of those, over all topics at once. Diacritics,
kinds of apostrophes, dashes and spaces do not count. A space in a form also matches a hyphen or a line break. An
excluded phrase takes its text away from the shorter forms inside it. A cased form, and any word of a form written all
in capitals, must be written so in the text; in a line all in capitals case says nothing.

A text is first reduced to its set of words: forms that cannot stand in it are never searched for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from heapq import heapify, heappop, heapreplace
from typing import NamedTuple, Protocol

from generator.digest import digest_of
from generator.text.folding import Folded, fold, fold_form
from generator.text.html import escape

# Lower case for ASCII letters, digits and every byte of another script stay, all else parts words.
_WORD_BYTES = bytes(
    byte + 32 if 65 <= byte <= 90 else byte if byte >= 128 or chr(byte).isalnum() or byte == 95 else 32
    for byte in range(256)
)
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_PARTS = re.compile(r"[\s-]")
_UNLINKED = re.compile(r"<(h[1-6]|a|blockquote|code|pre|table|figure)[ >].*?</\1>|<[a-z0-9]+ [^>]*>", re.DOTALL)


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


class Mention(NamedTuple):
    """One place where topics are named; `weights` belong to `topics`, which stand in the matcher's order."""

    start: int
    end: int
    topics: tuple[str, ...]
    form: str
    weights: tuple[float, ...]

    @property
    def weight(self) -> float:
        """The highest of the weights."""
        return max(self.weights)


class _Meaning(NamedTuple):
    """What one spelling means to one topic; topic "" is an exclusion."""

    topic: str
    form: str
    weight: float
    exact: tuple[tuple[int, str], ...]
    cased: bool


class _Spelling(NamedTuple):
    """One folded form and everything it means."""

    flat: str
    words: frozenset[bytes]
    open_start: bool
    open_end: bool
    meanings: tuple[_Meaning, ...]


class Matcher:
    """Finds the forms of all topics; a value, equal to another when their digests are."""

    __slots__ = ("_by_word", "_unspaced", "_vocabulary", "digest", "order")

    def __init__(self, topics: Sequence[tuple[str, Sequence[FormLike], Sequence[str]]]) -> None:
        self.digest = digest_of(
            tuple(
                (topic, tuple((form.text, form.weight, form.cased) for form in forms), tuple(excluded))
                for topic, forms, excluded in topics
            )
        )
        self.order = {topic: place for place, (topic, _, _) in enumerate(topics)}
        spellings = _spellings(topics)
        self._unspaced = tuple(spelling for spelling in spellings if _UNSPACED.search(spelling.flat))
        spaced = [spelling for spelling in spellings if spelling.words and not _UNSPACED.search(spelling.flat)]
        self._vocabulary = frozenset(word for spelling in spaced for word in spelling.words)
        self._by_word = _by_rarest_word(spaced)

    def find(self, text: str) -> list[Mention]:
        """Return every mention in a plain text, in order."""
        folded = fold(text)
        found = []
        for start, spelling, meanings in self._occurrences(folded):
            topics = [meaning for meaning in meanings if meaning.topic]
            if topics:
                end = start + len(spelling.flat)
                found.append(
                    Mention(
                        folded.places[start] if folded.places else start,
                        folded.places[end - 1] + 1 if folded.places else end,
                        tuple(meaning.topic for meaning in topics),
                        topics[0].form,
                        tuple(meaning.weight for meaning in topics),
                    )
                )
        return found

    def _candidates(self, flat: str) -> list[_Spelling]:
        """Return the spellings whose words all stand in the text."""
        present = self._vocabulary.intersection(flat.encode("utf-8", "replace").translate(_WORD_BYTES).split())
        found = [spelling for spelling in self._unspaced if spelling.flat in flat]
        for word in present:
            for spelling in self._by_word.get(word, ()):
                if spelling.words <= present:
                    found.append(spelling)
        return found

    def _occurrences(self, folded: Folded) -> Iterator[tuple[int, _Spelling, list[_Meaning]]]:
        """Yield what stands in the text, leftmost first and the longest of those, nothing overlapping."""
        flat = folded.flat
        queue = []
        for spelling in self._candidates(flat):
            start = _next(spelling, folded, 0)
            if start >= 0:
                queue.append((start, -len(spelling.flat), spelling.flat, spelling))
        heapify(queue)
        free = 0
        while queue:
            start, length, _, spelling = queue[0]
            behind = start + 1
            if start >= free:
                meanings = [meaning for meaning in spelling.meanings if _is_written_so(meaning, folded, start, -length)]
                if meanings:
                    yield start, spelling, meanings
                    free = behind = start - length
            else:
                behind = free
            following = _next(spelling, folded, behind)
            if following >= 0:
                heapreplace(queue, (following, length, spelling.flat, spelling))
            else:
                heappop(queue)


def matcher(topics: Sequence[tuple[str, Sequence[FormLike], Sequence[str]]]) -> Matcher:
    """Return the matcher of topics: for each its id, its forms and its excluded phrases, in the site's order."""
    return Matcher(topics)


def link_mentions(
    html: str,
    matcher: Matcher,
    *,
    own: Sequence[str],
    hrefs: Mapping[str, str],
    skip: frozenset[str] = frozenset(),
) -> str:
    """Return our rendered HTML with the first mention of each topic a link to the topic's page.

    `own` are the text's own topics, main one first: a form of several topics links to the first of them that has it,
    else to the first in the matcher's order. Topics in `skip` and topics without an address get no link. Headings,
    links, quotations, code, tables and figures are left alone.
    """
    folded = fold(html)
    ranks = {topic: place - len(own) for place, topic in enumerate(own)}
    unlinked = [found.span() for found in _UNLINKED.finditer(html)] if _UNLINKED.search(html) else []
    linked: set[str] = set()
    parts: list[str] = []
    behind = 0
    for start, spelling, meanings in matcher._occurrences(folded):
        topics = [meaning.topic for meaning in meanings if meaning.topic in hrefs and meaning.topic not in skip]
        if not topics:
            continue
        topic = min(topics, key=lambda topic: ranks.get(topic, matcher.order[topic]))
        if topic in linked:
            continue
        end = start + len(spelling.flat)
        if folded.places:
            start, end = folded.places[start], folded.places[end - 1] + 1
        if any(first < end and start < last for first, last in unlinked):
            continue
        linked.add(topic)
        parts += (html[behind:start], f'<a class="topic" href="{escape(hrefs[topic])}">{html[start:end]}</a>')
        behind = end
    parts.append(html[behind:])
    return "".join(parts)


def _next(spelling: _Spelling, folded: Folded, start: int) -> int:
    """Return where a spelling next stands between word boundaries, or -1."""
    flat = folded.flat
    wanted = spelling.flat
    while True:
        start = flat.find(wanted, start)
        if start < 0:
            return -1
        end = start + len(wanted)
        if (spelling.open_start or start == 0 or not _is_word(flat[start - 1])) and (
            spelling.open_end or end == len(flat) or not _is_word(flat[end])
        ):
            return start
        start += 1


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _is_written_so(meaning: _Meaning, folded: Folded, start: int, length: int) -> bool:
    """Return whether hyphens and capitals in the text are what the form asks for."""
    if not meaning.exact:
        return True
    bare = folded.bare
    written_so = all(bare.startswith(part, start + place) for place, part in meaning.exact)
    if not meaning.cased:
        return written_so
    # Two letters in a line of capitals are more often a plain word ("IS", "US") than the name.
    if length < 3:
        return written_so and not _stands_in_capitals(bare, start)
    return written_so or (
        all(bare.startswith(part.upper(), start + place) for place, part in meaning.exact)
        and _stands_in_capitals(bare, start)
    )


def _stands_in_capitals(bare: str, start: int) -> bool:
    line = bare[bare.rfind("\n", 0, start) + 1 :].partition("\n")[0]
    return line.isupper()


def _spellings(topics: Sequence[tuple[str, Sequence[FormLike], Sequence[str]]]) -> list[_Spelling]:
    """Return each folded form once with all it means; in HTML `&` stands escaped, which is a spelling of its own."""
    found: dict[str, dict[tuple[str, tuple[tuple[int, str], ...]], _Meaning]] = {}
    for topic, forms, excluded in topics:
        written = [(form.text, form.weight, form.cased, topic) for form in forms]
        written += [(phrase, 0.0, False, "") for phrase in excluded]
        for text, weight, cased, owner in written:
            bare = fold_form(text)
            for spelled in dict.fromkeys((bare, escape(bare))):
                meaning = _Meaning(owner, text, weight, _exact(spelled, cased), cased)
                same = found.setdefault(spelled.lower().replace("-", " "), {})
                known = same.get((owner, meaning.exact))
                if known is None or known.weight < weight:
                    same[owner, meaning.exact] = meaning
    return [_spelling(flat, tuple(meanings.values())) for flat, meanings in found.items() if flat]


def _spelling(flat: str, meanings: tuple[_Meaning, ...]) -> _Spelling:
    return _Spelling(
        flat=flat,
        words=frozenset(flat.encode().translate(_WORD_BYTES).split()),
        open_start=not _is_word(flat[0]) or bool(_UNSPACED.match(flat[0])),
        open_end=not _is_word(flat[-1]) or bool(_UNSPACED.match(flat[-1])),
        meanings=meanings,
    )


def _exact(written: str, cased: bool) -> tuple[tuple[int, str], ...]:
    """Return what of a form the text must have just so, with its place in the form: hyphens, and words in capitals."""
    found = [(place, "-") for place, letter in enumerate(written) if letter == "-"]
    place = 0
    for word in _PARTS.split(written):
        letters = sum(letter.isalpha() for letter in word)
        if word and (cased or (letters > 1 and word.isupper())):
            found.append((place, word))
        place += len(word) + 1
    return tuple(found)


def _by_rarest_word(spellings: Sequence[_Spelling]) -> dict[bytes, tuple[_Spelling, ...]]:
    """Return spellings by the word of theirs that the fewest spellings have."""
    times: dict[bytes, int] = {}
    for spelling in spellings:
        for word in spelling.words:
            times[word] = times.get(word, 0) + 1
    found: dict[bytes, list[_Spelling]] = {}
    for spelling in spellings:
        rarest = min(spelling.words, key=lambda word: (times[word], -len(word), word))
        found.setdefault(rarest, []).append(spelling)
    return {word: tuple(having) for word, having in found.items()}
