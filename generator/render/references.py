"""Which templates a template reaches, read from its text alone.

This is what makes a page's key cover every file its HTML is made from, without compiling anything.
Names must be written out: a name that is computed could lead anywhere, so it is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from generator.named import NamedTuple
from generator.render.theme import ENTRY

_STRING = r"\"[^\"]*\"|'[^']*'"
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_TAG = re.compile(
    r"\{%[-+]?\s*raw\s*[-+]?%\}.*?\{%[-+]?\s*endraw\s*[-+]?%\}"
    rf"|\{{%[-+]?\s*(?P<how>extends|include|import|from)\b(?P<what>(?:{_STRING}|[^\"'])*?)[-+]?%\}}",
    re.DOTALL,
)
_NAMES = re.compile(rf"\s*(?:(?P<one>{_STRING})|[\[(]\s*(?P<many>(?:{_STRING})(?:\s*,\s*(?:{_STRING}))*)\s*,?\s*[\])])")
_AFTER = {
    "extends": re.compile(r"\s*"),
    "include": re.compile(r"\s*(?P<optional>ignore\s+missing\s*)?(?:with(?:out)?\s+context\s*)?"),
    "import": re.compile(r"\s+as\s+\w+\s*(?:with(?:out)?\s+context\s*)?"),
    "from": re.compile(r"\s+import\s.*", re.DOTALL),
}
_ONCE = re.compile(rf"\bonce(?<![-\"'.]once)\s*\(\s*(?P<name>{_STRING})?")
_ENTRY_CALL = re.compile(r"\bentry(?<![-\"'.]entry)(?![-\w\"'])")


class Reference(NamedTuple):
    """One template another one names. `how` is the tag or call; with `optional` it may be missing.

    `name` is "" where the name is computed.
    """

    name: str
    line: int
    how: str
    optional: bool = False


# A server reads the same templates at every change of content.
@lru_cache(maxsize=512)
def references(text: str) -> tuple[Reference, ...]:
    """Return every template that `text` names, in no order that means anything."""
    text = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    return (*_tags(text), *_calls(text))


def _tags(text: str) -> Iterator[Reference]:
    for tag in _TAG.finditer(text):
        how = tag["how"]
        if how is None:
            continue
        line = text.count("\n", 0, tag.start()) + 1
        names = _NAMES.match(tag["what"])
        after = _AFTER[how].fullmatch(tag["what"], names.end()) if names is not None else None
        if names is None or after is None or (names["many"] is not None and how != "include"):
            yield Reference("", line, how)
            continue
        if names["one"] is not None:
            yield Reference(names["one"][1:-1], line, how, "optional" in after.groupdict() and bool(after["optional"]))
            continue
        for name in re.findall(_STRING, names["many"]):
            # Of a list the first that exists is taken, so each of them may be missing.
            yield Reference(name[1:-1], line, how, True)


def _calls(text: str) -> Iterator[Reference]:
    for call in _ONCE.finditer(text):
        line = text.count("\n", 0, call.start()) + 1
        yield Reference(call["name"][1:-1] if call["name"] else "", line, "once")
    found = _ENTRY_CALL.search(text)
    if found is not None:
        yield Reference(ENTRY, text.count("\n", 0, found.start()) + 1, "entry")
