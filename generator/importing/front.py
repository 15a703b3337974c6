"""Take a file of another generator apart: its front matter, in YAML, TOML, JSON or Pelican's headers, and its text.

Values are as `text.frontmatter` gives them, each with its line, so that whatever is said of one can name its place.
"""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from generator.named import NamedTuple
from generator.text import frontmatter
from generator.text.block import Fault, Quoted, Value, unfit_character

MOST_CHARACTERS = frontmatter.MOST_CHARACTERS
DEEPEST = frontmatter.DEEPEST
TOML_FENCE = "+++"

_HEADER = re.compile(r" {0,3}([A-Za-z0-9_-]+):[ \t]*(.*)")
_CARRIED_ON = re.compile(r"[ \t]{4,}(.*\S)")
_TOML_PLACE = re.compile(r"\(at (?:line (\d+), column \d+|end of document)\)")
_TOML_KEY = re.compile(r"""[ \t]*(?:\[+[ \t]*)?["']?([\w-]+)""")
_INTEGER = re.compile(r"-?(?:0|[1-9]\d{0,8})")
_JSON_KEY = re.compile(r'[ \t{,]*"((?:[^"\\]|\\.)*)"[ \t]*:')
_JSON_ADVICE = "Put quotation marks around keys and text, and commas between, with none before the last bracket."
_TOML_ADVICE = "Write each line as key = value, with text between quotation marks."


class Opened(NamedTuple):
    """A file taken apart: its keys in small letters, its text and the line that begins in; `faults` leave no keys."""

    values: Mapping[str, Value]
    body: str
    body_line: int = 1
    faults: tuple[Fault, ...] = ()


def open_text(text: str, *, headers: bool = False) -> Opened:
    """Return a file taken apart; `headers` says that lines `Key: value` at its head are front matter, as in Pelican."""
    opened = _opened(frontmatter.normalised(text), headers=headers)
    unfit = next(filter(None, map(_unfit, opened.values.values())), None)
    return Opened({}, "", 1, (unfit,)) if unfit else opened


def _opened(text: str, *, headers: bool) -> Opened:
    first = text.partition("\n")[0].rstrip()
    if first == TOML_FENCE:
        return _with_toml(text)
    if first == frontmatter.FENCE:
        fences = frontmatter.split(text)
        if fences.fault is not None:
            return Opened({}, "", 1, (fences.fault,))
        values, faults = frontmatter.read(fences.front)
        return Opened(_small(values), fences.body, fences.body_line, faults)
    if headers:
        return _with_headers(text)
    if first.startswith("{") and not first.startswith(("{{", "{%")):
        return _with_json(text)
    return Opened({}, text)


def _unfit(found: Value) -> Fault | None:
    """Return the fault of a value that holds what no text may hold, also where it was written as an escape."""
    if isinstance(found.value, str):
        odd = unfit_character(found.value)
        if odd is None:
            return None
        message = f"The front matter contains the character U+{ord(odd[0]):04X}, which no text may hold."
        return Fault(found.line, message, "Delete it; it is invisible in most editors.")
    inner = found.value.values() if isinstance(found.value, dict) else found.value
    return next(filter(None, map(_unfit, inner)), None)


def read_toml(text: str, first_line: int = 1) -> tuple[dict[str, Value], tuple[Fault, ...]]:
    """Return the keys of a TOML text with their values and lines, or what is wrong with it."""
    if len(text) > MOST_CHARACTERS:
        message = f"The front matter is {len(text):,} characters long; {MOST_CHARACTERS:,} are the most."
        return {}, (Fault(first_line, message, "Put long text below it."),)
    try:
        table = tomllib.loads(text)
        lines = _lines_of_keys(text)
        return {key: _value(value, first_line + lines.get(key, 0), 1) for key, value in table.items()}, ()
    except RecursionError:
        return {}, (Fault(first_line, "The front matter is nested too deep.", "Write it flatter."),)
    except ValueError as fault:
        # Numbers of thousands of digits are a ValueError too, and name no place.
        place = _TOML_PLACE.search(str(fault))
        line = first_line
        if place:
            line += int(place[1]) - 1 if place[1] else text.rstrip("\n").count("\n")
        reason = _TOML_PLACE.sub("", str(fault)).strip().rstrip(".")
        return {}, (Fault(line, f"The front matter cannot be read as TOML: {reason}.", _TOML_ADVICE),)


def read_json(text: str) -> tuple[dict[str, Value], int, tuple[Fault, ...]]:
    """Return the keys of the JSON object at the head of a text, where it ends, and what is wrong with it."""
    if len(text.partition("\n}")[0]) > MOST_CHARACTERS:
        message = f"The front matter is longer than {MOST_CHARACTERS:,} characters."
        return {}, 0, (Fault(1, message, "Put long text below it."),)
    try:
        # Numbers stay as written, as in every other form of front matter.
        decoder = json.JSONDecoder(
            parse_float=_Number, parse_int=_Number, parse_constant=_Number, object_pairs_hook=_pairs
        )
        table, end = decoder.raw_decode(text)
        lines = _lines_of_keys(text[:end], _JSON_KEY)
        return {key: _value(value, 1 + lines.get(key, 0), 1) for key, value in table.items()}, end, ()
    except RecursionError:
        return {}, 0, (Fault(1, "The front matter is nested too deep.", "Write it flatter."),)
    except json.JSONDecodeError as fault:
        reason = fault.msg[:1].lower() + fault.msg[1:]
        return {}, 0, (Fault(fault.lineno, f"The front matter cannot be read as JSON: {reason}.", _JSON_ADVICE),)
    except _Twice as fault:
        message = f'The front matter gives "{str(fault)[:80]}" twice.'
        return {}, 0, (Fault(1, message, "Keep one of them."),)


class _Number(str):
    """A number of JSON, as it is written."""

    __slots__ = ()


class _Twice(Exception):
    """A key that an object of JSON gives twice."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Twice(key)
        found[key] = value
    return found


def plain(value: Any) -> Any:
    """Return a value as it is written out again: text, numbers, true or false, lists and dictionaries of them."""
    if isinstance(value, list):
        return [plain(item.value) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item.value) for key, item in value.items()}
    if type(value) is not Quoted:
        if value in ("true", "false"):
            return value == "true"
        if _INTEGER.fullmatch(value):
            return int(value)
        if value in ("null", "~"):
            return ""
    return str(value)


def _with_toml(text: str) -> Opened:
    lines = text.split("\n")
    close = next((place for place, line in enumerate(lines[1:], 1) if line.rstrip() == TOML_FENCE), 0)
    if not close:
        fault = Fault(1, "The front matter is not closed.", "End it with a line that holds +++ and nothing else.")
        return Opened({}, "", 1, (fault,))
    values, faults = read_toml("\n".join(lines[1:close]), 2)
    return Opened(_small(values), "\n".join(lines[close + 1 :]), close + 2, faults)


def _with_json(text: str) -> Opened:
    values, end, faults = read_json(text)
    if faults:
        return Opened({}, "", 1, faults)
    line = text.count("\n", 0, end) + 1
    same_line, _, below = text[end:].partition("\n")
    return Opened(_small(values), *((text[end:], line) if same_line.strip() else (below, line + 1)))


def _with_headers(text: str) -> Opened:
    """Read Pelican's headers: they begin in the first line and end at the first line of another shape."""
    parts: dict[str, list[str]] = {}
    lines_of: dict[str, int] = {}
    last, size, number = "", 0, 0
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        found = _HEADER.fullmatch(line)
        more = None if found else _CARRIED_ON.fullmatch(line)
        if not found and not (more and last):
            break
        size += len(line)
        if size > MOST_CHARACTERS:
            message = f"The headers are longer than {MOST_CHARACTERS:,} characters."
            return Opened({}, "", 1, (Fault(number, message, "Put an empty line before the text."),))
        if found:
            last = found[1].lower()
            lines_of.setdefault(last, number)
        parts.setdefault(last, []).append((found[2] if found else more[1] if more else "").strip())
    # An empty line belongs to the headers it ends.
    start = number if not lines[number - 1].strip() else number - 1
    values = {key: Value(Quoted(" ".join(words).strip()), lines_of[key]) for key, words in parts.items()}
    return Opened(values, "\n".join(lines[start:]), start + 1)


def _small(values: Mapping[str, Value]) -> dict[str, Value]:
    """Return the keys in small letters, as these generators compare them; of two alike the first is meant."""
    small: dict[str, Value] = {}
    for key, value in values.items():
        small.setdefault(key.lower(), value)
    return small


def _value(value: Any, line: int, depth: int) -> Value:
    if depth > DEEPEST:
        raise RecursionError
    if isinstance(value, list):
        return Value([_value(item, line, depth + 1) for item in value], line)
    if isinstance(value, dict):
        return Value({key: _value(item, line, depth + 1) for key, item in value.items()}, line)
    if isinstance(value, bool):
        return Value("true" if value else "false", line)
    if value is None:
        return Value("", line)
    if isinstance(value, datetime.date | datetime.time):
        return Value(value.isoformat(), line)
    is_text = isinstance(value, str) and not isinstance(value, _Number)
    return Value(Quoted(value) if is_text else str(value), line)


def _lines_of_keys(text: str, pattern: re.Pattern[str] = _TOML_KEY) -> dict[str, int]:
    """Return how many lines stand before each key of the outermost table; no library says it."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.split("\n")):
        key = pattern.match(line)
        if key:
            found.setdefault(key[1], number)
    return found
