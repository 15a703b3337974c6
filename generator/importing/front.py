"""Take a file of another generator apart: its front matter, in YAML, TOML or Pelican's headers, and its text.

Values are as `text.frontmatter` gives them, each with its line, so that whatever is said of one can name its place.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Mapping
from typing import Any, NamedTuple

from generator.text import frontmatter
from generator.text.block import Fault, Quoted, Value

MOST_CHARACTERS = frontmatter.MOST_CHARACTERS
DEEPEST = frontmatter.DEEPEST
TOML_FENCE = "+++"

_HEADER = re.compile(r" {0,3}([A-Za-z0-9_-]+):[ \t]*(.*)")
_CARRIED_ON = re.compile(r"[ \t]{4,}(.*\S)")
_TOML_PLACE = re.compile(r"\(at line (\d+), column \d+\)")
_INTEGER = re.compile(r"-?(?:0|[1-9]\d{0,8})")
_TOML_ADVICE = "Write each line as key = value, with text between quotation marks."


class Opened(NamedTuple):
    """A file taken apart: its keys in small letters, its text and the line that begins in; `faults` leave no keys."""

    values: Mapping[str, Value]
    body: str
    body_line: int = 1
    faults: tuple[Fault, ...] = ()


def open_text(text: str, *, headers: bool = False) -> Opened:
    """Return a file taken apart; `headers` says that lines `Key: value` at its head are front matter, as in Pelican."""
    text = frontmatter.normalised(text)
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
        fault = Fault(1, "The front matter is JSON, which is not read.", "Write it as YAML between two lines of ---.")
        return Opened({}, "", 1, (fault,))
    return Opened({}, text)


def read_toml(text: str, first_line: int = 1) -> tuple[dict[str, Value], tuple[Fault, ...]]:
    """Return the keys of a TOML text with their values and lines, or what is wrong with it."""
    if len(text) > MOST_CHARACTERS:
        message = f"The front matter is {len(text):,} characters long; {MOST_CHARACTERS:,} are the most."
        return {}, (Fault(first_line, message, "Put long text below it."),)
    try:
        table = tomllib.loads(text)
        return {key: _value(value, first_line + _line_of(key, text), 1) for key, value in table.items()}, ()
    except RecursionError:
        return {}, (Fault(first_line, "The front matter is nested too deep.", "Write it flatter."),)
    except ValueError as fault:
        # Numbers of thousands of digits are a ValueError too, and name no place.
        place = _TOML_PLACE.search(str(fault))
        line = first_line + (int(place[1]) - 1 if place else 0)
        reason = _TOML_PLACE.sub("", str(fault)).strip().rstrip(".")
        return {}, (Fault(line, f"The front matter cannot be read as TOML: {reason}.", _TOML_ADVICE),)


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


def _with_headers(text: str) -> Opened:
    """Read Pelican's headers: they begin in the first line and end at the first line of another shape."""
    values: dict[str, Value] = {}
    lines = text.split("\n")
    last = ""
    for number, line in enumerate(lines, 1):
        found = _HEADER.fullmatch(line)
        more = _CARRIED_ON.fullmatch(line)
        if found:
            last = found[1].lower()
            values.setdefault(last, Value(Quoted(found[2].strip()), number))
        elif more and last:
            before = values[last]
            values[last] = Value(Quoted(f"{before.value} {more[1]}".strip()), before.line)
        else:
            # An empty line belongs to the headers it ends.
            start = number if not line.strip() else number - 1
            return Opened(values, "\n".join(lines[start:]), start + 1)
    return Opened(values, "", len(lines) + 1)


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
    if isinstance(value, datetime.date | datetime.time):
        return Value(value.isoformat(), line)
    return Value(Quoted(value) if isinstance(value, str) else str(value), line)


def _line_of(key: str, text: str) -> int:
    """Return how many lines stand before a key of the outermost table; the library does not say."""
    named = re.compile(rf"""(?m)^[ \t]*(?:\[+[ \t]*)?["']?{re.escape(key)}["']?[ \t]*[=.\]]""")
    found = named.search(text)
    return text.count("\n", 0, found.start()) if found else 0
