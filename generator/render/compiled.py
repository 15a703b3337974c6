"""A theme's templates compiled: the language they are written in, and their code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import CodeType
from typing import Any

import jinja2
from jinja2.compiler import CodeGenerator
from jinja2.nodes import Call, Const, Getattr
from jinja2.nodes import Template as Tree

from generator.errors import Diagnostic, ThemeError, in_order
from generator.render.filters import PLAIN_FILTERS, string_filters
from generator.render.references import references
from generator.render.template_rules import broken_rules, careless_places, is_string, named_templates
from generator.render.theme import Theme


class Compiler:
    """Compiles the templates of one theme; `find` returns one that another one names, which is asked in rendering."""

    def __init__(self, theme: Theme, find: Callable[[str], jinja2.Template]) -> None:
        self.environment = Language(find, theme)
        self._theme = theme

    def code(self, name: str) -> CodeType:
        """Return a template's code; raises ThemeError with every fault."""
        return compile(self.source(name), self._theme.templates[name].path, "exec")

    def source(self, name: str) -> str:
        """Return a template as Python; raises ThemeError with every fault."""
        path, text = self._theme.templates[name]
        environment = self.environment
        try:
            tree = environment.parse(text, name, path)
        except jinja2.TemplateSyntaxError as error:
            message = f"The template cannot be read: {sentence(error.message or 'it is not a template')}"
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
            return environment.compile(tree, name, path, raw=True)
        except jinja2.TemplateError as error:
            line = getattr(error, "lineno", 0)
            fault = Diagnostic(path, line, f"The template cannot be read: {sentence(str(error))}")
            raise ThemeError(f'The template "{name}" is faulty.', [fault]) from error


def compiler_of(theme: Theme) -> Compiler:
    """Return what compiles a theme's templates: to compile one no other is looked up, which is a matter of printing."""
    return Compiler(theme, lambda name: jinja2.Template(""))


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
        """Write a line of code; a block that is handed up becomes one text, and names of the library are given."""
        # Whoever prints the page says what these names stand for: the library, or the little of it that suffices.
        if x.startswith("from jinja2.runtime import "):
            return
        # A block handed up whole passes each template it stands in once, not once for each of its pieces.
        if x.startswith("yield from context.blocks["):
            x = f"yield ''.join({x.removeprefix('yield from ')})"
        super().writeline(x, node, extra)


class Language(jinja2.Environment):
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


def sentence(text: str) -> str:
    """Return a message of the library as a sentence."""
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."
