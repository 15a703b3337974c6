"""Giving a held article what it lacks: one line into its front matter, every other byte as it was."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.text.block_writer import dump
from generator.text.frontmatter import FENCE

_HELD = re.compile(r"^held:[^\n]*(?:\r?\n(?:[ \t]+|-[ \t])[^\n]*)*\r?\n", re.MULTILINE)


def given(text: str, key: str, value: str, *, held: Sequence[str]) -> str:
    """Return a file's text with `key: value` in place of its `held:` line; `held` is what is missing besides.

    The file's own line ends are kept.
    """
    ending = "\r\n" if "\r\n" in text else "\n"
    rest = [reason for reason in held if reason != key]
    lines = dump({key: value, "held": rest or None}).replace("\n", ending)
    start = text.find(FENCE) + len(FENCE)
    end = text.find(f"\n{FENCE}", start)
    front = text[start : end + 1]
    changed = _HELD.sub(lambda found: lines, front, count=1)
    return text[:start] + changed + text[end + 1 :]
