"""Settle what is known of an article: what a person said, then a note, the file's name, the page; never a guess.

What is missing holds the article; what was concluded is marked; what contradicts itself is doubtful.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from generator.errors import IngestError, did_you_mean
from generator.ingest.article_file import Facts
from generator.ingest.commonmark import plain
from generator.ingest.day import Sayings, has_come, in_zone, settle_day, with_zeros
from generator.ingest.fit import unfitness
from generator.ingest.found import Extracted
from generator.ingest.inputs import Input
from generator.ingest.notes import Note, read_note
from generator.ingest.raw import RawItem
from generator.model.source import Source
from generator.named import NamedTuple
from generator.text.addresses import host_of
from generator.text.html import first_words
from generator.text.kinds import MOMENT

_TITLE_WORDS = 12


class Said(NamedTuple):
    """What a person says of the files to be taken in; "" for nothing."""

    source: str = ""
    date: str = ""
    url: str = ""
    note: Note = Note()

    def beside(self, one: Input) -> Said:
        """Return the same with the note that lies beside a file; raises IngestError for a faulty one."""
        return self._replace(note=read_note(one.note)) if one.note else self


def facts_of(
    item: RawItem, found: Extracted, said: Said, sources: Mapping[str, Source], *, now: datetime, site_language: str
) -> Facts:
    """Return what is known of a raw item; raises IngestError when a source is named that does not exist."""
    note = said.note
    url = said.url or note.url or found.url
    _check_source(item.name, said.source or note.source, sources)
    source = source_of(said.source or note.source, url or f"//{item.stated.host}", found, sources)
    of_wrapping = "" if unfitness(MOMENT, item.stated.retrieved) else item.stated.retrieved
    retrieved = note.retrieved or of_wrapping or found.retrieved
    settled = settle_day(_sayings(item, found, said, retrieved, now), now.date().isoformat())
    day = in_zone(settled.day, now)
    title = note.title or found.title
    inferred = _inferred(found, said, source, settled.concluded)
    wanted = (("date", day), ("source", source), ("title", title), ("body", found.body))
    held = [reason for reason, known in wanted if not known]
    # A link is all that such a source lets a page show; and what is held anyway may name all that is missing.
    if not url and (held or (source is not None and source.rights == "link")):
        held.insert(1 if held[:1] == ["date"] else 0, "url")
    return Facts(
        found=found,
        sha256=item.sha256,
        retrieved=retrieved or now.isoformat(timespec="seconds"),
        source=source,
        title=title or _stand_in_title(item, found),
        day=day,
        url=url,
        author=note.author or ", ".join(found.authors),
        summary=note.summary or found.dek,
        archive_url=note.archive_url,
        edition=note.edition,
        lang=note.lang,
        held=tuple(held),
        inferred=inferred,
        doubtful=(*found.doubtful, *settled.doubts),
        site_language=site_language,
    )


def _sayings(item: RawItem, found: Extracted, said: Said, retrieved: str, now: datetime) -> Sayings:
    """Return all that speaks for the day; another's clock that is ahead of ours is not to be gone by."""
    page = found.moment or found.date
    if not has_come(page, now):
        page = page[:10]
    return Sayings(with_zeros(said.date or said.note.date), item.name, page, plain(found.body), retrieved)


def _check_source(name: str, key: str, sources: Mapping[str, Source]) -> None:
    if key and key not in sources:
        raise IngestError(
            f'{name}: there is no source "{key}".{did_you_mean(key, sources)}\n'
            f"  A source is a file in content/sources/; --source {key} --new-source makes this one."
        )


def source_of(key: str, url: str, found: Extracted, sources: Mapping[str, Source]) -> Source | None:
    """Return the source named, else the one at whose addresses the page stands, else the one it calls itself."""
    if key:
        return sources.get(key)
    host = host_of(url)
    for source in sources.values():
        if host and any(host == domain or host.endswith(f".{domain}") for domain in source.domains):
            return source
    name = (found.source or dict(found.inferred).get("source", "")).casefold()
    return next((source for source in sources.values() if name and source.name.casefold() == name), None)


def _inferred(found: Extracted, said: Said, source: Source | None, concluded: str) -> tuple[str, ...]:
    inferred = [f"{field}: {value}" for field, value in found.inferred if field != "source" or source is None]
    if source is not None and not said.source and not said.note.source:
        inferred.append(f"source: {source.key}")
    if concluded:
        inferred.append(f"date: {concluded}")
    return tuple(inferred)


def _stand_in_title(item: RawItem, found: Extracted) -> str:
    opening = first_words(plain(found.body), _TITLE_WORDS)
    return f"Untitled: {opening}" if opening else f"Untitled: {item.stem}"
