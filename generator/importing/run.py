"""Take the content of another generator over: every file that can be read becomes an article or a page, once.

First all files are read and given their places, then their links are rewritten, then they are written. What would
not pass a build is told and left, and nothing that stands in `content/` is overwritten.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from generator.errors import ERROR, WARNING, Diagnostic
from generator.files import read_bytes
from generator.importing.article import Decided, Topical, article_text, unique
from generator.importing.beside import Beside, Copy
from generator.importing.body import hashtags, rewritten
from generator.importing.claims import Claims
from generator.importing.folder import Folder
from generator.importing.ground import Ground, Site
from generator.importing.places import FILE, Places, places
from generator.importing.read import (
    FAILED,
    HELD,
    KNOWN,
    WRITTEN,
    Outcome,
    Reading,
    known_from,
    name_in_ledger,
    read_folder,
)
from generator.importing.settings import OBSIDIAN
from generator.importing.settle import Settled
from generator.ingest import ledger
from generator.ingest.place import write_new
from generator.ingest.standing import Standing
from generator.load.parse import ParseOptions, parse_article, parse_page
from generator.model import route
from generator.named import NamedTuple


class Imported(NamedTuple):
    """What became of a folder's files, and the tags that mean no topic, each with the place it was first seen at."""

    outcomes: tuple[Outcome, ...]
    tags: tuple[tuple[str, int, str], ...]


class _Draft(NamedTuple):
    """A file ready to be written: its content path, its text, what comes with it, what it links to and what is told."""

    one: Settled
    path: str
    text: str
    decided: Decided
    copies: tuple[Copy, ...]
    linked: frozenset[str]
    notes: tuple[Diagnostic, ...]


def import_folder(site: Site, folder: Folder, ground: Ground, now: datetime, *, is_dry: bool = False) -> Imported:
    """Take the folder's content into a site; with `is_dry` say what would become of it, and write nothing.

    Raises OSError when the folder or the site cannot be read.
    """
    entries = ledger.Ledger(site.root).by_sha256
    known = known_from(entries, Standing(site.root).by_sha256)
    reading = read_folder(folder, ground, known, site.root / "content")
    desk = _Desk(site, folder, ground, reading)
    drafts, failed = desk.drafts()
    outcomes = [*reading.outcomes, *failed]
    for draft in drafts:
        outcomes.append(_told(folder, draft) if is_dry else _written(site.root, folder, draft, now))
    for path, twin in reading.twins.items():
        outcomes.append(Outcome((folder.root / path).as_posix(), KNOWN, desk.paths.get(twin, "")))
    return Imported(tuple(sorted(outcomes, key=lambda outcome: outcome.where)), desk.tags_without_topic())


class _Desk:
    """One run: what was read, the places given, and the tags nobody knows."""

    def __init__(self, site: Site, folder: Folder, ground: Ground, reading: Reading) -> None:
        self.root, self.config, self.folder, self.ground, self.reading = site.root, site.config, folder, ground, reading
        self.claims = Claims(site)
        self.beside = Beside(folder.root, site.root / "content")
        self.paths = {path: self._place(one) for path, one in reading.settled.items()}
        self.lost_tags: dict[str, list[str]] = {}
        self.lost_urls: dict[str, Diagnostic] = {}
        self.decided = {path: self._decided(one) for path, one in reading.settled.items()}

    def tags_without_topic(self) -> tuple[tuple[str, int, str], ...]:
        """Return the tags that mean no topic with how many files have them and the first of these, most used first."""
        rows = ((tag, len(where), where[0]) for tag, where in self.lost_tags.items())
        return tuple(sorted(rows, key=lambda row: (-row[1], row[0])))

    def drafts(self) -> tuple[list[_Draft], list[Outcome]]:
        """Return what is to be written, and what cannot be; links to the latter lead nowhere, so all is made anew."""
        failed: dict[str, Outcome] = {}
        while True:
            going = {path: one for path, one in self.reading.settled.items() if path not in failed}
            targets = {path: self.paths[path] for path in going} | self.reading.standing
            targets |= {path: targets[twin] for path, twin in self.reading.twins.items() if twin in targets}
            around = places(self.folder, going, targets)
            drafts = [self._draft(one, around) for one in going.values()]
            faulty = {draft.one.path: outcome for draft in drafts if (outcome := self._faulty(draft))}
            if not faulty:
                return drafts, list(failed.values())
            failed |= faulty

    def _place(self, one: Settled) -> str:
        if one.is_page:
            return self.claims.page(one.slug)
        return self.claims.article(one.dated.moment.day if one.dated.moment else "", one.slug)

    def _decided(self, one: Settled) -> Decided:
        credit = dict(one.credit)
        path = self.paths[one.path]
        url = credit.get("url", "")
        first = self.claims.url(url, path) if url else path
        if first != path:
            del credit["url"]
            message = f"Its original, {url}, is that of content/{first} already, so it is left out."
            advice = "If the two are one report, delete one of them; else write the right address into this one."
            self.lost_urls[one.path] = self._note(one, 1, message, advice)
        source = self.ground.sources.get(credit.get("key", ""))
        is_only_a_link = source is not None and source.rights == "link"
        extra_held = ("url",) if is_only_a_link and not credit.get("url") else ()
        return Decided(
            sha256=self.reading.digests[one.path],
            redirects=tuple(self._redirects(one, path)),
            tags=self._topical(one),
            credit=credit,
            held=() if one.is_page else (*(() if one.dated.moment else ("date",)), *extra_held),
            language=self.config.language,
        )

    def _redirects(self, one: Settled, path: str) -> Iterator[str]:
        """Yield the old addresses that can lead here; one that is the new address already needs no redirection."""
        name = path.rpartition("/")[2].removesuffix(".md")
        day = one.dated.moment.day if one.dated.moment else ""
        new = route.content_page(name) if one.is_page else route.article(day, name)
        for address in unique(filter(None, (one.own, *one.old))):
            old = self._in_site(address)
            if old and old.casefold() != new and self.claims.redirect(old, new):
                yield old

    def _in_site(self, address: str) -> str:
        """Return an old address as seen from the new site's root, "" where that lies outside of it."""
        base, own = self.folder.settings.base, self.config.base_path
        if own and base != own:
            return (f"{base}{address}").removeprefix(own) if base.startswith(f"{own}/") else ""
        return address if base == own else f"{base}{address}"

    def _topical(self, one: Settled) -> Topical:
        tags = list(one.tags)
        if self.folder.generator == OBSIDIAN:
            tags += hashtags(one.opened.body, one.opened.body_line)
        topics, others = [], []
        for tag, line in tags:
            bare = tag.lstrip("#")
            found = "" if one.is_page else self.ground.names.topic_of(bare)
            if found:
                topics.append(found)
            elif bare and bare not in others:
                others.append(bare)
                self.lost_tags.setdefault(bare, []).append(f"{(self.folder.root / one.path).as_posix()}:{line}")
        return Topical(unique(topics), tuple(others))

    def _draft(self, one: Settled, around: Places) -> _Draft:
        home = self.paths[one.path]
        brought: dict[str, None] = {}

        def bring(path: str) -> str:
            name = self.beside.name_for(path, home)
            if name:
                brought[path] = None
            return name

        body = rewritten(one, home, around, bring)
        notes = [self._note(one, *note) for note in body.notes]
        decided = self.decided[one.path]
        if one.picture and not one.is_page:
            target = around.find(one.picture, one)
            image = bring(target.path) if target.kind == FILE else ""
            if not image:
                notes.append(self._note(one, 1, f'The image "{one.picture[:80]}" is not there, so it is left out.'))
            decided = decided._replace(image=image)
        notes += [self.lost_urls[one.path]] if one.path in self.lost_urls else []
        text, _ = article_text(one, decided, body.text)
        copies = tuple(self.beside.copy(path, home) for path in brought)
        return _Draft(one, home, text, decided, copies, body.linked, (*one.notes, *notes))

    def _note(self, one: Settled, line: int, message: str, advice: str = "") -> Diagnostic:
        return Diagnostic((self.folder.root / one.path).as_posix(), line, message, advice, WARNING)

    def _faulty(self, draft: _Draft) -> Outcome | None:
        """Return the end of a file that no build would take, told by the lines of the file itself."""
        one = draft.one
        parse: Any = parse_page if one.is_page else parse_article
        parsed = parse(draft.path, draft.text, ParseOptions(self.config.timezone))
        faults = [(fault.line, fault.message, fault.advice) for fault in parsed.faults if fault.severity == ERROR]
        if parsed.value is not None:
            # A link that was not led anywhere would mean another file than the one it meant, or none.
            there = {*draft.linked, *(copy.content_path for copy in draft.copies)}
            named = (*((link.target, link.line) for link in parsed.value.links), *parsed.files)
            advice = "Write the link as [words](file.md), or take it out."
            faults += [
                (line, f'The link to "{name}" cannot be followed.', advice) for name, line in named if name not in there
            ]
        if not faults:
            return None
        _, start = article_text(one, draft.decided, one.opened.body)
        notes = tuple(
            Diagnostic(
                (self.folder.root / one.path).as_posix(),
                one.opened.body_line + line - start if line >= start else 1,
                message,
                advice,
            )
            for line, message, advice in faults
        )
        return Outcome(notes[0].path, FAILED, notes=notes)


def _written(root: Path, folder: Folder, draft: _Draft, now: datetime) -> Outcome:
    """Write one file with what belongs to it: copies first, then the text, then the ledger."""
    path = draft.one.path
    try:
        _write(root, folder, draft)
        name, moment = name_in_ledger(folder, path), now.isoformat(timespec="seconds")
        ledger.remember(root, ledger.Entry(draft.decided.sha256, draft.path, name, "", moment))
    except OSError as fault:
        where = (folder.root / path).as_posix()
        message = f"It could not be written: {fault.strerror or fault}."
        note = Diagnostic(where, 0, message, "Mend that, then import again.")
        return Outcome(where, FAILED, notes=(note,))
    return _told(folder, draft)


def _told(folder: Folder, draft: _Draft) -> Outcome:
    one = draft.one
    where = (folder.root / one.path).as_posix()
    state = HELD if draft.decided.held else WRITTEN
    return Outcome(where, state, draft.path, one.title, draft.decided.tags.topics, one.is_draft, draft.notes)


def _write(root: Path, folder: Folder, draft: _Draft) -> None:
    for copy in draft.copies:
        write_new(root / "content" / copy.content_path, read_bytes(str(folder.root / copy.path)))
    place = root / "content" / draft.path
    if not write_new(place, draft.text.encode("utf-8")):
        raise FileExistsError(17, "another file has just been put there", str(place))
