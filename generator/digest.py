"""Structural digests: equal values have equal digests, in every process and on every machine.

The set of types is closed: text, bytes, integers, floats, booleans, None, tuples (named ones too), and values that
carry a digest of their own as the attribute `digest`, so that pages sharing them need not hash them again.
A dictionary, a list, a set or a date in a value is a mistake of ours and raises TypeError, because their order or
their rendering could differ while their digest does not.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Any

import msgpack

try:
    # `hashlib` gives the same, and loads OpenSSL for its other digests, which takes longer than all else at a start.
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

DIGEST_BYTES = 16


def _own_digest(value: Any) -> Any:
    digest = getattr(value, "digest", None)
    if type(digest) is bytes:
        return digest
    raise TypeError(f"a value of type {type(value).__name__} has no digest")


class _Packers(threading.local):
    """One packer for each thread: making one costs more than packing a small value, and none may serve two at once."""

    def __init__(self) -> None:
        self.pack = msgpack.Packer(default=_own_digest).pack


_PACKERS = _Packers()


def packed(value: Any) -> bytes:
    """Return the one byte form of `value` that its digest is taken from."""
    content: bytes = _PACKERS.pack(value)
    return content


def packed_each(values: Iterable[Any]) -> list[bytes]:
    """Return the byte form of each of the values."""
    pack = _PACKERS.pack
    return [pack(value) for value in values]


def digest_of(*values: Any) -> bytes:
    """Return the 16-byte digest of the values, in their order."""
    return blake2b(packed(values), digest_size=DIGEST_BYTES).digest()


def digest_of_bytes(content: bytes) -> bytes:
    """Return the 16-byte digest of a file's bytes."""
    return blake2b(content, digest_size=DIGEST_BYTES).digest()
