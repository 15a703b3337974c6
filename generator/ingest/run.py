"""Take raw files in: each becomes one content file, at once and whole, and is known from then on.

For each file the order is: its bytes to the archive, the article, the ledger, and last, for the inbox, the raw file out
of the way. Whatever is interrupted can be run again: nothing is lost, and nothing is written twice.
A file that stands in `content/` is never overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from generator.config import Config
from generator.errors import IngestError, did_you_mean
from generator.ingest import archive, ledger, standing
from generator.ingest.article_file import ArticleFile, Facts, article_file
from generator.ingest.commonmark import plain
from generator.ingest.duplicates import report
from generator.ingest.extracted import Extracted, extract
from generator.ingest.facts import Said, facts_of
from generator.ingest.inputs import Input, gather
from generator.ingest.place import write_new
from generator.ingest.raw import RawItem
from generator.ingest.tag import Tagger, tag, tagger
from generator.model.source import Source
from generator.model.topic import Topic

INBOX = "content/inbox"
WRITTEN = "written"
HELD = "held"
KNOWN = "known"
FAILED = "failed"


class Taken(NamedTuple):
    """What became of one raw file: `state` is written, held, known or failed; `path` its article, below `content/`."""

    where: str
    state: str
    path: str = ""
    title: str = ""
    reasons: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    copy_of: str = ""
    message: str = ""


class Desk:
    """One site while raw files are taken in: what it knows, and what has been added since."""

    def __init__(
        self, root: Path, config: Config, topics: Iterable[Topic], sources: Iterable[Source], now: datetime
    ) -> None:
        self.root = root
        self.config = config
        self.sources = {source.key: source for source in sources}
        self.now = now
        self.by: Tagger = tagger(tuple(topics), config.tagging)
        self.known = ledger.known_files(root)
        self.standing = standing.read_standing(root)

    def take(self, item: RawItem, said: Said, where: str) -> Taken:
        """Take one raw item in; raises IngestError or OSError, and then has written no article."""
        known = self._known(item)
        if known is not None:
            return known
        latest = self.now.date().isoformat()
        found = extract(item, latest=latest, boilerplate=self._boilerplate(said))
        facts = facts_of(item, found, said, self.sources, now=self.now, site_language=self.config.language)
        facts = self._judged(facts)
        written = article_file(facts)
        archive.keep(self.root, item.name, facts.sha256, item.content)
        if written.words_left_out:
            archive.keep_text(self.root, facts.sha256, found.body)
        path = self._write(written)
        self._remember(facts, found, path, item)
        return Taken(
            where,
            HELD if facts.held else WRITTEN,
            path,
            facts.title,
            facts.held,
            found.evidence if facts.held else (),
            tuple(each.topic for each in facts.topics),
            facts.copy_of,
        )

    def _known(self, item: RawItem) -> Taken | None:
        entry = self.known.get(item.sha256)
        path = entry.article if entry is not None else self.standing.by_sha256.get(item.sha256)
        if path is None:
            return None
        if entry is None:
            # The article was written and the run ended before the ledger heard of it.
            self._note(ledger.Entry(item.sha256, path, item.name, "", self.now.isoformat(timespec="seconds")))
        return Taken(item.name, KNOWN, path)

    def _boilerplate(self, said: Said) -> frozenset[str]:
        from generator.ingest.clean import folded

        source = self.sources.get(said.source)
        return frozenset(map(folded, source.boilerplate)) if source else frozenset()

    def _judged(self, facts: Facts) -> Facts:
        """Return the facts with topics and, where it is a copy, the report it is a copy of."""
        text = plain(facts.found.body)
        topics = tag(facts.title, text, self.by)
        lead = self.standing.lead_of(report(facts.sha256[:12], facts.day[:10], facts.title, text))
        return facts._replace(
            topics=topics,
            copy_of=lead or "",
            keep_in_archive=self.config.ingest.keep == "archive",
        )

    def _write(self, file: ArticleFile) -> str:
        content = file.text.encode("utf-8")
        for number in range(1, 10_000):
            name = file.slug if number == 1 else f"{file.slug}-{number}"
            path = f"{file.folder}/{name}.md"
            if write_new(self.root / "content" / path, content):
                return path
        raise IngestError(f"content/{file.folder}: there are ten thousand articles called {file.slug}.")

    def _remember(self, facts: Facts, found: Extracted, path: str, item: RawItem) -> None:
        key = facts.source.key if facts.source else ""
        self._note(ledger.Entry(facts.sha256, path, item.name, key, facts.retrieved))
        if not facts.copy_of:
            self.standing.add(report(facts.sha256[:12], facts.day[:10], facts.title, plain(found.body)))

    def _note(self, entry: ledger.Entry) -> None:
        ledger.remember(self.root, entry)
        self.known[entry.sha256] = entry


def take_all(inputs: Iterable[Input], said: Said, desk: Desk, kind: str | None = None) -> Iterable[Taken]:
    """Take every input in, and say of each what became of it; a bad file does not stop the rest."""
    for one in inputs:
        try:
            yield desk.take(one.read(kind), said.beside(one), one.where)._replace(where=one.where)
        except IngestError as fault:
            told = [diagnostic.text() for diagnostic in fault.diagnostics]
            yield Taken(one.where, FAILED, message="\n".join((*told, str(fault))))
        except OSError as fault:
            yield Taken(one.where, FAILED, message=f"{one.where}: {fault.strerror or fault}.")


def ingest_inbox(
    root: Path, config: Config, topics: Iterable[Topic], sources: Iterable[Source], now: datetime
) -> tuple[Taken, ...]:
    """Turn the files in `content/inbox/` into articles; each raw file then lies in `archive/`, a bad one stays.

    A folder of the inbox that is called like a source's key says where its files come from.
    """
    inbox = root / INBOX
    if not inbox.is_dir():
        return ()
    inputs = list(gather([str(inbox)], None))
    if not inputs:
        return ()
    desk = Desk(root, config, topics, sources, now)
    return tuple(_from_inbox(one, inbox, desk) for one in inputs)


def _from_inbox(one: Input, inbox: Path, desk: Desk) -> Taken:
    assert one.path is not None
    within = one.path.relative_to(inbox)
    where = f"{INBOX}/{within.as_posix()}"
    folder = within.parts[0] if len(within.parts) > 1 else ""
    said = Said()
    if folder in desk.sources:
        said = Said(source=folder)
    elif folder:
        message = f'{where}: there is no source "{folder}".{did_you_mean(folder, desk.sources)}'
        advice = f"Name the folder like a file in content/sources/, or move its files to {INBOX}/."
        return Taken(where, FAILED, message=f"{message}\n  {advice}")
    taken = next(iter(take_all([one], said, desk)))._replace(where=where)
    if taken.state != FAILED:
        archive.remove_raw(one.path)
        if one.note is not None:
            archive.remove_raw(one.note)
    return taken
