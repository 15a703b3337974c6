"""What the settings of another generator say of addresses and times, as far as they stand in its own file.

Nothing of a settings file is run: of Pelican's Python file only lines that give a name a text are read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from generator.errors import WARNING, Diagnostic
from generator.files import read_bytes
from generator.importing.defaults import Default, defaults_of
from generator.importing.front import read_json, read_toml
from generator.named import NamedTuple
from generator.text import frontmatter
from generator.text.addresses import split_url
from generator.text.block import Value
from generator.text.dates import zone_named

HUGO, JEKYLL, PELICAN, OBSIDIAN = "hugo", "jekyll", "pelican", "obsidian"
GENERATORS = (HUGO, JEKYLL, PELICAN, OBSIDIAN)

FILES = {
    HUGO: (
        "hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml", "config.json",
        "config/_default/hugo.toml", "config/_default/hugo.yaml", "config/_default/hugo.json",
        "config/_default/config.toml", "config/_default/config.yaml", "config/_default/config.json",
    ),
    JEKYLL: ("_config.yml", "_config.yaml"),
    PELICAN: ("pelicanconf.py",),
    OBSIDIAN: (),
}  # fmt: skip
# A time without an offset is in these zones where the settings name none.
ZONES = {HUGO: "UTC", PELICAN: "UTC"}
MOST_BYTES = 512 * 1024

_ASSIGNED = re.compile(r"""(?m)^([A-Z_]+)[ \t]*=[ \t]*(?:(["'])([^"'\\\n]*)\2|(True|False))[ \t]*(?:#.*)?$""")


class Settings(NamedTuple):
    """What of another generator's settings decides addresses and times.

    `permalinks` are patterns by section, "" for all; `base` is the path its addresses began with; `zone` is "" where
    none is known. `defaults` are what Jekyll's files say where they say nothing.
    """

    content: str = ""
    zone: str = ""
    base: str = ""
    language: str = ""
    languages: tuple[str, ...] = ()
    permalinks: Mapping[str, str] = {}
    pages: str = ""
    slug_from_name: bool = False
    is_ugly: bool = False
    defaults: tuple[Default, ...] = ()


def read_settings(root: Path, generator: str, files: frozenset[str]) -> tuple[Settings, tuple[Diagnostic, ...]]:
    """Return the settings found in a folder, and what of them could not be understood."""
    path = next((name for name in FILES[generator] if name in files), "")
    values: Mapping[str, Value] = {}
    faults: list[Diagnostic] = []
    if path:
        values, faults = _values(root, path)
    settings = _MAKERS[generator](values, files)
    if settings.zone and not _is_zone(settings.zone):
        message = f'There is no time zone "{settings.zone}"; times without an offset are read in the site\'s own.'
        faults.append(Diagnostic(path, 0, message, "Name it as Asia/Baghdad.", WARNING))
        settings = settings._replace(zone="")
    return settings, tuple(faults)


def _values(root: Path, path: str) -> tuple[Mapping[str, Value], list[Diagnostic]]:
    advice = "Addresses are taken for the usual ones."
    try:
        content = read_bytes(str(root / path))
        if len(content) > MOST_BYTES:
            return {}, [Diagnostic(path, 0, "The settings are too long to be read.", advice, WARNING)]
        text = frontmatter.normalised(content.decode("utf-8"))
    except (OSError, UnicodeDecodeError) as fault:
        return {}, [Diagnostic(path, 0, f"The settings cannot be read: {fault}.", advice, WARNING)]
    if path.endswith(".py"):
        found = {name.lower(): Value(text or switch, 0) for name, _, text, switch in _ASSIGNED.findall(text)}
        return found, []
    if path.endswith(".json"):
        values, _, faults = read_json(text.lstrip())
    else:
        values, faults = read_toml(text) if path.endswith(".toml") else frontmatter.read(text, 1)
    told = [Diagnostic(path, fault.line, fault.message, advice, WARNING) for fault in faults]
    return {key.lower(): value for key, value in values.items()}, told


def _hugo(values: Mapping[str, Value], files: frozenset[str]) -> Settings:
    patterns = _mapping(values, "permalinks")
    inner = patterns.get("page")
    if inner is not None and isinstance(inner.value, dict):
        patterns = inner.value
    content = _text(values, "contentdir") or "content"
    return Settings(
        content=_inside(content, files),
        zone=_text(values, "timezone"),
        base=split_url(_text(values, "baseurl")).path.rstrip("/"),
        language=_text(values, "defaultcontentlanguage") or "en",
        languages=tuple(key.lower() for key in _mapping(values, "languages")),
        permalinks={key: item.value for key, item in patterns.items() if isinstance(item.value, str)},
        is_ugly=_text(values, "uglyurls") == "true",
    )


def _jekyll(values: Mapping[str, Value], files: frozenset[str]) -> Settings:
    posts = _mapping(_mapping(values, "collections"), "posts")
    pattern = _text(posts, "permalink") or _text(values, "permalink") or "date"
    return Settings(
        content=_inside(_text(values, "source"), files),
        zone=_text(values, "timezone"),
        base=_text(values, "baseurl").rstrip("/"),
        permalinks={"": pattern},
        pages=_text(values, "permalink"),
        defaults=defaults_of(values),
    )


def _pelican(values: Mapping[str, Value], files: frozenset[str]) -> Settings:
    return Settings(
        content=_inside(_text(values, "path") or "content", files),
        zone=_text(values, "timezone"),
        base=split_url(_text(values, "siteurl")).path.rstrip("/"),
        language=_text(values, "default_lang") or "en",
        permalinks={"": _text(values, "article_url") or _text(values, "article_save_as") or "{slug}.html"},
        pages=_text(values, "page_url") or _text(values, "page_save_as") or "pages/{slug}.html",
        slug_from_name=_text(values, "slugify_source") == "basename",
    )


def _obsidian(values: Mapping[str, Value], files: frozenset[str]) -> Settings:
    return Settings()


_MAKERS = {HUGO: _hugo, JEKYLL: _jekyll, PELICAN: _pelican, OBSIDIAN: _obsidian}


def _inside(folder: str, files: frozenset[str]) -> str:
    """Return the folder its content lies in, with a slash, or "" where it lies in the folder itself."""
    named = folder.strip("./") + "/"
    return named if len(named) > 1 and any(file.startswith(named) for file in files) else ""


def _text(values: Mapping[str, Value], key: str) -> str:
    found = values.get(key)
    return str(found.value).strip() if found is not None and isinstance(found.value, str) else ""


def _mapping(values: Mapping[str, Value], key: str) -> Mapping[str, Value]:
    found = values.get(key)
    return found.value if found is not None and isinstance(found.value, dict) else {}


def _is_zone(name: str) -> bool:
    try:
        zone_named(name)
    except ValueError:
        return False
    return True
