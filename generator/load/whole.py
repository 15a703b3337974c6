"""All parsed content at once, and where in its files a thing stands: what the checks across files look at."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from generator.errors import Diagnostic, nearest
from generator.files import read_bytes
from generator.load.parse import Parsed
from generator.load.scan import CONTENT
from generator.model.article import Article
from generator.model.briefing import Briefing
from generator.model.page import ContentPage
from generator.model.source import Source
from generator.model.topic import Topic
from generator.named import NamedTuple
from generator.text.block import Value
from generator.text.frontmatter import read, split

MOST_COMPARED = 2000


class Whole(NamedTuple):
    """A site's content as parsed, faulty files left out; each kind sorted by path.

    `paths` are the content files of every kind, the faulty ones too, with their kinds; `files` are those passed on as
    they are. `named` are the files each content file refers to, with lines. `headings` are the ids of the headings of
    those that have any, `unread` the files whose own faults kept them from being read.
    """

    root: str
    articles: tuple[Article, ...]
    topics: tuple[Topic, ...]
    sources: tuple[Source, ...]
    briefings: tuple[Briefing, ...]
    pages: tuple[ContentPage, ...]
    paths: Mapping[str, str]
    files: frozenset[str]
    named: Mapping[str, tuple[tuple[str, int], ...]]
    headings: Mapping[str, tuple[str, ...]]
    unread: frozenset[str]

    def fault(self, path: str, key: str, value: str, message: str, advice: str = "") -> Diagnostic:
        """Return a fault of the content file `path`, at the line where `key` holds `value`."""
        return Diagnostic(f"{CONTENT}/{path}", line_in(self.root, path, key, value), message, advice)

    def topic_ids(self) -> frozenset[str]:
        """Return the ids of all topics; one whose own file is faulty is told there, and naming it is no fault."""
        return self._names_of("topic")

    def source_keys(self) -> frozenset[str]:
        """Return the keys of all sources, the faulty ones too."""
        return self._names_of("source")

    def _names_of(self, wanted: str) -> frozenset[str]:
        return frozenset(posixpath.basename(path)[: -len(".md")] for path, kind in self.paths.items() if kind == wanted)

    def suggest(self, path: str, target: str) -> str:
        """Return ` Did you mean "…"?` with the link that a file would write to what it probably means."""
        near = _nearest_path(target, self.paths)
        if near is None:
            return ""
        return f' Did you mean "{posixpath.relpath(near, posixpath.dirname(path) or ".")}"?'


def whole(root: str | Path, kinds: Mapping[str, str], parsed: Mapping[str, Parsed[Any]], files: Iterable[str]) -> Whole:
    """Return all content of the site in `root`; `kinds` says what each parsed file is, `files` are the other ones."""
    sorted_out: dict[str, list[Any]] = {kind: [] for kind in ("article", "topic", "source", "briefing", "page")}
    named, headings, unread = {}, {}, set()
    for path in sorted(parsed):
        value, _, files_named, _, found = parsed[path]
        if value is not None:
            sorted_out[kinds[path]].append(value)
        else:
            unread.add(path)
        if files_named:
            named[path] = files_named
        if found:
            headings[path] = found
    return Whole(
        root=os.fspath(root),
        articles=tuple(sorted_out["article"]),
        topics=tuple(sorted_out["topic"]),
        sources=tuple(sorted_out["source"]),
        briefings=tuple(sorted_out["briefing"]),
        pages=tuple(sorted_out["page"]),
        paths=kinds,
        files=frozenset(files),
        named=named,
        headings=headings,
        unread=frozenset(unread),
    )


def line_in(root: str, path: str, key: str, value: str = "") -> int:
    """Return the line of a content file in which `key` holds `value`, else that of the key, else 1.

    The file is read again for it: that a value came from line 7 is worth knowing only when something is wrong with it.
    """
    try:
        text = read_bytes(os.path.join(root, CONTENT, *path.split("/"))).decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return 1
    values, _ = read(split(text).front)
    found = values.get(key)
    if found is None:
        return 1
    return _line_of(found, value) or found.line


def _line_of(found: Value, wanted: str) -> int:
    """Return the line of the value inside `found` that reads `wanted`, 0 when there is none."""
    if isinstance(found.value, str):
        return found.line if found.value == wanted else 0
    if isinstance(found.value, dict):
        if wanted in found.value:
            return int(found.value[wanted].line)
        inner: Iterable[Value] = found.value.values()
    else:
        inner = found.value
    return next((line for value in inner if (line := _line_of(value, wanted))), 0)


def _nearest_path(target: str, paths: Iterable[str]) -> str | None:
    """Return the content path most like `target`: a file of that name elsewhere, else a like name near by."""
    name, folder = posixpath.basename(target), posixpath.dirname(target)
    named_alike = sorted(path for path in paths if posixpath.basename(path) == name)
    if named_alike:
        return named_alike[0]
    beside = {posixpath.basename(path): path for path in paths if posixpath.dirname(path) == folder}
    near = nearest(name, beside)
    if near is not None:
        return beside[near]
    kind = target.partition("/")[0] + "/"
    same_kind = {posixpath.basename(path): path for path in paths if path.startswith(kind)}
    # Comparing a name with many thousands takes longer than a person would wait for each of many faults.
    near = nearest(name, same_kind) if len(same_kind) <= MOST_COMPARED else None
    return same_kind[near] if near is not None else None
