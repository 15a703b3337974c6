"""Put an imported file together: its front matter in our words, and its text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generator import __version__
from generator.importing.settle import Settled
from generator.named import NamedTuple
from generator.text import frontmatter
from generator.text.dates import written

_RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")


class Topical(NamedTuple):
    """A file's tags: the topics they mean, and those that mean none."""

    topics: tuple[str, ...]
    others: tuple[str, ...]


class Decided(NamedTuple):
    """What only the other files decide of one: old addresses that are free, its tags, its credit, its image."""

    sha256: str
    redirects: tuple[str, ...]
    tags: Topical
    credit: dict[str, str]
    image: str = ""
    held: tuple[str, ...] = ()
    language: str = "en"


def article_text(one: Settled, decided: Decided, body: str) -> tuple[str, int]:
    """Return an imported file as a content file, and the line its text begins in."""
    front = _page_front(one, decided) if one.is_page else _article_front(one, decided)
    block = frontmatter.dump({key: value for key, value in front.items() if value not in (None, (), [], {}, "")})
    text = body.strip("\n")
    blank = len(body) - len(body.lstrip("\n"))
    return f"---\n{block}---\n\n{text}\n", block.count("\n") + 4 - blank


def _article_front(one: Settled, decided: Decided) -> dict[str, Any]:
    said = dict(one.front)
    lang = said.pop("lang")
    foreign = lang if lang and lang.partition("-")[0] != decided.language.partition("-")[0] else None
    retrieved = said.pop("retrieved")
    return {
        "title": one.title,
        "date": written(one.dated.moment) if one.dated.moment else None,
        "id": decided.sha256[:12],
        **said,
        "topics": list(decided.tags.topics),
        "source": {key: value for key, value in decided.credit.items() if value},
        "lang": foreign,
        "dir": "rtl" if foreign and foreign.partition("-")[0] in _RIGHT_TO_LEFT else None,
        "draft": True if one.is_draft else None,
        "held": list(decided.held),
        "redirect_from": list(decided.redirects),
        "image": decided.image,
        **_extra(one, decided),
        "ingest": {
            "tool": f"dateline {__version__}",
            "sha256": decided.sha256,
            "retrieved": retrieved,
            "inferred": list(one.inferred) or None,
            "evidence": list(one.dated.evidence) or None,
        },
    }


def _page_front(one: Settled, decided: Decided) -> dict[str, Any]:
    kept = {f"x_{key}": one.front.get(key) for key in ("lang", "updated")}
    return {
        "title": one.title,
        "summary": one.front.get("summary"),
        "redirect_from": list(decided.redirects),
        **kept,
        **_extra(one, decided),
    }


def _extra(one: Settled, decided: Decided) -> dict[str, Any]:
    extra = dict(one.extra)
    if decided.tags.others:
        extra["x_tags"] = list(decided.tags.others)
    return extra


def unique(words: Iterable[str]) -> tuple[str, ...]:
    """Return words in their order, each once."""
    return tuple(dict.fromkeys(words))
