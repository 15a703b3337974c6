"""The simple ways that the cleaner is compared with: what a person would write in an afternoon, and trafilatura."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any

from bench.scorers import Given
from generator.ingest.lines import best_stretch

_WORD = re.compile(r"\w+")
_END = re.compile(r"[.!?…]['\"”’»)\]]*$")


def all_the_text(text: str) -> str:
    return text


def sentence_lines(text: str) -> str:
    """Keep the lines of ten or more words that end as a sentence does."""
    return "\n".join(line for line in _lines(text) if len(_WORD.findall(line)) >= 10 and _END.search(line))


def best_run(text: str) -> str:
    """Keep the run of lines with the greatest sum, where long sentences count for the article and all else against."""
    lines = _lines(text)
    begin, end = best_stretch([_score(line) for line in lines])
    return "\n".join(lines[begin:end])


WAYS: dict[str, Callable[[str], str]] = {
    "all the text": all_the_text,
    "lines of 10 words that end as a sentence": sentence_lines,
    "maximum subsequence of line scores": best_run,
}


def trafilatura_page(html: str) -> Given:
    """Return what trafilatura gives in its precise mode, text and metadata."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    tree = trafilatura.load_html(html)
    found: Any = trafilatura.bare_extraction(
        tree, favor_precision=True, include_comments=False, with_metadata=True
    ) if tree is not None else None  # fmt: skip
    if found is None:
        return Given("", {})
    known = {"title": found.title, "date": found.date, "authors": found.author}
    return Given(found.text or "", known)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _score(line: str) -> float:
    words = len(_WORD.findall(line))
    if words < 10:
        return -1.0
    return min(3.0, words / 12) * (1.0 if _END.search(line) else 0.35)
