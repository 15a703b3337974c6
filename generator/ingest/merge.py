"""Bring what a report newly gives into an article, and leave alone what a person has written since.

Three states of each field are compared: what ingest wrote, what stands there now, and what ingest would write today.
Where a person has changed a field, theirs stays, and that is told. What was known does not become unknown again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generator.ingest.article_file import ArticleFile
from generator.named import NamedTuple
from generator.text import frontmatter
from generator.text.block_editor import with_keys

BODY = "body"
_NEVER = ("id", "copy_of", "ingest", "held")
# What an article is held for, and the key that would then say less than it does.
_KEY_OF_REASON = {"title": "title", "date": "date", "source": "source", "url": "source", "body": BODY}


class Merged(NamedTuple):
    """An article's file with what is new in it."""

    text: str
    changed: tuple[str, ...]
    left: tuple[str, ...]


def merge(written: str, standing: str, made: ArticleFile) -> Merged:
    """Return the standing file with what `made` has new over `written`, where a person has not changed it."""
    was, now, new = (fields_of(text) for text in (written, standing, made.text()))
    held = [reason for reason in new.get("held") or () if reason not in (now.get("held") or ())]
    silent = {_KEY_OF_REASON.get(reason, "") for reason in held}
    changes: dict[str, Any] = {}
    left: list[str] = []
    for key in dict.fromkeys((*was, *new)):
        if key in _NEVER or key in silent:
            continue
        settle = _settled_by_key if key == "source" else _settled
        value, is_left = settle(was.get(key), now.get(key), new.get(key))
        if value != now.get(key):
            # As it was made, because text that was read again has lost that it was a number.
            changes[key] = made.front[key] if key in made.front and value == new.get(key) else value
        if is_left:
            left.append(key)
    if now.get("held") == was.get("held") and not held and new.get("held") != now.get("held"):
        changes["held"] = made.front.get("held")
    if not changes:
        return Merged(standing, (), tuple(left))
    body = changes.pop(BODY, None)
    changed = (*changes, *((BODY,) if body is not None else ()))
    if "ingest" in made.front and now.get("ingest") == was.get("ingest"):
        changes["ingest"] = _record(now.get("ingest"), made.front.get("ingest"), left)
    text = with_keys(standing, changes, f"\n{body}\n" if body is not None else None)
    return Merged(text, changed, tuple(left))


def _settled(was: Any, now: Any, new: Any) -> tuple[Any, bool]:
    """Return what a field is to hold, and whether a person's word stood against ours."""
    if new in (was, now):
        return now, False
    return (new, False) if now == was else (now, True)


def _settled_by_key(was: Any, now: Any, new: Any) -> tuple[Any, bool]:
    """Settle a mapping key by key: who has corrected an author has not judged the address."""
    if not all(isinstance(each, dict) for each in (was, now, new)):
        return _settled(was, now, new)
    parts = {key: _settled(was.get(key), now.get(key), new.get(key)) for key in dict.fromkeys((*now, *new))}
    kept = {key: value for key, (value, _) in parts.items() if value is not None}
    return kept, any(is_left for _, is_left in parts.values())


def _record(now: Any, new: Any, left: Iterable[str]) -> dict[str, Any]:
    """Return what ingest records, without what it says of fields that are a person's; when it came stays."""
    theirs = tuple(f"{key}:" for key in left)
    record = dict(new or {})
    for key in ("inferred", "doubtful"):
        kept = [words for words in record.get(key) or () if not words.startswith(theirs)] if theirs else record.get(key)
        record[key] = kept or None
    return {**record, "retrieved": (now or {}).get("retrieved") or record.get("retrieved")}


def ended_as(text: str, standing: bytes) -> bytes:
    """Return a file's new text with the line ends that its editor gave it."""
    return text.replace("\n", "\r\n").encode("utf-8") if b"\r\n" in standing else text.encode("utf-8")


def front_of(text: str) -> dict[str, Any]:
    """Return what stands in a file's front matter, each value with its line."""
    return frontmatter.read(frontmatter.split(text).front, 2)[0]


def fields_of(text: str) -> dict[str, Any]:
    """Return a file's keys and its body as plain values."""
    return {
        **{key: plain_value(value) for key, value in front_of(text).items()},
        BODY: frontmatter.split(text).body.strip("\n"),
    }


def plain_value(value: Any) -> Any:
    """Return a value of front matter without lines, all of it text."""
    if isinstance(value, frontmatter.Value):
        return plain_value(value.value)
    if isinstance(value, dict):
        return {key: plain_value(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain_value(inner) for inner in value]
    return str(value)
