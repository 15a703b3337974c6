"""Whose a file is: the outlet it was taken from and its author; without an outlet it is own writing."""

from __future__ import annotations

from generator.importing.ground import Ground
from generator.importing.values import Keys, names_in
from generator.model.source import Source
from generator.text.addresses import host_of, split_url
from generator.text.kinds import LONGEST_LINE, URL
from generator.text.records import Reading, Unfit
from generator.text.slug import slug_of

AUTHORS = ("author", "authors")
ADDRESSES = ("source_url", "sourceurl", "original_url")


def credit_of(keys: Keys, ground: Ground) -> dict[str, str]:
    """Take what a file says of where it comes from, as the key `source` of an article; empty for own writing.

    An outlet that is named has its own rights: without a file in `content/sources/` an excerpt is shown.
    """
    named = keys.left.get("source")
    name = str(named.value).strip() if named is not None and isinstance(named.value, str) else ""
    url = name if is_web(name) else next((text for key in ADDRESSES if is_web(text := _seen(keys, key))), "")
    if name.startswith("[["):
        name = ""
    source = ground.sources.get(ground.source) or _known("" if url == name else name, url, ground)
    if source is None and not name and not url:
        return {}
    if name:
        keys.text("source")
    for key in ADDRESSES:
        if url and _seen(keys, key) == url:
            keys.text(key)
    host = host_of(url)
    who = {"key": source.key} if source is not None else {"name": name if name != url else host}
    return {**who, "url": url, "author": _author(keys)}


def is_web(text: str) -> bool:
    """Say whether text is an address that an article may name as its original."""
    try:
        return bool(text) and URL.read("url", text, 0, _NOWHERE) == text and split_url(text).hostname is not None
    except Unfit:
        return False


class _Nowhere(Reading):
    """A reading that belongs to no file, for kinds that need none."""

    def __init__(self) -> None:
        self.path = ""
        self.faults = []


_NOWHERE = _Nowhere()


def _seen(keys: Keys, name: str) -> str:
    found = keys.left.get(name)
    return found.value.strip() if found is not None and isinstance(found.value, str) else ""


def _author(keys: Keys) -> str:
    for name in AUTHORS:
        if name in keys.left and (words := names_in(keys.left[name])[:LONGEST_LINE]):
            del keys.left[name]
            return words
    return ""


def _known(name: str, url: str, ground: Ground) -> Source | None:
    """Return the source of that key or name, else the one at whose addresses the original stands."""
    for source in ground.sources.values():
        if name and (source.key == slug_of(name) or source.name.casefold() == name.casefold()):
            return source
    host = host_of(url)
    for source in ground.sources.values():
        if host and any(host == domain or host.endswith(f".{domain}") for domain in source.domains):
            return source
    return None
