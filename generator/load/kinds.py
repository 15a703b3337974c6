"""The kinds of value that only content has: credits, pictures, corrections, scores, forms of a topic's name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.model.article import CORRECTION_KINDS, Correction, Image, Provenance, SourceCredit
from generator.model.topic import TRENDS, Form, Status
from generator.text.kinds import (
    INTEGER,
    ISO,
    KEY,
    LANGUAGE,
    LINE,
    LINES,
    MOMENT,
    TEXT,
    URL,
    one_of,
    read_key,
    read_line,
    read_number,
)
from generator.text.records import Field, Kind, Reading, Table, Unfit, list_of, mapping_of, record_of, schema_of

HEAVIEST_FORM = 10.0

SOURCE_CREDIT = Table(
    "The source",
    Field("key", KEY, "the file's name in content/sources/"),
    Field("name", LINE, "the outlet's name, where it has no file"),
    Field("url", URL, "the address of the original report"),
    Field("author", LINE, "who wrote it, as the outlet says"),
    Field("published", ISO, "when the outlet published it"),
    Field("archive_url", URL, "the address of a kept copy"),
)
IMAGE = Table(
    "The image",
    Field("src", LINE, "a file beside the article, an address in the site, or a web address", required=True),
    Field("alt", LINE, "what the picture shows, for those who cannot see it", required=True),
    Field("credit", LINE, "who made the picture"),
)
CORRECTION = Table(
    "A correction",
    Field("at", MOMENT, "when it was made", required=True),
    Field("kind", one_of("a kind of correction", CORRECTION_KINDS), "what was done", required=True),
    Field("text", TEXT, "what was wrong and what is right", required=True),
)
STATUS = Table(
    "A status",
    Field("date", MOMENT, "since when", required=True),
    Field("trend", one_of("a trend", TRENDS), "where the topic is going", required=True),
    Field("reason", LINE, "why, in a sentence", required=True),
)
PROVENANCE = Table(
    "The key ingest",
    Field("tool", LINE, "the tool that took the article in"),
    Field("inferred", LINES, "fields the tool found by itself"),
    Field("doubtful", LINES, "fields a person should look at"),
    Field("cut", INTEGER, "how many words were kept out of the file"),
    Field("dropped", LINES, "what was around the article, by kind"),
    Field("evidence", LINES, "what was seen of what is missing"),
    Field("sha256", LINE, "the digest of the raw file"),
    Field("retrieved", ISO, "when the raw file was fetched"),
)


def _credit(key: str, value: Any, line: int, reading: Reading) -> SourceCredit:
    if not isinstance(value, dict):
        return SourceCredit(key=read_key(key, value, line, reading))
    credit: SourceCredit = _CREDIT_RECORD.read(key, value, line, reading)
    if not credit.key and not credit.name:
        raise Unfit("The source has neither a key nor a name.", "Add key: (a file in content/sources/) or name:.")
    return credit


def _image(key: str, value: Any, line: int, reading: Reading) -> Image:
    if not isinstance(value, dict):
        src = _image_source(read_line(key, value, line, reading))
        reading.warn(line, "The image has no words for those who cannot see it.", "Write {src: …, alt: …, credit: …}.")
        return Image(src, "", "")
    image: Image = _IMAGE_RECORD.read(key, value, line, reading)
    return image._replace(src=_image_source(image.src))


_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def _image_source(src: str) -> str:
    unsafe = _SCHEME.match(src) and not src.lower().startswith(("https://", "http://"))
    if unsafe or "\\" in src or src.startswith("//"):
        raise Unfit(f'"image" cannot be "{src[:80]}".', "Name a file beside the article, or a web address.")
    return src


def _scores(key: str, value: Any, line: int, reading: Reading) -> tuple[tuple[str, float], ...]:
    """Read topics with scores, best first."""
    if not isinstance(value, dict):
        raise Unfit(f'"{key}" must be topics with scores.', "Write it as {iraq: 14.5, iran: 6}.")
    scores = [
        (read_key(key, topic, at, reading), read_number(f"{key}: {topic}", score, at, reading))
        for topic, (score, at) in value.items()
    ]
    return tuple(sorted(scores, key=lambda pair: (-pair[1], pair[0])))


def _form(key: str, value: Any, line: int, reading: Reading) -> Form:
    """Read one form of a topic's name: text, or a mapping of the text to its weight."""
    if not isinstance(value, dict):
        return Form(read_line(key, value, line, reading))
    if len(value) != 1:
        raise Unfit(f'A form of "{key}" has one weight.', "Write it as {Samarra: 0.9}.")
    ((text, (written, at)),) = value.items()
    weight = read_number(f"{key}: {text}", written, at, reading)
    if not 0 < weight <= HEAVIEST_FORM:
        raise Unfit(f'The weight of "{text}" must lie above 0 and not above {HEAVIEST_FORM:g}.', line=at)
    return Form(read_line(key, text, at, reading), weight)


def _cased(key: str, value: Any, line: int, reading: Reading) -> Form:
    return _form(key, value, line, reading)._replace(cased=True)


_HELD = re.compile(r"[a-z][a-z0-9 _.-]*")


def _reason(key: str, value: Any, line: int, reading: Reading) -> str:
    text = read_line(key, value, line, reading)
    if text in ("true", "false") or not _HELD.fullmatch(text):
        raise Unfit(f'"{key}" names what is missing, not "{text[:80]}".', "Write it as [date, url].")
    return text


_CREDIT_RECORD = record_of(SOURCE_CREDIT, "where it comes from", SourceCredit)
_IMAGE_RECORD = record_of(IMAGE, "a picture", lambda src, alt, credit="": Image(src, alt, credit))
_FORM_SCHEMA: Mapping[str, Any] = {
    "anyOf": [
        {"type": ["string", "number"]},
        {"type": "object", "additionalProperties": {"type": "number"}, "maxProperties": 1},
    ]
}

CREDIT = Kind("a source", _credit, {"anyOf": [KEY.schema, schema_of(SOURCE_CREDIT)]})
PICTURE = Kind("a picture", _image, {"anyOf": [LINE.schema, schema_of(IMAGE)]})
SCORES = Kind("topics with scores", _scores, {"type": "object", "additionalProperties": {"type": "number"}})
CORRECTIONS = list_of(record_of(CORRECTION, "a correction", Correction), "a list of corrections")
STATUSES = list_of(record_of(STATUS, "a status", Status), "a list of statuses")
INGESTED = record_of(PROVENANCE, "what ingest recorded", Provenance)
FORMS = list_of(Kind("a form", _form, _FORM_SCHEMA), "a list of forms")
CASED_FORMS = list_of(Kind("a form", _cased, _FORM_SCHEMA), "a list of forms")
NAMES = mapping_of(LINE, "names by language", LANGUAGE)
REASONS = list_of(Kind("what is missing", _reason, {"type": "string"}), "a list of what is missing")
