"""The text of another generator's file as a content file holds it: links rewritten, comments out, the rest as it is.

Every line keeps its number. What only the other generator understands stays as text, which never becomes markup, and
is told with its line.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from urllib.parse import unquote

from generator.importing.code import spans, without_code
from generator.importing.places import ADDRESS, ARTICLE, FILE, LOST, Places, Target
from generator.importing.settings import OBSIDIAN
from generator.importing.settle import Settled
from generator.named import NamedTuple
from generator.text.addresses import HEADING_PREFIX, heading_id

MOST_NOTES = 20
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")

_DESTINATION = re.compile(
    r"\]\([ \t]*+(?:\n[ \t]*+)?((?>\{\{[^{}\n]*+\}\}|\{%[^%\n]*+%\}|<[^<>\n]*+>|[^\s()<>]|\([^\s()]*+\))*+)"
    r"((?:(?:[ \t]++(?:\n[ \t]*+)?|\n[ \t]*+)(?:\"[^\"\n]*+\"|'[^'\n]*+'|\([^()\n]*+\)))?+[ \t]*+(?:\n[ \t]*+)?)\)"
)
_DEFINITION = re.compile(r"(?m)^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*+(<[^<>\n]*+>|[^\s<]\S*+)")
_WIKILINK = re.compile(r"(!?)\[\[([^\[\]|\n]*+)(?:\|([^\[\]\n]*+))?\]\]")
_HASHTAG = re.compile(r"(?<![^\s(,;])#(?=[\w/-]*[^\W\d])([\w-][\w/-]*)")
_SIZE = re.compile(r"\d+(?:x\d+)?")
_LEFT = (
    (re.compile(r"\{\{[<%]"), "a shortcode"),
    (re.compile(r"\{%|\{\{(?![<%])"), "Liquid"),
    (re.compile(r"\{:[^}\n]+\}"), "a list of attributes"),
    (re.compile(r"\[\^[^\]\n]+\]"), "a footnote"),
    (re.compile(r"^ {0,3}> ?\[![\w-]+\]"), "a callout"),
    (re.compile(r"<(?:/?[A-Za-z][A-Za-z0-9-]*(?=[\s/>])|!--|!\[CDATA\[|![A-Za-z]|\?)"), "raw HTML"),
)
_COMMENTS = (("<!--", "-->"), ("{% comment %}", "{% endcomment %}"))
_END_IT = "If that is no comment, copy it from the old file."
_MORE = re.compile(r"<!--\s*more\s*-->", re.IGNORECASE)


class Written(NamedTuple):
    """A finished text, what a person should know of it by line, and the content paths its links were led to."""

    text: str
    notes: tuple[tuple[int, str, str], ...]
    linked: frozenset[str]


class _Edit(NamedTuple):
    """A stretch of a text, from `start` up to `end`, and what is to stand there."""

    start: int
    end: int
    text: str


def rewritten(one: Settled, home: str, places: Places, bring: Callable[[str], str]) -> Written:
    """Return the text of a file that will stand at the content path `home`.

    `bring` takes a file of the folder and returns the name it has beside the text, "" when it cannot come along.
    """
    writing = _Writing(one, home, places, bring)
    text = writing.without_comments(_without_title(one))
    # Both at once: a link that was made of a wikilink must not be looked up a second time.
    text = writing.with_edits(text, [*writing.wikilinks(text), *writing.links(text)])
    writing.note_what_is_left(text)
    return Written(text, tuple(sorted(set(writing.notes))[:MOST_NOTES]), frozenset(writing.linked))


def hashtags(body: str, first_line: int) -> list[tuple[str, int]]:
    """Return the tags written in a note's text with their lines."""
    text = without_code(body)
    found = [(tag[1], first_line + text.count("\n", 0, tag.start())) for tag in _HASHTAG.finditer(text)]
    return list({name: (name, line) for name, line in reversed(found)}.values())[::-1]


def _without_title(one: Settled) -> str:
    """Return the text without a first heading that only repeats the title, which the page shows itself."""
    body = one.opened.body
    found = re.match(r"(\s*)#[ \t]+([^\n]*?)[ \t#]*(?=\n|\Z)", body)
    if found and " ".join(found[2].split()).casefold() == one.title.casefold():
        return found[1] + body[found.end() :]
    return body


class _Writing:
    """One text while it is rewritten."""

    def __init__(self, one: Settled, home: str, places: Places, bring: Callable[[str], str]) -> None:
        self.one, self.home, self.places, self.bring = one, home, places, bring
        self.notes: list[tuple[int, str, str]] = []
        self.linked: set[str] = set()

    def note(self, text: str, at: int, message: str, advice: str = "") -> None:
        """Note for a person what stands at a place of the text."""
        self.notes.append((self.one.opened.body_line + text.count("\n", 0, at), message, advice))

    def with_edits(self, text: str, edits: list[_Edit]) -> str:
        """Return the text with its edits made; where two overlap, the one that begins first counts."""
        parts, place = [], 0
        for start, end, new in sorted(edits):
            if start >= place:
                parts += [text[place:start], new]
                place = end
        return "".join((*parts, text[place:]))

    def without_comments(self, text: str) -> str:
        """Take comments out: nobody saw them on the old site, and as text everybody would."""
        signs = (*_COMMENTS, ("%%", "%%")) if self.places.generator == OBSIDIAN else _COMMENTS
        for opening, closing in signs:
            bare = without_code(text)
            edits = []
            for start, end in spans(bare, opening, closing):
                lines = text.count("\n", start, end)
                edits.append(_Edit(start, end, "\n" * lines))
                if not bare.endswith(closing, start + len(opening), end):
                    self.note(text, start, "The comment has no end, so all that follows was left out.", _END_IT)
                elif not _MORE.fullmatch(text[start:end]):
                    self.note(text, start, "The comment was left out: as text everybody would see it.")
            text = self.with_edits(text, edits)
        return text

    def wikilinks(self, text: str) -> list[_Edit]:
        """Return the edits that make links of wikilinks, of which only vaults have any."""
        if self.places.generator != OBSIDIAN:
            return []
        return [
            _Edit(found.start(), found.end(), self._of_wikilink(text, found))
            for found in _WIKILINK.finditer(without_code(text))
        ]

    def _of_wikilink(self, text: str, found: re.Match[str]) -> str:
        name, alias = found[2].strip(), (found[3] or "").strip()
        stem = posixpath.basename(name.partition("#")[0]) or name.strip("#")
        stem = stem[: -len(ending)] if (ending := posixpath.splitext(stem)[1]).lower() in PICTURES else stem
        words = _in_brackets(alias if alias and not _SIZE.fullmatch(alias) else stem)
        if name.startswith("#"):
            return f"[{words}](#{_fragment(name[1:])})" if not name.startswith("#^") else words
        target = self.places.named(name, self.one)
        place = self._place(target)
        if not place:
            self.note(text, found.start(), f'"{name}" leads to nothing that is imported, so only its words are kept.')
            return words
        is_picture = found[1] and target.kind == FILE and place.lower().endswith(PICTURES)
        if found[1] and not is_picture:
            self.note(text, found.start(), f'"{name}" was shown within the text; now it is a link.')
        return f"{'!' if is_picture else ''}[{words}]({place})"

    def links(self, text: str) -> list[_Edit]:
        """Return the edits that lead links to where their targets stand now, or take away those that lead nowhere."""
        edits = []
        bare = without_code(text)
        for found in _DESTINATION.finditer(bare):
            # Blanks may stand for signs behind a backslash, so the text itself is asked.
            edits += self._of_link(text, bare, found, text[found.start(1) : found.end(1)])
        for found in _DEFINITION.finditer(bare):
            target = self.places.find(found[1], self.one)
            place = self._place(target)
            if place:
                edits.append(_Edit(found.start(1), found.end(1), place))
            elif target.kind in (FILE, LOST):
                self.note(text, found.start(), f'"{found[1][:80]}" leads to nothing that is imported.')
                edits.append(_Edit(found.start(), found.end(), ""))
        return edits

    def _of_link(self, text: str, bare: str, found: re.Match[str], written: str) -> list[_Edit]:
        target = self.places.find(written, self.one)
        place = self._place(target)
        if place:
            return [_Edit(found.start(1), found.end(1), place)]
        if target.kind == ADDRESS:
            message = f'"{target.path[:80]}" is no old address of what is imported; the link is left as it is.'
            self.note(text, found.start(), message, "dateline check says which links lead nowhere.")
            return [_Edit(found.start(1), found.end(1), target.path)] if target.path != written else []
        if target.kind in (FILE, LOST):
            self.note(
                text, found.start(), f'"{written[:80]}" leads to nothing that is imported, so only its words are kept.'
            )
            start = _opening(bare, found.start())
            if start >= 0:
                first = start - 1 if text[start - 1 : start] == "!" else start
                lines = text.count("\n", found.start(), found.end())
                return [_Edit(first, start + 1, ""), _Edit(found.start(), found.end(), "\n" * lines)]
        return []

    def _place(self, target: Target) -> str:
        """Return how the text names what a link leads to, "" for nothing it can name."""
        if target.kind == FILE:
            return self.bring(target.path)
        if target.kind != ARTICLE:
            return ""
        self.linked.add(self.places.articles[target.path])
        path = posixpath.relpath(self.places.articles[target.path], posixpath.dirname(self.home))
        return f"{path}#{_fragment(target.fragment)}" if target.fragment else path

    def note_what_is_left(self, text: str) -> None:
        """Note the signs of another generator that nothing was made of, line by line."""
        start = 0
        for line in without_code(text).split("\n"):
            for sign, words in _LEFT:
                if sign.search(line):
                    self.note(text, start, f"There is {words} here, which is left as text.", "Write it as Markdown.")
            start += len(line) + 1


def _opening(bare: str, close: int) -> int:
    """Return where the bracket stands that the `]` at `close` closes, -1 when none does in its paragraph."""
    depth = 0
    for place in range(close, max(close - 2_000, -1), -1):
        letter = bare[place]
        depth += (letter == "]") - (letter == "[")
        if not depth:
            return place
        if letter == "\n" and bare[place - 1 : place] == "\n":
            return -1
    return -1


def _in_brackets(words: str) -> str:
    return re.sub(r"([\\\[\]])", r"\\\1", words)


def _fragment(heading: str) -> str:
    return heading_id(unquote(heading)).removeprefix(HEADING_PREFIX)
