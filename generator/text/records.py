"""Records: front matter turned into typed values by a table of fields, every fault told with its line.

A field says what kind of value it wants; a kind says how it is read and how a JSON Schema describes it.
The kinds themselves stand in `kinds.py`; the tables of fields with what they describe.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from generator.errors import ERROR, WARNING, Diagnostic, did_you_mean
from generator.named import NamedTuple
from generator.text.block import Quoted, Value, unfit_character


class Unfit(Exception):
    """A value is not what its field wants; `line` is 0 where the field's own line is meant."""

    def __init__(self, message: str, advice: str = "", line: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.line = line


class Told(Exception):
    """A value is not what its field wants, and the reading knows why already."""


class Reading:
    """One file while its front matter is being read: its path, the site's zone, and the faults found so far."""

    __slots__ = ("faults", "path", "zone")

    def __init__(self, path: str, zone: ZoneInfo) -> None:
        self.path = path
        self.zone = zone
        self.faults: list[Diagnostic] = []

    def error(self, line: int, message: str, advice: str = "") -> None:
        """Note a fault that keeps the file out of the site."""
        self.faults.append(Diagnostic(self.path, line, message, advice, ERROR))

    def warn(self, line: int, message: str, advice: str = "") -> None:
        """Note something that a person should look at, and that keeps nothing out."""
        self.faults.append(Diagnostic(self.path, line, message, advice, WARNING))

    @property
    def has_errors(self) -> bool:
        """Whether anything found so far keeps the file out."""
        return any(fault.severity == ERROR for fault in self.faults)


class Kind(NamedTuple):
    """A kind of value: what it is called in docs, how it is read, and its JSON Schema."""

    words: str
    read: Callable[[str, Any, int, Reading], Any]
    schema: Mapping[str, Any]


class Field(NamedTuple):
    """One key of a file: what it is called there, and what it means in one line.

    `attribute` is its name in the model where that differs.
    """

    name: str
    kind: Kind
    doc: str
    required: bool = False
    attribute: str = ""


class Table:
    """The keys one sort of file, or one mapping in it, may hold; with `extras`, `x_*` keys besides."""

    __slots__ = ("extras", "fields", "name", "readers", "required")

    def __init__(self, name: str, *fields: Field, extras: bool = False) -> None:
        self.name = name
        self.fields = fields
        self.extras = extras
        self.readers = {field.name: (field.attribute or field.name, field.kind.read) for field in fields}
        self.required = tuple(field for field in fields if field.required)


def read_record(values: Mapping[str, Value], table: Table, reading: Reading, line: int) -> dict[str, Any]:
    """Return the values by the model's names; what is missing or unfit is left out and told to `reading`.

    Keys that start with `x_` come back together, as `extra`.
    """
    record: dict[str, Any] = {}
    extra: list[tuple[str, Any]] = []
    readers = table.readers
    for key, (value, at) in values.items():
        known = readers.get(key)
        try:
            if known is not None:
                if value == "" and type(value) is str:
                    raise Unfit(f'"{key}" is empty.', "Give it a value, or delete the line.")
                record[known[0]] = known[1](key, value, at, reading)
            elif table.extras and key.startswith("x_") and key.isidentifier():
                extra.append((key, read_extra(value)))
            else:
                _unknown_key(key, table, reading, at)
        except Unfit as unfit:
            reading.error(unfit.line or at, unfit.message, unfit.advice)
        except Told:
            continue
    for field in table.required:
        if field.name not in values:
            reading.error(line, f'{table.name} needs "{field.name}": {field.doc}.', f"Add the line {field.name}: …")
    if extra:
        record["extra"] = tuple(extra)
    return record


def _unknown_key(key: str, table: Table, reading: Reading, line: int) -> None:
    near = did_you_mean(key, table.readers)
    own = "; keys of your own begin with x_" if table.extras else ""
    advice = "Correct it, or delete the line." if near else f"Its keys are {', '.join(table.readers)}{own}."
    reading.error(line, f'{table.name} has no key "{key[:80]}".{near}', advice)


_NUMBER = re.compile(r"[+-]?\d{1,12}(?:\.\d{1,12})?", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d{1,10}", re.ASCII)


def read_extra(value: Any) -> Any:
    """Return a value passed on to templates: text, numbers, true, false, nothing, and lists and mappings of them."""
    if isinstance(value, list):
        return tuple(read_extra(item.value) for item in value)
    if isinstance(value, dict):
        return tuple((key, read_extra(item.value)) for key, item in value.items())
    odd = unfit_character(value)
    if odd is not None:
        raise Unfit(f"The value contains the character U+{ord(odd[0]):04X}, which no text may hold.")
    if type(value) is Quoted:
        return str(value)
    if value in ("", "null", "~"):
        return None
    if value in ("true", "false"):
        return value == "true"
    if _INTEGER.fullmatch(value):
        return int(value)
    return float(value) if _NUMBER.fullmatch(value) else value


def list_of(kind: Kind, words: str) -> Kind:
    """Return the kind whose values are lists of `kind`; a single value is a list of one."""
    read_one = kind.read

    def read(key: str, value: Any, line: int, reading: Reading) -> tuple[Any, ...]:
        if not isinstance(value, list):
            return (read_one(key, value, line, reading),)
        found = []
        for item, at in value:
            try:
                if isinstance(item, list):
                    raise Unfit(f'"{key}" holds a list inside its list.', "Write each item as one value.")
                found.append(read_one(key, item, at, reading))
            except Unfit as unfit:
                reading.error(unfit.line or at, unfit.message, unfit.advice)
            except Told:
                continue
        if len(found) < len(value):
            raise Told
        return tuple(found)

    return Kind(words, read, {"anyOf": [{"type": "array", "items": kind.schema}, kind.schema]})


def mapping_of(kind: Kind, words: str, keys: Kind) -> Kind:
    """Return the kind whose values are pairs of a key and a `kind`, in the order written."""
    read_one, read_name = kind.read, keys.read

    def read(key: str, value: Any, line: int, reading: Reading) -> tuple[tuple[str, Any], ...]:
        if not isinstance(value, dict):
            raise Unfit(f'"{key}" must be a mapping, not {_article(value)}.', "Write each line as name: value.")
        return tuple(
            (read_name(key, name, at, reading), read_one(f"{key}: {name}", item, at, reading))
            for name, (item, at) in value.items()
        )

    return Kind(words, read, {"type": "object", "additionalProperties": kind.schema})


def record_of(table: Table, words: str, make: Callable[..., Any]) -> Kind:
    """Return the kind whose values are mappings with the keys of `table`; `make` builds the value from them."""

    def read(key: str, value: Any, line: int, reading: Reading) -> Any:
        if not isinstance(value, dict):
            raise Unfit(
                f'"{key}" must be a mapping, not {_article(value)}.', f"Its keys are {', '.join(table.readers)}."
            )
        before = len(reading.faults)
        record = read_record(value, table, reading, line)
        if any(fault.severity == ERROR for fault in reading.faults[before:]):
            raise Told
        return make(**record)

    return Kind(words, read, schema_of(table))


def schema_of(table: Table) -> dict[str, Any]:
    """Return the JSON Schema of a mapping with the keys of `table`."""
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {field.name: {"description": field.doc, **field.kind.schema} for field in table.fields},
        "required": [field.name for field in table.required],
        "additionalProperties": False,
    }
    if table.extras:
        schema["patternProperties"] = {"^x_": {}}
    return schema


def _sort(value: Any) -> str:
    return "list" if isinstance(value, list) else "mapping"


def _article(value: Any) -> str:
    return f"a {_sort(value)}" if not isinstance(value, str) else "text"
