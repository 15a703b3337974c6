"""Know a report that was cut short when it was first taken in, and make its article whole when more of it comes."""

from __future__ import annotations

import re
from typing import Any

from generator.ingest.article_file import ArticleFile
from generator.ingest.commonmark import plain
from generator.ingest.merge import BODY, Merged, fields_of, merge
from generator.text import frontmatter


def made_whole(standing: str, written: str | None, file: ArticleFile) -> Merged | None:
    """Return an article's text with the rest of the report, or None where `file` has no more of it.

    `written` is what ingest wrote then, where that is known; a text that a person has changed since stays, and is among
    what is left.
    """
    if frontmatter.read(frontmatter.split(standing).front, 2)[1]:
        return None
    was, new = fields_of(written or standing), fields_of(file.text())
    if _origin(was) != _origin(new) or not is_cut_from(was[BODY], new[BODY]):
        return None
    return merge(written, standing, file) if written else Merged(standing, (), (BODY,))


def _origin(fields: dict[str, Any]) -> tuple[str, str]:
    """Return what says of an article where it comes from; its author may stand behind the cut."""
    source = fields.get("source")
    return (source.get("key", ""), source.get("url", "")) if isinstance(source, dict) else (source or "", "")


def is_cut_from(text: str, whole: str) -> bool:
    """Say whether a text is another one cut short: all its paragraphs stand there, the last one to where it was cut.

    The word in which a text was cut may be garbled, a page's by half a tag.
    """
    paragraphs, rest = (_paragraphs(each) for each in (text, whole))
    if len(" ".join(paragraphs)) >= len(" ".join(rest)):
        return False
    last = paragraphs.pop().rpartition(" ")[0] if paragraphs else ""
    unread = iter(rest)
    return all(paragraph in unread for paragraph in paragraphs) and any(each.startswith(last) for each in unread)


def _paragraphs(body: str) -> list[str]:
    return [" ".join(part.split()) for part in re.split(r"\n{2,}", plain(body)) if part.strip()]
