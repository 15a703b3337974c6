"""What a theme's two YAML files say: `theme.yaml`, its settings, and `strings.yaml`, its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from generator.errors import Diagnostic, did_you_mean
from generator.model.article import Extras
from generator.model.extras import extras_of
from generator.text.frontmatter import Value, read
from generator.text.records import Unfit, read_extra

_KEYS = ("contract", "title", "description", "author", "extends", "options")
_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_FORMS = ("one", "other")


class Settings(NamedTuple):
    """What `theme.yaml` says: the theme it extends ("" for none) with its line, and the defaults of its options."""

    extends: str = ""
    extends_line: int = 0
    options: Extras = Extras()


def read_settings(text: str, path: str, contract: int, faults: list[Diagnostic]) -> Settings:
    """Read `theme.yaml`; `contract` is the number of the contract between views and themes that we keep."""
    keys = _read(text, path, faults)
    for key, (_, line) in keys.items():
        if key not in _KEYS:
            message = f'theme.yaml has no key "{key}".{did_you_mean(key, _KEYS)}'
            faults.append(Diagnostic(path, line, message, f"Its keys are {', '.join(_KEYS)}."))
        elif key != "options" and not isinstance(keys[key].value, str):
            faults.append(Diagnostic(path, line, f'"{key}" must be text.'))
    written = keys.get("contract", Value("", 1))
    if written.value != str(contract):
        said = f'"contract" is {written.value}' if written.value else '"contract" is missing'
        advice = (
            f"This version keeps contract {contract}; docs/theme.md says what it promises. Write contract: {contract}"
        )
        faults.append(Diagnostic(path, written.line, f"{said}, so it is not known what the theme expects.", advice))
    extends = keys.get("extends", Value("", 0))
    options = keys.get("options", Value("", 0))
    values: dict[str, Any] = {}
    if isinstance(options.value, dict):
        values = {
            key: _extra(value, path, faults) for key, value in options.value.items() if _named(key, value, path, faults)
        }
    elif options.value:
        faults.append(Diagnostic(path, options.line, '"options" must be a mapping of names and defaults.'))
    return Settings(
        extends.value if isinstance(extends.value, str) else "", extends.line, extras_of(tuple(values.items()))
    )


def read_strings(text: str, path: str, faults: list[Diagnostic]) -> Mapping[str, tuple[Any, int]]:
    """Read `strings.yaml`: each key's text, or its two forms `one` and `other` for a noun that is counted."""
    strings: dict[str, tuple[Any, int]] = {}
    for key, entry in _read(text, path, faults).items():
        value, line = entry
        if not _named(key, entry, path, faults):
            continue
        if isinstance(value, str):
            strings[key] = (str(value), line)
        elif isinstance(value, dict) and tuple(sorted(value)) == _FORMS and _all_text(value):
            strings[key] = (Extras((form, str(value[form].value)) for form in _FORMS), line)
        else:
            advice = 'Write text, or two lines below it: one: "1 report" and other: "{n} reports".'
            faults.append(
                Diagnostic(path, line, f'The string "{key}" must be text, or have "one" and "other".', advice)
            )
    return strings


def _read(text: str, path: str, faults: list[Diagnostic]) -> Mapping[str, Value]:
    keys, wrong = read(text, 1)
    faults.extend(Diagnostic(path, *fault) for fault in wrong)
    return keys


def _named(key: str, value: Value, path: str, faults: list[Diagnostic]) -> bool:
    """Say whether templates can name a key."""
    if _NAME.fullmatch(key):
        return True
    faults.append(Diagnostic(path, value.line, f'"{key}" is not a name.', "Use small letters, digits and _."))
    return False


def _extra(value: Value, path: str, faults: list[Diagnostic]) -> Any:
    try:
        return read_extra(value.value)
    except Unfit as unfit:
        faults.append(Diagnostic(path, unfit.line or value.line, unfit.message, unfit.advice))
        return None


def _all_text(value: Mapping[str, Value]) -> bool:
    return all(isinstance(form.value, str) for form in value.values())
