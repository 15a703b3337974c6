"""Where a file stood on the site another generator made of it, by that generator's own rules.

Hugo: the path of the file, its last part replaced by `slug`, all of it by `url`, or a pattern of `permalinks`.
Jekyll: `/:categories/:year/:month/:day/:title.html`, or the pattern of `permalink`. Pelican: `slug.html`, or `url`,
`save_as`, `ARTICLE_URL`. An address that cannot be made out for certain is none.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from urllib.parse import unquote

from generator.importing.settings import HUGO, JEKYLL, PELICAN, Settings
from generator.named import NamedTuple
from generator.text.dates import MONTHS, WEEKDAYS

JEKYLL_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_ADDRESS = re.compile(r"/(?:[^\s/?#\"<>\\^`{|}%]+/)*(?:[^\s/?#\"<>\\^`{|}%]+)?")
_JEKYLL_TITLE = re.compile(r"[^\w.~!$&'()+,;=@]+")
_JEKYLL_SLUG = re.compile(r"[\W_]+")
_TOKEN = re.compile(r":(\w+)(\[[^\]]*\])?")
_FIELD = re.compile(r"\{(\w+)(?::([^}]*))?\}")
_STRFTIME = {"%Y": 0, "%m": 1, "%d": 2}


class Stood(NamedTuple):
    """What an address is made of: the file's path below the content, its day there, and what its front matter says.

    `day` is "" where none is known. `url` replaces the whole address; `slug` its last part.
    """

    path: str
    title: str = ""
    day: str = ""
    slug: str = ""
    url: str = ""
    lang: str = ""
    categories: tuple[str, ...] = ()
    author: str = ""
    is_page: bool = False


def address_of(stood: Stood, generator: str, settings: Settings) -> str:
    """Return the address a file had, from its first slash on, or "" where it cannot be made out."""
    made = {HUGO: _hugo, JEKYLL: _jekyll, PELICAN: _pelican}.get(generator)
    found = made(stood, settings) if made else ""
    if not found:
        return ""
    return in_form(posixpath.join("/", found.lstrip("/")))


def in_form(written: str) -> str:
    """Return an old address in the form `redirect_from` holds, or "" where it cannot stand there."""
    text = re.sub(r"/{2,}", "/", unquote(written.strip()))
    if not text.startswith("/"):
        text = f"/{text}"
    if text.endswith("/index.html"):
        text = text.removesuffix("index.html")
    fits = text.isprintable() and len(text) <= 1000 and _ADDRESS.fullmatch(text) is not None
    return text if fits and not any(part in (".", "..") for part in text.split("/")) else ""


def alias_of(written: str, stood: Stood, generator: str) -> str:
    """Return an address that was written down as an old one already, "" where it leads nowhere inside the site.

    In Hugo one without a slash at its head is relative to the folder of the page.
    """
    text = unquote(written.strip())
    if "://" in text or "\\" in text:
        return ""
    if generator == HUGO:
        bundle = posixpath.dirname(stood.path) if _is_index(stood.path) else stood.path
        if not text.startswith("/"):
            text = posixpath.join("/", _urlized(posixpath.dirname(bundle)), text)
        # Joined by hand, because a step above the root is an error and not the root.
        if _leaves_root(text):
            return ""
        ends = text.endswith("/") or not posixpath.splitext(text)[1]
        text = posixpath.normpath(text) + ("/" if ends else "")
    return in_form(text)


def _leaves_root(path: str) -> bool:
    depth = 0
    for part in path.split("/"):
        depth += -1 if part == ".." else part not in ("", ".")
        if depth < 0:
            return True
    return False


def _hugo(stood: Stood, settings: Settings) -> str:
    path = posixpath.splitext(stood.path)[0]
    name = posixpath.basename(path)
    stem, _, ending = name.rpartition(".")
    prefix = ""
    if stem and ending.lower() in settings.languages:
        path = path[: -len(ending) - 1]
        prefix = "" if ending.lower() == settings.language.lower() else f"/{ending.lower()}"
    if posixpath.basename(path) == "index":
        path = posixpath.dirname(path)
    section = path.partition("/")[0] if "/" in path else ""
    if stood.url:
        return prefix + _with_ending(_expanded(stood.url, _hugo_tokens(stood, path, section)))
    pattern = settings.permalinks.get(section) or settings.permalinks.get(f"/{section}", "")
    if pattern:
        return prefix + _with_ending(_expanded(pattern, _hugo_tokens(stood, path, section)))
    if stood.slug:
        path = posixpath.join(posixpath.dirname(path), stood.slug)
    address = posixpath.join("/", _urlized(path))
    if settings.is_ugly and not _is_index(stood.path):
        return f"{prefix}{address}.html"
    return f"{prefix}{address}/" if address != "/" else f"{prefix}/"


def _hugo_tokens(stood: Stood, path: str, section: str) -> Mapping[str, str]:
    name = _urlized(posixpath.basename(path))
    tokens = _day_tokens(stood.day)
    tokens.update(
        section=_urlized(section),
        sections=_urlized(posixpath.dirname(path)),
        title=_urlized(stood.title),
        slug=_urlized(stood.slug or stood.title),
        filename=name,
        contentbasename=name,
        slugorfilename=_urlized(stood.slug) or name,
        slugorcontentbasename=_urlized(stood.slug) or name,
    )
    return tokens


def _with_ending(address: str) -> str:
    if not address or address.endswith("/") or posixpath.splitext(address)[1]:
        return address
    return f"{address}/"


def _urlized(text: str) -> str:
    """Return text as Hugo writes it in an address: small letters, one hyphen for blanks, most signs left out."""
    kept: list[str] = []
    waits = was_hyphen = False
    for letter in text:
        if letter.isalnum() or letter in "./\\_#+~-@" or unicodedata.category(letter).startswith("M"):
            was_hyphen = letter == "-"
            if waits and not was_hyphen:
                kept.append("-")
            waits = False
            kept.append(letter)
        elif kept and not was_hyphen and letter.isspace():
            waits = True
    return "".join(kept).lower()


def _jekyll(stood: Stood, settings: Settings) -> str:
    name = posixpath.splitext(posixpath.basename(stood.path))[0]
    if stood.is_page:
        return _jekyll_page(stood, name, settings.pages)
    pattern = stood.url or settings.permalinks.get("", "date")
    pattern = pattern if stood.url else JEKYLL_STYLES.get(pattern, pattern)
    named = stood.slug or re.sub(r"\A\d{4}-\d\d?-\d\d?-", "", name)
    tokens = _day_tokens(stood.day)
    tokens.update(
        categories="/".join(dict.fromkeys(category.lower() for category in stood.categories)),
        title=_JEKYLL_TITLE.sub("-", named).strip("-"),
        slug=_JEKYLL_SLUG.sub("-", named).strip("-").lower(),
        name=_JEKYLL_SLUG.sub("-", named).strip("-").lower(),
        output_ext=".html",
    )
    return _expanded(pattern, tokens)


def _jekyll_page(stood: Stood, name: str, pattern: str) -> str:
    if stood.url:
        return stood.url if ":" not in stood.url else ""
    folder = posixpath.dirname(stood.path)
    if name == "index":
        return f"/{folder}/"
    is_folder = pattern == "pretty" or pattern.endswith("/")
    return posixpath.join("/", folder, f"{name}/" if is_folder else f"{name}.html")


def _pelican(stood: Stood, settings: Settings) -> str:
    if stood.url:
        return stood.url
    name = posixpath.splitext(posixpath.basename(stood.path))[0]
    slug = stood.slug or _pelican_slug(name if settings.slug_from_name else stood.title)
    pattern = settings.pages if stood.is_page else settings.permalinks.get("", "{slug}.html")
    if not slug:
        return ""
    if stood.lang and stood.lang != settings.language and "{lang}" not in pattern:
        pattern = pattern.replace("{slug}", "{slug}-{lang}")
    values = {
        "slug": slug,
        "lang": stood.lang or settings.language,
        "category": _pelican_slug(stood.categories[0]) if stood.categories else "",
        "author": _pelican_slug(stood.author),
    }

    def filled(found: re.Match[str]) -> str:
        if found[1] != "date":
            return values.get(found[1], "")
        return _pelican_day(stood.day, found[2] or "")

    made = _FIELD.sub(lambda found: filled(found) or "\0", pattern)
    return "" if "\0" in made else made


def _pelican_day(day: str, form: str) -> str:
    """Return a day in the form of an address; "" for forms that are no plain numbers."""
    if not day or re.sub(r"%[Ymd]", "", form).count("%"):
        return ""
    parts = day.split("-")
    return re.sub(r"%[Ymd]", lambda found: parts[_STRFTIME[found[0]]], form)


def _pelican_slug(text: str) -> str:
    """Return text as Pelican writes it in an address, "" where that would need a transliteration we do not have."""
    folded = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    if any(letter.isalpha() and not letter.isascii() for letter in bare):
        return ""
    kept = re.sub(r"[^\w\s-]", "", bare.encode("ascii", "ignore").decode()).strip().lower()
    return re.sub(r"[-\s]+", "-", kept)


def _day_tokens(day: str) -> dict[str, str]:
    if not day:
        return {}
    own = date.fromisoformat(day)
    year, week, _ = own.isocalendar()
    month, weekday = MONTHS[own.month - 1], WEEKDAYS[own.weekday()]
    return {
        "year": day[:4], "month": day[5:7], "day": day[8:10], "short_year": day[2:4],
        "i_month": str(own.month), "i_day": str(own.day), "y_day": f"{own.timetuple().tm_yday:03d}",
        "yearday": str(own.timetuple().tm_yday), "week": f"{week:02d}", "w_year": str(year),
        "monthname": month.lower(), "long_month": month, "short_month": month[:3],
        "weekdayname": weekday.lower(), "weekday": str(own.isoweekday() % 7),
        "long_day": weekday, "short_day": weekday[:3], "w_day": str(own.isoweekday()),
    }  # fmt: skip


def _expanded(pattern: str, tokens: Mapping[str, str]) -> str:
    """Return a pattern with its tokens filled in, "" where one of them is not known."""
    unknown = False

    def filled(found: re.Match[str]) -> str:
        nonlocal unknown
        unknown = unknown or found[1] not in tokens or bool(found[2])
        return tokens.get(found[1], "")

    made = _TOKEN.sub(filled, pattern.replace(":output_ext", "\0"))
    return "" if unknown else made.replace("\0", tokens.get("output_ext", ""))


def _is_index(path: str) -> bool:
    return posixpath.basename(path).lower().startswith("index.")
