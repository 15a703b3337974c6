"""Clean articles again from the raw files that were kept, and leave alone what a person has written since.

Three states of each field are compared: what ingest wrote, what stands there now, and what ingest would write today.
Where a person has changed a field, theirs stays, and that is told. What was known does not become unknown again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from generator.errors import Diagnostic, IngestError
from generator.files import read_bytes, replace_file
from generator.ingest import archive
from generator.ingest.article_file import ArticleFile
from generator.ingest.desk import Desk
from generator.ingest.facts import Said
from generator.ingest.notes import read_note
from generator.ingest.prepare import Prepared, Refused, Task
from generator.ingest.raw import NOTHING_STATED, Stated
from generator.named import NamedTuple
from generator.text import frontmatter
from generator.text.block_editor import with_keys

RENEWED = "renewed"
SAME = "same"
LEFT = "left"
MISSING = "missing"
FAILED = "failed"
BODY = "body"
_NEVER = ("id", "copy_of", "ingest", "held")
# What an article is held for, and the key that would then say less than it does.
_KEY_OF_REASON = {"title": "title", "date": "date", "source": "source", "url": "source", "body": BODY}


class Renewed(NamedTuple):
    """What became of one article: the fields that are new, those a person has changed, and why nothing was done."""

    path: str
    state: str
    changed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    message: str = ""


class Merged(NamedTuple):
    """An article's file with what is new in it."""

    text: str
    changed: tuple[str, ...]
    left: tuple[str, ...]


def steps(paths: Iterable[str], desk: Desk) -> Iterator[Task | Renewed]:
    """Yield what is to be cleaned again for each article below `content/`; people's own articles are passed over."""
    for path in paths:
        try:
            sha256 = _sha256(path, _read(desk, path))
            if sha256:
                yield _step(path, sha256, desk)
        except (IngestError, OSError, UnicodeDecodeError) as fault:
            yield Renewed(path, FAILED, message=_told(path, fault))


def renew(step: Task, outcome: Prepared | Refused | None, desk: Desk, *, is_trial: bool) -> Renewed:
    """Write what is new into one article, unless it is only tried."""
    path = step.where
    if not isinstance(outcome, Prepared):
        return Renewed(path, FAILED, message=outcome.message if outcome else "")
    written = archive.written(desk.archive, step.sha256) or ""
    copy_of = str(_plain(_front(written).get("copy_of", "")) or "")
    try:
        text = _read(desk, path)
        merged = merge(written, text, outcome.file)
        if not is_trial:
            with desk.alone():
                if _read(desk, path) != text:
                    return Renewed(path, FAILED, message=f"content/{path}: it was changed just now. Run this again.")
                if merged.text != text:
                    replace_file(str(desk.root / "content" / path), _ended_as(merged.text, _bytes(desk, path)))
                archive.keep_written(desk.archive, step.sha256, outcome.file.text(copy_of))
                if outcome.whole:
                    archive.keep_text(desk.archive, step.sha256, outcome.whole)
    except (IngestError, OSError, UnicodeDecodeError) as fault:
        return Renewed(path, FAILED, message=_told(path, fault))
    state = RENEWED if merged.changed else LEFT if merged.left else SAME
    return Renewed(path, state, merged.changed, merged.left)


def merge(written: str, standing: str, made: ArticleFile) -> Merged:
    """Return the standing file with what `made` has new over `written`, where a person has not changed it."""
    was, now, new = (_fields(text) for text in (written, standing, made.text()))
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


def _step(path: str, sha256: str, desk: Desk) -> Task | Renewed:
    raw = archive.raw_of(desk.archive, sha256)
    if raw is None:
        message = (
            f"content/{path}: its raw file is not in {desk.archive}, so it stays as it is.\n"
            "  If the files were moved, name their folder at ingest.archive in site.yaml."
        )
        return Renewed(path, MISSING, message=message)
    if archive.written(desk.archive, sha256) is None:
        message = f"content/{path}: it is not known what ingest wrote, so nobody can tell what a person has changed."
        return Renewed(path, MISSING, message=message)
    content = raw.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise IngestError(f"the raw file {raw} has been changed; its SHA-256 is another. Take the report in anew.")
    note = archive.note_of(raw)
    said = Said(note=read_note(note)) if note is not None else Said()
    if not said.note.source:
        key = _source_of(archive.written(desk.archive, sha256) or "")
        said = said._replace(source=key if key in desk.sources else "")
    entry = desk.ledger.by_sha256.get(sha256)
    name, kind = (entry.name, entry.kind) if entry else (raw.name.partition("-")[2], "")
    stated = Stated(charset=entry.charset, url=entry.url, site=entry.site) if entry else NOTHING_STATED
    return Task(path, name, content, sha256, said, kind, stated, reading=desk.readings.taken(name, sha256))


def _source_of(text: str) -> str:
    source = _fields(text).get("source")
    return str(source.get("key") or "") if isinstance(source, dict) else str(source or "")


def _sha256(path: str, text: str) -> str:
    """Return the digest of the raw file that an article came from, "" for a person's own article."""
    values, faults = frontmatter.read(frontmatter.split(text).front, 2)
    if faults:
        found = [Diagnostic(f"content/{path}", fault.line, fault.message, fault.advice) for fault in faults]
        raise IngestError("Mend it, then run this again.", found)
    ingest = _plain(values["ingest"]) if "ingest" in values else {}
    return str(ingest.get("sha256") or "") if isinstance(ingest, dict) else ""


def _told(path: str, fault: Exception) -> str:
    if isinstance(fault, UnicodeDecodeError):
        return f"content/{path}: it is not UTF-8. Save it as UTF-8 in your editor."
    if isinstance(fault, OSError):
        reason = (fault.strerror or str(fault)).lower()
        return f"content/{path}: it cannot be read or written ({reason}). Mend that, then run this again."
    if isinstance(fault, IngestError) and fault.diagnostics:
        return "\n".join((*(each.text() for each in fault.diagnostics), f"  {fault}"))
    return f"content/{path}: {fault}"


def _read(desk: Desk, path: str) -> str:
    return frontmatter.normalised(_bytes(desk, path).decode("utf-8"))


def _bytes(desk: Desk, path: str) -> bytes:
    return read_bytes(str(desk.root / "content" / path))


def _ended_as(text: str, standing: bytes) -> bytes:
    """Return a file's new text with the line ends that its editor gave it."""
    return text.replace("\n", "\r\n").encode("utf-8") if b"\r\n" in standing else text.encode("utf-8")


def _front(text: str) -> dict[str, Any]:
    return frontmatter.read(frontmatter.split(text).front, 2)[0]


def _fields(text: str) -> dict[str, Any]:
    """Return a file's keys and its body as plain values."""
    return {
        **{key: _plain(value) for key, value in _front(text).items()},
        BODY: frontmatter.split(text).body.strip("\n"),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, frontmatter.Value):
        return _plain(value.value)
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return str(value)
