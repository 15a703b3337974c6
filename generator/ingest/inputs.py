"""Find the raw files a command was given: files, folders, standard input, and the notes that lie beside them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from generator.config import IngestRules
from generator.errors import IngestError
from generator.files import is_leaving
from generator.ingest.fetch import Limits, fetch, is_address
from generator.ingest.forms import Piece, read_form, split, split_archive
from generator.ingest.raw import MOST_BYTES, SPLIT_IT, RawItem, Stated, read_raw, shown, stem_of, unreadable
from generator.ingest.warc import is_warc_file
from generator.named import NamedTuple

STANDARD_INPUT = "-"
PUBLIC = Limits()
_NOTE_ENDINGS = (".yaml", ".yml")
_PAGES = (".html", ".htm", ".xhtml", ".html.gz", ".htm.gz", ".xhtml.gz")
# Browsers call the folder of a saved page's pictures in their own language.
_PAGE_FOLDER = re.compile(r"(.+?)(?:[_-](?:files|file|Dateien|fichiers|archivos|bestanden|arquivos|filer)|\.files)")


class Input(NamedTuple):
    """One raw input: a file, an address, or bytes from standard input; `where` is how it is called in a message.

    An address is fetched when its pieces are asked for, within `limits`. With a `fault` nothing can be read there.
    """

    where: str
    path: Path | None
    content: bytes = b""
    url: str = ""
    limits: Limits = PUBLIC
    fault: str = ""

    @property
    def name(self) -> str:
        """The file's name, as it can be printed and kept."""
        return shown(self.path.name) if self.path else "page" if self.url else "stdin"

    @property
    def stem(self) -> str:
        """The name without the endings that only say its form."""
        return stem_of(self.name)

    def pieces(self, kind: str = "") -> Iterator[Piece]:
        """Yield the reports of the input as they came; raises IngestError."""
        if self.fault:
            raise IngestError(self.fault)
        if self.url:
            page = fetch(self.url, self.limits)
            return split(self.name, page.content, kind, Stated(url=page.url, charset=page.charset))
        if self.path is None:
            return split(self.name, self.content, kind)
        if self.is_archive and not kind:
            return _in_archive(self.name, self.path)
        return split(self.name, read_raw(self.path), kind)

    def items(self, kind: str = "") -> Iterator[RawItem]:
        """Yield the reports of the input as raw items; raises IngestError, after all others for a damaged one.

        No command of a site is run.
        """
        damaged = ""
        for piece in self.pieces(kind):
            damaged = damaged or piece.fault
            if not piece.fault:
                yield read_form(piece.name, piece.content, kind, piece.stated, IngestRules())
        if damaged:
            raise IngestError(damaged)

    @property
    def is_archive(self) -> bool:
        """Whether it is a web archive: many pages in one file, of any size."""
        return self.path is not None and not self.fault and is_warc_file(self.path)

    @property
    def note(self) -> Path | None:
        """The file of front matter beside it (`page.html.yaml` or `page.yaml`), when there is one."""
        if self.path is None or self.fault:
            return None
        notes = map(self.path.with_name, _notes_of(self.path.name))
        # A name so long that none may be longer has no note; `Path.is_file` raises for it.
        return next((note for note in notes if os.path.isfile(note)), None)

    @property
    def folder(self) -> Path | None:
        """The folder of pictures and styles that a browser saved beside a page, when there is one."""
        if self.path is None:
            return None
        name = self.path.name
        return next((path for path in self.path.parent.iterdir() if _belongs(path.name, name) and path.is_dir()), None)


def gather(paths: Iterable[str], standard_input: IO[bytes] | None, limits: Limits = PUBLIC) -> Iterator[Input]:
    """Yield every raw input under the paths, in order; hidden files, notes and the folders of saved pages left out.

    What cannot be read, and links to folders, which might be a loop, are inputs with a fault, so that they are told.
    """
    for path in paths:
        place = Path(path)
        if path == STANDARD_INPUT and standard_input is not None:
            content = standard_input.read(MOST_BYTES + 1)
            if len(content) > MOST_BYTES:
                raise IngestError(f"standard input: more than {MOST_BYTES // 2**20} MB.\n  {SPLIT_IT}")
            yield Input("standard input", None, content)
        elif is_address(path):
            yield Input(path, None, url=path, limits=limits)
        elif place.is_dir():
            yield from _in_folder(place)
        elif place.exists() and not place.is_file():
            yield _faulty(place, "this is no file.", "Give it to standard input: … | dateline ingest -")
        else:
            yield Input(shown(path), place)


def _in_archive(name: str, path: Path) -> Iterator[Piece]:
    with path.open("rb") as file:
        yield from split_archive(name, file)


def _in_folder(folder: Path) -> Iterator[Input]:
    try:
        # Sorted because directory order differs between machines.
        entries = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as fault:
        yield Input(shown(str(folder)), folder, fault=unreadable(folder, fault))
        return
    names = [path.name for path in entries if not is_leaving(path.name)]
    notes = {note for name in names if not _is_note(name) for note in _notes_of(name)}
    for path in entries:
        if is_leaving(path.name):
            continue
        if path.is_dir():
            yield from _in_folder_within(path, names)
        elif _is_note(path.name):
            if path.name not in notes:
                advice = "A note is called like its file: page.html.yaml beside page.html."
                yield _faulty(path, "there is no file beside it that this note is for.", advice)
        elif path.is_file():
            yield Input(shown(str(path)), path)
        elif path.is_symlink():
            yield _faulty(path, "this link leads nowhere.", "Delete it, or put the file there.")
        else:
            yield _faulty(path, "this is no file.", "Take it out of the folder.")


def _in_folder_within(folder: Path, beside: Iterable[str]) -> Iterator[Input]:
    """Yield what a folder holds, unless it holds the pictures and styles of the page beside it."""
    if any(_belongs(folder.name, name) for name in beside):
        return
    if folder.is_symlink():
        yield _faulty(folder, "this is a link to a folder, which is not followed.", "Name the folder itself.")
    elif folder.name.endswith("_files"):
        advice = "Put the page beside it, or rename the folder to take in what it holds."
        yield _faulty(folder, "it is called like the pictures of a saved page, and the page is not there.", advice)
    else:
        yield from _in_folder(folder)


def _faulty(path: Path, message: str, advice: str) -> Input:
    where = shown(str(path))
    return Input(where, path, fault=f"{where}: {message}\n  {advice}")


def _is_note(name: str) -> bool:
    return name.lower().endswith(_NOTE_ENDINGS)


def _notes_of(name: str) -> list[str]:
    """Return what a note for the file of this name may be called."""
    names = dict.fromkeys((name, stem_of(name), Path(name).stem))
    return [f"{each}{ending}" for each in names for ending in _NOTE_ENDINGS]


def _belongs(folder: str, page: str) -> bool:
    """Say whether a folder of this name holds the pictures and styles of a page of that name beside it."""
    found = _PAGE_FOLDER.fullmatch(folder)
    return found is not None and page.lower().endswith(_PAGES) and stem_of(page) == found[1]
