"""What a build must know before it parses: options that depend on settings and sources, and files passed on."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.build.content import Entry
from generator.config import Config
from generator.digest import digest_of_bytes
from generator.files import FileStat, read_bytes
from generator.load.decode import decoded
from generator.load.parse import ParseOptions, parse_source
from generator.model.source import EXCERPT_WORDS
from generator.render.output import CopyView, Files
from generator.render.theme import Theme

# An article without a standfirst describes itself with about this much of its body.
_LEAST_OPENING_WORDS = 60
_MOST_OPENING_WORDS = 1000


def parse_options(root: Path, config: Config, content: Sequence[FileStat]) -> ParseOptions:
    """Return how content is to be read: in the site's zone, with openings long enough for the longest excerpt.

    Sources are few and read first, every time; a source that cannot be read is a fault of the content, told later.
    """
    words = max(_LEAST_OPENING_WORDS, EXCERPT_WORDS)
    for stat in content:
        if stat.path.startswith("sources/") and stat.path.endswith(".md"):
            words = max(words, _excerpt_words(root, stat.path))
    return ParseOptions(config.timezone, words)


def _excerpt_words(root: Path, path: str) -> int:
    try:
        text, fault = decoded(path, read_bytes(os.path.join(root, "content", path)))
    except OSError:
        return 0
    if fault is not None:
        return 0
    parsed = parse_source(path, text, ParseOptions(opening_words=_MOST_OPENING_WORDS))
    return parsed.value.excerpt_words if parsed.value is not None else 0


def files_of(root: Path, entries: Mapping[str, Entry], theme: Theme) -> Files:
    """Return the files a site passes on as they are: those of content that are not parsed, and the theme's own."""
    content = os.path.join(root, "content")
    passed_on = {
        path: CopyView(os.path.join(content, *path.split("/")), entry.digest)
        for path, entry in sorted(entries.items())
        if entry.kind in ("static", "beside")
    }
    own = {name: CopyView(place, digest_of_bytes(read_bytes(place))) for name, place in sorted(theme.static.items())}
    return Files(passed_on, own)
