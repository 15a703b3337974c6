"""Pages rendered from views by a theme's templates.

A template sees `site`, `page` and `view`, the theme's strings as `t`, and two functions: `entry(e, size)` prints an
article as lists show it, `once(name, …)` a part that many pages share. Both are rendered once and remembered.
There is no clock, no chance and no file to ask, escaping is always on, and what is missing is an error.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any

import jinja2
from jinja2.runtime import Context

from generator.errors import Diagnostic, GeneratorError, ThemeError, did_you_mean, in_order
from generator.render.compiled import Compiler, sentence
from generator.render.filters import Html, printed
from generator.render.references import ENTRY
from generator.render.theme import Theme
from generator.render.views.frame import Page, SharedSite

# So many entries and parts are remembered; a site of a hundred thousand articles must not fill the memory.
_MOST_REMEMBERED = 30_000
_NO_LINKS: tuple[Any, ...] = ()


class Renderer:
    """Renders the pages of one site with one theme; `cache` and `made_by` are the compiler's."""

    def __init__(self, theme: Theme, site: SharedSite, *, cache: Path | None = None, made_by: bytes = b"") -> None:
        self._theme = theme
        self._compiler = Compiler(theme, self._template, cache=cache, made_by=made_by)
        self._environment = self._compiler.environment
        # A site sets only some of a theme's options; the theme knows the others.
        around = site.view._replace(options=theme.options)
        self._shared = {"site": around, "entry": self._entry, "once": self._once}
        self._compiled: dict[str, jinja2.Template] = {}
        self._entries: dict[Any, Html] = {}
        self._parts: dict[Any, Html] = {}

    def render(self, template: str, page: Page, view: Any) -> str:
        """Return a page's HTML; raises ThemeError with the template's file and line."""
        return self._rendered(template, {**self._shared, "page": page, "view": view})

    def check(self) -> None:
        """Compile every template of the theme; raises ThemeError with every fault of all of them."""
        faults: list[Diagnostic] = []
        for name in self._theme.templates:
            try:
                self._template(name)
            except ThemeError as error:
                faults.extend(error.diagnostics)
        if faults:
            raise ThemeError(f'The theme "{self._theme.name}" has faults.', in_order(faults))

    def _entry(self, entry: Any, size: str = "normal", note: str = "", also: tuple[Any, ...] = _NO_LINKS) -> Html:
        key = (entry.digest, size, note, also)
        found = self._entries.get(key)
        if found is None:
            values = {**self._shared, "e": entry.view, "size": size, "note": note, "also": also or entry.view.also}
            found = Html(self._rendered(ENTRY, values))
            if len(self._entries) >= _MOST_REMEMBERED:
                self._entries.clear()
            self._entries[key] = found
        return found

    def _once(self, name: str, **values: Any) -> Html:
        key = (name, *values.items())
        found = self._parts.get(key)
        if found is None:
            found = Html(self._rendered(name, {**self._shared, **values}))
            if len(self._parts) >= _MOST_REMEMBERED:
                self._parts.clear()
            self._parts[key] = found
        return found

    def _rendered(self, name: str, values: dict[str, Any]) -> str:
        try:
            template = self._compiled.get(name) or self._template(name)
            context = Context(self._environment, values, name, template.blocks)
            return "".join(template.root_render_func(context))
        except GeneratorError:
            raise
        except Exception as error:
            fault = self._fault_of(error)
            if fault is None:
                raise
            raise ThemeError("A page could not be rendered.", [fault]) from error

    def _template(self, name: str) -> jinja2.Template:
        template = self._compiled.get(name)
        if template is None:
            if name not in self._theme.templates:
                raise ThemeError(f'The theme has no template "{name}".')
            module = {"environment": self._environment, "__file__": self._theme.templates[name].path}
            exec(self._compiler.code(name), module)
            # The library marks every escaped text as such; nothing asks for the mark of what is printed at once.
            module["escape"] = printed
            template = jinja2.Template.from_module_dict(self._environment, module, self._shared)
            self._compiled[name] = template
        return template

    def _fault_of(self, error: Exception) -> Diagnostic | None:
        """Return what went wrong with its place in a template; None when it went wrong in our own code."""
        place: tuple[str, int] | None = None
        trace: TracebackType | None = error.__traceback__
        while trace is not None:
            values = trace.tb_frame.f_globals
            template = values.get("__jinja_template__")
            if template is not None:
                place = (str(template.name), template.get_corresponding_lineno(trace.tb_lineno))
            elif str(values.get("__name__", "")).startswith("generator.") and values["__name__"] not in _OURS:
                return None
            trace = trace.tb_next
        if place is None:
            return None
        path = self._theme.templates[place[0]].path
        if isinstance(error, RecursionError):
            return Diagnostic(path, place[1], "The template calls itself without end.", "A macro must not call itself.")
        return Diagnostic(path, place[1], *_said(error))


# Where an error raised in these modules comes from is the template that called them.
_OURS = (
    "generator.render.templates", "generator.render.filters", "generator.render.charts", "generator.render.views.entry",
)  # fmt: skip


def _said(error: Exception) -> tuple[str, str]:
    """Return an error of a template in a sentence, with advice."""
    if isinstance(error, AttributeError) and error.obj is None:
        return f'The field "{error.name}" is asked of nothing.', "Ask first whether there is something: {% if … %}."
    if isinstance(error, AttributeError):
        fields = getattr(error.obj, "_fields", ())
        message = f'{type(error.obj).__name__} has no field "{error.name}".{did_you_mean(error.name or "", fields)}'
        return message, f"Its fields are {', '.join(fields)}." if fields else ""
    if isinstance(error, jinja2.UndefinedError):
        return sentence(str(error)), "A template is given site, page and view, and nothing else."
    return f"{type(error).__name__}: {sentence(str(error))}", ""
