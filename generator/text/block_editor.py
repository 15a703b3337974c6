"""Change single keys of a content file's front matter and leave every other line as a person wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.text import frontmatter
from generator.text.block_writer import dump

_LAST = "ingest"


def with_keys(text: str, changes: Mapping[str, Any], body: str | None = None) -> str:
    """Return a content file with these keys set, or taken away where the value is None, and with another body if given.

    Comments and the other keys stay; a new key stands before what ingest recorded, else at the end.
    """
    fences = frontmatter.split(text)
    values, _faults = frontmatter.read(fences.front, 1)
    lines = fences.front.splitlines(keepends=True)
    starts = [*sorted(value.line for value in values.values()), len(lines) + 1]
    spans = {key: (value.line, starts[starts.index(value.line) + 1]) for key, value in values.items()}
    new = "".join(dump({key: value}) for key, value in changes.items() if key not in spans)
    parts: dict[int, str] = {}
    for key, (start, end) in spans.items():
        if key in changes:
            # A comment above the next key is that key's.
            while end - 1 > start and lines[end - 2].lstrip().startswith("#"):
                end -= 1
            parts |= dict.fromkeys(range(start, end), "")
            parts[start] = dump({key: changes[key]})
    at = spans[_LAST][0] if _LAST in spans else len(lines) + 1
    out = [(new if number == at else "") + parts.get(number, line) for number, line in enumerate(lines, 1)]
    front = "".join(out) + (new if at > len(lines) else "")
    return f"---\n{front}---\n{fences.body if body is None else body}"
