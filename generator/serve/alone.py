"""One preview of a site at a time: two would take in the same inbox and build into the same folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from generator.errors import GeneratorError, UsageError
from generator.files import held_alone, replace_file

FOLDER = ".dateline"
LOCK = "serve.lock"
ADDRESS = "serve.address"


@contextmanager
def only_preview(root: Path) -> Iterator[Callable[[str], None]]:
    """Be the one preview of the site in `root`; what is yielded takes the address, once it is known.

    Raises UsageError, naming the address, while another process is that one. What a killed preview leaves behind
    stops nobody: the system has let go of its lock.
    """
    place = root / FOLDER / ADDRESS
    with ExitStack() as held:
        try:
            held.enter_context(held_alone(root / FOLDER / LOCK, GeneratorError("")))
        except GeneratorError:
            raise UsageError(_refusal(place)) from None
        place.unlink(missing_ok=True)
        held.callback(place.unlink, missing_ok=True)
        yield lambda address: _leave(place, address)


def _leave(place: Path, address: str) -> None:
    # Nobody needs the address but a second preview; a disk that is full must not end this one.
    with suppress(OSError):
        replace_file(str(place), address.encode())


def _refusal(place: Path) -> str:
    try:
        where = f", at {place.read_text(encoding='utf-8')}"
    except (OSError, UnicodeDecodeError):
        where = ""
    return f"This site is being previewed already{where}. Look there, or end that preview (Ctrl-C) and start again."
