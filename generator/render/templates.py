"""The one door to jinja2: a theme's templates compiled, and pages rendered from views.

A template sees `site`, `page` and `view`, the theme's strings as `t`, and two functions: `entry(e, size)` prints an
article as lists show it, `once(name, …)` a part that many pages share. Both are rendered once and remembered.
There is no clock, no chance and no file to ask, escaping is always on, and what is missing is an error.
"""

from __future__ import annotations

import marshal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import CodeType, TracebackType
from typing import Any

import jinja2
from jinja2.compiler import CodeGenerator
from jinja2.nodes import Call, Const, Getattr
from jinja2.nodes import Template as Tree
from jinja2.runtime import Context

from generator.digest import digest_of, digest_of_bytes
from generator.errors import Diagnostic, GeneratorError, ThemeError, did_you_mean, in_order
from generator.files import read_bytes, replace_file
from generator.render.filters import PLAIN_FILTERS, Html, printed, string_filters
from generator.render.references import ENTRY, references
from generator.render.template_rules import broken_rules, careless_places, is_string, named_templates
from generator.render.theme import Theme
from generator.render.views.frame import Page, SharedSite

# So many entries and parts are remembered; a site of a hundred thousand articles must not fill the memory.
_MOST_REMEMBERED = 30_000
_NO_LINKS: tuple[Any, ...] = ()


class Renderer:
    """Renders the pages of one site with one theme.

    Compiled templates are kept in the folder `cache` when one is given, and used again as long as their text, the
    theme's strings and `made_by` (whatever says which code compiles them) are the same.
    """

    def __init__(self, theme: Theme, site: SharedSite, *, cache: Path | None = None, made_by: bytes = b"") -> None:
        self._theme = theme
        self._cache = cache
        self._made_by = digest_of(jinja2.__version__, tuple(sys.version_info), made_by, theme.strings)
        self._environment = _Environment(self._template, theme)
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
            exec(self._code(name), module)
            # The library marks every escaped text as such; nothing asks for the mark of what is printed at once.
            module["escape"] = printed
            template = jinja2.Template.from_module_dict(self._environment, module, self._shared)
            self._compiled[name] = template
        return template

    def _code(self, name: str) -> CodeType:
        """Return a template's code, from the cache when what lies there is whole and of the same making."""
        path, text = self._theme.templates[name]
        if self._cache is None:
            return self._compile(name, path, text)
        place = str(self._cache / f"{digest_of(self._made_by, name, path, text).hex()}.code")
        try:
            kept = read_bytes(place)
        except OSError:
            kept = b""
        # Only bytes that are the very ones we wrote are given to marshal, which trusts what it reads.
        if kept and kept[:16] == digest_of_bytes(kept[16:]):
            return marshal.loads(kept[16:])  # type: ignore[no-any-return]
        code = self._compile(name, path, text)
        content = marshal.dumps(code)
        try:
            replace_file(place, digest_of_bytes(content) + content)
        except OSError:
            # A cache that cannot be written costs time, nothing else.
            pass
        return code

    def _compile(self, name: str, path: str, text: str) -> CodeType:
        environment = self._environment
        try:
            tree = environment.parse(text, name, path)
        except jinja2.TemplateSyntaxError as error:
            message = f"The template cannot be read: {_sentence(error.message or 'it is not a template')}"
            raise ThemeError(f'The template "{name}" is faulty.', [Diagnostic(path, error.lineno, message)]) from error
        strings = dict(self._theme.strings)
        faults = [*broken_rules(tree, strings, environment.filters), *careless_places(text)]
        if faults:
            raise ThemeError(
                f'The template "{name}" is faulty.', in_order(Diagnostic(path, *fault) for fault in faults)
            )
        unseen = set(named_templates(tree)) - {reference.name for reference in references(text)}
        if unseen:
            message = f"The name {', '.join(sorted(map(repr, unseen)))} stands where it cannot be followed."
            raise ThemeError(f'The template "{name}" is faulty.', [Diagnostic(path, 0, message)])
        _put_in_strings(tree, strings)
        try:
            return environment.compile(tree, name, path)
        except jinja2.TemplateError as error:
            line = getattr(error, "lineno", 0)
            fault = Diagnostic(path, line, f"The template cannot be read: {_sentence(str(error))}")
            raise ThemeError(f'The template "{name}" is faulty.', [fault]) from error

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


class _Lean(CodeGenerator):
    """Writes the code of a template as one would by hand: views have no mappings, and functions ask for no context.

    What the library writes instead serves cases that themes do not have, and takes twice the time.
    """

    def visit_Getattr(self, node: Getattr, frame: Any) -> None:
        """Write `view.field` as just that."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(self, node: Call, frame: Any, forward_caller: bool = False) -> None:
        """Write a call with its arguments and nothing else, but for the block a macro is called around."""
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def writeline(self, x: str, node: Any = None, extra: int = 0) -> None:
        """Write a line of code; a block that is handed up becomes one text."""
        # A block handed up whole passes each template it stands in once, not once for each of its pieces.
        if x.startswith("yield from context.blocks["):
            x = f"yield ''.join({x.removeprefix('yield from ')})"
        super().writeline(x, node, extra)


class _Environment(jinja2.Environment):
    """The template language as themes have it, with nothing of the library's own functions and filters."""

    code_generator_class = _Lean

    def __init__(self, find: Callable[[str], jinja2.Template], theme: Theme) -> None:
        super().__init__(
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
            cache_size=0,
        )
        self._find = find
        kept = {name: self.filters[name] for name in ("join", "length", "list", "first", "last", "reverse", "trim")}
        self.filters = {**kept, **PLAIN_FILTERS, **string_filters(theme.strings)}
        self.tests = {name: self.tests[name] for name in ("none", "in", "==", "eq", "ne", "odd", "even", "divisibleby")}
        self.globals = {}

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> jinja2.Template:
        """Return a template of the theme; the library's own search and its locks are not needed."""
        return self._find(name)

    def select_template(self, names: Any, parent: str | None = None, globals: Any = None) -> jinja2.Template:
        """Return the first of the templates that exists."""
        for name in names:
            try:
                return self._find(name)
            except ThemeError as error:
                if error.diagnostics:
                    raise
        raise jinja2.TemplatesNotFound(list(names))


def _put_in_strings(tree: Tree, strings: Mapping[str, Any]) -> None:
    """Replace each `t.name` by the string itself, which then costs nothing when a page is rendered."""
    waiting: list[Any] = [tree]
    while waiting:
        node = waiting.pop()
        for field, value in node.iter_fields():
            if is_string(value):
                setattr(node, field, Const(strings[value.attr], lineno=value.lineno, environment=value.environment))
            elif isinstance(value, list):
                value[:] = [
                    Const(strings[item.attr], lineno=item.lineno, environment=item.environment)
                    if is_string(item)
                    else item
                    for item in value
                ]
        waiting.extend(node.iter_child_nodes())


def _string(node: Any, strings: Mapping[str, Any]) -> Const:
    return Const(strings[node.attr], lineno=node.lineno, environment=node.environment)


def _said(error: Exception) -> tuple[str, str]:
    """Return an error of a template in a sentence, with advice."""
    if isinstance(error, AttributeError) and error.obj is None:
        return f'The field "{error.name}" is asked of nothing.', "Ask first whether there is something: {% if … %}."
    if isinstance(error, AttributeError):
        fields = getattr(error.obj, "_fields", ())
        message = f'{type(error.obj).__name__} has no field "{error.name}".{did_you_mean(error.name or "", fields)}'
        return message, f"Its fields are {', '.join(fields)}." if fields else ""
    if isinstance(error, jinja2.UndefinedError):
        return _sentence(str(error)), "A template is given site, page and view, and nothing else."
    return f"{type(error).__name__}: {_sentence(str(error))}", ""


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."
