"""Find the raw files a command was given: files, folders, standard input, and the notes that lie beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, NamedTuple

from generator.errors import IngestError
from generator.files import is_leaving
from generator.ingest.raw import MOST_BYTES, RawItem, raw_item, read_raw, stem_of

STANDARD_INPUT = "-"
_NOTE_ENDINGS = (".yaml", ".yml")


class Input(NamedTuple):
    """One raw input: a file, or bytes from standard input; `where` is how it is called in a message."""

    where: str
    path: Path | None
    content: bytes = b""

    @property
    def stem(self) -> str:
        """The name without the endings that only say its form."""
        return stem_of(self.path.name) if self.path else "stdin"

    def read(self, kind: str | None = None) -> RawItem:
        """Return the input as a raw item; raises IngestError."""
        return read_raw(self.path, kind) if self.path else raw_item("stdin", self.content, kind)

    @property
    def note(self) -> Path | None:
        """The file of front matter beside it (`page.html.yaml` or `page.yaml`), when there is one."""
        if self.path is None:
            return None
        names = [f"{name}{ending}" for name in (self.path.name, self.stem, self.path.stem) for ending in _NOTE_ENDINGS]
        return next((note for name in names if (note := self.path.with_name(name)).is_file()), None)


def gather(paths: Iterable[str], standard_input: IO[bytes] | None) -> Iterator[Input]:
    """Yield every raw input under the paths, in order; hidden files, notes and a page's `_files` folder left out."""
    for path in paths:
        if path == STANDARD_INPUT and standard_input is not None:
            content = standard_input.read(MOST_BYTES + 1)
            if len(content) > MOST_BYTES:
                raise IngestError(f"standard input: more than {MOST_BYTES // 2**20} MB.")
            yield Input("standard input", None, content)
        elif Path(path).is_dir():
            yield from _in_folder(Path(path))
        else:
            yield Input(path, Path(path))


def _in_folder(folder: Path) -> Iterator[Input]:
    # Sorted because directory order differs between machines.
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if is_leaving(path.name) or path.suffix.lower() in _NOTE_ENDINGS:
            continue
        if path.is_dir():
            if not path.name.endswith("_files"):
                yield from _in_folder(path)
        elif path.is_file():
            yield Input(str(path), path)
