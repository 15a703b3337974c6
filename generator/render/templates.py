"""Pages rendered from views by a theme's templates.

A template sees `site`, `page` and `view`, the theme's strings as `t`, and two functions: `entry(e, size)` prints an
article as lists show it, `once(name, …)` a part that many pages share. Both are rendered once and remembered.
There is no clock, no chance and no file to ask, escaping is always on, and what is missing is an error.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from generator.errors import Diagnostic, GeneratorError, ThemeError, in_order
from generator.render.codes import Codes
from generator.render.filters import Html
from generator.render.runtime import Engine, lent
from generator.render.theme import ENTRY, Theme
from generator.render.views.frame import Page, SharedSite

# So many entries and parts are remembered; a site of a hundred thousand articles must not fill the memory.
_MOST_REMEMBERED = 30_000
_NO_LINKS: tuple[Any, ...] = ()


class Renderer:
    """Renders the pages of one site with one theme; `cache` and `made_by` are those of its templates' code.

    `is_library` says whether a page has asked for the template library itself.
    """

    def __init__(self, theme: Theme, site: SharedSite, *, cache: Path | None = None, made_by: bytes = b"") -> None:
        self._theme = theme
        self._codes = Codes(theme, cache=cache, made_by=made_by)
        # A site sets only some of a theme's options; the theme knows the others.
        around = site.view._replace(options=theme.options)
        self._shared = {"site": around, "entry": lent(self._entry), "once": lent(self._once)}
        self.is_library = False
        self._printed = Engine(theme, self._codes.code, self._shared).printed
        self._entries: dict[Any, Html] = {}
        self._parts: dict[Any, Html] = {}

    def render(self, template: str, page: Page, view: Any) -> str:
        """Return a page's HTML; raises ThemeError with the template's file and line."""
        values = {**self._shared, "page": page, "view": view}
        try:
            return self._printed(template, values)
        except GeneratorError:
            raise
        except Exception:
            # What goes beyond the few things at hand, and a fault, which the library can place.
            if self.is_library:
                raise
            self.load_library()
            return self._printed(template, values)

    def load_library(self) -> None:
        """Print all further pages with the template library itself."""
        from generator.render.library import Library

        self.is_library = True
        self._printed = Library(self._theme, self._codes.code, self._shared).printed

    def check(self) -> None:
        """Compile every template of the theme; raises ThemeError with every fault of all of them."""
        faults: list[Diagnostic] = []
        for name in self._theme.templates:
            try:
                self._codes.code(name)
            except ThemeError as error:
                faults.extend(error.diagnostics)
        if faults:
            raise ThemeError(f'The theme "{self._theme.name}" has faults.', in_order(faults))

    def _entry(self, entry: Any, size: str = "normal", note: str = "", also: tuple[Any, ...] = _NO_LINKS) -> Html:
        key = (entry.digest, size, note, also)
        found = self._entries.get(key)
        if found is None:
            values = {**self._shared, "e": entry.view, "size": size, "note": note, "also": also or entry.view.also}
            found = Html(self._printed(ENTRY, values))
            if len(self._entries) >= _MOST_REMEMBERED:
                self._entries.clear()
            self._entries[key] = found
        return found

    def _once(self, name: str, **values: Any) -> Html:
        key = (name, *values.items())
        found = self._parts.get(key)
        if found is None:
            found = Html(self._printed(name, {**self._shared, **values}))
            if len(self._parts) >= _MOST_REMEMBERED:
                self._parts.clear()
            self._parts[key] = found
        return found
