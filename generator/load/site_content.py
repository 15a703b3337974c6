"""A site's content, read from its files without a cache: for commands that look at content and build nothing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from generator.config import Config
from generator.errors import Diagnostic
from generator.files import read_bytes
from generator.load.decode import decoded, unreadable
from generator.load.parse import PARSE, Parsed, ParseOptions
from generator.load.scan import CONTENT, ContentFile, scan
from generator.load.validate import Loaded, validate


def parse_options(config: Config) -> ParseOptions:
    """Return what of the settings decides how a file reads."""
    return ParseOptions(config.timezone)


def load_content(root: str | Path, config: Config, now: int) -> Loaded:
    """Return the content of the site in `root` as it may be shown at `now`, with all its faults."""
    found = scan(root)
    options = parse_options(config)
    parsed: dict[str, Parsed[Any]] = {}
    lost: list[Diagnostic] = []
    for file in found.files:
        result = parse_file(root, file, options)
        if isinstance(result, Diagnostic):
            lost.append(result)
        else:
            parsed[file.path] = result
    return validate(root, found, parsed, config, now, unreadable=lost)


def parse_file(root: str | Path, file: ContentFile, options: ParseOptions) -> Parsed[Any] | Diagnostic:
    """Return what a content file holds, or why it cannot be read."""
    path = f"{CONTENT}/{file.path}"
    try:
        content = read_bytes(os.path.join(os.fspath(root), path))
    except OSError as fault:
        return unreadable(path, fault)
    text, undecodable = decoded(path, content)
    return undecodable if undecodable is not None else PARSE[file.kind](file.path, text, options)
