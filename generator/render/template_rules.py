"""What templates may not do, found in a template before it is compiled.

A template shows its view: it computes no names, reaches into no object's inner workings, and prints nothing unescaped
or where escaping does not help. So a careless theme is told where it is careless, and a page can depend on nothing but
its view.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from generator.errors import did_you_mean
from generator.text.block import Fault

HTML_FIELDS = ("chart", "note", "prose")
_METHODS = (
    "cycle", "changed", "endswith", "get", "lower", "removeprefix", "removesuffix", "split", "startswith", "strip",
    "upper",
)  # fmt: skip
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_PRINT = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_BLOCK = re.compile(r"\{%.*?%\}", re.DOTALL)
_MARK = "\x00"
# The inside of a tag up to some place in it, attributes in quotes taken whole.
_TAG = r"<[a-z](?:\"[^\"]*\"|'[^']*'|[^\"'<>])*?"
_PLACES = (
    (re.compile(rf"<script\b[^>]*>[^<]*{_MARK}", re.IGNORECASE), "inside a script",
     "Escaping for HTML does not protect there. For structured values write {{ page.structured|ld_json }}."),
    (re.compile(rf"<style\b[^>]*>[^<]*{_MARK}", re.IGNORECASE), "inside a style sheet",
     "Put a class on the element instead, and the style into the theme's style.css."),
    (re.compile(rf"{_TAG}\son\w+\s*=\s*(?:\"[^\"]*?|'[^']*?){_MARK}", re.IGNORECASE), "inside an event handler",
     "Leave the handler away."),
    (re.compile(rf"{_TAG}=\s*{_MARK}", re.IGNORECASE), "in an attribute without quotes", 'Write it as name="{{ … }}".'),
)  # fmt: skip


def careless_places(text: str) -> Iterator[Fault]:
    """Yield a fault for each place where a value is printed into a script, a style, a handler or an open attribute."""
    bare = _COMMENT.sub(_same_lines, text)
    bare = _BLOCK.sub(_same_lines, _PRINT.sub(lambda found: _MARK + _same_lines(found), bare))
    for place, where, advice in _PLACES:
        for found in place.finditer(bare):
            yield Fault(bare.count("\n", 0, found.end()) + 1, f"A value is printed {where}.", advice)


def _same_lines(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")


def broken_rules(tree: Any, strings: Collection[str], filters: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield a fault for everything in a parsed template that templates may not do."""
    called: set[int] = set()
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        waiting.extend(node.iter_child_nodes())
        kind = type(node).__name__
        check = _CHECKS.get(kind)
        if check is not None:
            for message, advice in check(node):
                yield Fault(node.lineno, message, advice)
        if kind == "Call":
            called.add(id(node.node))
        elif kind == "Filter" and node.name not in filters:
            yield Fault(node.lineno, *_unknown_filter(node.name, filters))
        elif _name_of(node) == "once" and id(node) not in called:
            yield Fault(node.lineno, '"once" is called by its own name only.', 'Write once("parts/….html").')
        elif is_string(node) and node.attr not in strings:
            message = f'There is no string "{node.attr}".{did_you_mean(node.attr, strings)}'
            yield Fault(node.lineno, message, "A theme's strings stand in its strings.yaml.")


def is_string(node: Any) -> bool:
    """Say whether a node is `t.name`, one of the theme's strings."""
    return type(node).__name__ == "Getattr" and type(node.node).__name__ == "Name" and node.node.name == "t"


def named_templates(tree: Any) -> Iterator[str]:
    """Yield each name by which a parsed template reaches another one."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        waiting.extend(node.iter_child_nodes())
        kind = type(node).__name__
        if kind in ("Extends", "Include", "Import", "FromImport"):
            yield from (part.value for part in _constants(node.template))
        elif kind == "Call" and _name_of(node.node) == "once" and node.args:
            yield from (part.value for part in _constants(node.args[0]))


def _constants(node: Any) -> Iterator[Any]:
    if type(node).__name__ == "Const":
        if isinstance(node.value, (tuple, list)):
            yield from (type(node)(value) for value in node.value)
        else:
            yield node
    for child in node.iter_child_nodes():
        yield from _constants(child)


def _unknown_filter(name: str, filters: Mapping[str, Any]) -> tuple[str, str]:
    if name == "safe":
        advice = f"Values that are HTML already are known; for {', '.join(HTML_FIELDS)} write |html."
        return 'Templates print nothing unescaped: there is no filter "safe".', advice
    return (
        f'There is no filter "{name}".{did_you_mean(name, filters)}',
        f"The filters are {', '.join(sorted(filters))}.",
    )


def _hidden(name: Any) -> bool:
    return isinstance(name, str) and name.startswith("_")


def _attribute(node: Any) -> Iterator[tuple[str, str]]:
    if _hidden(node.attr):
        yield f'"{node.attr}" is hidden from templates.', "The fields of views are listed in docs/theme.md."
    if _name_of(node.node) == "self":
        yield '"self" is not for templates.', "Use super() or a part of its own."


def _subscript(node: Any) -> Iterator[tuple[str, str]]:
    kind = type(node.arg).__name__
    if kind in ("Slice", "Neg") or (kind == "Const" and isinstance(node.arg.value, int)):
        return
    yield (
        "Square brackets take a number or a range of numbers only.",
        "Write a field as view.title; a string as t.name.",
    )


def _call(node: Any) -> Iterator[tuple[str, str]]:
    called = node.node
    if type(called).__name__ == "Getattr" and called.attr not in _METHODS:
        advice = (
            f'They may call {", ".join(_METHODS)}; a macro by its name, after {{% from "parts/x.html" import name %}}.'
        )
        yield f'Templates do not call "{called.attr}".', advice
    elif type(called).__name__ not in ("Getattr", "Name"):
        yield "Templates call by name only.", "Give what is called a name."
    if node.dyn_args or node.dyn_kwargs:
        yield "What a call is given is written out.", "Take the stars away."


def _html(node: Any) -> Iterator[tuple[str, str]]:
    if node.name != "html":
        return
    inner = node.node
    name = inner.attr if type(inner).__name__ == "Getattr" else _name_of(inner)
    if name not in HTML_FIELDS:
        yield "Only fields that are HTML already may be printed as HTML.", f"They are {', '.join(HTML_FIELDS)}."


def _product(node: Any) -> Iterator[tuple[str, str]]:
    yield "Templates do not multiply.", "A product can be of any size; let the style sheet do it."


def _remainder(node: Any) -> Iterator[tuple[str, str]]:
    if type(node.left).__name__ != "Getattr" or _name_of(node.left.node) != "loop":
        yield "The remainder is taken of loop.index only.", "To join texts, write them one after the other, or use ~."


def _escaping(node: Any) -> Iterator[tuple[str, str]]:
    yield "Escaping cannot be switched off.", "Take the autoescape tag away."


def _name_of(node: Any) -> str:
    return node.name if type(node).__name__ == "Name" else ""


_CHECKS: Mapping[str, Any] = {
    "Getattr": _attribute,
    "Getitem": _subscript,
    "Call": _call,
    "Filter": _html,
    "Mul": _product,
    "Pow": _product,
    "Mod": _remainder,
    "ScopedEvalContextModifier": _escaping,
    "EvalContextModifier": _escaping,
}
