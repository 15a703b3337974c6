"""Who wrote the article of a web page: the names its data, its head and its byline give, as people write them.

People go before agencies, agencies before nobody. A role, an office, a handle and the outlet's own name are no names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.ingest.marks import words_of
from generator.ingest.piece_names import families_of
from generator.ingest.pieces import Piece, one_line

_HEAD_NAMES = (
    "author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "dc.contributor", "article:author",
    "article:author_name", "byl", "byline", "authors", "article.author", "cxenseparse:author", "twitter:data1",
)  # fmt: skip
_BY = re.compile(
    r"(?i)^\W*(?:(?:written|reported|posted|published|story|words|text|analysis|opinion|report|submitted)\s+)?"
    r"(?:and\s+photos?\s+)?(?:by|von|par|por|di|door|av|af|tekst|text|författare|yazan|بقلم|كتب|نوشته|نویسنده|מאת|от|автор)"
    r"(?::\s*|\s+)(?=\S)"
)
_ENDS = re.compile(
    r"(?i)\s+[|•·]\s+|\s*[\n\t]|\s(?:updated|published|posted|last|on|at)\b.*\d|\s*\(?https?:|\b(?:for|of)\s+the\b"
    r"|\bin\s+[A-Z]\w+$|\d{1,2}[:.]\d\d|,?\s*\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.?\s+\d|\d{1,2}\s+\w+\s+\d{4}"
)
_BETWEEN = re.compile(r"\s*(?:,|;|&|\||/|\band\b|\bund\b|\bet\b|\by\b|\bwith\b|\n|(?<=\s)و(?=\s))\s*")
_SUFFIX = re.compile(r"(?i)^(?:jr|sr|ii|iii|iv)\.?$")
_TITLES = re.compile(r"(?i)^(?:ph\.?\s?d|m\.?d|m\.?sc|b\.?a|m\.?a|mba|esq|r\.?n|dds|jd|cfa|cpa|rd|faan|facs)\.?$")
_ROLES = re.compile(
    r"(?i)\b(?:writers?|reporters?|editors?|correspondents?|columnists?|contributors?|journalists?|producers?|staff|"
    r"bureau|desk|newsroom|team|redaktion|redakteur(?:in)?|reporterin|journalistin|korrespondent(?:in)?|autor(?:in)?|r[ée]daction|r[ée]dact(?:eur|rice)|journaliste|correspondante?|periodista|corresponsal|redactora?|giornalista|jornalista|redacci[óo]n|redazione|editorial|reports?|intern|critic|"
    r"director|manager|president|professor|ceo|founder|analyst|photographer|anchor|host|author|admin(?:istrator)?|"
    r"guest|sponsored|partner|agencies|services?|wires?|news|press|media|network|magazine|times|post|tribune|herald)\b"
)
_AGENCY_NAMES = (
    "the associated press", "associated press", "agence france-presse", "thomson reuters", "reuters", "afp", "dpa",
    "bloomberg news", "bloomberg", "the canadian press", "canadian press", "press association", "pa media", "upi",
    "usa today", "ap",
)  # fmt: skip
_NOBODY = frozenset(("admin", "staff", "editor", "editors", "unknown", "none", "by", "author", "guest", "webmaster"))
_PEOPLE_PAGES = re.compile(r"/(?:authors?|staff|people|profiles?|by|contributors?|journalists?|writers?)/")
_MOST_NAMES = 12
_MOST_TOGETHER = 5
# By the attributes that there are: asking each element for all of them takes twice the time.
_MARKED = (
    './/*/@class[contains(., "author") or contains(., "byline") or contains(., "contributor")]/..'
    '|.//*/@itemprop[. = "author"]/..|.//*/@rel[. = "author"]/..'
)
# What an element is called by that holds the author's name; the surest first.
_CALLED = (
    ("byline", "author-name", "author__name"),
    (" author ", "article-author"),
    ("post-author", "entry-author", "contributor"),
)


def authors_of(
    tree: Any, named: Mapping[str, str], graph: Mapping[str, Any], *, site: str, near: Sequence[Piece]
) -> tuple[str, ...]:
    """Return the people who wrote the article; `near` are the pieces around its title."""
    graphs, organisations = _of_graph(graph)
    heads = next((names for key in _HEAD_NAMES if (names := _of_head(named.get(key, "")))), [])
    marked = _marked(tree)
    shown = _near_byline(near) or _shown(marked)
    ways = [people_in(names, site) for names in (graphs, heads, shown)]
    data = ways[0][0] or ways[1][0]
    seen = ways[2][0]
    first = data or seen
    # The data often name only the first of several authors, where the page marks them all.
    for more in (seen, _stated_people(marked[0], site)):
        if first and len(more) <= _MOST_TOGETHER and _folds(first) < _folds(more):
            return more
    if first:
        return first
    return next((offices for _, offices in (*ways, ((), tuple(organisations))) if offices), ())


def people_in(names: Iterable[str], site: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the people among names as written, and what else they name: agencies, desks, the outlet."""
    people: list[str] = []
    offices: list[str] = []
    for name in names:
        for part in _parts(name):
            if _SUFFIX.match(part) and people:
                people[-1] = f"{people[-1]} {part}"
                continue
            bare = _without_agency(part, site)
            if _is_name(bare, site):
                people.append(_cased(bare))
            elif bare and _is_office(part):
                offices.append(part)
    return tuple(dict.fromkeys(people))[:_MOST_NAMES], tuple(dict.fromkeys(offices))[:_MOST_NAMES]


def _parts(text: str) -> list[str]:
    text = _BY.sub("", one_line(text))
    text = re.sub(r"\((?=[^)]*(?:@|https?:))[^)]*\)|(?<!\w)@\w+|\S+@\S+|https?:\S+", " ", text)
    parts = [part.strip(" .:-–—*\"'") if not _SUFFIX.match(part) else part for part in _BETWEEN.split(text)]
    return [one_line(_BY.sub("", part)) for part in parts if part and not _TITLES.match(part)]


def _without_agency(name: str, site: str) -> str:
    """Return a name without the agency or the outlet that stands right behind it."""
    if name.casefold() in _AGENCY_NAMES:
        return name
    for agency in (*_AGENCY_NAMES, site.casefold()):
        if agency and name.casefold().endswith(f" {agency}") and len(name) > len(agency) + 3:
            return name[: -len(agency)].rstrip(" -–—|/(")
    return name


def _is_name(name: str, site: str) -> bool:
    words = name.split()
    if not 1 <= len(words) <= 6 or not 2 < len(name) <= 60 or re.search(r"\b\d", name):
        return False
    folded = name.casefold()
    if folded in _NOBODY or folded in _AGENCY_NAMES or _squeezed(name) == _squeezed(site):
        return False
    return not _ROLES.search(name)


def _is_office(part: str) -> bool:
    return 2 < len(part) <= 70 and len(part.split()) <= 7 and part.casefold() not in _NOBODY


def _cased(name: str) -> str:
    """Return a name that is written in capitals as names are written elsewhere."""
    if not name.isupper() or len(name) < 6 or " " not in name:
        return name
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize() if len(word[0]) > 2 else word[0].title(), name)


def _of_graph(graph: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Return whom the page's data call the authors, and which organisations they name as such."""
    people: list[str] = []
    organisations: list[str] = []
    given = graph.get("author") or graph.get("creator")
    for each in given if isinstance(given, list) else [given]:
        value = each.get("name") if isinstance(each, dict) else each
        names = [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]
        is_person = not isinstance(each, dict) or "organization" not in str(each.get("@type")).casefold()
        (people if is_person else organisations).extend(names)
    return people, organisations


def _of_head(value: str) -> list[str]:
    return [] if not value or value.startswith(("http", "/", "@", "{")) or len(value) > 200 else [value]


def _near_byline(near: Sequence[Piece]) -> list[str]:
    """Return what the byline beside the title says: a line that begins with `By`, or what a byline's element links."""
    found: list[str] = []
    for piece in near:
        text = piece.text
        if len(text) > 160 or any(frame.tag in ("figcaption", "figure") for frame in piece.frames):
            continue
        linked = [run.text for run in piece.runs if _PEOPLE_PAGES.search(run.href) and run.text.strip()]
        if _BY.match(text):
            found += linked or [_ENDS.split(_BY.sub("", text), maxsplit=1)[0]]
        elif linked and any("byline" in families_of(frame.names) for frame in piece.frames[:2]):
            found += linked
    return [name for name in found if not name[:1].islower()]


def _marked(tree: Any) -> list[list[Any]]:
    """Return the elements marked or called as the author, by the way in which they are, the surest ways first."""
    found: list[list[Any]] = [[], [], *([] for _ in _CALLED)]
    for one in tree.xpath(_MARKED):
        called = f" {one.get('class') or ''} "
        ways = (
            one.get("itemprop") == "author",
            one.get("rel") == "author",
            *[any(word in called for word in words) for words in _CALLED],
        )
        for elements, is_so in zip(found, ways, strict=True):
            if is_so:
                elements.append(one)
    return found


def _shown(marked: Sequence[Sequence[Any]]) -> list[str]:
    """Return the names in the elements of the surest way that has any."""
    for elements in marked:
        found: list[str] = []
        around: Any = None
        for one in elements[:6]:
            text = one_line("".join(one.itertext()))
            above = one.getparent()
            # Beside the first there may be others; further away stand the authors of other stories.
            if not 2 < len(text) < 120 or (found and above not in (around, around.getparent())):
                continue
            name = _ENDS.split(_BY.sub("", text), maxsplit=1)[0]
            if people_in([name], "")[0]:
                found.append(name)
                around = above if around is None else around
        if found:
            return found
    return []


def _stated_people(marked: Sequence[Any], site: str) -> tuple[str, ...]:
    """Return all whom the page marks as an author, wherever it does."""
    return people_in(["".join(one.itertext()) for one in marked[:_MOST_NAMES]], site)[0]


def _folds(names: Iterable[str]) -> set[str]:
    return {" ".join(words_of(name.casefold())) for name in names}


def _squeezed(text: str) -> str:
    return "".join(words_of(text.casefold())).removeprefix("the")
