"""Say what a changed list of forms would change in articles that are tagged already, and write it.

Only `tagged` is rewritten; every other byte of a file stays. What a person pinned or excluded is not touched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.errors import IngestError
from generator.files import Rewrite, rewrite_all
from generator.ingest.article_file import MOST_TOPICS
from generator.ingest.commonmark import plain
from generator.ingest.tag import Tagger, TopicScore, scores, tag
from generator.named import NamedTuple
from generator.text import frontmatter
from generator.text.block import bare

_TAGGED = re.compile(r"^tagged:[^\n]*(?:\r?\n[ \t]+[^\n]*)*\r?\n", re.MULTILINE)


class Retagged(NamedTuple):
    """One article whose topics would change: those gained with their evidence, those lost, the file's new bytes.

    `short` says what still speaks for those lost, where anything does.
    """

    path: str
    title: str
    gained: tuple[TopicScore, ...]
    lost: tuple[str, ...]
    old: bytes
    new: bytes
    short: tuple[TopicScore, ...] = ()


def retag(path: str, content: bytes, by: Tagger) -> Retagged | None:
    """Return how the topics of an article would change, or None when they would not.

    An article a person wrote without `tagged`, and one whose words are kept out of its file, are left as they are: of
    the first the person decides, of the second the file says too little. Raises IngestError for a file it cannot edit.
    """
    text = content.decode("utf-8")
    fences = frontmatter.split(text)
    values, faults = frontmatter.read(fences.front, 2)
    title = _text_of(values, "title")
    if fences.fault is not None or faults or not title or _is_left_alone(values):
        return None
    body = plain(fences.body)
    found = tag(title, body, by)[:MOST_TOPICS]
    had = _mapping_of(values, "tagged")
    if list(had) == [each.topic for each in found]:
        return None
    new = with_tagged(text, {each.topic: each.score for each in found})
    if _without_tagged(new) != _without_tagged(text):
        raise IngestError(f'{path}: "tagged" cannot be rewritten safely. Write it as one line for each topic.')
    topics = {each.topic for each in found}
    return Retagged(
        path,
        title,
        tuple(each for each in found if each.topic not in had),
        tuple(topic for topic in had if topic not in topics),
        content,
        new.encode("utf-8"),
        tuple(each for each in scores(title, body, by) if each.topic in had and each.topic not in topics),
    )


def with_tagged(text: str, tagged: Mapping[str, float]) -> str:
    """Return a file's text with other machine's topics; none takes the key away. The file's own line ends are kept."""
    ending = "\r\n" if "\r\n" in text else "\n"
    lines = frontmatter.dump({"tagged": dict(tagged) or None}).replace("\n", ending)
    start = text.find(frontmatter.FENCE) + len(frontmatter.FENCE)
    end = text.find(f"\n{frontmatter.FENCE}", start) + 1
    front = text[start:end]
    changed, times = _TAGGED.subn(lambda found: lines, front, count=1)
    return text[:start] + (changed if times else front + lines) + text[end:]


def write_all(root: Path, changes: Sequence[Retagged]) -> None:
    """Write every changed file or none; raises OutputError when a file is no longer what was looked at, and OSError."""
    rewrite_all(root, [Rewrite(change.path, change.old, change.new) for change in changes])


def _is_left_alone(values: Mapping[str, frontmatter.Value]) -> bool:
    if "tagged" not in values and "ingest" not in values:
        return True
    return "cut" in _mapping_of(values, "ingest")


def _mapping_of(values: Mapping[str, frontmatter.Value], key: str) -> Mapping[str, Any]:
    found = values[key].value if key in values else {}
    return found if isinstance(found, dict) else {}


def _text_of(values: Mapping[str, frontmatter.Value], key: str) -> str:
    found = values[key].value if key in values else ""
    return found if isinstance(found, str) else ""


def _without_tagged(text: str) -> tuple[dict[str, Any], tuple[frontmatter.Fault, ...], str]:
    fences = frontmatter.split(text)
    values, faults = frontmatter.read(fences.front, 2)
    return {key: bare(value) for key, value in values.items() if key != "tagged"}, faults, fences.body
