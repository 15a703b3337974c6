"""Write a clean article as a content file: its front matter, its place, its body as far as rights allow."""

from __future__ import annotations

from typing import Any

from generator import __version__
from generator.ingest.clean import Dropped
from generator.ingest.commonmark import body_of_text, plain
from generator.ingest.found import Extracted
from generator.ingest.tag import TopicScore
from generator.model.source import Source
from generator.named import NamedTuple
from generator.text import frontmatter
from generator.text.html import count_words, first_words
from generator.text.slug import slug_of

HELD_FOLDER = "articles/held"
_RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")
MOST_TOPICS = 8
_MOST_EVIDENCE = 8


class Facts(NamedTuple):
    """All that is known of an article when it is written. `day` may hold a time; `inferred` says what was concluded."""

    found: Extracted
    sha256: str
    retrieved: str
    source: Source | None
    title: str = ""
    day: str = ""
    url: str = ""
    author: str = ""
    summary: str = ""
    archive_url: str = ""
    edition: str = ""
    lang: str = ""
    topics: tuple[TopicScore, ...] = ()
    held: tuple[str, ...] = ()
    inferred: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    site_language: str = "en"
    keep_in_archive: bool = False


class ArticleFile(NamedTuple):
    """A content file ready to be written: its folder and slug below `content/`, its front matter and its body.

    `words_left_out` counts what rights keep out of `content/`.
    """

    folder: str
    slug: str
    front: dict[str, Any]
    body: str
    words_left_out: int = 0

    def text(self, copy_of: str = "") -> str:
        """Return the whole file, as a copy of another article if it is one."""
        front = {**self.front, "copy_of": copy_of or self.front.get("copy_of")}
        return f"---\n{frontmatter.dump(front)}---\n\n{self.body}".rstrip("\n") + "\n"


def article_file(facts: Facts) -> ArticleFile:
    """Return the content file for an article."""
    body, summary, left_out = _allowed(facts)
    day = facts.day[:10]
    folder = HELD_FOLDER if facts.held or not day else f"articles/{day.replace('-', '/')}"
    return ArticleFile(folder, slug_of(facts.title), _front(facts, summary, left_out), body, left_out)


def _allowed(facts: Facts) -> tuple[str, str, int]:
    """Return the body and summary that may stand in `content/`, and how many words were left out."""
    source, body = facts.source, facts.found.body
    if not facts.keep_in_archive or source is None or source.rights == "full":
        return body, facts.summary, 0
    text = plain(body)
    total = count_words(text)
    if source.rights == "link":
        return "", "", total
    room = source.excerpt_words - count_words(facts.title)
    summary = first_words(facts.summary, max(room, 0)) if facts.summary else ""
    room -= count_words(summary)
    if room >= total:
        return body, summary, 0
    return (body_of_text(first_words(text, room)) if room > 0 else ""), summary, total - max(room, 0)


def _front(facts: Facts, summary: str, left_out: int) -> dict[str, Any]:
    found = facts.found
    language = facts.lang or found.language
    foreign = language if language and language != facts.site_language[:2] else None
    return {
        "title": facts.title,
        "date": facts.day or None,
        "id": facts.sha256[:12],
        "summary": summary or None,
        "dateline": found.place or None,
        "tagged": {each.topic: each.score for each in facts.topics[:MOST_TOPICS]} or None,
        "source": _source(facts),
        "edition": facts.edition or None,
        "copy_of": None,
        "lang": foreign,
        "dir": "rtl" if foreign in _RIGHT_TO_LEFT else None,
        "held": list(facts.held) or None,
        "ingest": {
            "tool": f"dateline {__version__}",
            "sha256": facts.sha256,
            "retrieved": facts.retrieved or None,
            "inferred": list(facts.inferred) or None,
            "doubtful": list(facts.doubtful) or None,
            "cut": left_out or None,
            "dropped": [_counted(each) for each in found.dropped] or None,
            "evidence": list(found.evidence[:_MOST_EVIDENCE]) if facts.held and found.evidence else None,
        },
    }


def _counted(dropped: Dropped) -> str:
    number = len(dropped.lines)
    return f"{dropped.kind}: {number} line{'' if number == 1 else 's'}" if number else dropped.kind


def _source(facts: Facts) -> dict[str, str] | None:
    given = {
        "key": facts.source.key if facts.source else "",
        "url": facts.url,
        "author": facts.author,
        "archive_url": facts.archive_url,
    }
    kept = {key: value for key, value in given.items() if value}
    # Without a key or a name it would be no source at all; its address is kept where it can be seen.
    if kept and not facts.source:
        kept = {"name": dict(facts.found.inferred).get("source") or facts.found.source or "Unknown source", **kept}
    return kept or None
