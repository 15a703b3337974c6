"""Settle what a file of another generator becomes: title, day, old addresses, tags, credit; never a guess.

A day that cannot be read holds the article. What is neither plainly public nor plainly a draft is a draft.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.errors import Diagnostic
from generator.importing.addresses import Stood, address_of, alias_of
from generator.importing.credit import credit_of
from generator.importing.days import Dated, dated, moment_text, other_moments
from generator.importing.defaults import with_defaults
from generator.importing.front import Opened
from generator.importing.ground import Ground
from generator.importing.settings import HUGO, JEKYLL, OBSIDIAN, PELICAN
from generator.importing.values import Keys, names_in
from generator.named import NamedTuple
from generator.text.kinds import LONGEST_LINE
from generator.text.slug import slug_of

SUMMARIES = ("description", "summary", "excerpt")
PICTURES = ("image", "featured_image", "cover", "thumbnail")
ADDRESSES = {
    HUGO: ("url",),
    JEKYLL: ("permalink",),
    PELICAN: ("url", "save_as"),
    OBSIDIAN: ("permalink",),
}
ALIASES = {HUGO: "aliases", JEKYLL: "redirect_from", PELICAN: "redirect_from", OBSIDIAN: "redirect_from"}

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", re.ASCII)
_HEADING = re.compile(r"\s*#[ \t]+([^\n]*?)[ \t#]*(?:\n|\Z)")


class Settled(NamedTuple):
    """A file as it will stand, before links are known.

    `front` is what its keys say, `extra` what no key of an article means; `own` is the address it had, `old` those
    that led there; `aliases` are other names by which notes link to it.
    """

    path: str
    opened: Opened
    is_page: bool
    title: str
    slug: str
    dated: Dated
    stood: Stood
    front: Mapping[str, Any]
    extra: Mapping[str, Any]
    credit: Mapping[str, str]
    tags: tuple[tuple[str, int], ...]
    inferred: tuple[str, ...]
    own: str
    old: tuple[str, ...]
    aliases: tuple[str, ...]
    picture: str
    is_draft: bool
    notes: tuple[Diagnostic, ...]


def settle(path: str, opened: Opened, ground: Ground) -> Settled:
    """Return what the file at `path` becomes, by its own words alone."""
    within = path.removeprefix(ground.settings.content)
    keys = Keys(path, with_defaults(opened.values, within, ground.settings.defaults))
    credit = credit_of(keys, ground)
    day = dated(keys, within, ground, is_clipping=bool(credit))
    title, title_from = _title(keys, opened.body, day.stem, ground.generator)
    categories, tags = _tags(keys, within, ground)
    stood = _stood(keys, within, title, day, categories=categories, ground=ground)
    is_draft = _is_draft(keys, within, ground)
    own, old, aliases = _addresses(keys, stood, ground, is_draft=is_draft)
    front = {
        "summary": keys.text(*SUMMARIES) or None,
        **other_moments(keys, ground),
        "lang": stood.lang or None,
        "retrieved": moment_text(keys, ground, "created") if credit and ground.generator == OBSIDIAN else None,
    }
    slug = slug_of(stood.slug or (title if ground.generator == PELICAN else day.stem))
    inferred = (*day.inferred, *((f"title: {title_from}",) if title_from else ()))
    return Settled(
        path, opened, stood.is_page, title, slug, day, stood, front, {}, credit, tags, inferred, own, old, aliases,
        _picture(keys), is_draft, (),
    )._replace(extra=keys.rest(), notes=tuple(keys.notes))  # fmt: skip


def _stood(keys: Keys, path: str, title: str, day: Dated, *, categories: tuple[str, ...], ground: Ground) -> Stood:
    author = keys.left.get("author")
    return Stood(
        path=path,
        title=title,
        day=day.day_there,
        slug=keys.text("slug") if ground.generator != OBSIDIAN else "",
        url=keys.text(*ADDRESSES[ground.generator]),
        lang=_language(keys),
        categories=categories,
        author=names_in(author) if author is not None else "",
        is_page=_is_page(path, ground.generator),
    )


def _is_page(path: str, generator: str) -> bool:
    """Say whether a file is a page without a day: outside Jekyll's `_posts`, in Pelican's `pages`."""
    if generator == JEKYLL:
        return not any(part.startswith("_") for part in path.split("/")[:-1])
    return generator == PELICAN and path.startswith("pages/")


def _title(keys: Keys, body: str, stem: str, generator: str) -> tuple[str, str]:
    """Return the title and, when no key gives it, where it was found: the first heading, or the file's name."""
    title = keys.text("title")[:LONGEST_LINE]
    if title:
        return title, ""
    if generator == OBSIDIAN:
        # A note is called what its file is called.
        return stem[:LONGEST_LINE], ""
    heading = _HEADING.match(body)
    if heading and heading[1].strip():
        return " ".join(heading[1].split())[:LONGEST_LINE], "from the first heading"
    words = re.sub(r"[-_]+", " ", stem) if re.search(r"[-_]", stem) and " " not in stem else stem
    return (words[:1].upper() + words[1:])[:LONGEST_LINE] or "Untitled", "from the file's name"


def _language(keys: Keys) -> str:
    for name in ("lang", "language"):
        kept = keys.left.get(name)
        text = keys.text(name)
        if _LANGUAGE.fullmatch(text):
            return text
        if kept is not None:
            keys.left[name] = kept
    return ""


def _tags(keys: Keys, path: str, ground: Ground) -> tuple[tuple[str, ...], tuple[tuple[str, int], ...]]:
    """Return the categories an address is made of, and all tags with their lines, the categories first."""
    blanks = " " if ground.generator == JEKYLL else ","
    if ground.generator == PELICAN:
        blanks = ";" if ";" in str(keys.left["tags"].value if "tags" in keys.left else "") else ","
    tags = keys.texts("tags", "tag", parted_by=blanks)
    categories = [] if ground.generator == OBSIDIAN else keys.texts("category", parted_by="\n")
    categories += keys.texts("categories", parted_by=blanks) if ground.generator != OBSIDIAN else []
    folders = path.split("/")[:-1]
    if ground.generator == JEKYLL and "_posts" in folders:
        categories = [*((folder, 1) for folder in folders[: folders.index("_posts")]), *categories]
    elif ground.generator == PELICAN and not categories and folders and folders[0] != "pages":
        categories = [(folders[-1], 1)]
    return tuple(name for name, _ in categories), (*categories, *tags)


def _is_draft(keys: Keys, path: str, ground: Ground) -> bool:
    """Say whether a file was kept out of the site; a word that is no yes and no no keeps it out, and is told."""
    waits = ground.generator == JEKYLL and "_drafts" in path.split("/")[:-1]
    shown_by = {JEKYLL: "published", OBSIDIAN: "publish"}.get(ground.generator, "")
    for name, kept_out in (("draft", True), (shown_by, False)):
        found = keys.switch(name) if name in keys.left else None
        waits = waits or found is kept_out
        if name in keys.left and keys.left[name].value != "":
            keys.note(keys.line(name), f'"{name}" is neither true nor false, so this becomes a draft.')
            waits = True
    status = keys.left.get("status")
    if ground.generator == PELICAN and status is not None and isinstance(status.value, str):
        line, word = status.line, keys.text("status").lower()
        if word in ("hidden", "skip"):
            keys.note(line, f'Its status is "{word}", so it becomes a draft.', "Take out draft: true to publish it.")
        waits = waits or word not in ("published", "")
    return waits


def _addresses(
    keys: Keys, stood: Stood, ground: Ground, *, is_draft: bool
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return the address a file had, the ones that led to it, and the names by which notes link to it."""
    name = ALIASES[ground.generator]
    kept = dict(keys.left)
    named = keys.texts("aliases", "alias", parted_by=",") if ground.generator == OBSIDIAN else []
    # Other names of a note are of use here, and no key of an article means them.
    keys.left = kept
    old = []
    for written, line in keys.texts(name, parted_by=","):
        address = alias_of(written, stood, ground.generator)
        if address:
            old.append(address)
        else:
            keys.note(line, f'"{written[:80]}" cannot be an address in the site, so it leads nowhere.')
    # A draft stood nowhere; a note has an address only where it names one.
    if is_draft or (ground.generator == OBSIDIAN and not stood.url):
        return "", tuple(old), tuple(words for words, _ in named)
    own = address_of(stood, ground.generator, ground.settings)
    if ground.generator == OBSIDIAN:
        own = alias_of(stood.url, stood, ground.generator)
    if not own and (stood.day or stood.url or ground.generator != JEKYLL):
        keys.note(1, "Its old address cannot be made out.", "Write it into redirect_from if readers know it.")
    return own, tuple(old), tuple(words for words, _ in named)


def _picture(keys: Keys) -> str:
    """Take the file that stands for an article in lists; what is none of these stays an x_ key."""
    for name in PICTURES:
        found = keys.left.get(name)
        if found is None:
            continue
        inner = found.value.get("image") or found.value.get("src") if isinstance(found.value, dict) else found
        if inner is not None and isinstance(inner.value, str) and inner.value.strip() and "://" not in inner.value:
            if inner is found:
                del keys.left[name]
            return inner.value.strip()
    return ""
