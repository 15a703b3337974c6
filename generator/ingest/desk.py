"""The desk of a site: what it knows of raw files, and the one place where a prepared article is put into `content/`.

Two commands may work at one site at once: each puts an article down alone, and first looks at what the other has done.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from itertools import takewhile
from pathlib import Path

from generator.config import Config
from generator.errors import IngestError
from generator.files import held_alone, read_bytes, replace_file
from generator.ingest import archive
from generator.ingest.duplicates import is_same
from generator.ingest.facts import Said
from generator.ingest.forms import Piece
from generator.ingest.ledger import Entry, Ledger
from generator.ingest.merge import BODY, ended_as, front_of, plain_value
from generator.ingest.notes import note_text
from generator.ingest.place import write_new
from generator.ingest.prepare import Prepared, Rules, Task
from generator.ingest.raw import TRY_AGAIN, shown
from generator.ingest.reader import Readings
from generator.ingest.standing import Standing
from generator.ingest.tag import TopicScore
from generator.ingest.whole import made_whole
from generator.model.source import Source
from generator.model.topic import Topic
from generator.named import NamedTuple
from generator.text import frontmatter

WRITTEN = "written"
RENEWED = "renewed"
HELD = "held"
KNOWN = "known"
LEFT = "left"
FAILED = "failed"
LOCK = ".dateline/ingest.lock"
ASIDE = ".dateline/ingest.tmp"
_LONGEST_WAIT = 60.0
_LOOK_EVERY = 0.01
_MOST_QUOTED = 500
_MOST_NAMESAKES = 10
_SHA256 = re.compile(r'(?m)^ +sha256: *"?([0-9a-f]{64})')


class Taken(NamedTuple):
    """What became of one raw file, and `path`, its article, below `content/`.

    Its `state` is written, held, known or failed; of more of a report that is known, renewed, or left where a person
    has edited the text.
    `tags` are its topics with the words that made them. A failed one with a title was read and could not be written.
    """

    where: str
    state: str
    path: str = ""
    title: str = ""
    reasons: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    copy_of: str = ""
    message: str = ""
    doubtful: tuple[str, ...] = ()
    tags: tuple[TopicScore, ...] = ()


class Desk:
    """One site while raw files are taken in: what it knows, and what has been added since."""

    def __init__(
        self,
        root: Path,
        config: Config,
        topics: Iterable[Topic],
        sources: Iterable[Source],
        now: datetime,
        *,
        jobs: int = 1,
    ) -> None:
        self.root = root
        self.archive = root / config.ingest.archive
        self.rules = Rules(tuple(topics), tuple(sources), config.tagging, config.ingest, config.language, now)
        self.sources = {source.key: source for source in self.rules.sources}
        self.readings = Readings(config.ingest.readers, jobs)
        self.ledger = Ledger(root)
        self.standing = Standing(root)

    def learn(self, sources: Iterable[Source]) -> None:
        """Read from now on with these sources, which know more of what they repeat."""
        self.rules = self.rules._replace(sources=tuple(sources))
        self.sources = {source.key: source for source in self.rules.sources}

    def task(self, where: str, piece: Piece, said: Said, kind: str) -> Task:
        """Return what is to be done with one report of a raw file."""
        sha256 = hashlib.sha256(piece.content).hexdigest()
        reading = self.readings.taken(piece.name, sha256)
        return Task(where, piece.name, piece.content, sha256, said, kind, piece.stated, piece.entry, reading)

    def known(self, task: Task) -> Taken | None:
        """Return what became of a raw file that was taken in before, or None for a new one."""
        entry = self.ledger.by_sha256.get(task.sha256) or self.ledger.by_entry.get(task.entry)
        if entry is not None:
            return Taken(task.where, KNOWN, entry.article)
        path = self.standing.by_sha256.get(task.sha256)
        if path is None:
            return None
        # The article was written and the run ended before the ledger heard of it.
        self._remember(task, path)
        return Taken(task.where, KNOWN, path)

    def put(self, task: Task, made: Prepared) -> Taken:
        """Put a prepared article into its place, unless it is known by now; a full disk is told, never raised."""
        try:
            with self.alone():
                for entry in self.ledger.catch_up():
                    self.standing.note(entry.article)
                return self.known(task) or self._put(task, made)
        except IngestError as fault:
            return Taken(task.where, FAILED, title=made.title, message=str(fault))
        except OSError as fault:
            return Taken(task.where, FAILED, title=made.title, message=_unwritten(task.where, fault))

    def _put(self, task: Task, made: Prepared) -> Taken:
        archive.keep(self.archive, task.name, task.sha256, task.content)
        beside = self.standing.at(made.url) if made.url else ""
        is_state = bool(beside) and self._is_state_of(beside, made)
        for path in [beside] if is_state else [] if made.url else self._namesakes(made):
            whole = self._make_whole(task, made, path)
            if whole is not None:
                return whole
        if is_state:
            self._remember(task, beside, made)
            message = f"another state of content/{beside}, from the same address"
            return Taken(task.where, KNOWN, beside, made.title, message=message)
        if beside:
            made = _without_address(made, beside)
        copy_of = self.standing.lead_of(made.compared)
        text = made.file.text(copy_of)
        self._archive(task, made, text)
        path = self._write(made, task.sha256, text)
        self._remember(task, path, made)
        self.standing.add(path, made.url, made.compared, leads=not copy_of)
        return Taken(
            task.where,
            HELD if made.held else WRITTEN,
            path,
            made.title,
            made.held,
            made.evidence,
            tuple(each.topic for each in made.topics),
            copy_of,
            doubtful=made.doubtful,
            tags=made.topics,
        )

    def _is_state_of(self, path: str, made: Prepared) -> bool:
        other = self.standing.report_of(path)
        return other is not None and (other.title == made.compared.title or is_same(other, made.compared))

    def _namesakes(self, made: Prepared) -> list[str]:
        """Return the articles of that title and day, among which one without an address is known again."""
        names = [made.file.slug, *(f"{made.file.slug}-{number}" for number in range(2, _MOST_NAMESAKES))]
        paths = (f"{made.file.folder}/{name}.md" for name in names)
        return list(takewhile(lambda path: (self.root / "content" / path).is_file(), paths))

    def _make_whole(self, task: Task, made: Prepared, path: str) -> Taken | None:
        """Put more of a report into its article, or leave that alone where its text was edited; None for no more."""
        place = self.root / "content" / path
        standing = read_bytes(str(place))
        text = frontmatter.normalised(standing.decode("utf-8", "replace"))
        found = _SHA256.search(text)
        written = archive.written(self.archive, found[1]) if found else None
        merged = made_whole(text, written, made.file) if found else None
        if merged is None or BODY not in (*merged.changed, *merged.left):
            return None
        self._archive(task, made, made.file.text(str(plain_value(front_of(written or "").get("copy_of", "")))))
        if BODY in merged.left:
            archive.keep_text(self.archive, task.sha256, made.whole or made.file.body)
            kept = archive.text_of(self.archive, task.sha256)
            message = f"more of it came, but its text was edited and stays; the new one lies in {shown(str(kept))}"
        else:
            replace_file(str(place), ended_as(merged.text, standing))
            left = f"; left alone, edited since: {', '.join(merged.left)}" if merged.left else ""
            message = f"more of it came, and its text is replaced{left}"
        self._remember(task, path, made)
        state = LEFT if BODY in merged.left else RENEWED
        return Taken(task.where, state, path, made.title, message=message)

    def _archive(self, task: Task, made: Prepared, text: str) -> None:
        if made.whole:
            archive.keep_text(self.archive, task.sha256, made.whole)
        note = note_text(task.said.note, task.said.source, task.said.date, task.said.url)
        if note:
            archive.keep_note(self.archive, task.name, task.sha256, note)
        # Before the article, so that there is no article of which it is not known what the tool wrote.
        archive.keep_written(self.archive, task.sha256, text)

    def _write(self, made: Prepared, sha256: str, text: str) -> str:
        content = text.encode("utf-8")
        file = made.file
        for number in range(1, 10_000):
            name = file.slug if number == 1 else f"{file.slug}-{number}"
            path = f"{file.folder}/{name}.md"
            place = self.root / "content" / path
            if write_new(place, content, self.root / ASIDE):
                return path
            # A process that ended before it could tell the ledger wrote this very report.
            if re.search(rf'(?m)^ +sha256: *"?{sha256}', place.read_text(encoding="utf-8", errors="replace")):
                return path
        raise IngestError(f"content/{file.folder}: there are ten thousand articles called {file.slug}.")

    def _remember(self, task: Task, path: str, made: Prepared | None = None) -> None:
        now = self.rules.now.isoformat(timespec="seconds")
        source, retrieved = (made.source, made.retrieved) if made else ("", now)
        of_wrapping = (task.entry, task.kind, task.stated.charset, task.stated.url, task.stated.site)
        self.ledger.remember(Entry(task.sha256, path, task.name, source, retrieved, *of_wrapping))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the desk alone for a moment; another process lets go of it after each article."""
        busy = IngestError(
            "Another command has been writing articles into this site for a minute. Try again when it ends."
        )
        until = time.monotonic() + _LONGEST_WAIT
        with ExitStack() as held:
            while True:
                try:
                    held.enter_context(held_alone(self.root / LOCK, busy))
                    break
                except IngestError as fault:
                    if fault is not busy or time.monotonic() > until:
                        raise
                time.sleep(_LOOK_EVERY)
            yield


def _unwritten(where: str, fault: OSError) -> str:
    """Return what a person is told of an article that could not be put into its place."""
    named = f" ({shown(str(fault.filename))})" if fault.filename else ""
    reason = (fault.strerror or str(fault)).lower()
    return f"{where}: its article cannot be written{named}: {reason}.\n  {TRY_AGAIN}"


def _without_address(made: Prepared, beside: str) -> Prepared:
    """Return a report, held, without an address that another article has: a site may not have one address twice."""
    front = dict(made.file.front)
    source = {key: value for key, value in front["source"].items() if key != "url"}
    doubt = f"url: content/{beside} comes from the same address, {made.url[:_MOST_QUOTED]}"
    held = (*made.held, "url") if "url" not in made.held else made.held
    ingest = {**front["ingest"], "doubtful": [*(front["ingest"].get("doubtful") or ()), doubt]}
    front |= {"source": source or None, "held": list(held), "ingest": ingest}
    file = made.file._replace(folder="articles/held", front=front)
    return made._replace(file=file, url="", held=held, doubtful=(*made.doubtful, doubt))
