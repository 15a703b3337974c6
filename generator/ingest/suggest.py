"""What the tagger would suggest for an article that stands, and how near it came where it suggests nothing."""

from __future__ import annotations

from typing import NamedTuple

from generator.ingest.article_file import MOST_TOPICS
from generator.ingest.commonmark import plain
from generator.ingest.tag import Tagger, TopicScore, scores, threshold_of
from generator.text.frontmatter import split

NEAREST = 2


class Suggestion(NamedTuple):
    """The topics that reach the threshold, best first; without any, the nearest of those that are named."""

    given: tuple[TopicScore, ...]
    nearest: tuple[TopicScore, ...]
    threshold: float


def suggestion(title: str, text: str, by: Tagger) -> Suggestion:
    """Return what speaks for topics in a content file's text."""
    body = plain(split(text).body)
    threshold = threshold_of(body, by)
    found = scores(title, body, by)
    given = tuple(each for each in found if each.score >= threshold)[:MOST_TOPICS]
    return Suggestion(given, () if given else found[:NEAREST], threshold)
