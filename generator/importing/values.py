"""The keys other generators know by a name of their own, taken out of front matter one after another.

What nobody took is kept: `rest` returns it as `x_` keys, which reach the templates.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.errors import WARNING, Diagnostic
from generator.importing.front import plain
from generator.text.block import Quoted, Value

_WIKILINK = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]")


class Keys:
    """One file's front matter while it is read: what is left of it, and what was found to be wrong."""

    def __init__(self, path: str, values: Mapping[str, Value]) -> None:
        self.path = path
        self.left = dict(values)
        self.notes: list[Diagnostic] = []

    def note(self, line: int, message: str, advice: str = "") -> None:
        """Tell what a person should look at."""
        self.notes.append(Diagnostic(self.path, line, message, advice, WARNING))

    def line(self, *names: str) -> int:
        """Return the line of the first of the keys that is left, else 1."""
        return next((self.left[name].line for name in names if name in self.left), 1)

    def text(self, *names: str) -> str:
        """Take the first of the keys that holds text; its blanks are made single."""
        for name in names:
            found = self.left.get(name)
            if found is not None and isinstance(found.value, str) and found.value.strip():
                del self.left[name]
                return " ".join(found.value.split())
        return ""

    def texts(self, *names: str, parted_by: str = ",") -> list[tuple[str, int]]:
        """Take every one of the keys: their texts with lines, text parted by one of the signs of `parted_by`."""
        taken: list[tuple[str, int]] = []
        for name in names:
            found = self.left.get(name)
            if found is None or isinstance(found.value, dict):
                continue
            items = found.value if isinstance(found.value, list) else _parted(found, parted_by)
            if all(isinstance(item.value, str) for item in items):
                del self.left[name]
                taken += [(words, item.line) for item in items if (words := " ".join(item.value.split()))]
        return taken

    def switch(self, name: str) -> bool | None:
        """Take a key that is true or false; None when it is not there. What is neither stays, and is told."""
        found = self.left.get(name)
        if found is None or found.value == "":
            return None
        word = found.value.strip().lower() if isinstance(found.value, str) else ""
        if word in ("true", "yes", "on", "false", "no", "off"):
            del self.left[name]
            return word in ("true", "yes", "on")
        return None

    def rest(self) -> dict[str, Any]:
        """Return what is left by the names it is kept under: `x_` and the key."""
        kept: dict[str, Any] = {}
        for key, value in self.left.items():
            name = "x_" + ("".join(sign if f"a{sign}".isidentifier() else "_" for sign in key).strip("_") or "unnamed")
            while name in kept:
                name += "_"
            made = plain(value.value)
            # Nothing at all says nothing; an empty key is no value to keep.
            if made not in ("", [], {}):
                kept[name] = made
        return kept


def names_in(found: Value) -> str:
    """Return the names an author's key holds: text, a list, or mappings with a name."""
    value = found.value
    if isinstance(value, dict):
        inner = value.get("name")
        return names_in(inner) if inner is not None else ""
    if isinstance(value, list):
        return ", ".join(filter(None, map(names_in, value)))
    return " ".join(_WIKILINK.sub(r"\1", value).split())


def _parted(found: Value, signs: str) -> list[Value]:
    parts = re.split(f"[{re.escape(signs)}]" if signs.strip() else r"\s+", found.value)
    return [Value(Quoted(part), found.line) for part in parts]
