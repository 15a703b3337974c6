"""The templates of the theme that comes with Dateline as Python, made before they were delivered.

To compile them takes a first build of a small site a tenth of its time, and they are nearly always the very ones that
were delivered. A plate is known by all it was made from: the template, the theme's strings, the template library, and
our own language for themes. Whatever has no plate is compiled.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path

from generator.digest import digest_of
from generator.files import read_bytes
from generator.render.theme import Theme

_HERE = Path(__file__).parent
PLATES = _HERE / "plates.json"
# What decides about the Python of a template; what else these libraries hold only serves while pages are printed.
_OURS = ("charts", "compiled", "filters", "references", "template_rules")
_THE_LIBRARYS = (
    "_identifier", "compiler", "defaults", "environment", "filters", "idtracking", "lexer", "nodes", "optimizer",
    "parser", "tests", "utils", "visitor",
)  # fmt: skip


class Plates:
    """The plates that were delivered, as far as they belong to a theme."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._sources, self._made_with = _delivered(), made_with(theme)

    def source(self, name: str) -> str | None:
        """Return a template's Python, None where it has no plate."""
        lines = self._sources.get(sign_of(self._theme, name, self._made_with))
        return "\n".join(lines) if lines is not None else None


def made_with(theme: Theme) -> bytes:
    """Return the digest of what every template of a theme is made with, b"" where that cannot be told."""
    found = find_spec("jinja2")
    if found is None or found.origin is None:
        return b""
    library = Path(found.origin).parent
    try:
        files = [
            *(read_bytes(str(_HERE / f"{name}.py")) for name in _OURS),
            *(read_bytes(str(library / f"{name}.py")) for name in _THE_LIBRARYS),
        ]
    except OSError:
        return b""
    return digest_of(tuple(files), theme.strings)


def sign_of(theme: Theme, name: str, made_with: bytes) -> str:
    """Return the name of a template's plate; it is the same wherever the theme lies."""
    return digest_of(made_with, name, theme.templates[name].text).hex()


def written(plates: Iterable[tuple[str, str]]) -> str:
    """Return the file of plates, each with its sign and its Python."""
    lines = {sign: source.split("\n") for sign, source in plates}
    return json.dumps(lines, ensure_ascii=False, indent=0) + "\n"


def _delivered() -> Mapping[str, list[str]]:
    try:
        plates = json.loads(read_bytes(str(PLATES)))
    except (OSError, ValueError):
        return {}
    return plates if isinstance(plates, dict) else {}
