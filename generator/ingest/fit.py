"""Make what was found in a raw item fit for a content file: no sign, no length, no value that a build refuses.

A build refuses a whole site for one such file, and its author is a web page that nobody can ask. So what does not fit
is left out here and told as doubtful; of the article's own words nothing is left out but signs that cannot be seen.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from generator.errors import IngestError
from generator.ingest.found import Extracted
from generator.text.block import unfit_character
from generator.text.kinds import LANGUAGE, LINE, LONGEST_LINE, MOMENT, TEXT, URL
from generator.text.markdown import is_too_large
from generator.text.noted import Noted
from generator.text.records import Kind, Reading, Unfit

_MOST_QUOTED = 80
_IN_FILES = {"dek": "summary", "authors": "author", "moment": "date"}
# These letters are controls in Unicode and quotation marks and dashes in the Windows encoding they come from.
_WINDOWS = {
    code: bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_PARTING = {0x2028: " ", 0x2029: " "}


def fit(found: Extracted) -> Extracted:
    """Return what was found without what no content file may hold; what had to go is told as doubtful."""
    found = found._replace(
        title=seen(found.title),
        dek=seen(found.dek),
        authors=tuple(map(seen, found.authors)),
        source=seen(found.source),
        body=seen(found.body),
        place=seen(found.place),
        inferred=tuple((key, seen(value)) for key, value in found.inferred),
        evidence=tuple(map(seen, found.evidence)),
        doubtful=tuple(map(seen, found.doubtful)),
    )
    wanted = (
        ("title", LINE, found.title, ""),
        ("dek", TEXT, found.dek, ""),
        ("authors", LINE, ", ".join(found.authors), ()),
        ("url", URL, found.url, ""),
        ("date", MOMENT, found.date, ""),
        ("moment", MOMENT, found.moment, ""),
        ("language", LANGUAGE, found.language, ""),
        ("source", LINE, found.source, ""),
        ("place", LINE, found.place, ""),
        ("retrieved", MOMENT, found.retrieved, ""),
    )
    refused = {key: (unknown, why) for key, kind, value, unknown in wanted if (why := unfitness(kind, value))}
    if not refused:
        return found
    doubts = tuple(f"{_IN_FILES.get(key, key)}: {why}" for key, (_, why) in refused.items())
    known = {**found._asdict(), **{key: unknown for key, (unknown, _) in refused.items()}}
    return Extracted(**known)._replace(doubtful=(*found.doubtful, *doubts))


def seen(text: str) -> str:
    """Return text without signs that no page may hold; tabs and line ends stay.

    Quotation marks of Windows that came as controls are read as what they are.
    """
    if text.isprintable() or unfit_character(text) is None:
        return text
    text = text.translate(_WINDOWS).translate(_PARTING)
    while (odd := unfit_character(text)) is not None:
        text = text.replace(odd[0], "")
    return text


def unfitness(kind: Kind, value: str) -> str:
    """Return why a value cannot stand in a content file, "" when it can or when there is none."""
    try:
        if value:
            kind.read("", value, 1, Reading("", ZoneInfo("UTC")))
    except Unfit:
        if len(value) > LONGEST_LINE:
            return f'left out, because "{value[:_MOST_QUOTED]}…" has {len(value):,} characters'
        return f'left out, because "{value[:_MOST_QUOTED]}" is not {kind.words}'
    return ""


def check_size(name: str, body: str) -> None:
    """Raise IngestError for a body that no build would take."""
    noted = Noted(1)
    if is_too_large(body, noted):
        fault = noted.faults[0]
        raise IngestError(f"{name}: cleaned, {fault.message}\n  {fault.advice}")
