"""The few things that compiled templates ask of the template library while they print a page.

Loading the library takes longer than an edit's pages do, and a page that prints well needs little of it. What is not
here, and whatever goes wrong, is answered with Beyond: then the library itself prints the page, or tells the fault.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import CodeType, SimpleNamespace
from typing import Any, NoReturn
from weakref import proxy, ref

from markupsafe import Markup

from generator.render.filters import PLAIN_FILTERS, printed, string_filters
from generator.render.theme import Theme

_concat = "".join
_AUTOESCAPE = SimpleNamespace(autoescape=True)


Yields = Callable[["Context"], Iterator[str]]


class Beyond(Exception):
    """A template asks for what only the library can answer."""


class Template:
    """A compiled template: its name, the function that yields its text, its blocks by name; `module` is its code's."""

    __slots__ = ("_given", "_shared", "blocks", "name", "root_render_func")

    def __init__(self, module: Mapping[str, Any], shared: Mapping[str, Any]) -> None:
        self.name: str = module["name"]
        self.root_render_func: Yields = module["root"]
        self.blocks: Mapping[str, Yields] = module["blocks"]
        self._shared = shared
        self._given: SimpleNamespace | None = None

    def _get_default_module(self, context: Context) -> SimpleNamespace:
        """Return what the template gives to those that import it, made once, without what they are shown."""
        if self._given is None:
            own = Context(dict(self._shared), self.name, self.blocks)
            for _ in self.root_render_func(own):
                pass
            self._given = SimpleNamespace(**{name: own.vars[name] for name in own.exported_vars})
            # A macro that asks for a name holds this context, which must not hold the macro.
            for name, value in own.vars.items():
                if isinstance(value, _Macro):
                    own.vars[name] = proxy(value)
        return self._given

    def new_context(self, values: dict[str, Any], shared: bool, locals: Mapping[str, Any]) -> Context:
        """Return the context of a template that is included in another one's."""
        there = {name: value for name, value in locals.items() if value is not _MISSING}
        return Context({**({} if shared else self._shared), **values, **there}, self.name, self.blocks)


class _Names(dict[str, Any]):
    """Names with what they stand for; one that nobody gave stands for the missing one."""

    def __missing__(self, name: str) -> _Missing:
        return _MISSING


class Context:
    """The names a template finds while it prints one page; `vars` are those it sets, `parent` those it is given."""

    __slots__ = ("blocks", "eval_ctx", "exported_vars", "name", "parent", "resolve_or_missing", "vars")

    def __init__(self, parent: dict[str, Any], name: str, blocks: Mapping[str, Yields]) -> None:
        # What the template sets stands before what it is given; nobody asks for the two apart.
        self.parent = self.vars = names = _Names(parent)
        self.resolve_or_missing = names.__getitem__
        self.name = name
        self.exported_vars: set[str] = set()
        self.eval_ctx = _AUTOESCAPE
        self.blocks = {block: [function] for block, function in blocks.items()}

    def get_all(self) -> dict[str, Any]:
        """Return all names with what they stand for."""
        return dict(self.vars)

    def super(self, name: str, current: Yields) -> Callable[[], Markup]:
        """Return what prints the block that a block stands in the place of."""
        blocks = self.blocks[name]
        inner = blocks[blocks.index(current) + 1]
        return lambda: Markup(_concat(inner(self)))


class _Loop:
    """The items of a loop, and where it is."""

    __slots__ = ("_items", "index0", "length")

    def __init__(self, items: Iterable[Any], undefined: object) -> None:
        self._items = items if isinstance(items, (tuple, list)) else list(items)
        self.length = len(self._items)
        self.index0 = -1

    def __iter__(self) -> Iterator[tuple[Any, _Loop]]:
        for item in self._items:
            self.index0 += 1
            yield item, self

    @property
    def index(self) -> int:
        """The number of the item, from one."""
        return self.index0 + 1

    @property
    def first(self) -> bool:
        """Whether the item is the first one."""
        return self.index0 == 0

    @property
    def last(self) -> bool:
        """Whether the item is the last one."""
        return self.index0 == self.length - 1


class _Macro:
    """A macro: its function takes a value for each argument, the missing one where none is given."""

    __slots__ = ("__weakref__", "_arguments", "_function")

    def __init__(
        self, environment: object, function: Callable[..., str], name: str, arguments: Sequence[str], *asks: object
    ) -> None:
        *beyond, autoescape = asks
        if any(beyond) or "caller" in arguments or not autoescape:
            raise Beyond
        self._function = function
        self._arguments = arguments

    def __call__(self, *values: Any, **named: Any) -> Markup:
        if len(values) > len(self._arguments):
            raise Beyond
        rest = [named.pop(name, _MISSING) for name in self._arguments[len(values) :]]
        if named:
            raise Beyond
        return Markup(self._function(*values, *rest))


class Engine:
    """Loads the templates of a theme and makes their contexts; `code` returns a template's code by its name."""

    def __init__(self, theme: Theme, code: Callable[[str], CodeType], shared: Mapping[str, Any]) -> None:
        self._theme = theme
        self._code = code
        self._shared = shared
        self._loaded: dict[str, Template] = {}
        self._environment = SimpleNamespace(
            undefined=_beyond,
            concat=_concat,
            filters={**_FILTERS, **PLAIN_FILTERS, **string_filters(theme.strings)},
            tests=_TESTS,
            get_template=lent(self.template),
            select_template=_beyond,
        )

    def template(self, name: str, parent: str | None = None) -> Template:
        """Return a template of the theme."""
        found = self._loaded.get(name)
        if found is None:
            if name not in self._theme.templates:
                raise Beyond
            module = {**_NAMES, "environment": self._environment}
            exec(self._code(name), module)
            found = self._loaded[name] = Template(module, self._shared)
            # Functions hold the names of their module; one that was such a name itself would never go.
            for own in ("root", "blocks", *(f"block_{block}" for block in found.blocks)):
                del module[own]
        return found

    def printed(self, name: str, values: dict[str, Any]) -> str:
        """Return what a template prints of these values; raises Beyond, and whatever else goes wrong in it."""
        template = self._loaded.get(name) or self.template(name)
        context = Context(values, name, template.blocks)
        try:
            return _concat(template.root_render_func(context))
        finally:
            # A macro of the page may hold the context.
            context.vars.clear()


def lent(method: Callable[..., Any]) -> Callable[..., Any]:
    """Return a method that does not keep its owner, so that what the owner holds can hold it.

    Nothing circular is collected after a build, and a preview has many.
    """
    owner, function = ref(method.__self__), method.__func__  # type: ignore[attr-defined]
    return lambda *values, **named: function(owner(), *values, **named)


def _beyond(*_: object, **__: object) -> NoReturn:
    raise Beyond


def _same(value: Any) -> Any:
    return value


def _joined(pieces: Iterable[Any]) -> str:
    """Return `a ~ b`, which escapes what is no HTML where something is."""
    texts = [piece if isinstance(piece, str) else str(piece) for piece in pieces]
    return Markup("").join(texts) if any(hasattr(text, "__html__") for text in texts) else _concat(texts)


def _join(context: object, values: Iterable[Any], between: Any = "", attribute: object = None) -> str:
    values = list(values)
    if attribute is not None or any(hasattr(value, "__html__") for value in (between, *values)):
        raise Beyond
    return str(between).join(map(str, values))


def _first(environment: object, values: Iterable[Any]) -> Any:
    for value in values:
        return value
    raise Beyond


def _last(environment: object, values: Sequence[Any]) -> Any:
    return _first(environment, reversed(values))


def _reverse(values: Any) -> Any:
    return values[::-1] if isinstance(values, str) else reversed(values)


def _trim(value: Any, signs: str | None = None) -> str:
    return (value if isinstance(value, str) else str(value)).strip(signs)


class _NeverRaised(Exception):
    """What is caught for a template that may be missing; one that is missing is left to the library."""


class _Missing:
    """What a name stands for that nobody gave."""


_MISSING = _Missing()
_FILTERS: Mapping[str, Callable[..., Any]] = {
    "join": _join, "length": len, "list": list, "first": _first, "last": _last, "reverse": _reverse, "trim": _trim,
}  # fmt: skip
_TESTS: Mapping[str, Callable[..., bool]] = {
    "none": lambda value: value is None,
    "in": lambda value, values: value in values,
    "==": operator.eq,
    "eq": operator.eq,
    "ne": operator.ne,
    "odd": lambda value: value % 2 == 1,
    "even": lambda value: value % 2 == 0,
    "divisibleby": lambda value, number: value % number == 0,
}
# What compiled code finds without asking; the library hands it the same names.
_NAMES: Mapping[str, Any] = {
    "LoopContext": _Loop,
    "Macro": _Macro,
    "Markup": Markup,
    "Namespace": _beyond,
    "TemplateNotFound": _NeverRaised,
    "TemplateReference": _beyond,
    "TemplateRuntimeError": _beyond,
    "Undefined": _beyond,
    "escape": printed,
    "identity": _same,
    "internalcode": _same,
    "markup_join": _joined,
    "missing": _MISSING,
    "str_join": lambda pieces: _concat(map(str, pieces)),
}
