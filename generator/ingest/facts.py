"""Settle what is known of an article: what a person said, then a note, the file's name, the page; never a guess.

What is missing holds the article; what was concluded is marked; what contradicts itself is doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from generator.errors import IngestError, did_you_mean
from generator.ingest.article_file import Facts
from generator.ingest.commonmark import plain
from generator.ingest.extracted import Extracted
from generator.ingest.inputs import Input
from generator.ingest.notes import Note, day_of_name, read_note
from generator.ingest.raw import RawItem
from generator.model.source import Source
from generator.text.dates import WEEKDAYS, day_words, is_day
from generator.text.html import first_words

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
    source = source_of(said.source or note.source, url or f"//{item.stated.host}", found, sources)
    day, from_name = _day(item, found, said)
    day = _here(day, now)
    title = note.title or found.title
    inferred = _inferred(found, said, source, day_from_name=from_name)
    held = [
        reason
        for reason, known in (("date", day), ("source", source), ("title", title), ("body", found.body))
        if not known
    ]
    # A link is all that such a source lets a page show; and what is held anyway may name all that is missing.
    if not url and (held or (source is not None and source.rights == "link")):
        held.insert(1 if held[:1] == ["date"] else 0, "url")
    return Facts(
        found=found,
        sha256=item.sha256,
        retrieved=note.retrieved or item.stated.retrieved or now.isoformat(timespec="seconds"),
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
        doubtful=(*found.doubtful, *weekday_doubts(day[:10], plain(found.body))),
        site_language=site_language,
    )


def source_of(key: str, url: str, found: Extracted, sources: Mapping[str, Source]) -> Source | None:
    """Return the source named, else the one at whose addresses the page stands, else the one it calls itself."""
    if key:
        if key not in sources:
            raise IngestError(
                f'There is no source "{key}".{did_you_mean(key, sources)}\n'
                f'  A source is a file in content/sources/; --new-source makes one called "{key}".'
            )
        return sources[key]
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    for source in sources.values():
        if host and any(host == domain or host.endswith(f".{domain}") for domain in source.domains):
            return source
    name = (found.source or dict(found.inferred).get("source", "")).casefold()
    return next((source for source in sources.values() if name and source.name.casefold() == name), None)


def _day(item: RawItem, found: Extracted, said: Said) -> tuple[str, bool]:
    """Return the day by whoever knows best, and whether only the file's name says it."""
    stated = said.date or said.note.date
    if stated:
        return stated, False
    named = day_of_name(item.name)
    return (named, True) if named else (found.date, False)


def _here(day: str, now: datetime) -> str:
    """Return a moment as clocks of the site show it, because its day decides where the article lies."""
    try:
        moment = datetime.fromisoformat(day) if "T" in day else None
    except ValueError:
        return day
    return moment.astimezone(now.tzinfo).isoformat(timespec="minutes") if moment and moment.tzinfo else day


def _inferred(found: Extracted, said: Said, source: Source | None, *, day_from_name: bool) -> tuple[str, ...]:
    inferred = [f"{field}: {value}" for field, value in found.inferred if field != "source" or source is None]
    if source is not None and not said.source and not said.note.source:
        inferred.append(f"source: {source.key}")
    if day_from_name:
        inferred.append("date: from the file's name")
    return tuple(inferred)


def _stand_in_title(item: RawItem, found: Extracted) -> str:
    opening = first_words(plain(found.body), _TITLE_WORDS)
    return f"Untitled: {opening}" if opening else f"Untitled: {item.stem}"


_NAMED_DAY = re.compile(
    rf"\b({'|'.join(WEEKDAYS)}),? (?:the )?(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? (\d{{1,2}})\b"
    r"(?!,? \d{4})"
)
_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"


def weekday_doubts(day: str, text: str) -> tuple[str, ...]:
    """Return what in a text contradicts its day: a weekday named with a date that falls on another."""
    if not is_day(day):
        return ()
    own = date.fromisoformat(day)
    doubts = []
    for weekday, month, number in _NAMED_DAY.findall(text):
        meant = _nearest(own, _MONTHS.index(month) // 3 + 1, int(number))
        if meant is not None and WEEKDAYS[meant.weekday()] != weekday:
            fell = day_words(meant.isoformat())
            doubts.append(f'date: the text says "{weekday} {month} {number}", and of that year this is {fell}')
    return tuple(dict.fromkeys(doubts))


def _nearest(own: date, month: int, number: int) -> date | None:
    """Return the day of that month and number that lies nearest to `own`."""
    days = []
    for year in (own.year - 1, own.year, own.year + 1):
        try:
            days.append(date(year, month, number))
        except ValueError:
            continue
    return min(days, key=lambda each: abs((each - own).days), default=None)
