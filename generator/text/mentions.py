"""Where topics are named in a text: one matcher for tagging and for linking.

A form matches on word boundaries, the leftmost first and the longest of those, over all topics at once. Diacritics,
kinds of apostrophes, dashes and spaces do not count. A space in a form also matches a hyphen or a line break. An
excluded phrase takes its text away from the shorter forms inside it. A cased form, and any word of a form written all
in capitals, must be written so in the text; in a line all in capitals case says nothing.

A text is first reduced to its set of words: only those that begin a form are looked at, and only the forms that stand
there are looked into. So a matcher is made in a moment, and a text pays for what it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from operator import itemgetter

from generator.digest import digest_of
from generator.named import NamedTuple
from generator.text.folding import Folded, fold
from generator.text.html import escape
from generator.text.spellings import Meaning, Spelling, TopicForms, is_unspaced, spelling_of, written_forms

_UNLINKED = re.compile(r"<(h[1-6]|a|code|pre|table|figure)[ >].*?</\1>|<[a-z0-9]+ [^>]*>", re.DOTALL)
_IN_ADDRESS = frozenset("/@-=?&#:")
_PLACE = itemgetter(0)
_QUOTATION = re.compile(r"</?blockquote>")
_ADDRESS = re.compile(r"[^\s<>\"']*(?:://|@|\bwww\.)[^\s<>\"']*")


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


class Matcher:
    """Finds the forms of all topics; it never changes, and equal digests mean equal finds."""

    __slots__ = ("_by_first_word", "_first_words", "_forms", "_spellings", "_unspaced", "digest", "order")

    def __init__(self, topics: Sequence[TopicForms]) -> None:
        self.digest = digest_of(
            tuple(
                (topic, tuple((form.text, form.weight, form.cased) for form in forms), tuple(excluded))
                for topic, forms, excluded in topics
            )
        )
        self.order = {topic: place for place, (topic, _, _) in enumerate(topics)}
        self._forms = written_forms(topics)
        self._spellings: dict[str, Spelling] = {}
        self._by_first_word: dict[str, list[str]] = {}
        # Longer ones come first, because the first one that stands at a place is taken.
        longest_first = sorted(self._forms, key=len, reverse=True)
        self._unspaced = tuple(low for low in longest_first if is_unspaced(low))
        for low in longest_first:
            if low not in self._unspaced:
                self._by_first_word.setdefault(low.split()[0], []).append(f" {low} ")
        # A set meets a list of words in half the time that a mapping's keys take.
        self._first_words = frozenset(self._by_first_word)

    def find(self, text: str) -> list[Mention]:
        """Return every mention in a plain text, in order."""
        folded = fold(text)
        found = []
        for start, end, meanings in self.occurrences(folded):
            topics = [meaning for meaning in meanings if meaning.topic]
            if topics:
                found.append(
                    Mention(
                        folded.place(start),
                        folded.place(end - 1) + 1,
                        tuple(meaning.topic for meaning in topics),
                        topics[0].form,
                        tuple(meaning.weight for meaning in topics),
                    )
                )
        return found

    def occurrences(self, folded: Folded) -> Iterator[tuple[int, int, Sequence[Meaning]]]:
        """Yield beginning, end and meanings of what stands in a text, leftmost first and the longest of those.

        Nothing overlaps. Places are those of `folded.bare`.
        """
        bare, low = folded.bare, folded.low
        free = 0
        for start, forms in self._beginnings(low):
            found = _first_at(low, start, forms) if start >= free else ""
            if not found:
                continue
            is_spaced = found[0] == " "
            end = start + len(found) - is_spaced
            start += is_spaced
            spelling = self._spelling(low[start:end])
            assert spelling is not None
            meanings: Sequence[Meaning] = spelling.meanings
            if not spelling.is_plain:
                end, meanings = self._longest_here(folded, start, end)
            if meanings and not _is_in_address(bare, start - 1, end - 1):
                yield start - 1, end - 1, meanings
                free = end

    def _beginnings(self, low: str) -> list[tuple[int, Sequence[str]]]:
        """Return where a form may begin, in order, and which: only words that begin one are searched for.

        A form of words begins with the space before its first one and ends with the space behind its last.
        """
        places: list[tuple[int, Sequence[str]]] = []
        find = low.find
        for word in self._first_words.intersection(low.split()):
            wanted, forms = f" {word} ", self._by_first_word[word]
            place = find(wanted)
            while place >= 0:
                places.append((place, forms))
                place = find(wanted, place + 1)
        for form in self._unspaced:
            place = find(form)
            while place >= 0:
                places.append((place, self._unspaced))
                place = find(form, place + 1)
        places.sort(key=_PLACE)
        return places

    def _spelling(self, low: str) -> Spelling | None:
        """Return a folded form with all it means, None where no topic has it."""
        found = self._spellings.get(low)
        if found is None and low in self._forms:
            found = self._spellings[low] = spelling_of(low, self._forms[low])
        return found

    def _longest_here(self, folded: Folded, start: int, end: int) -> tuple[int, Sequence[Meaning]]:
        """Return what the longest form means that is written as it asks, and its end; places are those of `low`."""
        bare, low = folded.bare, folded.low
        while end > start:
            spelling = self._spelling(low[start:end])
            if spelling is not None:
                meanings = [meaning for meaning in spelling.meanings if _is_written_so(meaning, bare, start - 1)]
                if meanings:
                    return end, meanings
            end = low.rfind(" ", start, end)
        return start, ()


def matcher(topics: Sequence[TopicForms]) -> Matcher:
    """Return the matcher of topics: for each its id, its forms and its excluded phrases, in the site's order."""
    return _matcher(tuple((topic, tuple(forms), tuple(excluded)) for topic, forms, excluded in topics))


@lru_cache(maxsize=4)
def _matcher(topics: tuple[TopicForms, ...]) -> Matcher:
    # What it has looked into is kept with it, and forms seldom change.
    return Matcher(topics)


def link_mentions(
    html: str,
    matcher: Matcher,
    *,
    own: Sequence[str],
    hrefs: Mapping[str, str],
    skip: AbstractSet[str] = frozenset(),
) -> str:
    """Return our rendered HTML with the first mention of each topic a link to the topic's page.

    `own` are the text's own topics, main one first: a form of several topics links to the first of them that has it,
    else to the first in the matcher's order. Topics in `skip` and topics without an address get no link. Headings,
    links, quotations, code, tables and figures are left alone.
    """
    wanted = set(hrefs) - skip
    if not wanted:
        return html
    ranks = {topic: place for place, topic in enumerate(dict.fromkeys((*own, *matcher.order))) if topic in wanted}
    folded = fold(html)
    unlinked = _unlinked_spans(html)
    parts: list[str] = []
    behind = 0
    for start, end, meanings in matcher.occurrences(folded):
        topic = meanings[0].topic if len(meanings) == 1 else _first_of(meanings, ranks)
        if topic not in wanted:
            continue
        first, last = folded.place(start), folded.place(end - 1) + 1
        if unlinked and any(begin < last and first < end for begin, end in unlinked):
            continue
        parts += (html[behind:first], f'<a class="topic" href="{escape(hrefs[topic])}">', html[first:last], "</a>")
        behind = last
        wanted.discard(topic)
        if not wanted:
            break
    if not parts:
        return html
    parts.append(html[behind:])
    return "".join(parts)


def _first_at(low: str, start: int, forms: Sequence[str]) -> str:
    """Return the first of these that stands at a place of a folded text, "" for none."""
    for form in forms:
        if low.startswith(form, start):
            return form
    return ""


def _unlinked_spans(html: str) -> list[tuple[int, int]]:
    """Return the parts of rendered HTML that get no links; plain paragraphs have none."""
    if html.count("<") == 2 * html.count("<p>"):
        return []
    spans = [found.span() for found in _UNLINKED.finditer(html)]
    depth = start = 0
    # Quotations stand in quotations, so their ends are counted.
    for found in _QUOTATION.finditer(html):
        depth += 1 if found[0] == "<blockquote>" else -1
        if depth == 1 and found[0] == "<blockquote>":
            start = found.start()
        elif depth == 0:
            spans.append((start, found.end()))
    return spans


def _first_of(meanings: Sequence[Meaning], ranks: Mapping[str, int]) -> str:
    """Return the topic of the lowest rank, or "" when none has a rank."""
    return min((meaning.topic for meaning in meanings if meaning.topic in ranks), key=ranks.__getitem__, default="")


def _is_written_so(meaning: Meaning, bare: str, start: int) -> bool:
    """Return whether signs and capitals in the text are what the form asks for."""
    if bare.startswith(meaning.written, start) and not meaning.is_short:
        return True
    for place, allowed in meaning.signs:
        if bare[start + place] not in allowed:
            return False
    if not meaning.exact:
        return True
    written_so = all(bare.startswith(word, start + place) for place, word in meaning.exact)
    if not meaning.cased:
        return written_so
    # Two letters in a line of capitals are more often a plain word ("IS", "US") than the name.
    if meaning.is_short:
        return written_so and not _stands_in_capitals(bare, start)
    return written_so or (
        all(bare.startswith(word.upper(), start + place) for place, word in meaning.exact)
        and _stands_in_capitals(bare, start)
    )


def _stands_in_capitals(bare: str, start: int) -> bool:
    line = bare[bare.rfind("\n", 0, start) + 1 :].partition("\n")[0]
    return line.isupper()


def _is_in_address(bare: str, start: int, end: int) -> bool:
    """Return whether the words are part of a web or mail address that stands in the text."""
    if bare[start - 1 : start] not in _IN_ADDRESS and bare[end : end + 1] not in _IN_ADDRESS:
        return False
    begin = max(bare.rfind(blank, 0, start) for blank in " \n<>\"'") + 1
    address = _ADDRESS.match(bare, begin)
    return address is not None and address.end() >= end
