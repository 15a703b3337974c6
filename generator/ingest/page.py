"""What a web page states about itself: in its head, in its JSON-LD, in its heading and byline.

Statements are weighed against each other: a title is the heading that shares most words with what the head says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from generator.ingest.byline import authors_of
from generator.ingest.marks import words_of
from generator.ingest.page_date import near_title, published
from generator.ingest.pieces import Piece
from generator.ingest.saved_page import saved_page
from generator.named import NamedTuple
from generator.text.addresses import host_of, split_url

_ARTICLES = ("article", "newsarticle", "reportagenewsarticle", "blogposting", "webpage", "report", "liveblogposting")
_BETWEEN = re.compile(r"\s+(?:[|·•–—»:-]|::|--)\s+|\s*[|»]\s*")
_SPACE = re.compile(r"\s+")
_MOST_JSON = 400_000
_LEAST_WORDS = 3


class Statements(NamedTuple):
    """What a page says of its article; "" and () for nothing.

    `published` is a day, `moment` the same with clock and zone; `retrieved` is a moment.
    """

    title: str = ""
    description: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    moment: str = ""
    language: str = ""
    url: str = ""
    site: str = ""
    retrieved: str = ""


def statements_of(tree: Any, html: str, pieces: Sequence[Piece] = (), latest: str = "") -> Statements:
    """Return what the page says, no day after `latest`; `tree` is left as it is."""
    named = _metas(tree)
    graph = _article_in(tree)
    site = named.get("og:site_name", "") or _name_of(graph.get("publisher"))
    saved = saved_page(html)
    url = _address(tree, named, saved.url)
    host = host_of(url)
    title = title_of(
        tree, named, graph, (site, named.get("application-name", ""), host.split(".", maxsplit=1)[0], host)
    )
    near = near_title(pieces, title)
    day, moment = published(tree, named, graph, url, near=near, latest=latest)
    return Statements(
        title=title,
        description=_one_line(
            named.get("og:description") or named.get("description") or _text(graph.get("description"))
        ),
        authors=authors_of(tree, named, graph, site=_one_line(site), near=near),
        published=day,
        moment=moment,
        language=_language(tree, named, graph),
        url=url,
        site=_one_line(site),
        retrieved=saved.retrieved,
    )


def title_of(tree: Any, named: dict[str, str], graph: dict[str, Any], sites: Sequence[str]) -> str:
    """Return the title: the heading that shares most words with the head's statements, else the best of these."""
    told = [
        bare_title(_one_line(text), *sites)
        for text in (named.get("og:title"), _text(graph.get("headline")), named.get("twitter:title"), _head_title(tree))
        if text
    ]
    headings = [text for one in tree.iter("h1") if (text := _one_line(_visible(one))) and len(text) < 400]
    # The site's own name is often a heading too, and a link to its front page.
    headings = [text for text in headings if not any(_is_called(text, site) for site in sites)] or headings
    best: tuple[float, str] | None = None
    for heading in headings:
        share = max((_alike(heading, part) for text in told for part in _parts(text)), default=0.0)
        if best is None or share > best[0]:
            best = (share, heading)
    if best is not None and (best[0] >= 0.5 or not told):
        return best[1]
    return told[0] if told else ""


def _parts(title: str) -> list[str]:
    """Return a title and its longer parts; one of them is the article's own where the site's name is not known."""
    return [title, *(part for part in _BETWEEN.split(title) if len(words_of(part)) >= _LEAST_WORDS)]


def bare_title(title: str, *sites: str) -> str:
    """Return a title without the name of its site, which stands behind or before a dash or a bar."""
    parts = _BETWEEN.split(title)
    if len(parts) < 2:
        return title
    for place, part in ((-1, parts[-1]), (0, parts[0])):
        if any(_is_called(part, site) for site in sites):
            rest = title[: title.rfind(part)] if place else title[title.find(part) + len(part) :]
            return rest.strip(" |·•–—»:-")
    return title


def _is_called(part: str, site: str) -> bool:
    """Say whether a part of a title is the name of the site, whole or short, spaced or not."""
    words, known = set(words_of(part.casefold())), set(words_of(site.casefold()))
    if not words or not known:
        return False
    if words <= known or (known <= words and len(words) <= len(known) + 2):
        return True
    return len(words) <= 4 and "".join(words_of(part.casefold())).removeprefix("the") == "".join(
        words_of(site.casefold())
    ).removeprefix("the")


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


def _language(tree: Any, named: dict[str, str], graph: dict[str, Any]) -> str:
    for value in (tree.get("lang") or "", _text(graph.get("inLanguage")), named.get("og:locale", "")):
        found = re.match(r"([a-zA-Z]{2,3})(?![a-zA-Z])", value.strip())
        if found:
            return found[1].lower()
    return ""


def _address(tree: Any, named: dict[str, str], saved: str) -> str:
    links = [one.get("href") or "" for one in tree.iter("link") if "canonical" in (one.get("rel") or "").lower()]
    for value in (*links, named.get("og:url", ""), saved):
        # Of one that cannot be read nothing could be told, and no page may hold it.
        if re.match(r"https?://[^\s<>\"]+$", value.strip()) and split_url(value.strip()).netloc:
            return value.strip()
    return ""


def _head_title(tree: Any) -> str:
    one = next(tree.iter("title"), None)
    return _visible(one) if one is not None else ""


def _name_of(value: Any) -> str:
    return next((_text(each.get("name")) for each in _listed(value) if isinstance(each, dict)), "")


def _alike(one: str, other: str) -> float:
    first, second = set(words_of(one.casefold())), set(words_of(other.casefold()))
    return len(first & second) / (max(len(first), len(second)) or 1)


def _visible(one: Any) -> str:
    return "".join(one.itertext())


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _one_line(text: str) -> str:
    return _SPACE.sub(" ", text or "").strip()
