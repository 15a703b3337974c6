"""Which topic of a site a tag means: by its id, its title, its names or one of its forms."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from generator.model.topic import Topic
from generator.named import NamedTuple
from generator.text.slug import slug_of


class TopicNames(NamedTuple):
    """What names the topics of a site: words in small letters, and forms that count only as they are written."""

    folded: Mapping[str, str]
    cased: Mapping[str, str]

    def topic_of(self, tag: str) -> str:
        """Return the id of the topic a tag means, "" for none; of a nested tag any part may name it, the last first."""
        bare = " ".join(tag.split()).lstrip("#")
        for part in dict.fromkeys((bare, *reversed(bare.split("/")))):
            for words in (part, part.replace("-", " ").replace("_", " "), slug_of(part)):
                found = self.cased.get(words) or self.folded.get(_folded(words))
                if found:
                    return found
        return ""


def topic_names(topics: Iterable[Topic]) -> TopicNames:
    """Return the names of the topics; where two share one, it means the first in the site's order."""
    ordered = tuple(topics)
    folded: dict[str, str] = {}
    cased: dict[str, str] = {}
    for topic in ordered:
        folded.setdefault(topic.id, topic.id)
        folded.setdefault(_folded(topic.title), topic.id)
    for topic in ordered:
        for _, name in topic.names:
            folded.setdefault(_folded(name), topic.id)
        for form in topic.forms:
            (cased if form.cased else folded).setdefault(form.text if form.cased else _folded(form.text), topic.id)
    return TopicNames(folded, cased)


def _folded(words: str) -> str:
    return unicodedata.normalize("NFKC", words).casefold()
