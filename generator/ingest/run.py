"""Take raw files in: each becomes one content file, at once and whole, and is known from then on.

For each file the order is: its bytes to the archive, the article, the ledger, and last, for the inbox, the raw file out
of the way. Whatever is interrupted can be run again: nothing is lost, and nothing is written twice.
A file that stands in `content/` is never overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Protocol

from generator.config import Config
from generator.errors import IngestError, did_you_mean
from generator.ingest import archive
from generator.ingest.batch import repeated_in_batch, with_lines
from generator.ingest.desk import FAILED, HELD, KNOWN, LEFT, RENEWED, WRITTEN, Desk, Taken
from generator.ingest.facts import Said
from generator.ingest.forms import Piece
from generator.ingest.inputs import Input, gather
from generator.ingest.prepare import Prepared, Refused, Task, prepare
from generator.ingest.raw import shown, told, unreadable
from generator.ingest.stayed import Stayed
from generator.machine import cores
from generator.model.source import Source
from generator.model.topic import Topic

__all__ = [
    "FAILED",
    "HELD",
    "INBOX",
    "KNOWN",
    "LEFT",
    "RENEWED",
    "WRITTEN",
    "Desk",
    "Taken",
    "ingest_inbox",
    "take_all",
]

INBOX = "content/inbox"
Step = Task | Taken


class Preparing(Protocol):
    """What prepares raw files: this process, or many; what is no task is passed on in its place."""

    def __call__(self, steps: Iterable[Step]) -> Iterator[tuple[Step, Prepared | Refused | None]]:
        """Yield each step with its outcome, in order."""


def take_all(
    inputs: Iterable[Input], said: Said, desk: Desk, kind: str | None = None, preparing: Preparing | None = None
) -> Iterator[Taken]:
    """Take every input in, and say of each what became of it; a bad file does not stop the rest."""
    steps = chain.from_iterable(_steps(one, said, desk, kind or "") for one in inputs)
    for step, outcome in (preparing or _here(desk))(steps):
        if isinstance(step, Taken):
            yield step
        elif isinstance(outcome, Prepared):
            yield desk.put(step, outcome)
        else:
            yield Taken(step.where, FAILED, message=outcome.message if outcome else "")


def _here(desk: Desk) -> Preparing:
    """Return what prepares each file in this process, one after the other."""

    def each(steps: Iterable[Step]) -> Iterator[tuple[Step, Prepared | Refused | None]]:
        for step in steps:
            yield step, prepare(step, desk.rules) if isinstance(step, Task) else None

    return each


def _steps(one: Input, said: Said, desk: Desk, kind: str) -> Iterator[Step]:
    """Yield a task for each report of an input; what is known or cannot be read is decided here and now."""
    try:
        beside = said.beside(one)
        for piece in one.pieces(kind):
            if piece.fault:
                yield Taken(one.where, FAILED, message=told(IngestError(piece.fault), one.name, one.where))
                continue
            task = desk.task(_where(one, piece), piece, beside, kind)
            yield desk.known(task) or task
    except IngestError as fault:
        message = told(fault, one.name, one.where)
        # A redirection, or a fault of a host, names another address than the one that was asked for.
        message = f"{one.where}: {message}" if one.url and one.url not in message else message
        yield Taken(one.where, FAILED, message=message)
    except OSError as fault:
        message = unreadable(one.path, fault) if one.path is not None else f"{one.where}: {fault.strerror or fault}."
        yield Taken(one.where, FAILED, message=message)


def _where(one: Input, piece: Piece) -> str:
    """Return how a report is called in a message: one of many in a file with its address behind the file's name."""
    return f"{one.where} ({piece.stated.url})" if piece.stated.url and not one.url else one.where


def ingest_inbox(
    root: Path, config: Config, topics: Iterable[Topic], sources: Iterable[Source], now: datetime
) -> tuple[Taken, ...]:
    """Turn the files in `content/inbox/` into articles; each raw file then lies in the archive, a bad one stays.

    What was told of one that stays is not told again while it is the same. A folder of the inbox that is called like a
    source's key says where its files come from.
    """
    inbox = root / INBOX
    if not inbox.is_dir():
        return ()
    inputs = list(gather([str(inbox)], None))
    if not inputs:
        return ()
    desk = Desk(root, config, topics, sources, now, jobs=cores())
    lines = repeated_in_batch(inputs, lambda one: _folder_of(one, inbox), desk.sources, desk.readings)
    desk.learn(with_lines(desk.rules.sources, lines))
    stayed = Stayed(root)
    taken = tuple(chain.from_iterable(_from_inbox(one, inbox, desk, stayed) for one in inputs))
    stayed.keep()
    return taken


def _from_inbox(one: Input, inbox: Path, desk: Desk, stayed: Stayed) -> list[Taken]:
    assert one.path is not None
    within = one.path.relative_to(inbox)
    where = shown(f"{INBOX}/{within.as_posix()}")
    folder = _folder_of(one, inbox)
    said = Said()
    if folder in desk.sources:
        said = Said(source=folder)
    elif folder:
        message = f'{where}: there is no source "{shown(folder)}".{did_you_mean(folder, desk.sources)}'
        advice = f"Name the folder like a file in content/sources/, or move its files to {INBOX}/."
        return stayed.news(where, one, [Taken(where, FAILED, message=f"{message}\n  {advice}")])
    taken = list(take_all([one._replace(where=where)], said, desk))
    if any(each.state == FAILED for each in taken):
        return stayed.news(where, one, taken)
    _clear_away(one, desk)
    return taken


def _folder_of(one: Input, inbox: Path) -> str:
    parts = one.path.relative_to(inbox).parts if one.path is not None else ()
    return parts[0] if len(parts) > 1 else ""


def _clear_away(one: Input, desk: Desk) -> None:
    """Take a raw file out of the inbox with what lies beside it: its bytes and its note are in the archive."""
    assert one.path is not None
    folder, note = one.folder, one.note
    if folder is not None:
        archive.move_folder(desk.archive, folder)
    archive.remove_raw(one.path)
    if note is not None:
        archive.remove_raw(note)
