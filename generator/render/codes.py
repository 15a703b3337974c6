"""The code of a theme's templates, kept between builds: a build that finds all of it loads no template library."""

from __future__ import annotations

import marshal
import sys
from contextlib import suppress
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING

from generator.digest import digest_of, digest_of_bytes
from generator.errors import ThemeError
from generator.files import read_bytes, replace_file
from generator.render.plates import Plates
from generator.render.theme import Theme

if TYPE_CHECKING:
    from generator.render.compiled import Compiler

_DIGEST_BYTES = 16


class Codes:
    """The code of one theme's templates.

    It is kept in the folder `cache` when one is given, and used again as long as a template's text, the theme's strings
    and `made_by` (whatever says which code and which library compile them) are the same.
    """

    def __init__(self, theme: Theme, *, cache: Path | None = None, made_by: bytes = b"") -> None:
        self._theme = theme
        self._cache = cache
        self._made_by = digest_of(tuple(sys.version_info), made_by, theme.strings)
        self._compiler: Compiler | None = None
        self._plates: Plates | None = None

    def code(self, name: str) -> CodeType:
        """Return a template's code; raises ThemeError with every fault of one that must be compiled."""
        if self._cache is None:
            return self._compiled(name)
        place = str(self._cache / f"{digest_of(self._made_by, name, *self._theme.templates[name]).hex()}.code")
        try:
            kept = read_bytes(place)
        except OSError:
            kept = b""
        # Only bytes that are the very ones we wrote are given to marshal, which trusts what it reads.
        if kept and kept[:_DIGEST_BYTES] == digest_of_bytes(kept[_DIGEST_BYTES:]):
            return marshal.loads(kept[_DIGEST_BYTES:])  # type: ignore[no-any-return]
        code = self._compiled(name)
        content = marshal.dumps(code)
        # A cache that cannot be written costs time, nothing else.
        with suppress(OSError):
            replace_file(place, digest_of_bytes(content) + content)
        return code

    def _compiled(self, name: str) -> CodeType:
        if self._plates is None:
            self._plates = Plates(self._theme)
        source = self._plates.source(name)
        if source is not None:
            return compile(source, self._theme.templates[name].path, "exec")
        if self._compiler is None:
            from generator.render.compiled import compiler_of

            self._compiler = compiler_of(self._theme)
        return self._compiler.code(name)


def compile_ahead(theme: Theme, *, cache: Path, made_by: bytes) -> None:
    """Compile what pages need into `cache`, for other processes to find; a faulty one is left for the page to tell."""
    codes = Codes(theme, cache=cache, made_by=made_by)
    # A theme's templates have a second name, for a theme that extends it; pages are named by the first.
    pages = [name for name in theme.templates if "/" not in name]
    for name in dict.fromkeys(reached for page in pages for reached in (page, *theme.reached[page])):
        with suppress(ThemeError):
            codes.code(name)
