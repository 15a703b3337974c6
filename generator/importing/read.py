"""Read the files of a folder: which are new, which are known, which cannot be taken in, and what each becomes."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Mapping
from pathlib import Path

from generator.errors import WARNING, Diagnostic
from generator.files import read_bytes
from generator.importing.folder import MARKDOWN, Folder
from generator.importing.front import open_text
from generator.importing.ground import Ground
from generator.importing.settings import HUGO, JEKYLL, PELICAN
from generator.importing.settle import Settled, settle
from generator.ingest.ledger import Entry
from generator.load.decode import MOST_BYTES, decoded, unreadable
from generator.named import NamedTuple
from generator.text.markdown import is_too_large
from generator.text.noted import Noted

WRITTEN, HELD, KNOWN, CHANGED, SKIPPED, FAILED = "written", "held", "known", "changed", "skipped", "failed"
LIKE = {
    ".html": "Take it in with dateline ingest, or write it as Markdown.",
    ".htm": "Take it in with dateline ingest, or write it as Markdown.",
}


class Outcome(NamedTuple):
    """What became of one file: `state` as above, `path` its place below `content/`, what a person should know."""

    where: str
    state: str
    path: str = ""
    title: str = ""
    topics: tuple[str, ...] = ()
    draft: bool = False
    notes: tuple[Diagnostic, ...] = ()


class Known(NamedTuple):
    """What was taken in before: content paths by the digest of the file, and by its name in the ledger."""

    by_sha256: Mapping[str, str]
    by_name: Mapping[str, str]


class Reading(NamedTuple):
    """The files of a folder as read: what is to be written, with digests, what stands already, and all other ends."""

    settled: dict[str, Settled]
    digests: dict[str, str]
    standing: dict[str, str]
    twins: dict[str, str]
    outcomes: list[Outcome]


def known_from(entries: Mapping[str, Entry], by_sha256: Mapping[str, str]) -> Known:
    """Return what was taken in by the ledger and, before it, by what the articles themselves say."""
    digests = {digest: entry.article for digest, entry in entries.items()}
    current = {**digests, **by_sha256}
    names = {entry.name: current[entry.sha256] for entry in entries.values()}
    return Known(current, names)


def name_in_ledger(folder: Folder, path: str) -> str:
    """Return how the ledger calls a file: by generator, folder and path, so that a changed file is known again."""
    return f"{folder.generator}:{folder.root.resolve().name}/{path}"


def read_folder(folder: Folder, ground: Ground, known: Known, content: Path) -> Reading:
    """Return the folder's files as read; a bad file is told and does not stop the rest."""
    reader = _Reader(folder, ground, known, content)
    outcomes = reader.reading.outcomes
    for path in folder.linked:
        if path.lower().endswith(MARKDOWN):
            note = _warned(folder, path, "This is a link, which is not followed.", "Put the file itself there.")
            outcomes.append(Outcome(note.path, SKIPPED, notes=(note,)))
    for name in folder.unnamed:
        note = Diagnostic(_shown(folder, name), 0, "No text may hold this file's name.", "Give it another name.")
        outcomes.append(Outcome(note.path, FAILED, notes=(note,)))
    for path in folder.in_other_forms:
        advice = LIKE.get(posixpath.splitext(path)[1].lower(), "Convert it to Markdown first.")
        note = Diagnostic(_shown(folder, path), 0, "Only Markdown is taken in.", advice)
        outcomes.append(Outcome(note.path, FAILED, notes=(note,)))
    for path in folder.content:
        end = reader.read(path)
        if end is not None:
            outcomes.append(end)
    return reader.reading


class _Reader:
    """One run over a folder's files; of two with the same bytes the first is taken in."""

    def __init__(self, folder: Folder, ground: Ground, known: Known, content: Path) -> None:
        self.folder, self.ground, self.known, self.content = folder, ground, known, content
        self.reading = Reading({}, {}, {}, {}, [])
        self._seen: dict[str, str] = {}

    def read(self, path: str) -> Outcome | None:
        """Take one file into the reading, or return why it is not one that is to be written."""
        where = _shown(self.folder, path)
        content = _bytes(self.folder, path)
        if isinstance(content, Diagnostic):
            return Outcome(where, FAILED, notes=(content,))
        digest = hashlib.sha256(content).hexdigest()
        before = self._before(path, digest)
        if before is not None:
            return before
        text, fault = decoded(where, content)
        if fault is not None:
            return Outcome(where, FAILED, notes=(fault,))
        end = self._settle(path, text)
        if end is not None:
            return end
        if digest in self._seen:
            self.reading.twins[path] = self._seen[digest]
            del self.reading.settled[path]
            return None
        self._seen[digest] = path
        self.reading.digests[path] = digest
        return None

    def _before(self, path: str, digest: str) -> Outcome | None:
        """Return the end of a file that was taken in before, as it is or as it was."""
        known = self.known
        before = known.by_sha256.get(digest) or known.by_name.get(name_in_ledger(self.folder, path))
        if before is None:
            return None
        if (self.content / before).is_file():
            self.reading.standing[path] = before
        where = _shown(self.folder, path)
        if digest in known.by_sha256:
            return Outcome(where, KNOWN, before)
        advice = f"Make the change in content/{before}, or delete that file and its line in content/ingested.jsonl."
        note = _warned(self.folder, path, "The file has changed since it was taken in.", advice)
        return Outcome(where, CHANGED, before, notes=(note,))

    def _settle(self, path: str, text: str) -> Outcome | None:
        where = _shown(self.folder, path)
        opened = open_text(text, headers=self.folder.generator == PELICAN)
        if opened.faults:
            return Outcome(where, FAILED, notes=tuple(Diagnostic(where, *fault) for fault in opened.faults))
        noted = Noted(opened.body_line)
        if is_too_large(opened.body, noted):
            fault = noted.faults[0]
            sentence = fault.message[:1].upper() + fault.message[1:]
            return Outcome(where, FAILED, notes=(Diagnostic(where, fault.line, sentence, fault.advice),))
        reason = _no_article(self.folder, path, text)
        one = None if reason else settle(path, opened, self.ground)
        if one is not None and one.is_page and (one.is_draft or one.own == "/"):
            reason = "A page cannot be a draft." if one.is_draft else "The first page of the site is made by Dateline."
        if reason or one is None:
            return Outcome(where, SKIPPED, notes=(_warned(self.folder, path, reason, "It is left where it is."),))
        self.reading.settled[path] = one._replace(notes=tuple(note._replace(path=where) for note in one.notes))
        return None


def _no_article(folder: Folder, path: str, text: str) -> str:
    """Return why a file is no content of its own, "" when it is."""
    if not text.strip():
        return "The file is empty."
    if folder.generator == HUGO and posixpath.basename(path).startswith("_index."):
        return "This is the page of a section, which no article can be."
    if folder.generator == JEKYLL and not text.lstrip("\ufeff").startswith(("---", "+++")):
        return "It has no front matter, so Jekyll made no page of it."
    return ""


def _bytes(folder: Folder, path: str) -> bytes | Diagnostic:
    place = folder.root / path
    try:
        size = place.stat().st_size
        if size > MOST_BYTES:
            message = f"The file has {size:,} bytes; {MOST_BYTES:,} are the most."
            return Diagnostic(_shown(folder, path), 0, message, "Split it into several files.")
        return read_bytes(str(place))
    except OSError as fault:
        return unreadable(_shown(folder, path), fault)


def _shown(folder: Folder, path: str) -> str:
    return (folder.root / path).as_posix()


def _warned(folder: Folder, path: str, message: str, advice: str) -> Diagnostic:
    return Diagnostic(_shown(folder, path), 0, message, advice, WARNING)
