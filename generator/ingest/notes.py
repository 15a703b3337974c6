"""Read what a person or a scraper noted beside a raw file: `page.html.yaml` or `page.yaml`."""

from __future__ import annotations

import re
from pathlib import Path

from generator.errors import Diagnostic, IngestError, did_you_mean
from generator.named import NamedTuple
from generator.text import frontmatter
from generator.text.dates import is_day


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


_FILE_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_.]?)(\d\d)\2(\d\d)(?!\d)")


def read_note(path: Path) -> Note:
    """Return the note in a file; raises IngestError with every fault."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise IngestError(f"{path}: the note cannot be read ({fault}).") from fault
    fences = frontmatter.split(text)
    values, faults = frontmatter.read(fences.front or text, 2 if fences.front else 1)
    found = [Diagnostic(str(path), fault.line, fault.message, fault.advice) for fault in faults]
    said: dict[str, str] = {}
    for key, value in values.items():
        if key not in Note._fields:
            known = ", ".join(Note._fields)
            message = f'there is no key "{key}" in a note.{did_you_mean(key, Note._fields)}'
            found.append(Diagnostic(str(path), value.line, message, f"The keys are {known}."))
        elif not isinstance(value.value, str):
            found.append(Diagnostic(str(path), value.line, f'"{key}" must be one line of text.'))
        else:
            said[key] = str(value.value).strip()
    if said.get("date") and not is_day(said["date"][:10]):
        line = values["date"].line
        found.append(Diagnostic(str(path), line, f'"{said["date"]}" is not a date.', "Write it as 2020-01-02."))
    if found:
        raise IngestError(f"{path}: the note cannot be used.", found)
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
