"""Pages printed by the template library itself: those that ask for more than `runtime` has, and those with faults.

It knows where in a template something went wrong, and says what.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import CodeType, TracebackType
from typing import Any

import jinja2
from jinja2 import runtime
from jinja2.runtime import Context

from generator.errors import Diagnostic, GeneratorError, ThemeError, did_you_mean
from generator.render.compiled import Language, sentence
from generator.render.filters import printed
from generator.render.theme import Theme


class Library:
    """Loads the templates of a theme and prints them; `code` returns a template's code by its name."""

    def __init__(self, theme: Theme, code: Callable[[str], CodeType], shared: Mapping[str, Any]) -> None:
        self._theme = theme
        self._code = code
        self._shared = dict(shared)
        self._loaded: dict[str, jinja2.Template] = {}
        self._environment = Language(self.template, theme)

    def template(self, name: str) -> jinja2.Template:
        """Return a template of the theme; raises ThemeError where there is none."""
        template = self._loaded.get(name)
        if template is None:
            if name not in self._theme.templates:
                raise ThemeError(f'The theme has no template "{name}".')
            module = {given: getattr(runtime, given) for given in runtime.exported}
            module |= {"environment": self._environment, "__file__": self._theme.templates[name].path}
            exec(self._code(name), module)
            # The library marks every escaped text as such; nothing asks for the mark of what is printed at once.
            module["escape"] = printed
            template = jinja2.Template.from_module_dict(self._environment, module, self._shared)
            self._loaded[name] = template
        return template

    def printed(self, name: str, values: dict[str, Any]) -> str:
        """Return what a template prints of these values; raises ThemeError with the template's file and line."""
        try:
            template = self._loaded.get(name) or self.template(name)
            context = Context(self._environment, values, name, template.blocks)
            return "".join(template.root_render_func(context))
        except GeneratorError:
            raise
        except Exception as error:
            fault = self._fault_of(error)
            if fault is None:
                raise
            raise ThemeError("A page could not be rendered.", [fault]) from error

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
    "generator.render.templates", "generator.render.library", "generator.render.filters", "generator.render.charts",
    "generator.render.views.entry",
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
