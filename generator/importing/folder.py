"""The files of a folder that another generator made a site from: which generator, and which of them are content.

Links to files and folders are not followed, so that nothing outside the folder can come in.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from generator.errors import Diagnostic, UsageError
from generator.files import is_leaving
from generator.importing.settings import (
    FILES,
    GENERATORS,
    HUGO,
    JEKYLL,
    OBSIDIAN,
    PELICAN,
    Settings,
    read_settings,
)
from generator.named import NamedTuple

MARKDOWN = (".md", ".markdown", ".mkd", ".mdown", ".mkdn", ".mkdown")
# Content in a form that is not read: each such file is told, so that nobody misses it later.
OTHER_FORMS = (".rst", ".org", ".adoc", ".asciidoc", ".textile", ".html", ".htm", ".ipynb")
NO_CONTENT = {
    JEKYLL: ("_includes/", "_layouts/", "_site/", "_sass/", "_data/", "_plugins/", "vendor/", "node_modules/"),
    HUGO: ("themes/", "layouts/", "archetypes/", "public/", "resources/", "node_modules/"),
    PELICAN: ("output/", "theme/", "themes/", "node_modules/"),
    OBSIDIAN: (),
}
MOST_LOOKED_INTO = 40

_PELICAN_HEAD = re.compile(r"(?i)\A\ufeff?(?:title|date|category|slug|tags|author|status|summary): *\S")
_SPEAKS = {
    HUGO: re.compile(r"\A\ufeff?\+\+\+|\{\{<"),
    PELICAN: _PELICAN_HEAD,
    OBSIDIAN: re.compile(r"\[\["),
}
_POST_FOLDER = re.compile(r"(?:\A|/)_(?:posts|drafts)/")


class Folder(NamedTuple):
    """A folder to import: its files, `/`-separated and sorted, those of them that are content, and its settings.

    `linked` are links, which are not followed; `unnamed` files have names that no text may hold, told in signs.
    """

    root: Path
    generator: str
    settings: Settings
    files: tuple[str, ...]
    linked: tuple[str, ...]
    unnamed: tuple[str, ...]
    notes: tuple[Diagnostic, ...]

    @property
    def content(self) -> tuple[str, ...]:
        """The Markdown files that are content, sorted."""
        return tuple(path for path in self.files if path.lower().endswith(MARKDOWN) and self.is_content(path))

    @property
    def in_other_forms(self) -> tuple[str, ...]:
        """The files that are content and no Markdown."""
        if self.generator == OBSIDIAN:
            return ()
        found = (path for path in self.files if path.lower().endswith(OTHER_FORMS) and self.is_content(path))
        # Beside Jekyll's posts an HTML file is a page of the theme more often than content.
        return tuple(path for path in found if self.generator != JEKYLL or _POST_FOLDER.search(path))

    def is_content(self, path: str) -> bool:
        """Say whether a file lies where the generator looks for content."""
        if not path.startswith(self.settings.content):
            return False
        within = path.removeprefix(self.settings.content)
        return bool(self.settings.content) or not within.startswith(NO_CONTENT[self.generator])


def open_folder(root: Path, generator: str | None) -> Folder:
    """Return the folder at `root`, its generator detected where none is named; raises UsageError and OSError."""
    listed = _listed(root)
    kind = generator or _detected(root, listed)
    settings, notes = read_settings(root, kind, frozenset(listed.files))
    files, linked, unnamed, _ = map(sorted, listed)
    return Folder(root, kind, settings, tuple(files), tuple(linked), tuple(unnamed), notes)


class _Listed(NamedTuple):
    """What lies in a folder: files, links out of it, names that are no text, hidden things at its top."""

    files: list[str]
    linked: list[str]
    unnamed: list[str]
    hidden: list[str]


def _listed(root: Path) -> _Listed:
    """Return what lies below a folder, and the hidden things at its top."""
    found = _Listed([], [], [], [])
    folders = [""]
    while folders:
        folder = folders.pop()
        with os.scandir(root / folder) as entries:
            for entry in entries:
                path = posixpath.join(folder, entry.name)
                if is_leaving(entry.name):
                    found.hidden.extend([] if folder else [entry.name])
                elif not entry.name.isprintable() or "\\" in entry.name:
                    # Such a name would steer the terminal that shows it, and cannot be written down.
                    found.unnamed.append(path.encode("unicode_escape", "replace").decode())
                elif entry.is_symlink():
                    found.linked.append(path)
                elif entry.is_dir(follow_symlinks=False):
                    folders.append(path)
                elif entry.is_file(follow_symlinks=False):
                    found.files.append(path)
    return found


def _detected(root: Path, listed: _Listed) -> str:
    """Return the generator by what only it leaves in a folder, else by how the first files begin."""
    files = sorted(listed.files)
    if ".obsidian" in listed.hidden:
        return OBSIDIAN
    standing = set(files)
    for kind in (JEKYLL, PELICAN, HUGO):
        if standing & set(FILES[kind]):
            return kind
    if any(_POST_FOLDER.search(path) for path in files):
        return JEKYLL
    if any(path.startswith("archetypes/") or posixpath.basename(path) == "_index.md" for path in files):
        return HUGO
    heads = list(_heads(root, files))
    for kind, speaks in _SPEAKS.items():
        if any(speaks.search(text) for text in heads):
            return kind
    names = ", ".join(GENERATORS)
    raise UsageError(f"{root}: what made this folder cannot be seen. Say it: --from with one of {names}.")


def _heads(root: Path, files: list[str]) -> Iterator[str]:
    markdown = [path for path in files if path.lower().endswith(MARKDOWN)]
    for path in markdown[:MOST_LOOKED_INTO]:
        try:
            with (root / path).open("rb") as file:
                yield file.read(16_384).decode("utf-8", "replace")
        except OSError:
            continue
