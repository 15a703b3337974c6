"""What a theme's two YAML files say: `theme.yaml`, its settings, and `strings.yaml`, its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.errors import Diagnostic, did_you_mean
from generator.model.article import Extras
from generator.model.extras import extras_of
from generator.named import NamedTuple
from generator.text.dates import NAMED_IN_FORMS, zone_named
from generator.text.frontmatter import Value, read_keys
from generator.text.kinds import LINE, TEXT
from generator.text.records import Field, Kind, Reading, Table, Unfit, read_extra, read_record

# The number of the contract between views and themes that this version keeps.
CONTRACT = 1

_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_FORMS = ("one", "other")
_IN_BRACES = re.compile(r"\{([^{}]*)\}")


class Settings(NamedTuple):
    """What `theme.yaml` says: the theme it extends ("" for none) with its line, and the defaults of its options."""

    extends: str = ""
    extends_line: int = 0
    options: Extras = Extras()


def _contract(key: str, value: Any, line: int, reading: Reading) -> int:
    if value != str(CONTRACT):
        said = f"{value[:80]}" if isinstance(value, str) else "no number"
        advice = f"This version keeps contract {CONTRACT}; docs/theme.md says what it promises. Write {key}: {CONTRACT}"
        raise Unfit(f'"{key}" is {said}, so it is not known what the theme expects.', advice)
    return CONTRACT


def _options(key: str, value: Any, line: int, reading: Reading) -> Extras:
    if not isinstance(value, dict):
        raise Unfit(f'"{key}" must be a mapping of names and defaults.', "Write each option as name: default.")
    values = []
    for name, entry in value.items():
        if not _NAME.fullmatch(name):
            reading.error(entry.line, *_no_name(name))
            continue
        try:
            values.append((name, read_extra(entry.value)))
        except Unfit as unfit:
            reading.error(unfit.line or entry.line, unfit.message, unfit.advice)
    return extras_of(tuple(values))


THEME = Table(
    "theme.yaml",
    Field(
        "contract",
        Kind("the number of a contract", _contract, {"const": CONTRACT}),
        f"the contract between views and themes it was written for: {CONTRACT}",
        required=True,
    ),
    Field("extends", LINE, "the theme it stands on; without one it must have every template"),
    Field("title", LINE, "its name, for people"),
    Field("description", TEXT, "what it looks like, for people"),
    Field("author", LINE, "who made it, for people"),
    Field(
        "options",
        Kind("names and defaults", _options, {"type": "object", "propertyNames": {"pattern": f"^{_NAME.pattern}$"}}),
        "what a site may set under `theme: {options: …}`",
    ),
)


def read_settings(text: str, path: str, faults: list[Diagnostic]) -> Settings:
    """Read `theme.yaml`; what is wrong in it is added to `faults`."""
    keys = _read(text, path, faults)
    reading = Reading(path, zone_named("UTC"))
    record = read_record(keys, THEME, reading, 1)
    faults.extend(reading.faults)
    extends_line = keys["extends"].line if "extends" in keys else 0
    return Settings(record.get("extends", ""), extends_line, record.get("options", Extras()))


def read_strings(text: str, path: str, faults: list[Diagnostic]) -> Mapping[str, tuple[Any, int]]:
    """Read `strings.yaml`: each key's text, or its two forms `one` and `other` for a noun that is counted."""
    strings: dict[str, tuple[Any, int]] = {}
    for key, entry in _read(text, path, faults).items():
        value, line = entry
        if not _named(key, entry, path, faults):
            continue
        if isinstance(value, str):
            strings[key] = (str(value), line)
            faults.extend(Diagnostic(path, line, *fault) for fault in _unknown_names(key, value))
        elif isinstance(value, dict) and tuple(sorted(value)) == _FORMS and _all_text(value):
            strings[key] = (Extras((form, str(value[form].value)) for form in _FORMS), line)
        else:
            advice = 'Write text, or two lines below it: one: "1 report" and other: "{n} reports".'
            faults.append(
                Diagnostic(path, line, f'The string "{key}" must be text, or have "one" and "other".', advice)
            )
    return strings


def _unknown_names(key: str, form: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the form of a day or a month, with advice: readers would see what stands for nothing."""
    allowed = NAMED_IN_FORMS.get(key, ())
    for name in _IN_BRACES.findall(form) if allowed else ():
        if name not in allowed:
            message = f'The form "{key}" names {{{name}}}, which it cannot.{did_you_mean(name, allowed)}'
            yield message, f"It may name {', '.join(f'{{{one}}}' for one in allowed)}."


def _read(text: str, path: str, faults: list[Diagnostic]) -> Mapping[str, Value]:
    keys, wrong = read_keys(text)
    faults.extend(Diagnostic(path, *fault) for fault in wrong)
    return keys


def _named(key: str, value: Value, path: str, faults: list[Diagnostic]) -> bool:
    """Say whether templates can name a key."""
    if _NAME.fullmatch(key):
        return True
    faults.append(Diagnostic(path, value.line, *_no_name(key)))
    return False


def _no_name(key: str) -> tuple[str, str]:
    return f'"{key[:80]}" is not a name.', "Use small letters, digits and _."


def _all_text(value: Mapping[str, Value]) -> bool:
    return all(isinstance(form.value, str) for form in value.values())
