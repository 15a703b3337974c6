"""Small values of views made from the model's: links, dates, corrections."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from unicodedata import bidirectional

from generator.model import route
from generator.model.article import Article, Correction, Extras
from generator.model.site import address_of
from generator.model.source import Source
from generator.model.topic import Topic
from generator.named import NamedTuple
from generator.render.views.frame import CorrectionLine, DateText, Link, TopicLink
from generator.text.dates import ENGLISH, Calendar, Moment, day_short, day_words, month_words

_RIGHT_TO_LEFT = frozenset(("ar", "fa", "he", "ur", "ps", "ckb", "sd", "ug", "yi", "dv"))

# The classes of characters that have a direction of their own, in Unicode's words.
_WRITTEN = {"L": "ltr", "R": "rtl", "AL": "rtl"}


class Around(NamedTuple):
    """What every view needs to know of the site around it.

    `base` is "" or "/briefs"; `url` is the absolute base with its last `/`; `language` is the site's. `calendar` is
    the theme's where it is not the English one.
    """

    base: str
    url: str
    title: str
    language: str
    preview: bool = False
    calendar: Calendar | None = None

    def href(self, address: str) -> str:
        """Return an address as a link on a page of the site."""
        return self.base + address

    def absolute(self, address: str) -> str:
        """Return an address with scheme and host, for feeds and `canonical`."""
        return self.url + address[1:]


def calendar_of(strings: Extras) -> Calendar | None:
    """Return how a theme's strings call days and months, None where they do as in English."""
    calendar = Calendar(
        tuple(strings.get(f"month_{place:02d}", name) for place, name in enumerate(ENGLISH.months, start=1)),
        tuple(strings.get(f"weekday_{place}", name) for place, name in enumerate(ENGLISH.weekdays, start=1)),
        strings.get("day_long", ENGLISH.long),
        strings.get("day_short", ENGLISH.short),
        strings.get("of_month", ENGLISH.of_month),
    )
    return calendar if calendar != ENGLISH else None


@lru_cache(maxsize=4096)
def date_text(moment: Moment, calendar: Calendar | None) -> DateText:
    """Return a moment in words."""
    return day_text(moment.day, calendar)._replace(iso=moment.iso, time=moment.clock)


@lru_cache(maxsize=4096)
def day_text(day: str, calendar: Calendar | None) -> DateText:
    """Return a day (`2020-01-02`) in words."""
    words = calendar or ENGLISH
    return DateText(day, day_words(day, words), day_short(day, words))


def month_text(month: str, calendar: Calendar | None) -> str:
    """Return a month (`2020-01`) in words."""
    return month_words(month, calendar or ENGLISH)


def optional_date(moment: Moment | None, calendar: Calendar | None) -> DateText | None:
    """Return a moment in words, None where there is none."""
    return date_text(moment, calendar) if moment is not None else None


def topic_link(around: Around, topic: Topic) -> TopicLink:
    """Return a topic as other pages name it."""
    return TopicLink(topic.id, topic.title, around.href(route.topic(topic.id)))


def correction_lines(
    corrections: Iterable[Correction], calendar: Calendar | None, subject: str = "", href: str = ""
) -> tuple[CorrectionLine, ...]:
    """Return corrections newest first; `subject` and `href` name the corrected thing on pages other than its own."""
    newest_first = sorted(corrections, key=lambda correction: correction.at, reverse=True)
    return tuple(
        CorrectionLine(date_text(correction.at, calendar), correction.kind, correction.text, subject, href)
        for correction in newest_first
    )


def language_of(article: Article, around: Around) -> tuple[str, str]:
    """Return an article's language and direction, "" for each where it is the site's."""
    lang = "" if article.lang == around.language else article.lang
    return lang, article.dir or direction_of(lang) or _turned(article.title, around.language)


def direction_of(lang: str) -> str:
    """Return `rtl` for a language written from right to left, "" for the site's own, `ltr` for any other."""
    if not lang:
        return ""
    return "rtl" if lang.split("-", maxsplit=1)[0] in _RIGHT_TO_LEFT else "ltr"


def _turned(text: str, language: str) -> str:
    """Return the direction of a text whose first letter runs against the site's language; "" where it does not."""
    if text.isascii() and direction_of(language) != "rtl":
        return ""
    written = next((_WRITTEN[kind] for kind in map(bidirectional, text) if kind in _WRITTEN), "")
    return "" if written == (direction_of(language) or "ltr") else written


def credit_of(article: Article, source: Source | None) -> str:
    """Return the outlet's name as readers see it; "" for own writing."""
    if source is not None:
        return source.name
    return article.source.name or article.source.key


def copy_links(copies: Iterable[tuple[Article, Source | None]], around: Around) -> tuple[Link, ...]:
    """Return the outlets that carried the same story, each with a link to its report here."""
    return tuple(
        Link(credit_of(article, source) or article.title, around.href(address_of(article)))
        for article, source in copies
    )
