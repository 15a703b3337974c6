"""What a web page states about itself: in its head, in its JSON-LD, in its heading and byline.

Statements are weighed against each other: a title is the heading that shares most words with what the head says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from generator.ingest import metadata
from generator.ingest.marks import WORD

_ARTICLES = ("article", "newsarticle", "reportagenewsarticle", "blogposting", "webpage", "report", "liveblogposting")
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)", re.I)
_SINGLE_FILE = re.compile(r"Page saved with SingleFile\s+url:\s*(\S+)", re.I)
_BETWEEN = re.compile(r"\s+(?:[|·•–—»:-]|::|--)\s+|\s*[|»]\s*")
_SPACE = re.compile(r"\s+")
_MOST_JSON = 400_000
_AGENCIES = frozenset(
    {"associated press", "the associated press", "ap", "reuters", "afp", "agence france-presse", "dpa"}
)
_NOBODY = frozenset(
    {"admin", "staff", "editor", "editors", "unknown", "none", "sponsored", "guest", "contributor", "by"}
)


class Statements(NamedTuple):
    """What a page says of its article; "" and () for nothing. `published` is a day."""

    title: str = ""
    description: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    language: str = ""
    url: str = ""
    site: str = ""


def statements_of(tree: Any, html: str) -> Statements:
    """Return what the page says; `tree` is left as it is."""
    named = _metas(tree)
    graph = _article_in(tree)
    site = named.get("og:site_name", "") or _name_of(graph.get("publisher"))
    return Statements(
        title=title_of(tree, named, graph, site),
        description=_one_line(
            named.get("og:description") or named.get("description") or _text(graph.get("description"))
        ),
        authors=authors_of(tree, named, graph, site),
        published=_published(named, graph),
        language=_language(tree, named, graph),
        url=_address(tree, named, html),
        site=_one_line(site),
    )


def title_of(tree: Any, named: dict[str, str], graph: dict[str, Any], site: str) -> str:
    """Return the title: the heading that shares most words with the head's statements, else the best of these."""
    told = [
        bare_title(_one_line(text), site)
        for text in (named.get("og:title"), _text(graph.get("headline")), named.get("twitter:title"), _head_title(tree))
        if text
    ]
    headings = [text for one in tree.iter("h1") if (text := _one_line(_visible(one))) and len(text) < 400]
    best: tuple[float, str] | None = None
    for heading in headings:
        share = max((_alike(heading, text) for text in told), default=0.0)
        if best is None or share > best[0]:
            best = (share, heading)
    if best is not None and (best[0] >= 0.5 or not told):
        return best[1]
    return told[0] if told else ""


def bare_title(title: str, site: str) -> str:
    """Return a title without the name of its site, which stands behind or before a dash or a bar."""
    parts = _BETWEEN.split(title)
    if len(parts) < 2:
        return title
    known = set(WORD.findall(site.casefold()))
    for place, part in ((-1, parts[-1]), (0, parts[0])):
        words = set(WORD.findall(part.casefold()))
        if words and known and (words <= known or (known <= words and len(words) <= len(known) + 2)):
            rest = title[: title.rfind(part)] if place else title[title.find(part) + len(part) :]
            return rest.strip(" |·•–—»:-")
    return title


def authors_of(tree: Any, named: dict[str, str], graph: dict[str, Any], site: str) -> tuple[str, ...]:
    """Return the people who wrote the article, as JSON-LD, the head or the byline name them."""
    for names in (_people(graph.get("author") or graph.get("creator")), _heads_authors(named), _byline(tree)):
        kept = [name for name in names if _is_person(name, site)]
        # An agency beside a person is where the report came from, not who wrote it.
        people = [name for name in kept if name.casefold() not in _AGENCIES] or kept
        if people:
            return tuple(dict.fromkeys(people))
    return ()


def _metas(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in tree.iter("meta"):
        name = (one.get("property") or one.get("name") or one.get("itemprop") or "").strip().lower()
        content = (one.get("content") or "").strip()
        if name and content:
            found.setdefault(name, content)
    return found


def _article_in(tree: Any) -> dict[str, Any]:
    """Return the JSON-LD object that speaks of the article, or an empty one."""
    best: tuple[int, dict[str, Any]] = (len(_ARTICLES), {})
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = script.text or ""
        if len(text) > _MOST_JSON:
            continue
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for each in _objects(value, 0):
            rank = min((_rank(kind) for kind in _listed(each.get("@type"))), default=len(_ARTICLES))
            if rank < best[0]:
                best = (rank, each)
    return best[1]


def _rank(kind: Any) -> int:
    name = str(kind).lower()
    if name in _ARTICLES:
        return 5 if name == "webpage" else 0
    return 1 if name.endswith("article") else len(_ARTICLES)


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(value, list):
        for each in value:
            yield from _objects(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(value.get(key), depth + 1)


def _people(value: Any) -> list[str]:
    names: list[str] = []
    for each in _listed(value):
        name = _text(each.get("name")) if isinstance(each, dict) else _text(each)
        if isinstance(each, dict) and isinstance(each.get("name"), list):
            names += [_one_line(_text(one)) for one in each["name"]]
        elif name:
            names += _split_names(name)
    return names


def _heads_authors(named: dict[str, str]) -> list[str]:
    for key in ("author", "parsely-author", "sailthru.author", "dc.creator", "article:author", "byl", "authors"):
        value = named.get(key, "")
        if value and not value.startswith(("http", "/", "@", "{")):
            return _split_names(value)
    return []


def _byline(tree: Any) -> list[str]:
    for path in (
        './/*[@rel="author"]',
        './/*[@itemprop="author"]',
        './/*[contains(@class, "byline") or contains(@class, "author-name") or contains(@class, "author__name")]',
        './/*[contains(concat(" ", @class, " "), " author ") or contains(@class, "article-author")]',
        './/*[contains(@class, "post-author") or contains(@class, "entry-author") or contains(@class, "contributor")]',
    ):
        for one in tree.xpath(path)[:4]:
            text = _one_line(_visible(one))
            if 2 < len(text) < 120:
                names = list(metadata.names_in(text))
                if names:
                    return names
    return []


def _split_names(text: str) -> list[str]:
    bare = re.sub(r"(?i)^\s*(?:written |posted |published )?by:?\s+", "", _one_line(text))
    return [name.strip(" .") for name in re.split(r"\s*(?:,|;|&|\band\b|\|)\s*", bare) if name.strip(" .")]


def _is_person(name: str, site: str) -> bool:
    words = name.split()
    if not 1 <= len(words) <= 6 or len(name) > 70 or "http" in name or "@" in name:
        return False
    return bool(name) and name.casefold() not in _NOBODY | {site.casefold()}


def _published(named: dict[str, str], graph: dict[str, Any]) -> str:
    for value in (
        _text(graph.get("datePublished")),
        named.get("article:published_time", ""),
        named.get("datepublished", ""),
        named.get("parsely-pub-date", ""),
    ):
        found = re.match(r"((?:19|20)\d\d-\d\d-\d\d)", value)
        if found:
            return found[1]
    return ""


def _language(tree: Any, named: dict[str, str], graph: dict[str, Any]) -> str:
    for value in (tree.get("lang") or "", _text(graph.get("inLanguage")), named.get("og:locale", "")):
        found = re.match(r"([a-zA-Z]{2,3})(?![a-zA-Z])", value.strip())
        if found:
            return found[1].lower()
    return ""


def _address(tree: Any, named: dict[str, str], html: str) -> str:
    links = [one.get("href") or "" for one in tree.iter("link") if "canonical" in (one.get("rel") or "").lower()]
    saved = [found[1] for form in (_SINGLE_FILE, _SAVED_FROM) if (found := form.search(html[:4000]))]
    for value in (*links, named.get("og:url", ""), *saved):
        if re.match(r"https?://[^\s<>\"]+$", value.strip()):
            return value.strip()
    return ""


def _head_title(tree: Any) -> str:
    one = next(tree.iter("title"), None)
    return _visible(one) if one is not None else ""


def _name_of(value: Any) -> str:
    return next((_text(each.get("name")) for each in _listed(value) if isinstance(each, dict)), "")


def _alike(one: str, other: str) -> float:
    first, second = set(WORD.findall(one.casefold())), set(WORD.findall(other.casefold()))
    return len(first & second) / (max(len(first), len(second)) or 1)


def _visible(one: Any) -> str:
    return "".join(one.itertext())


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _one_line(text: str) -> str:
    return _SPACE.sub(" ", text or "").strip()
