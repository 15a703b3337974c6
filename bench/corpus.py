"""A seeded corpus of news that does not flatter a benchmark: the same seed gives the same articles to every generator.

About 27 articles a day of some 470 words; each names its topics 3 to 8 times, under any of the forms the sample's 14
topics list; five shapes of body; one in ten in another script; one in twenty a copy of a wire story; one in ten from an
outlet that allows an excerpt only; a third link to earlier articles. The forms are read from `content/topics/`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from bench.prose import ENGLISH, OTHERS, PLACES, Voice, headline, mention, sentence
from bench.shapes import SHAPES, Matter, body_of
from generator.load.parse import ParseOptions, parse_topic
from generator.model.topic import Topic

REPOSITORY = Path(__file__).resolve().parent.parent
LAST_DAY = date(2020, 6, 30)
ARTICLES_A_DAY = 27
WORDS = 450
# Excerpt-only is one in ten, so that most pages carry a whole body; the other outlets permit the full text.
SOURCES = (("wire", 0.10), ("gazette", 0.30), ("review", 0.25), ("bulletin", 0.20), ("desk", 0.15))
SOURCE_FILES = {
    key: f"---\nname: {name}\ndomains: [{key}.example]\nkind: {kind}\nrights: {rights}\n---\n"
    for key, name, kind, rights in (
        ("wire", "Example Wire", "wire", "excerpt"),
        ("gazette", "Two Rivers Gazette", "local", "full"),
        ("review", "Levant Review", "analysis", "full"),
        ("bulletin", "Alborz Bulletin", "state-media", "full"),
        ("desk", "The desk", "own", "full"),
    )
}


class Story(NamedTuple):
    """One article of the corpus; `body` has links as `(article:2020/01/02/slug)` and `(topic:iraq)`."""

    number: int
    id: str
    slug: str
    title: str
    day: str
    clock: str
    summary: str
    place: str
    tagged: tuple[tuple[str, float], ...]
    source: str
    voice: Voice
    copy_of: str
    shape: str
    body: str

    @property
    def folder(self) -> str:
        return self.day.replace("-", "/")

    @property
    def topics(self) -> tuple[str, ...]:
        return tuple(topic for topic, _ in self.tagged)


class Lexicon(NamedTuple):
    """The topics with all their forms, in the site's order; the first ones are in the news most."""

    topics: tuple[Topic, ...]
    weights: tuple[float, ...]


def lexicon() -> Lexicon:
    """Read the sample site's topics."""
    paths = sorted((REPOSITORY / "content/topics").glob("*.md"))
    topics = [
        topic
        for path in paths
        if (topic := parse_topic(f"content/topics/{path.name}", path.read_text("utf-8"), ParseOptions()).value)
    ]
    topics.sort(key=lambda topic: -len(topic.forms))
    return Lexicon(tuple(topics), tuple(1 / (2 + place) for place in range(len(topics))))


def stories(total: int, seed: int = 7) -> Iterator[Story]:
    """Yield the articles, oldest first."""
    words = lexicon()
    days = max(1, total // ARTICLES_A_DAY)
    earlier: list[Story] = []
    for number in range(total):
        day = (LAST_DAY - timedelta(days=days - 1 - number * days // total)).isoformat()
        chance = random.Random(f"{seed}/{number}")
        lead = earlier[-chance.randrange(1, 9)] if len(earlier) > 9 else None
        if lead and lead.day == day and not lead.copy_of and chance.random() < 0.05 / 0.8:
            story = _copy(number, lead, chance)
        else:
            story = _story(number, day, chance, words, earlier)
        earlier.append(story)
        del earlier[:-400]
        yield story


def _story(number: int, day: str, chance: random.Random, words: Lexicon, earlier: Sequence[Story]) -> Story:
    voice = chance.choice(OTHERS) if chance.random() < 0.10 else ENGLISH
    picked = chance.choices(words.topics, words.weights, k=chance.randrange(1, 5))
    topics = list({topic.id: topic for topic in picked}.values())
    forms = [chance.choice(_forms_for(topic, voice)) for topic in _dealt(topics, chance)]
    shape = chance.choice(tuple(SHAPES))
    source = chance.choices([key for key, _ in SOURCES], [share for _, share in SOURCES])[0]
    return Story(
        number=number,
        id=sha256(f"{day}/{number}".encode()).hexdigest()[:12],
        slug=f"report-{number:06d}",
        title=headline(voice, chance, forms),
        day=day,
        clock=f"{5 + number % 14:02d}:{chance.randrange(60):02d}",
        summary=f"{sentence(ENGLISH, chance)} {sentence(ENGLISH, chance)}",
        place=chance.choice(PLACES),
        tagged=tuple((topic.id, 20.0 - 4.5 * place) for place, topic in enumerate(topics)),
        source=source,
        voice=voice,
        copy_of="",
        shape=shape,
        body=body_of(
            shape, Matter(voice, chance, _sentences(voice, chance, forms, shape), _links(chance, earlier, topics))
        ),
    )


def _forms_for(topic: Topic, voice: Voice) -> list[str]:
    """Return the forms a writer of this language would use; any, where the topic has none in it."""
    arabic = [form.text for form in topic.forms if form.text > "\u0600"]
    if voice.dir == "rtl" and arabic:
        return arabic
    return [form.text for form in topic.forms if form.text < "\u0500"]


def _dealt(topics: Sequence[Topic], chance: random.Random) -> list[Topic]:
    """Return 3 to 8 topics to be named, each at least once where there is room."""
    total = chance.randrange(3, 9)
    return [topics[place] if place < len(topics) else chance.choice(topics) for place in range(total)]


# How many words a shape adds to the sentences by itself: its lists, table or quotations.
_OWN_WORDS = {"wire": 15, "report": 85, "table": 55, "roundup": 150, "statement": 75}


def _sentences(voice: Voice, chance: random.Random, forms: Sequence[str], shape: str) -> list[str]:
    named = [mention(voice, chance, form) for form in forms]
    wanted = WORDS + chance.randrange(-120, 121) - _OWN_WORDS[shape] - sum(text.count(" ") + 1 for text in named)
    texts: list[str] = []
    while wanted > 0:
        texts.append(sentence(voice, chance))
        wanted -= texts[-1].count(" ") + 1
    for text in named:
        texts.insert(chance.randrange(len(texts) + 1), text)
    return texts


def _links(chance: random.Random, earlier: Sequence[Story], topics: Sequence[Topic]) -> list[str]:
    query = "?edition=2&from=feed" if chance.random() < 0.3 else ""
    links = [f"[A fuller account](https://wire.example/{chance.randrange(10**6)}{query}) has the details"]
    if earlier and chance.random() < 0.35:
        before = chance.choice(earlier)
        links.append(f"The matter was [first reported earlier](article:{before.folder}/{before.slug})")
    if chance.random() < 0.25:
        links.append(f"There is [more on this](topic:{topics[0].id})")
    return links


def _copy(number: int, lead: Story, chance: random.Random) -> Story:
    """Return the same story as another outlet printed it: another title, the last paragraph gone."""
    outlet = chance.choice([key for key, _ in SOURCES if key not in (lead.source, "wire", "desk")])
    return lead._replace(
        number=number,
        id=sha256(f"{lead.day}/{number}".encode()).hexdigest()[:12],
        slug=f"report-{number:06d}",
        title=f"{lead.title} - {lead.place}",
        clock=f"{5 + number % 14:02d}:{chance.randrange(60):02d}",
        source=outlet,
        copy_of=lead.id,
        body=lead.body if lead.shape == "statement" else lead.body[: lead.body.rindex("\n\n")],
    )
