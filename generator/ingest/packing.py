"""The one door to brotli: the body of an HTTP answer, taken out of what its server packed it with.

A body comes out whole or is told. The library for web archives hands on what it could unpack of a damaged one, as if
that were all; and a few bytes of `br` may hold as many as nobody has room for.
"""

from __future__ import annotations

import zlib
from typing import Any

from generator.ingest.raw import GZIP_MAGIC

_GZIP = ("gzip", "x-gzip")
_DEFLATE = "deflate"
_BROTLI = "br"
_NOTHING = ("", "identity")
_FORM_OF_GZIP, _FORM_OF_ZLIB, _FORM_OF_DEFLATE = 31, 15, -15


class Packed(Exception):
    """A body that stays packed: `reason` is a part of a sentence, `advice` a sentence."""

    def __init__(self, reason: str, advice: str = "Fetch that page by itself.") -> None:
        super().__init__(reason)
        self.reason = reason
        self.advice = advice


def body_of(content: bytes, packing: str, most: int) -> bytes:
    """Return the body that was packed by `packing`, or its beginning where it is longer than `most` bytes.

    Raises Packed for one that is damaged, that ends too soon, or that nothing here unpacks.
    """
    if not content or packing in _NOTHING or (packing in _GZIP and not content.startswith(GZIP_MAGIC)):
        return content
    try:
        if packing in _GZIP:
            return _inflated(content, _FORM_OF_GZIP, most)
        if packing == _DEFLATE:
            return _out_of_deflate(content, most)
        if packing == _BROTLI:
            return _out_of_brotli(content, most)
    except zlib.error as fault:
        raise Packed(f"is damaged in the archive ({fault})") from fault
    raise Packed(f'is packed as "{packing}", which cannot be unpacked here')


def _out_of_deflate(content: bytes, most: int) -> bytes:
    try:
        return _inflated(content, _FORM_OF_ZLIB, most)
    except zlib.error:
        # Servers have long disagreed on what the word means, and browsers read both.
        return _inflated(content, _FORM_OF_DEFLATE, most)


def _inflated(content: bytes, form: int, most: int) -> bytes:
    plain = b""
    while True:
        unpacker = zlib.decompressobj(form)
        plain += unpacker.decompress(content, most + 1 - len(plain))
        if len(plain) > most:
            return plain
        if not unpacker.eof:
            raise Packed("is damaged in the archive (its packing ends too soon)")
        content = unpacker.unused_data
        if form != _FORM_OF_GZIP or not content.startswith(GZIP_MAGIC):
            return plain


def _out_of_brotli(content: bytes, most: int) -> bytes:
    brotli = _brotli()
    unpacker = brotli.Decompressor()
    try:
        plain: bytes = unpacker.process(content, output_buffer_limit=most + 1)
    except brotli.error as fault:
        raise Packed("is damaged in the archive (it is no whole br)") from fault
    if len(plain) <= most and not unpacker.is_finished():
        raise Packed("is damaged in the archive (its packing ends too soon)")
    return plain


def _brotli() -> Any:
    try:
        import brotli
    except ImportError as fault:
        raise Packed(
            'is packed as "br", which cannot be unpacked here', "Install what unpacks it: pip install 'dateline[warc]'"
        ) from fault
    return brotli
