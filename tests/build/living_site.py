"""A small site under a builder that lives on, told what was saved as the preview tells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from generator.build.living import LiveBuilder
from generator.digest import digest_of_bytes
from tests.build.small_site import PAGE, Site


class Looking:
    """Somebody who has two pages before him and notes what happens to them."""

    def __init__(self, output: Path) -> None:
        self._output = output
        self.told: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
        self.pages: list[bytes] = []
        self._later: tuple[str, ...] = ()

    def looking_at(self) -> tuple[str, ...]:
        return (PAGE, "index.html")

    @contextmanager
    def ahead(self, later: Iterable[str]) -> Iterator[None]:
        self._later = tuple(later)
        yield

    def shown(self, paths: Iterable[str]) -> None:
        self.told.append((tuple(paths), self._later))
        places = [self._output / path for path in (PAGE, "briefings/2020/01/01/index.html")]
        # Some edits move the article away.
        self.pages = [place.read_bytes() if place.is_file() else b"" for place in places]


class Living:
    """A site with a builder that lives on, told what was saved as the preview tells it."""

    def __init__(self, root: Path) -> None:
        self.site = Site(root)
        self.start()

    def start(self) -> Any:
        """Begin with a new builder, as a new process does, and return what its first build tells."""
        builder = self.site.builder(preview=True)
        self.looking = Looking(builder.output)
        self.builder = LiveBuilder(builder, self.looking)
        told = self.builder.build()
        self._seen = self._files()
        return told

    def saved(self) -> Any:
        """Build what was saved since the last build."""
        before, self._seen = self._seen, self._files()
        changed = {name for name in before.keys() | self._seen.keys() if before.get(name) != self._seen.get(name)}
        return self.builder.build(sorted(changed))

    def _files(self) -> dict[str, bytes]:
        root = self.site.root
        places = [*(root / "content").rglob("*"), root / "site.yaml"]
        found = [place for place in places if place.is_file()]
        return {place.relative_to(root).as_posix(): digest_of_bytes(place.read_bytes()) for place in found}

    def differences(self) -> list[str]:
        return self.site.differences(preview=True)
