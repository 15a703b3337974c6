"""From a sentence on a page back to the line of content it was written in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.files import safe_join
from generator.text.frontmatter import Fences, split
from generator.text.markdown import line_of

ENOUGH_WORDS = 6
_MARKS = str.maketrans("", "", "\"'\\")


def source_line(root: Path, files: Iterable[str], text: str) -> tuple[str, int] | None:
    """Return the file and line in which a sentence begins, None when none of the files has it.

    `files` are looked through in their order, front matter and body; of a long sentence that a page shows otherwise
    than it was written, its first words are enough.
    """
    parts = [(path, fences) for path in dict.fromkeys(files) if (fences := _read(root, path)) is not None]
    for wanted in _ways_to_say(text):
        for path, fences in parts:
            line = _line_in_front(fences.front, wanted) or line_of(fences.body, wanted, fences.body_line)
            if line:
                return path, line
    return None


def _read(root: Path, path: str) -> Fences | None:
    if not path.endswith(".md"):
        return None
    try:
        return split(Path(safe_join(root, path)).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return None


def _ways_to_say(text: str) -> Iterator[str]:
    whole = " ".join(text.split()).removesuffix("…").rstrip()
    if whole:
        yield whole
    words = whole.split(" ")
    if len(words) > ENOUGH_WORDS:
        yield " ".join(words[:ENOUGH_WORDS])


def _line_in_front(front: str, wanted: str) -> int:
    """Return the file's line in which a value of the front matter begins; quotes and folded lines do not matter."""
    words: list[str] = []
    lines: list[int] = []
    for number, row in enumerate(front.split("\n"), start=2):
        for word in row.translate(_MARKS).split():
            words.append(word)
            lines.append(number)
    asked = wanted.translate(_MARKS).split()
    for place in range(len(words) - len(asked) + 1):
        if asked and words[place : place + len(asked)] == asked:
            return lines[place]
    return 0
