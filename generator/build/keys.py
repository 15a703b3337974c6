"""The key of an output: the digest of everything its bytes are made of, and the parts it consists of."""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from zlib import crc32

from generator.digest import digest_of, digest_of_bytes, packed, packed_each
from generator.named import NamedTuple
from generator.render.output import PAGE, Output

_SUM_BYTES = 4


class Ingredients(NamedTuple):
    """What an output is made of besides its view: our code, its template with all it includes, the site around it."""

    toolchain: bytes
    template: bytes
    site: bytes


class Key(NamedTuple):
    """What an output is: the digest of its view, and a 4-byte sum of each part of it, in order."""

    digest: bytes
    sums: bytes


def inputs_digest(output: Output, ingredients: Ingredients) -> bytes:
    """Return the digest of everything an output's view is made of: equal inputs of a pure function, equal view."""
    head = _head(output.renderer, output.template, ingredients, output.make)
    return digest_of_bytes(head + packed(output.inputs))


@lru_cache(maxsize=128)
def _head(renderer: str, template: str, ingredients: Ingredients, make: Callable[..., Any]) -> bytes:
    return digest_of(renderer, template, ingredients, make.__module__, make.__qualname__)


def key_of(output: Output, ingredients: Ingredients, view: Any) -> Key:
    """Return the key: what is hashed is the very view that is rendered."""
    pieces = packed_each((*ingredients, *_values(output, view)))
    sums = struct.pack(f"<{len(pieces)}I", *map(crc32, pieces))
    joined = packed((output.renderer, output.template)) + b"".join(pieces)
    return Key(digest_of_bytes(joined), sums)


def names_of(output: Output, ingredients: Ingredients, view: Any) -> tuple[str, ...]:
    """Return the names of a key's parts, in order."""
    if _is_page(output, view):
        page, shown = view
        return (*ingredients._fields, *(f"page.{name}" for name in page._fields), *shown._fields)
    return (*ingredients._fields, *(view._fields if hasattr(view, "_fields") else ("content",)))


def differing(names: tuple[str, ...], before: bytes, now: bytes) -> tuple[str, ...]:
    """Return the names of the parts whose sums differ."""
    if len(before) != len(now):
        return ("kind",)
    return tuple(
        name
        for place, name in enumerate(names)
        if before[place * _SUM_BYTES : (place + 1) * _SUM_BYTES] != now[place * _SUM_BYTES : (place + 1) * _SUM_BYTES]
    )


def _values(output: Output, view: Any) -> tuple[Any, ...]:
    if _is_page(output, view):
        return (*view[0], *view[1])
    return tuple(view) if hasattr(view, "_fields") else (view,)


def _is_page(output: Output, view: Any) -> bool:
    return output.renderer == PAGE and len(view) == 2
