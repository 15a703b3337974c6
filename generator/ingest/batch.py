"""What the sources of a batch repeat: lines that stand in many of their texts, found before the first one is read.

A sample of each source's texts is looked at, chosen by the names of the files and so the same in whatever order they
are given. Scraped texts only: of saved pages, what is around the article is told by other signs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from generator.config import IngestRules
from generator.digest import digest_of_bytes
from generator.errors import IngestError
from generator.ingest import archive
from generator.ingest.clean import folded
from generator.ingest.desk import Desk
from generator.ingest.facts import Said
from generator.ingest.forms import Piece, read_form
from generator.ingest.inputs import Input
from generator.ingest.ledger import Entry
from generator.ingest.raw import TEXT, Stated
from generator.ingest.reader import Readings
from generator.ingest.repeated import ENOUGH, trusted_lines
from generator.model.source import Source

# More texts than these say nothing new of what a source repeats, and reading them would take time.
MOST_LOOKED_AT = 120
# Among many pages a few texts are looked for no longer than this.
MOST_OPENED = 4 * MOST_LOOKED_AT
# So many files are read together for each command that may run, so that a slow one keeps few others waiting.
AT_ONCE = 2

Lines = Mapping[str, tuple[str, ...]]
Each = TypeVar("Each")


def repeated_in_batch(
    inputs: Iterable[Input],
    source_of: Callable[[Input], str],
    sources: Mapping[str, Source],
    readings: Readings,
    kind: str = "",
) -> Lines:
    """Return the lines each source repeats in a batch and does not list; `source_of` names an input's source, or "".

    What commands make of the files that are looked at is kept in `readings`.
    """
    found: dict[str, list[Input]] = {}
    for one in inputs:
        if one.path is not None and not one.fault and not one.is_archive:
            key = source_of(one)
            if key in sources:
                found.setdefault(key, []).append(one)
    texts = {
        key: _texts(_pieces(_sample(each, lambda one: one.path.name if one.path else ""), kind), readings)
        for key, each in found.items()
        if len(each) >= ENOUGH
    }
    return _lines(texts, sources)


def repeated_in_archive(desk: Desk) -> Lines:
    """Return the lines each source repeats in the raw files that were kept, and does not list."""
    found: dict[str, list[Entry]] = {}
    for entry in desk.ledger.by_sha256.values():
        if entry.source in desk.sources:
            found.setdefault(entry.source, []).append(entry)
    texts = {
        key: _texts(_kept(_sample(each, lambda entry: entry.sha256), desk), desk.readings)
        for key, each in found.items()
        if len(each) >= ENOUGH
    }
    return _lines(texts, desk.sources)


def said_source(said: Said) -> Callable[[Input], str]:
    """Return what names an input's source: what a person said, else the note beside it; a faulty note names none."""

    def source_of(one: Input) -> str:
        try:
            return said.source or said.beside(one).note.source
        except IngestError:
            return ""

    return source_of


def with_lines(sources: Iterable[Source], lines: Lines) -> tuple[Source, ...]:
    """Return the sources as knowing these lines too."""
    return tuple(source._replace(boilerplate=(*source.boilerplate, *lines.get(source.key, ()))) for source in sources)


def _lines(texts: Mapping[str, Iterable[str]], sources: Mapping[str, Source]) -> Lines:
    found = {
        key: trusted_lines(islice(each, MOST_LOOKED_AT), frozenset(map(folded, sources[key].boilerplate)))
        for key, each in texts.items()
    }
    return {key: lines for key, lines in sorted(found.items()) if lines}


def _sample(found: Sequence[Each], name: Callable[[Each], str]) -> list[Each]:
    """Return as many as are opened, the same ones in whatever order they come."""
    return sorted(found, key=lambda each: (digest_of_bytes(name(each).encode("utf-8", "replace")), name(each)))[
        :MOST_OPENED
    ]


def _texts(files: Iterator[tuple[Piece, str]], readings: Readings) -> Iterator[str]:
    """Yield the scraped texts among files, each with its kind; a broken one is told when its turn comes."""
    while few := list(islice(files, AT_ONCE * readings.jobs)):
        found = readings.read([(piece.name, piece.content) for piece, _ in few])
        for (piece, kind), reading in zip(few, found, strict=True):
            try:
                item = read_form(piece.name, piece.content, kind, piece.stated, IngestRules(), reading=reading)
            except IngestError:
                continue
            if item.kind == TEXT:
                yield item.text


def _pieces(inputs: Iterable[Input], kind: str) -> Iterator[tuple[Piece, str]]:
    for one in inputs:
        try:
            yield from ((piece, kind) for piece in one.pieces(kind) if not piece.fault)
        except (IngestError, OSError):
            continue


def _kept(entries: Iterable[Entry], desk: Desk) -> Iterator[tuple[Piece, str]]:
    for entry in entries:
        raw = archive.raw_of(desk.archive, entry.sha256)
        stated = Stated(charset=entry.charset, url=entry.url, site=entry.site)
        if raw is None:
            continue
        try:
            yield Piece(entry.name, raw.read_bytes(), stated), entry.kind
        except OSError:
            continue
