"""What the tagger would suggest for an article that stands, and how near it came where it suggests nothing."""

from __future__ import annotations

from collections.abc import Collection

from generator.ingest.article_file import MOST_TOPICS
from generator.ingest.commonmark import plain
from generator.ingest.tag import Tagger, TopicScore, scores, threshold_of
from generator.named import NamedTuple
from generator.text.frontmatter import split

NEAREST = 2


class Suggestion(NamedTuple):
    """The topics that reach the threshold, best first; without any, the nearest of those that are named."""

    given: tuple[TopicScore, ...]
    nearest: tuple[TopicScore, ...]
    threshold: float


def suggestion(title: str, text: str, by: Tagger, excluded: Collection[str] = ()) -> Suggestion:
    """Return what speaks for topics in a content file's text; those a person has excluded are not suggested again."""
    body = plain(split(text).body)
    threshold = threshold_of(body, by)
    found = tuple(each for each in scores(title, body, by) if each.topic not in excluded)
    given = tuple(each for each in found if each.score >= threshold)[:MOST_TOPICS]
    return Suggestion(given, () if given else found[:NEAREST], threshold)
