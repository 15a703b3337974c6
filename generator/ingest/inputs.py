"""Find the raw files a command was given: files, folders, standard input, and the notes that lie beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from generator.config import IngestRules
from generator.errors import IngestError
from generator.files import is_leaving
from generator.ingest.fetch import Limits, fetch, is_address
from generator.ingest.forms import Piece, read_form, split, split_archive
from generator.ingest.raw import MOST_BYTES, RawItem, Stated, read_raw, stem_of
from generator.ingest.warc import is_warc_file
from generator.named import NamedTuple

STANDARD_INPUT = "-"
PUBLIC = Limits()
_NOTE_ENDINGS = (".yaml", ".yml")
_PAGE_ENDINGS = (".html", ".htm", ".xhtml")
# Browsers call the folder of a saved page's pictures in their own language.
_PAGE_FOLDER = re.compile(r"(.+?)(?:[_-](?:files|file|Dateien|fichiers|archivos|bestanden|arquivos|filer)|\.files)")


class Input(NamedTuple):
    """One raw input: a file, an address, or bytes from standard input; `where` is how it is called in a message.

    An address is fetched when its pieces are asked for, within `limits`.
    """

    where: str
    path: Path | None
    content: bytes = b""
    url: str = ""
    limits: Limits = PUBLIC

    @property
    def stem(self) -> str:
        """The name without the endings that only say its form."""
        return stem_of(self.path.name) if self.path else "page" if self.url else "stdin"

    def pieces(self, kind: str = "") -> Iterator[Piece]:
        """Yield the reports of the input as they came; raises IngestError."""
        if self.url:
            page = fetch(self.url, self.limits)
            return split("page", page.content, kind, Stated(url=page.url, charset=page.charset))
        if self.path is None:
            return split("stdin", self.content, kind)
        if self.is_archive and not kind:
            return _in_archive(self.path)
        return split(self.path.name, read_raw(self.path), kind)

    def items(self, kind: str = "", rules: IngestRules = IngestRules()) -> Iterator[RawItem]:  # noqa: B008  # Frozen.
        """Yield the reports of the input as raw items; raises IngestError."""
        for piece in self.pieces(kind):
            yield read_form(piece.name, piece.content, kind, piece.stated, rules)

    @property
    def is_archive(self) -> bool:
        """Whether it is a web archive: many pages in one file, of any size."""
        return self.path is not None and is_warc_file(self.path)

    @property
    def note(self) -> Path | None:
        """The file of front matter beside it (`page.html.yaml` or `page.yaml`), when there is one."""
        if self.path is None:
            return None
        names = [f"{name}{ending}" for name in (self.path.name, self.stem, self.path.stem) for ending in _NOTE_ENDINGS]
        return next((note for name in names if (note := self.path.with_name(name)).is_file()), None)

    @property
    def folder(self) -> Path | None:
        """The folder of pictures and styles that a browser saved beside a page, when there is one."""
        if self.path is None:
            return None
        beside = (path for path in self.path.parent.iterdir() if path.is_dir() and _page_of(path) == self.path)
        return next(beside, None)


def gather(paths: Iterable[str], standard_input: IO[bytes] | None, limits: Limits = PUBLIC) -> Iterator[Input]:
    """Yield every raw input under the paths, in order; hidden files, notes and the folders of saved pages left out."""
    for path in paths:
        if path == STANDARD_INPUT and standard_input is not None:
            content = standard_input.read(MOST_BYTES + 1)
            if len(content) > MOST_BYTES:
                raise IngestError(f"standard input: more than {MOST_BYTES // 2**20} MB.")
            yield Input("standard input", None, content)
        elif is_address(path):
            yield Input(path, None, url=path, limits=limits)
        elif Path(path).is_dir():
            yield from _in_folder(Path(path))
        else:
            yield Input(path, Path(path))


def _in_archive(path: Path) -> Iterator[Piece]:
    with path.open("rb") as file:
        yield from split_archive(path.name, file)


def _in_folder(folder: Path) -> Iterator[Input]:
    # Sorted because directory order differs between machines.
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if is_leaving(path.name) or path.suffix.lower() in _NOTE_ENDINGS:
            continue
        if path.is_dir():
            if not path.name.endswith("_files") and _page_of(path) is None:
                yield from _in_folder(path)
        elif path.is_file():
            yield Input(str(path), path)


def _page_of(folder: Path) -> Path | None:
    """Return the saved page that a folder belongs to: it lies beside it and is called like it."""
    found = _PAGE_FOLDER.fullmatch(folder.name)
    pages = (folder.with_name(f"{found[1]}{ending}") for ending in _PAGE_ENDINGS) if found else ()
    return next((page for page in pages if page.is_file()), None)
