"""Read `site.yaml` into a Config, telling every fault at once."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from generator.config import (
    Config,
    DeployTarget,
    EditionRule,
    IngestRules,
    MenuItem,
    Tagging,
    ThemeChoice,
)
from generator.errors import ERROR, ConfigError, Diagnostic, in_order, nearest
from generator.files import read_bytes
from generator.model.article import Extras
from generator.model.extras import extras_of
from generator.text.block import Value
from generator.text.dates import zone_named
from generator.text.frontmatter import read_keys
from generator.text.kinds import INTEGER, KEY, KEYS, LANGUAGE, LINE, NUMBER, TEXT, one_of, read_line, read_url
from generator.text.records import (
    Field,
    Kind,
    Reading,
    Table,
    Unfit,
    list_of,
    read_extra,
    read_record,
    record_of,
    schema_of,
)
from generator.text.setting_kinds import FOLDER, READERS
from generator.text.slug import is_slug

SITE_FILE = "site.yaml"
FORMAT = 1


def _base_url(key: str, value: Any, line: int, reading: Reading) -> str:
    url = read_url(key, value, line, reading)
    parts = urlsplit(url)
    if parts.query or parts.fragment or any(part in (".", "..", "") for part in parts.path.strip("/").split("/")[1:]):
        raise Unfit(f'"{key}" cannot be "{url}".', "Write host and folder only, such as https://org.example/briefs/.")
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}{parts.path.rstrip('/')}/"


def _zone(key: str, value: Any, line: int, reading: Reading) -> str:
    name = read_line(key, value, line, reading)
    try:
        zone_named(name)
    except ValueError as fault:
        message = f"{fault}{_near_zone(name)}"
        raise Unfit(message, "Write its name as in Asia/Baghdad, Europe/London or UTC.") from fault
    return name


def _near_zone(name: str) -> str:
    """Return a suggestion; people remember the city of a zone better than its continent."""
    cities = {zone.rpartition("/")[2]: zone for zone in sorted(available_timezones())}
    near = nearest(name.rpartition("/")[2], cities)
    return f' Did you mean "{cities[near]}"?' if near else ""


_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")


def _clock(key: str, value: Any, line: int, reading: Reading) -> str:
    text = read_line(key, value, line, reading)
    if not _CLOCK.fullmatch(text):
        raise Unfit(f'"{text[:80]}" is not a time of day.', 'Write it as "17:00".')
    return text


def _format(key: str, value: Any, line: int, reading: Reading) -> int:
    if value != str(FORMAT):
        raise Unfit(f'"{key}" must be {FORMAT}; this Dateline knows no other.', "Use the Dateline it was written for.")
    return FORMAT


def _options(key: str, value: Any, line: int, reading: Reading) -> Extras:
    if not isinstance(value, dict):
        raise Unfit(f'"{key}" must be a mapping.', "Write each option as name: value.")
    return extras_of(read_extra(value))


def _place(key: str, value: Any, line: int, reading: Reading) -> str:
    text = read_line(key, value, line, reading)
    if text.startswith("/") and not text.startswith("//"):
        return text
    return read_url(key, value, line, reading)


_THEME = Table(
    "The theme",
    Field("name", KEY, "a folder in themes/, or a theme that comes with Dateline"),
    Field("options", Kind("options", _options, {"type": "object"}), "what the theme's templates may ask for"),
)
_THEME_RECORD = record_of(_THEME, "a theme", ThemeChoice)
_THEME_SCHEMA = {"anyOf": [KEY.schema, _THEME_RECORD.schema]}
_MENU_ITEM = Table(
    "An entry of the menu",
    Field("label", LINE, "its words", required=True),
    Field(
        "to", Kind("an address", _place, {"type": "string"}), "an address in the site, or a web address", required=True
    ),
)
_EDITION = Table(
    "An edition",
    Field("key", KEY, "its name in addresses and file names", required=True),
    Field("title", LINE, "its name for readers", required=True),
)
_TAGGING = Table(
    "The key tagging",
    Field("threshold", NUMBER, "how many points make a topic"),
    Field("threshold_short", NUMBER, "the same for texts under 80 words"),
)
_INGEST = Table(
    "The key ingest",
    Field("keep", one_of("a place", ("content", "archive")), "where text beyond an excerpt is kept"),
    Field("archive", FOLDER, "the folder of the raw files, outside content/"),
    Field("readers", READERS, "by ending, what reads files of other formats"),
)
_PAIRS = Table("The key pairs", Field("minimum", INTEGER, "how many articles two topics must share to have a page"))
_TARGET = Table(
    "A target of deploy",
    Field("kind", one_of("a kind of target", ("dir", "git")), "a folder, or a branch of a repository", required=True),
    Field("path", LINE, "the folder, for dir"),
    Field("keep", INTEGER, "how many releases stay in the folder"),
    Field("remote", LINE, "the repository, for git"),
    Field("branch", LINE, "the branch, for git"),
)


_NEEDED = {"dir": "path", "git": "remote"}


def _theme(key: str, value: Any, line: int, reading: Reading) -> Any:
    if isinstance(value, dict):
        return _THEME_RECORD.read(key, value, line, reading)
    return ThemeChoice(KEY.read(key, value, line, reading))


def _targets(key: str, value: Any, line: int, reading: Reading) -> tuple[DeployTarget, ...]:
    if not isinstance(value, dict):
        raise Unfit(f'"{key}" must name its targets.', "Write each as name: {kind: dir, path: …}.")
    return tuple(
        target for name, (item, at) in value.items() if (target := _target(name, item, at, reading)) is not None
    )


_TARGETS_SCHEMA = {
    "type": "object",
    "propertyNames": {"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
    "additionalProperties": {
        **schema_of(_TARGET),
        "anyOf": [
            {"properties": {"kind": {"const": kind}}, "required": ["kind", needed]} for kind, needed in _NEEDED.items()
        ],
    },
}


def _target(name: str, value: Any, line: int, reading: Reading) -> DeployTarget | None:
    if not isinstance(value, dict) or not is_slug(name):
        raise Unfit(f'"{name[:80]}" is not a target.', "Write it as name: {kind: dir, path: …}.", line)
    before = len(reading.faults)
    record = read_record(value, _TARGET, reading, line)
    kind = record.get("kind")
    needed = _NEEDED.get(str(kind), "")
    if needed and needed not in record and len(reading.faults) == before:
        reading.error(line, f'The target "{name}" needs "{needed}": {dict(_words(_TARGET))[needed]}.')
    if record.get("keep", 1) < 1:
        reading.error(line, f'The target "{name}" must keep at least 1 release.')
    return DeployTarget(name=name, **record) if len(reading.faults) == before else None


def _words(table: Table) -> list[tuple[str, str]]:
    return [(field.name, field.doc) for field in table.fields]


SITE = Table(
    "The file",
    Field("format", Kind("the format", _format, {"const": FORMAT}), "the format of the content: 1", required=True),
    Field("title", LINE, "the site's name", required=True),
    Field("base_url", Kind("an address", _base_url, {"type": "string"}), "where the site will stand", required=True),
    Field("description", TEXT, "the site in a sentence or two"),
    Field("timezone", Kind("a time zone", _zone, {"type": "string"}), "the zone that decides which day it is"),
    Field("language", LANGUAGE, "the language of the site"),
    Field("theme", Kind("a theme", _theme, _THEME_SCHEMA), "a theme's name, or name and options"),
    Field("menu", list_of(record_of(_MENU_ITEM, "an entry", MenuItem), "a menu"), "label and address of each entry"),
    Field("topic_order", KEYS, "the topics that come first where nothing else decides"),
    Field(
        "day_closes", Kind("a time", _clock, {"type": "string"}), "the time from which on the next day's briefing fills"
    ),
    Field(
        "editions", list_of(record_of(_EDITION, "an edition", EditionRule), "editions"), "briefings besides the daily"
    ),
    Field("tagging", record_of(_TAGGING, "limits", Tagging), "how sure a tag must be"),
    Field("ingest", record_of(_INGEST, "rules", IngestRules), "where raw text is kept"),
    Field("deploy", Kind("targets", _targets, _TARGETS_SCHEMA), "where deploy brings the site"),
    Field("pairs", record_of(_PAIRS, "limits", lambda minimum=5: minimum), "pages of pairs", attribute="pairs_minimum"),
    extras=True,
)


def load_config(root: str | Path) -> Config:
    """Return the settings of the site in `root`; raises ConfigError with every fault, by line."""
    place = os.path.join(os.fspath(root), SITE_FILE)
    try:
        content = read_bytes(place)
    except FileNotFoundError as fault:
        raise ConfigError(f"There is no {SITE_FILE} in {root}. Make a site with: dateline init FOLDER") from fault
    except OSError as fault:
        raise ConfigError(f"{place} cannot be read: {(fault.strerror or '').lower()}.") from fault
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        unfit = Diagnostic(SITE_FILE, line, "The file is not UTF-8.", "Save it as UTF-8 in your editor.")
        raise ConfigError("The settings have a fault.", (unfit,)) from fault
    return parse_config(text)


def line_of_setting(root: str | Path, *keys: str) -> int:
    """Return the line of `site.yaml` in which the setting `keys` leads to stands, 0 when it cannot be found.

    The file is read again for it: where a value came from is worth knowing only when something is wrong with it.
    """
    try:
        text = read_bytes(os.path.join(os.fspath(root), SITE_FILE)).decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return 0
    line, values = 0, read_keys(text)[0]
    for key in keys:
        if not isinstance(values, dict) or key not in values:
            break
        values, line = values[key]
    return line


def parse_config(text: str) -> Config:
    """Return the settings written in `text`; raises ConfigError with every fault, by line."""
    values, faults = read_keys(text)
    if faults:
        raise ConfigError("The settings have a fault.", [Diagnostic(SITE_FILE, *fault) for fault in faults])
    record = _record(values)
    return Config(**record)


def _record(values: Mapping[str, Value]) -> dict[str, Any]:
    reading = Reading(SITE_FILE, zone_named("UTC"))
    record = read_record(values, SITE, reading, 1)
    editions = [edition.key for edition in record.get("editions", ())]
    if len(set(editions)) < len(editions):
        reading.error(values["editions"].line, "Two editions have one key.", "Give each a key of its own.")
    if record.get("pairs_minimum", 1) < 1:
        reading.error(values["pairs"].line, '"minimum" must be at least 1.')
    errors = [fault for fault in reading.faults if fault.severity == ERROR]
    if errors:
        number = "a fault" if len(errors) == 1 else f"{len(errors)} faults"
        raise ConfigError(f"The settings have {number}.", in_order(errors))
    del record["format"]
    record["base_path"] = urlsplit(record["base_url"]).path.rstrip("/")
    record["extra"] = extras_of(record.get("extra", ()))
    return record
