"""Front matter: the YAML block at the head of a content file, and `site.yaml` and `theme.yaml`, which are such a block.

The only door to yaml. Every scalar stays the text that was written (`no`, `010`, `2020-01-02`): a field says what it
wants, never YAML. Anchors, aliases, tags, keys given twice and depths nobody writes are faults with a line.
The library gives events, and values are built from them without recursion: a composer that recurses can be made to
exhaust the stack, and aliases can be made to grow without bound.
"""

from __future__ import annotations

import re
from typing import Any

from generator.named import NamedTuple
from generator.text.block import Fault, Quoted, Value, unfit_character
from generator.text.plain_lines import read_plain

__all__ = [
    "Fault",
    "Fences",
    "Quoted",
    "Value",
    "dump",
    "has_fast_yaml",
    "normalised",
    "read",
    "read_keys",
    "read_with_yaml",
    "split",
]

FENCE = "---"
NOT_CLOSED = Fault(1, "The front matter is not closed.", "End it with a line that holds --- and nothing else.")
MOST_CHARACTERS = 64 * 1024
MOST_VALUES = 4000
DEEPEST = 12

_SURROGATES = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
_STRING_TAG = "tag:yaml.org,2002:str"
_ADVICE = (
    ("mapping values are not allowed", 'Put quotes around a value that contains ": ".'),
    ("cannot start any token", "Put quotes around a value that begins with a special character; indent with spaces."),
    ("tab character", "Indent with spaces, never with tabs."),
    ("quoted scalar", "Close the quotation mark, and double an apostrophe inside single quotes."),
    ("flow", "Close the bracket, and put quotes around values with commas or brackets."),
    ("block end", "Put quotes around the value, and keep the lines of one block at one indentation."),
    ("could not find expected ':'", "Write each line as key: value."),
    ("block sequence entries", "Begin each item of a list on a line of its own, below its key."),
    ("expected key", "Double an apostrophe inside single quotes, and put nothing behind a closing quotation mark."),
    ("", "Write each line as key: value, and put quotes around a value with special characters."),
)


class Fences(NamedTuple):
    """A content file taken apart. The front matter begins in line 2, the body in line `body_line`.

    With a `fault` there is no front matter, and `body` is the whole text.
    """

    front: str
    body: str
    body_line: int
    fault: Fault | None = None


def dump(mapping: Any) -> str:
    """Return `mapping` as a block that `read` reads back; None is left out."""
    # A build reads front matter and writes none.
    from generator.text.block_writer import dump as written

    return written(mapping)


def split(text: str) -> Fences:
    """Take a file apart at its two `---` lines; line ends of every kind and a byte order mark are accepted."""
    text = normalised(text)
    start = text.find("\n") + 1
    if not start or text[:start].rstrip(" \t\n") != FENCE:
        return Fences("", text, 1, _no_opening(text))
    end = start - 1
    while True:
        end = text.find("\n---", end)
        if end < 0:
            return Fences("", text, 1, NOT_CLOSED)
        close = text.find("\n", end + 1)
        line = text[end + 1 : close] if close >= 0 else text[end + 1 :]
        if line.rstrip(" \t") == FENCE:
            break
        end += 1
    front = text[start : end + 1]
    return Fences(front, text[close + 1 :] if close >= 0 else "", front.count("\n") + 3)


def normalised(text: str) -> str:
    """Return the text without byte order mark, its lines ending in `\\n`."""
    if text[:1] == "\ufeff":
        text = text[1:]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def read(front: str, first_line: int = 2) -> tuple[dict[str, Value], tuple[Fault, ...]]:
    """Return the keys of a block with their values and lines, and what is wrong with it; `first_line` is its place.

    A value is text (`Quoted` where it stood in quotes), a list of Values, or a dictionary of them; an empty one is "".
    """
    if "\ufeff" in front:
        # Byte order marks stick to text that was pasted from other files; none of them means anything here.
        front = front.replace("\ufeff", "")
    if len(front) > MOST_CHARACTERS:
        advice = f"It may have {MOST_CHARACTERS:,} characters; put long text below the second ---."
        return {}, (Fault(first_line, f"The front matter is {len(front):,} characters long.", advice),)
    plain = read_plain(front, first_line)
    return (plain, ()) if plain is not None else read_with_yaml(front, first_line)


def read_keys(text: str) -> tuple[dict[str, Value], tuple[Fault, ...]]:
    """Return the keys of a file that holds nothing else, as `read` does; what is wrong is told of the file."""
    keys, faults = read(normalised(text), 1)
    return keys, tuple(fault._replace(message=fault.message.replace("he front matter", "he file")) for fault in faults)


def has_fast_yaml() -> bool:
    """Say whether PyYAML was built with its C library; without it, odd front matter is read ten times slower."""
    import yaml

    return hasattr(yaml, "CSafeLoader")


def read_with_yaml(front: str, first_line: int) -> tuple[dict[str, Value], tuple[Fault, ...]]:
    """Read a block as `read` does, with the YAML library alone; a block with a fault has no keys."""
    import yaml

    odd = unfit_character(front)
    if odd is not None:
        line = first_line + front.count("\n", 0, odd.start())
        message = f"The front matter contains the character U+{ord(odd[0]):04X}, which no text may hold."
        return {}, (Fault(line, message, "Delete it; it is invisible in most editors."),)
    if "\\u" in front:
        front = _SURROGATES.sub(_joined_pair, front)
    try:
        return _built(yaml.parse(front, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)), first_line), ()
    except _Unfit as unfit:
        return {}, (unfit.fault,)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or error.context or "it is not YAML"
        # An unclosed quotation mark is noticed at the end, but it was opened where the context says.
        if error.context_mark is not None and "scalar" in str(error.context):
            mark = error.context_mark
        line = first_line + (min(mark.line, max(front.count("\n") - 1, 0)) if mark is not None else 0)
        advice = next(advice for words, advice in _ADVICE if words in f"{problem} {error.context}")
        return {}, (Fault(line, f"The front matter cannot be read: {problem}.", advice),)
    except yaml.YAMLError as error:
        return {}, (Fault(first_line, f"The front matter cannot be read: {str(error).splitlines()[0]}."),)


class _Unfit(Exception):
    """A block says what front matter cannot hold; `fault` says where and what to do."""

    def __init__(self, line: int, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.fault = Fault(line, message, advice)


class _Open(NamedTuple):
    """A list or mapping whose end has not come; `waiting` holds the key that waits for its value."""

    container: Any
    waiting: list[tuple[str, int]]


def _built(events: Any, first_line: int) -> dict[str, Value]:
    """Build the values of a block; the outermost mapping is returned, an empty block is an empty one."""
    import yaml

    stack = [_Open([], [])]
    documents = values = 0
    for event in events:
        line = first_line + event.start_mark.line
        if isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            stack.pop()
        elif isinstance(event, yaml.NodeEvent):
            values += 1
            if values > MOST_VALUES:
                raise _Unfit(line, f"The front matter holds more than {MOST_VALUES:,} values.", "Shorten it.")
            _refuse_features(event, line)
            if isinstance(event, yaml.ScalarEvent):
                _place(stack[-1], event.value if event.style in (None, "") else Quoted(event.value), line)
                continue
            opened = _Open({} if isinstance(event, yaml.MappingStartEvent) else [], [])
            _place(stack[-1], opened.container, line)
            stack.append(opened)
            if len(stack) > DEEPEST:
                raise _Unfit(line, f"The front matter is nested more than {DEEPEST} levels deep.", "Write it flatter.")
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _Unfit(line, "The front matter holds two documents.", "Delete the line that parts them.")
    return _outermost(stack[0].container, first_line)


def _outermost(documents: list[Value], first_line: int) -> dict[str, Value]:
    if not documents or (documents[0].value == "" and type(documents[0].value) is str):
        return {}
    keys = documents[0].value
    if not isinstance(keys, dict):
        raise _Unfit(first_line, "The front matter is not a list of keys.", "Write each line as key: value.")
    return keys


def _place(opened: _Open, value: Any, line: int) -> None:
    """Put a value where it belongs: into the list, or under the key that waits, or as the next key."""
    if isinstance(opened.container, list):
        opened.container.append(Value(value, line))
    elif opened.waiting:
        key, key_line = opened.waiting.pop()
        opened.container[key] = Value(value, key_line)
    elif not isinstance(value, str):
        raise _Unfit(line, "A key of the front matter is a list or a mapping.", "Write each line as key: value.")
    elif value in opened.container:
        first = opened.container[value].line
        raise _Unfit(line, f'"{value}" is given twice; it stands in line {first} already.', "Keep one of them.")
    else:
        opened.waiting.append((str(value), line))


def _refuse_features(event: Any, line: int) -> None:
    import yaml

    if isinstance(event, yaml.AliasEvent) or event.anchor:
        advice = 'Write the value out; put quotes around text that begins with "&" or "*".'
        raise _Unfit(line, "The front matter uses an anchor or an alias.", advice)
    if event.tag and not (event.tag == _STRING_TAG and isinstance(event, yaml.ScalarEvent)):
        advice = 'Leave the tag away; put quotes around text that begins with "!".'
        raise _Unfit(line, f'The front matter uses a tag, "{event.tag[:60]}".', advice)


def _joined_pair(found: re.Match[str]) -> str:
    """JSON writes characters beyond U+FFFF as two escapes; YAML knows them as one."""
    high, low = int(found[1], 16), int(found[2], 16)
    return f"\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08X}"


def _no_opening(text: str) -> Fault:
    if not text.strip():
        return Fault(1, "The file is empty.", "Begin it with a line of ---, then title: and date:, then another ---.")
    head = text[:3]
    if text.rstrip() == FENCE:
        return NOT_CLOSED
    if head == FENCE:
        return Fault(1, "The first line holds more than ---.", "Give the three hyphens a line of their own.")
    if head in ("+++", ";;;") or head[0] == "{":
        return Fault(1, "The front matter is not YAML.", "Write it as key: value lines between two lines of ---.")
    return Fault(1, "The file does not begin with front matter.", "Its first line must be ---.")
