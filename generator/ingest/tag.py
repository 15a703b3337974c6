"""Score how much a text is about each topic, and say by which words.

Happens at ingest and on command, never in a build. Words of the title weigh most, those of the first two paragraphs
next; a form that only hangs on another word (`Iran-backed`) or tells where somebody comes from (`Iraqi experts`) counts
half, one in an aside on earlier times (`who was killed in Baghdad two years ago`) less; where a veto word stands, the
paragraph is silent on that topic. The points of the evidence add up to the score.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from generator.config import Tagging
from generator.model.topic import Form, Topic
from generator.named import NamedTuple
from generator.text.mentions import Matcher, matcher

TITLE = "title"
LEDE = "lede"
BODY = "body"
FIELD_WEIGHTS = {TITLE: 3.0, LEDE: 1.5, BODY: 0.5}
LEDE_PARAGRAPHS = 2
MOST_PER_FORM = 5
CONTEXT_WEIGHT = 0.4
HANGING_FACTOR = 0.5
# Who was killed somewhere two years ago, and whose experts warn of something, is not what a report is about.
ASIDE_FACTOR = 0.3
CALLING_FACTOR = 0.5
SHORT_WORDS = 80
_HANGING = re.compile(
    r"[-\u2010-\u2015](?:backed|aligned|linked|supported|sponsored|made|supplied|funded|affiliated|allied)\b", re.I
)
_ASIDE = re.compile(
    r"\b(?:who|whom|whose|which)\b"
    r"(?=[^.;]{0,300}?(?:\b(?:earlier|ago|since|previously|during the)\b|\bin (?:19|20)\d\d\b))"
    r"[^,;.]{0,200}?\b(?:was|were|had|been|served|worked|lived|died|killed)\b[^.;]*"
)
_CALLING = re.compile(
    r"\s+(?:[\w-]+\s+){0,2}?(?:experts?|analysts?|scholars?|researchers?|academics?|professors?|writers?|authors?"
    r"|poets?|novelists?|footballers?|athletes?|singers?|actors?|actress(?:es)?|film-?makers?|artists?|musicians?)\b"
)
# Context words are looked for in the same pass, under a name no topic can have.
_CONTEXT = "~"
_PARAGRAPHS = re.compile(r"\n\s*\n")


class Evidence(NamedTuple):
    """One form in one field: how often it was counted, and what that added to the score."""

    form: str
    field: str
    count: int  # type: ignore[assignment]  # Named as programs read it; the tuple's method of that name is not used.
    points: float


class TopicScore(NamedTuple):
    """How much a text is about one topic, and why."""

    topic: str
    score: float
    evidence: tuple[Evidence, ...]


class Tagger(NamedTuple):
    """The topics of a site made ready for scoring many texts."""

    found_by: Matcher
    vetoes: dict[str, re.Pattern[str]]
    rules: Tagging
    order: dict[str, int]


def tagger(topics: Sequence[Topic], rules: Tagging = Tagging()) -> Tagger:  # noqa: B008  # A frozen value.
    """Return a tagger for the topics, in the site's order."""
    wanted: list[tuple[str, tuple[Form, ...], tuple[str, ...]]] = []
    for topic in topics:
        wanted.append((topic.id, topic.forms, topic.excluded))
        if topic.context:
            wanted.append((topic.id + _CONTEXT, tuple(Form(words, CONTEXT_WEIGHT) for words in topic.context), ()))
    return Tagger(
        matcher(wanted),
        {topic.id: _any_of(topic.veto) for topic in topics if topic.veto},
        rules,
        {topic.id: place for place, topic in enumerate(topics)},
    )


def tag(title: str, body: str, by: Tagger) -> tuple[TopicScore, ...]:
    """Return the topics a text is about, best first, each with its evidence."""
    threshold = threshold_of(body, by)
    return tuple(found for found in scores(title, body, by) if found.score >= threshold)


def threshold_of(body: str, by: Tagger) -> float:
    """Return how many points make a topic of a text: fewer where it is short."""
    return by.rules.threshold_short if len(body.split(None, SHORT_WORDS)) < SHORT_WORDS else by.rules.threshold


def scores(title: str, body: str, by: Tagger) -> tuple[TopicScore, ...]:
    """Return the score of every topic that a text names, best first, whether or not it suffices."""
    counted: dict[tuple[str, str], int] = {}
    points: dict[str, dict[tuple[str, str], list[float]]] = {}
    named: set[str] = set()
    for field, text in _fields(title, body):
        for topic, form, weight in _mentions(text, by):
            bare = topic.removesuffix(_CONTEXT)
            times = counted.get((topic, form), 0)
            if times >= MOST_PER_FORM:
                continue
            counted[topic, form] = times + 1
            if bare == topic:
                named.add(topic)
            tally = points.setdefault(bare, {}).setdefault((form, field), [0, 0.0])
            tally[0] += 1
            tally[1] += FIELD_WEIGHTS[field] * weight
    found = [_score(topic, points[topic]) for topic in named]
    return tuple(sorted(found, key=lambda each: (-each.score, by.order[each.topic])))


def score_of(row: Any) -> TopicScore:
    """Return the score that was sent as plain data."""
    topic, score, evidence = row
    return TopicScore(topic, score, tuple(Evidence(*each) for each in evidence))


def _score(topic: str, points: dict[tuple[str, str], list[float]]) -> TopicScore:
    evidence = tuple(
        Evidence(form, field, int(times), round(total, 3)) for (form, field), (times, total) in points.items()
    )
    ranked = tuple(sorted(evidence, key=lambda row: (-row.points, row.form, row.field)))
    return TopicScore(topic, round(sum(row.points for row in ranked), 3), ranked)


def _fields(title: str, body: str) -> Iterable[tuple[str, str]]:
    if title:
        yield TITLE, title
    for number, paragraph in enumerate(_PARAGRAPHS.split(body)):
        if paragraph:
            yield (LEDE if number < LEDE_PARAGRAPHS else BODY), paragraph


def _mentions(text: str, by: Tagger) -> Iterable[tuple[str, str, float]]:
    """Yield the topic (or a topic's context), the form and the weight of each mention in a paragraph."""
    vetoed: dict[str, bool] = {}
    asides = [aside.span() for aside in _ASIDE.finditer(text)] if " wh" in text else ()
    for mention in by.found_by.find(text):
        factor = HANGING_FACTOR if _HANGING.match(text, mention.end) else 1.0
        if _CALLING.match(text, mention.end):
            factor *= CALLING_FACTOR
        if any(start <= mention.start < end for start, end in asides):
            factor *= ASIDE_FACTOR
        for topic, weight in zip(mention.topics, mention.weights, strict=True):
            bare = topic.removesuffix(_CONTEXT)
            if bare != topic and bare in mention.topics:
                continue
            if bare not in vetoed:
                veto = by.vetoes.get(bare)
                vetoed[bare] = bool(veto and veto.search(text))
            if not vetoed[bare]:
                yield topic, mention.form, weight * factor


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"(?i)\b(?:{'|'.join(map(re.escape, longest_first))})\b")
