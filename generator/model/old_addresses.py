"""Where old addresses lead: those that files name, and those that come along with a topic's old address."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from generator.model import route
from generator.model.article import Article
from generator.model.topic import Topic
from generator.named import NamedTuple

_TOPIC = re.compile(rf"{route.TOPICS}([a-z0-9-]+)/?")
_MONTH = re.compile(rf"{route.TOPICS}([a-z0-9-]+)/(\d{{4}})/(\d\d)/?")

Months = Mapping[str, Collection[str]]


class Old(NamedTuple):
    """One old address, where it leads, and the content path of the file that says so."""

    old: str
    new: str
    path: str


def months_of(articles: Iterable[Article]) -> dict[str, list[str]]:
    """Return the months in which each topic has articles, in order: those of which it has a listing."""
    found: dict[str, set[str]] = {}
    for article in articles:
        if article.date is not None:
            for topic in article.own_topics:
                found.setdefault(topic, set()).add(article.date.day[:7])
    return {topic: sorted(months) for topic, months in found.items()}


def of_topic(topic: Topic, months: Months) -> Iterator[Old]:
    """Yield the old addresses of a topic: with its own go the months it has listings of, and its feed.

    An address at which the listing of a month stands again is no old one.
    """
    own = months.get(topic.id, ())
    for old in topic.redirect_from:
        month = _MONTH.fullmatch(old)
        if month is None:
            yield Old(old, route.topic(topic.id), topic.path)
        elif f"{month[2]}-{month[3]}" not in months.get(month[1], ()):
            name = f"{month[2]}-{month[3]}"
            new = route.topic_month(topic.id, name) if name in own else route.topic(topic.id)
            yield Old(old, new, topic.path)
    told = {old if old.endswith("/") else f"{old}/" for old in topic.redirect_from}
    for id in earlier_ids(topic):
        for name in own:
            if route.topic_month(id, name) not in told:
                yield Old(route.topic_month(id, name), route.topic_month(topic.id, name), topic.path)
        yield Old(route.topic_feed(id), route.topic_feed(topic.id), topic.path)


def earlier_ids(topic: Topic) -> list[str]:
    """Return the ids under which a topic stood before, by its old addresses."""
    found = (_TOPIC.fullmatch(old) for old in topic.redirect_from)
    return [each[1] for each in found if each and each[1] != topic.id]
