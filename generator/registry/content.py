"""All of a site's content as text, and the same with some of its files changed: nothing is written here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.config import Config
from generator.config_file import SITE_FILE, load_config, parse_config
from generator.errors import Diagnostic, GeneratorError, in_order
from generator.files import FileStat, read_bytes
from generator.load.decode import decoded, unreadable
from generator.load.parse import PARSE, Parsed, ParseOptions
from generator.load.scan import CONTENT, KINDS, ContentFile, Scan, scan
from generator.load.site_content import parse_options
from generator.load.validate import Loaded, validate
from generator.model.topic import Topic
from generator.named import NamedTuple


class Content(NamedTuple):
    """A site's files that a person writes: texts by content path, what each says, and the settings."""

    root: Path
    found: Scan
    texts: Mapping[str, str]
    parsed: Mapping[str, Parsed[Any]]
    settings: str
    config: Config
    now: int

    def loaded(self) -> Loaded:
        """Return the content judged as a whole."""
        return validate(self.root, self.found, self.parsed, self.config, self.now)

    @property
    def topics(self) -> dict[str, Topic]:
        """The topics by id."""
        values = (self.parsed[file.path].value for file in self.found.files if file.kind == "topic")
        return {topic.id: topic for topic in values if topic is not None}

    def changed(self, texts: Mapping[str, str | None], settings: str = "") -> Content:
        """Return the content with other texts; None takes a file away, and only what changed is read again."""
        merged = {path: text for path, text in {**self.texts, **texts}.items() if text is not None}
        new = [path for path in texts if path not in self.texts]
        files = [file for file in self.found.files if file.path in merged]
        files += [ContentFile(KINDS[path.partition("/")[0]], path, FileStat(path, 0, 0, 0, 0)) for path in new]
        files.sort(key=lambda file: file.path)
        config = parse_config(settings) if settings and settings != self.settings else self.config
        options = parse_options(config)
        parsed = {
            file.path: (
                self.parsed[file.path]
                if merged[file.path] == self.texts.get(file.path)
                else _parsed(file, merged[file.path], options)
            )
            for file in files
        }
        found = self.found._replace(files=tuple(files))
        return self._replace(
            found=found, texts=merged, parsed=parsed, settings=settings or self.settings, config=config
        )


def read_content(root: Path, now: int) -> Content:
    """Return the content of the site in `root`; raises GeneratorError with every fault that keeps a file unread."""
    config = load_config(root)
    settings = read_bytes(str(root / SITE_FILE)).decode("utf-8")
    found = scan(root)
    texts: dict[str, str] = {}
    faults: list[Diagnostic] = []
    for file in found.files:
        path = f"{CONTENT}/{file.path}"
        try:
            text, fault = decoded(path, read_bytes(os.path.join(root, path)))
        except OSError as reason:
            text, fault = "", unreadable(path, reason)
        if fault is not None:
            faults.append(fault)
        texts[file.path] = text
    if faults:
        raise GeneratorError("Not all content can be read. Nothing was written.", in_order(faults))
    options = parse_options(config)
    parsed = {file.path: _parsed(file, texts[file.path], options) for file in found.files}
    return Content(root, found, texts, parsed, settings, config, now)


def _parsed(file: ContentFile, text: str, options: ParseOptions) -> Parsed[Any]:
    return PARSE[file.kind](file.path, text, options)
