"""Where a link of another generator's file leads: to another file of the folder, or out of it.

A target is looked up among the files that were listed, never on the disk, so nothing outside the folder is reached.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from generator.importing.folder import MARKDOWN, Folder
from generator.importing.settings import HUGO, OBSIDIAN
from generator.importing.settle import Settled
from generator.named import NamedTuple

ARTICLE, FILE, OUTSIDE, ADDRESS, LOST = "article", "file", "outside", "address", "lost"

_REF = re.compile(r"\{\{[<%]\s*(?:rel)?ref\s+[\"'`]?([^\"'`\s]+)[\"'`]?[^{}]*\}\}(.*)", re.DOTALL)
_POST_URL = re.compile(r"\{%-?\s*(?:post_url|link)\s+[\"']?([^\s\"'%]+)[\"']?\s*-?%\}(.*)", re.DOTALL)
_BASE = re.compile(r"\{\{-?\s*site\.(?:base)?url\s*-?\}\}")
_FILTERED = re.compile(
    r"\{\{-?\s*[\"']([^\"']+)[\"']\s*\|\s*(?:relative_url|absolute_url|prepend)[^{}]*\}\}(.*)", re.DOTALL
)
_PELICAN = re.compile(r"[{|](?:filename|static|attach)[}|](.*)", re.DOTALL)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


class Target(NamedTuple):
    """What a link leads to; `path` is a file of the folder, or the address as it stays; `fragment` a heading."""

    kind: str
    path: str = ""
    fragment: str = ""


class Places(NamedTuple):
    """What links can lead to.

    `files` are all files of the folder, `articles` those that become content, by their content path; `addresses` are
    old addresses and `names` the names by which notes link, in small letters, both with the file they mean; `base` is
    the folder of its host in which the old site stood.
    """

    generator: str
    content: str
    files: frozenset[str]
    articles: Mapping[str, str]
    addresses: Mapping[str, str]
    names: Mapping[str, str]
    base: str = ""

    def find(self, written: str, origin: Settled) -> Target:
        """Return what a link written in a file leads to."""
        bare = _unwrapped(written)
        if bare is None:
            return Target(LOST)
        text, is_rooted = bare
        if _SCHEME.match(text):
            return Target(OUTSIDE)
        path, _, fragment = text.partition("#")
        if not path:
            return Target(OUTSIDE)
        path = unquote(path.partition("?")[0])
        if path.startswith("/") and not is_rooted:
            for one in self._at_address(path):
                return self._target(one, fragment)
        for one in self._candidates(path, origin):
            if one in self.files or one in self.articles:
                return self._target(one, fragment)
        return Target(ADDRESS, text) if path.startswith("/") and not is_rooted else Target(LOST)

    def named(self, name: str, origin: Settled) -> Target:
        """Return what a wikilink's name leads to: a path in the folder, a file's name, or another name of a note."""
        name, _, fragment = name.partition("#")
        found = self.names.get(_folded(name.strip()))
        if found is None:
            return self.find(name.strip(), origin) if "/" in name or "." in name else Target(LOST)
        # A block has no place of its own here.
        return self._target(found, "" if fragment.startswith("^") else fragment.rpartition("#")[2])

    def _target(self, path: str, fragment: str) -> Target:
        if path in self.articles:
            return Target(ARTICLE, path, fragment)
        return Target(LOST) if path.lower().endswith(MARKDOWN) else Target(FILE, path)

    def _at_address(self, path: str) -> Iterator[str]:
        for form in (path, f"{path}/", path.removesuffix("index.html"), path.removesuffix(".html")):
            found = self.addresses.get(form.casefold())
            if found is not None:
                yield found

    def _candidates(self, path: str, origin: Settled) -> Iterator[str]:
        """Yield the files a path may mean, the likeliest first; a path out of the folder means none."""
        if path.startswith("/"):
            roots = (self.content, "static/", "assets/", "") if self.generator == HUGO else (self.content, "")
            within = path.removeprefix(f"{self.base}/") if self.base else path
            tried = [posixpath.join(root, bare) for bare in (within.lstrip("/"), path.lstrip("/")) for root in roots]
        else:
            tried = [posixpath.join(posixpath.dirname(origin.path), path), posixpath.join(self.content, path)]
            if origin.own:
                folder = origin.own if origin.own.endswith("/") else posixpath.dirname(origin.own)
                yield from self._at_address(posixpath.normpath(posixpath.join(folder, path)))
        for one in tried:
            place = posixpath.normpath(one)
            if place.startswith(".."):
                continue
            yield place
            stem = posixpath.splitext(place)[0] if place.endswith(".html") else place
            yield from (f"{stem}{ending}" for ending in (".md", ".markdown", "/index.md"))
        if self.generator in (HUGO, OBSIDIAN) or path.count("-") >= 3:
            found = self.names.get(_folded(path))
            if found is not None:
                yield found


def places(folder: Folder, settled: Mapping[str, Settled], articles: Mapping[str, str]) -> Places:
    """Return what links of the folder's files can lead to; `articles` are content paths by file."""
    addresses: dict[str, str] = {}
    names: dict[str, str] = {}
    for one in settled.values():
        for address in filter(None, (one.own, *one.old)):
            addresses.setdefault(address.casefold(), one.path)
            addresses.setdefault(f"{folder.settings.base}{address}".casefold(), one.path)
    # The shortest path has the name, as in Obsidian.
    for path in sorted(folder.files, key=lambda path: (path.count("/"), path)):
        is_note = path.lower().endswith(MARKDOWN)
        known = posixpath.splitext(path)[0] if is_note else path
        parts = known.split("/")
        for start in range(len(parts)):
            names.setdefault(_folded("/".join(parts[start:])), path)
    for one in settled.values():
        for alias in one.aliases:
            names.setdefault(_folded(alias), one.path)
    content, base = folder.settings.content, folder.settings.base
    return Places(folder.generator, content, frozenset(folder.files), articles, addresses, names, base)


def _unwrapped(written: str) -> tuple[str, bool] | None:
    """Return a link without what its generator wraps around it, and whether a slash at its head means the content.

    None where something else is left that only the generator understands.
    """
    text = written.strip()
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1].strip()
    text = _BASE.sub("", text)
    is_rooted = False
    for wrapping in (_REF, _POST_URL, _PELICAN):
        found = wrapping.fullmatch(text)
        if found:
            text, is_rooted = "".join(found.groups()), True
    filtered = _FILTERED.fullmatch(text)
    if filtered:
        text = filtered[1] + filtered[2]
    if "{{" in text or "{%" in text or re.match(r"[{|]\w+[}|]", text):
        return None
    return text, is_rooted


def _folded(name: str) -> str:
    text = unquote(name).casefold()
    return re.sub(r"\.(?:md|markdown)\Z", "", text).strip("/")
