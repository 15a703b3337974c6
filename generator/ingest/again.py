"""Clean articles again from the raw files that were kept, and leave alone what a person has written since.

What a person has changed in an article stays, field by field, and is told; see `merge`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from generator.errors import Diagnostic, IngestError
from generator.files import read_bytes, replace_file
from generator.ingest import archive
from generator.ingest.desk import FAILED, LEFT, RENEWED, Desk
from generator.ingest.facts import Said
from generator.ingest.merge import ended_as, fields_of, front_of, merge, plain_value
from generator.ingest.notes import read_note
from generator.ingest.prepare import Prepared, Refused, Task
from generator.ingest.raw import NOTHING_STATED, Stated
from generator.named import NamedTuple
from generator.text import frontmatter

SAME = "same"
MISSING = "missing"


class Renewed(NamedTuple):
    """What became of one article: the fields that are new, those a person has changed, and why nothing was done."""

    path: str
    state: str
    changed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    message: str = ""


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
    copy_of = str(plain_value(front_of(written).get("copy_of", "")) or "")
    try:
        text = _read(desk, path)
        merged = merge(written, text, outcome.file)
        if not is_trial:
            with desk.alone():
                if _read(desk, path) != text:
                    return Renewed(path, FAILED, message=f"content/{path}: it was changed just now. Run this again.")
                if merged.text != text:
                    replace_file(str(desk.root / "content" / path), ended_as(merged.text, _bytes(desk, path)))
                archive.keep_written(desk.archive, step.sha256, outcome.file.text(copy_of))
                if outcome.whole:
                    archive.keep_text(desk.archive, step.sha256, outcome.whole)
    except (IngestError, OSError, UnicodeDecodeError) as fault:
        return Renewed(path, FAILED, message=_told(path, fault))
    state = RENEWED if merged.changed else LEFT if merged.left else SAME
    return Renewed(path, state, merged.changed, merged.left)


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
    source = fields_of(text).get("source")
    return str(source.get("key") or "") if isinstance(source, dict) else str(source or "")


def _sha256(path: str, text: str) -> str:
    """Return the digest of the raw file that an article came from, "" for a person's own article."""
    values, faults = frontmatter.read(frontmatter.split(text).front, 2)
    if faults:
        found = [Diagnostic(f"content/{path}", fault.line, fault.message, fault.advice) for fault in faults]
        raise IngestError("Mend it, then run this again.", found)
    ingest = plain_value(values["ingest"]) if "ingest" in values else {}
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
