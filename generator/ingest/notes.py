"""Read what a person or a scraper noted beside a raw file: `page.html.yaml` or `page.yaml`."""

from __future__ import annotations

import re
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.errors import Diagnostic, IngestError, did_you_mean
from generator.ingest.raw import shown, unreadable
from generator.named import NamedTuple
from generator.text import frontmatter
from generator.text.dates import is_day
from generator.text.kinds import DAY, KEY, LANGUAGE, LINE, MOMENT, TEXT, URL
from generator.text.records import Reading, Unfit


class Note(NamedTuple):
    """What is said of a raw file from outside; "" for what is not."""

    title: str = ""
    date: str = ""
    url: str = ""
    source: str = ""
    author: str = ""
    summary: str = ""
    retrieved: str = ""
    archive_url: str = ""
    edition: str = ""
    lang: str = ""


_KINDS = {
    "title": LINE,
    "date": MOMENT,
    "url": URL,
    "source": KEY,
    "author": LINE,
    "summary": TEXT,
    "retrieved": MOMENT,
    "archive_url": URL,
    "edition": DAY,
    "lang": LANGUAGE,
}
_FILE_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_.]?)(\d\d)\2(\d\d)(?!\d)")


def read_note(path: Path) -> Note:
    """Return the note in a file; raises IngestError with every fault."""
    where = shown(str(path))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as fault:
        raise IngestError(unreadable(path, fault)) from fault
    except UnicodeDecodeError as fault:
        raise IngestError(f"{where}: the note is not UTF-8. Save it as UTF-8 in your editor.") from fault
    fences = frontmatter.split(text)
    values, faults = frontmatter.read(fences.front or text, 2 if fences.front else 1)
    found = [Diagnostic(where, fault.line, fault.message, fault.advice) for fault in faults]
    said: dict[str, str] = {}
    for key, value in values.items():
        kind = _KINDS.get(key)
        if kind is None:
            known = ", ".join(Note._fields)
            message = f'there is no key "{key}" in a note.{did_you_mean(key, Note._fields)}'
            found.append(Diagnostic(where, value.line, message, f"The keys are {known}."))
            continue
        try:
            # An empty one says nothing, and a build would refuse the article for one that is wrong.
            if value.value:
                kind.read(key, value.value, value.line, Reading(where, ZoneInfo("UTC")))
                said[key] = str(value.value).strip()
        except Unfit as fault:
            found.append(Diagnostic(where, fault.line or value.line, fault.message, fault.advice))
    if found:
        raise IngestError(f"{where}: the note cannot be used. Mend it, then run this again.", found)
    return Note(**said)


def note_text(note: Note, source: str, date: str, url: str) -> str:
    """Return what was said of a raw file, on the command line and beside it, as one note; "" for nothing."""
    said = note._replace(source=source or note.source, date=date or note.date, url=url or note.url)
    return frontmatter.dump({key: value or None for key, value in said._asdict().items()})


def day_of_name(name: str) -> str:
    """Return the day a file's name begins with or holds (`2020-01-02-embassy.txt`), "" for none."""
    for found in _FILE_DAY.finditer(name):
        day = f"{found[1]}-{found[3]}-{found[4]}"
        if is_day(day):
            return day
    return ""
