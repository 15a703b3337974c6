"""An output: one file of the site, with everything it is made from."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from generator.errors import Diagnostic
from generator.model.route import output_path
from generator.named import NamedTuple

PAGE = "page"
FEED = "feed"
TEXT = "text"
COPY = "copy"


class Later:
    """An input of an output that is made only when the output's view is; `digest` stands for all it is made of."""

    __slots__ = ("_inputs", "_make", "digest")

    def __init__(self, digest: bytes, make: Callable[..., Any], *inputs: Any) -> None:
        self.digest = digest
        self._make = make
        self._inputs = inputs

    @property
    def value(self) -> Any:
        """The value, made anew each time."""
        return self._make(*self._inputs)


class Output(NamedTuple):
    """One file of the site.

    `make(*inputs)`, each Later among the inputs made, returns what `renderer` takes: for PAGE the pair (Page, view),
    rendered with `template`; for FEED a FeedView; for TEXT the file's text; for COPY a CopyView. `origin` says what the
    file is made from, for messages.
    """

    address: str
    origin: str
    renderer: str
    template: str
    make: Callable[..., Any]
    inputs: tuple[Any, ...]

    @property
    def path(self) -> str:
        """The file's place in the output folder."""
        return output_path(self.address)

    def view(self) -> Any:
        """Return what is rendered."""
        return self.make(*(value.value if type(value) is Later else value for value in self.inputs))


class CopyView(NamedTuple):
    """A file passed on as it is; `place` is where it lies, `content` the digest of its bytes."""

    place: str
    content: bytes


class Files(NamedTuple):
    """Files passed on as they are: place and digest, by content path (`static/…`, pictures) or theme file name."""

    content: Mapping[str, CopyView]
    theme: Mapping[str, CopyView]


def same(value: Any) -> Any:
    """Return the value: the view of an output that needs no making."""
    return value


def collisions(outputs: Iterable[Output]) -> Iterator[Diagnostic]:
    """Yield a fault for every two outputs that claim one address, or addresses that one file system holds for one."""

    seen: dict[str, Output] = {}
    for output in outputs:
        folded = output.path if output.path.isascii() else unicodedata.normalize("NFC", output.path)
        other = seen.setdefault(folded.casefold(), output)
        if other is not output:
            yield Diagnostic(
                output.origin,
                0,
                f'Its address {output.address} is also the address of "{other.origin}".',
                "Give one of the two another slug or another day.",
            )
