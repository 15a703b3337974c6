"""When a web page says it was first published: in its data, its address, its marked times, or beside its title.

Nothing is guessed: a day that only stands somewhere on the page is no statement of the page about itself, and a clock
without a zone is none that another place could go by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from generator.ingest.marks import words_of
from generator.ingest.metadata import day_in
from generator.ingest.pieces import Piece
from generator.text.addresses import split_url
from generator.text.dates import is_day

_EARLIEST = "1990-01-01"
_NAMES = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "parsely-pub-date",
    "article.published", "publish-date", "publishdate", "publish_date", "published_time", "published-date", "pubdate",
    "sailthru.date", "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.issued", "dcterms.created",
    "dc.date.created", "dc.date", "date.issued", "displaydate", "originalpublicationdate", "article_date_original",
    "datecreated", "date",
)  # fmt: skip
_ISO = re.compile(r"\s*((?:19|20)\d\d)[-/.]?(\d\d)[-/.]?(\d\d)(?!\d)")
_MOMENT = re.compile(r"\s*(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(:\d\d)?(?:\.\d+)? ?([Zz]|[+-]\d\d:?\d\d)\s*")
_IN_ADDRESS = re.compile(r"[/_-]((?:19|20)\d\d)([/-]?)(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
_LATER = re.compile(r"(?i)updat|modif|last|edited|correct")
_NEAR_TITLE = 12
_LONGEST_SAYING = 200


def published(
    tree: Any, named: Mapping[str, str], graph: Mapping[str, Any], url: str, *, near: Sequence[Piece], latest: str = ""
) -> tuple[str, str]:
    """Return day and moment of first publication, "" for what is not stated; `near` are the pieces around the title."""
    for stated in _statements(tree, named, graph, url, near):
        day = read_day(stated)
        if day and day >= _EARLIEST and (not latest or day <= latest):
            return day, read_moment(stated)
    return "", ""


def _statements(
    tree: Any, named: Mapping[str, str], graph: Mapping[str, Any], url: str, near: Sequence[Piece]
) -> Iterator[str]:
    """Yield what may state the day, the surest first; looking through the elements is dear, and mostly not needed."""
    yield from _of_graph(graph)
    yield from (named.get(name, "") for name in _NAMES)
    yield from _of_properties(tree)
    yield day_of_address(url)
    yield from _of_times(tree)
    yield from (piece.text for piece in near if len(piece.text) < 160 and not _LATER.search(piece.text))


def read_day(stated: str) -> str:
    """Return the day that a statement begins with or names; "" for none, and for one that may be two days."""
    found = _ISO.match(stated)
    if found:
        day = "-".join(found.groups())
        return day if is_day(day) else ""
    day = day_in(stated)
    return day if day and is_day(day) else ""


def read_moment(stated: str) -> str:
    """Return the moment that is a statement, such as 2019-11-18T07:30+03:30; "" where clock or zone is wanting.

    Midnight to the second is how programs write a day alone, and no clock.
    """
    found = _MOMENT.fullmatch(stated)
    if found is None or (found[2] == "00:00" and found[3] in (None, ":00")):
        return ""
    try:
        moment = datetime.fromisoformat(f"{found[1]}T{found[2]}{found[4].upper()}")
    except ValueError:
        return ""
    return moment.isoformat(timespec="minutes")


def may_be_another(tree: Any, day: str) -> bool:
    """Say whether a page writes a day only with numbers that may be two days, such as 03/04/2020."""
    year, month, number = day[:4], int(day[5:7]), int(day[8:10])
    if number > 12 or number == month:
        return False
    either_way = re.compile(
        rf"(?<!\d)(?:0?{month}[-/.]0?{number}|0?{number}[-/.]0?{month})[-/.](?:{year}|{year[2:]})(?!\d)"
    )
    said = [
        text for text in tree.xpath("//@content | //@datetime | //@title | //text()") if len(text) < _LONGEST_SAYING
    ]
    return any(map(either_way.search, said)) and all(read_day(text.strip()) != day for text in said)


def day_of_address(url: str) -> str:
    """Return the day in an address such as `/2019/11/18/dredgers` or `/news/2019-11-18-dredgers`; "" for none."""
    path = split_url(url).path if url.startswith("http") else ""
    for year, between, month, day in _IN_ADDRESS.findall(path):
        if between or (len(month) == len(day) == 2):
            stated = f"{year}-{int(month):02}-{int(day):02}"
            if is_day(stated):
                return stated
    return ""


def near_title(pieces: Sequence[Piece], title: str) -> list[Piece]:
    """Return the pieces around the last heading that is the title, where a page shows its day and its authors."""
    own = tuple(words_of(title.casefold()))
    places = [place for place, piece in enumerate(pieces) if own and piece.words == own]
    headings = [place for place in places if any(frame.tag == "h1" for frame in pieces[place].frames[:3])] or places
    if not headings:
        return []
    return list(pieces[max(0, headings[0] - 4) : headings[0] + 1 + _NEAR_TITLE])


def _of_graph(graph: Mapping[str, Any]) -> Iterator[str]:
    for key in ("datePublished", "dateCreated"):
        value = graph.get(key)
        if isinstance(value, str):
            yield value


def _of_properties(tree: Any) -> Iterator[str]:
    for one in tree.xpath('.//*[@itemprop="datePublished" or @property="datePublished" or @pubdate]')[:4]:
        yield one.get("content") or one.get("datetime") or "".join(one.itertext())[:80]


def _of_times(tree: Any) -> Iterator[str]:
    """Yield the marked times below the first heading, those that are called published first."""
    times = tree.xpath("(.//h1)[1]/following::time[@datetime]")[:3] or tree.xpath(".//article//time[@datetime]")[:2]
    told = [one for one in times if re.search(r"(?i)publi|posted|entry-date|created", _dress(one))]
    for one in told or times[:2]:
        if not _LATER.search(_dress(one)):
            yield one.get("datetime") or ""


def _dress(one: Any) -> str:
    """Return what an element and the one around it are called, and the words before the time."""
    above = one.getparent()
    around = f"{above.get('class') or ''} {above.text or ''}" if above is not None else ""
    return f"{one.get('class') or ''} {one.get('itemprop') or ''} {around} {''.join(one.itertext())[:60]}"
