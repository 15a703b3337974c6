"""The key of an output: the digest of everything its bytes are made of, and the parts it consists of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple
from zlib import crc32

from generator.digest import digest_of, packed
from generator.render.output import PAGE, Output

_SUM_BYTES = 4


class Ingredients(NamedTuple):
    """What an output is made of besides its view: our code, its template with all it includes, the site around it."""

    toolchain: bytes
    template: bytes
    site: bytes


def key_of(output: Output, ingredients: Ingredients, view: Any) -> bytes:
    """Return the key: what is hashed is the very view that is rendered."""
    return digest_of(output.renderer, output.template, ingredients, view)


def parts_of(output: Output, ingredients: Ingredients, view: Any) -> tuple[tuple[str, ...], bytes]:
    """Return the names of a key's parts and a 4-byte sum of each: enough to say which one differed."""
    named = [*zip(ingredients._fields, ingredients, strict=True), *_fields(output, view)]
    sums = b"".join(crc32(packed(value)).to_bytes(_SUM_BYTES, "little") for _, value in named)
    return tuple(name for name, _ in named), sums


def differing(names: tuple[str, ...], before: bytes, now: bytes) -> tuple[str, ...]:
    """Return the names of the parts whose sums differ."""
    if len(before) != len(now):
        return ("kind",)
    return tuple(
        name
        for place, name in enumerate(names)
        if before[place * _SUM_BYTES : (place + 1) * _SUM_BYTES] != now[place * _SUM_BYTES : (place + 1) * _SUM_BYTES]
    )


def _fields(output: Output, view: Any) -> Iterator[tuple[str, Any]]:
    if output.renderer == PAGE and len(view) == 2 and hasattr(view[0], "_fields"):
        page, shown = view
        yield from ((f"page.{name}", value) for name, value in zip(page._fields, page, strict=True))
        yield from zip(shown._fields, shown, strict=True)
    elif hasattr(view, "_fields"):
        yield from zip(view._fields, view, strict=True)
    else:
        yield "content", view
