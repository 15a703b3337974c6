"""Every key that content may hold, as data: parsing, the JSON Schemas and the documentation read these tables."""

from __future__ import annotations

from collections.abc import Mapping

from generator.load.kinds import (
    CASED_FORMS,
    CORRECTIONS,
    CREDIT,
    FORMS,
    INGESTED,
    NAMES,
    PICTURE,
    REASONS,
    SCORES,
    STATUSES,
)
from generator.model.article import CONFIDENCE
from generator.model.source import RIGHTS, SOURCE_KINDS
from generator.text.kinds import (
    ADDRESSES,
    ARTICLE_ID,
    DAY,
    INTEGER,
    KEY,
    KEYS,
    LANGUAGE,
    LINE,
    LINES,
    MOMENT,
    SLUG,
    SWITCH,
    TEXT,
    URL,
    one_of,
)
from generator.text.records import Field, Table

_OLD_ADDRESSES = Field("redirect_from", ADDRESSES, "addresses that lead here, such as /old/address/")
_CORRECTIONS = Field("corrections", CORRECTIONS, "dated corrections: at, kind, text")

ARTICLE = Table(
    "An article",
    Field("title", LINE, "the headline", required=True),
    Field("date", MOMENT, "the day or moment of publication, such as 2020-01-02T09:30+03:00"),
    Field("id", ARTICLE_ID, "12 hex digits that never change; made from the path when absent"),
    Field("slug", SLUG, "the last part of the address; the file's name when absent"),
    Field("updated", MOMENT, "when the text last changed in substance"),
    Field("summary", TEXT, "the standfirst: one or two sentences"),
    Field("dateline", LINE, "the place the report was filed from", attribute="place"),
    Field("topics", KEYS, "topics a person gave it, the main one first"),
    Field("topics_exclude", KEYS, "topics it must not have, by tag or link", attribute="excluded"),
    Field("tagged", SCORES, "topics the tagger gave it, with scores"),
    Field("source", CREDIT, "a key of content/sources/, or a mapping: key, name, url, author, published, archive_url"),
    Field("edition", DAY, "the day whose briefing it belongs to, when not its own"),
    Field("copy_of", LINE, "the id of the article that leads the same wire story"),
    Field("story", KEY, "the story over several days that it belongs to"),
    Field("weight", INTEGER, "higher comes first in its section"),
    Field("lang", LANGUAGE, "the language of title and text, when not the site's"),
    Field(
        "dir",
        one_of("a direction", ("ltr", "rtl")),
        "the direction of title and text",
    ),
    Field("draft", SWITCH, "true keeps it out of the site; previews show it"),
    Field("held", REASONS, "what is still missing before it may appear, such as [date, url]"),
    Field("publish_at", MOMENT, "from when on it appears"),
    Field("expire_at", MOMENT, "from when on it no longer appears"),
    _OLD_ADDRESSES,
    Field("image", PICTURE, "a picture: src, alt, credit"),
    _CORRECTIONS,
    Field("confidence", one_of("a confidence", CONFIDENCE), "how sure the report is"),
    Field("noindex", SWITCH, "true asks search engines to leave it out"),
    Field("ingest", INGESTED, "what ingest recorded of the raw file", attribute="provenance"),
    extras=True,
)
SOURCE = Table(
    "A source",
    Field("name", LINE, "the outlet's name", required=True),
    Field("home", URL, "its address"),
    Field("domains", LINES, "host names its reports stand at"),
    Field("kind", one_of("a kind of source", SOURCE_KINDS), "what sort of outlet it is"),
    Field("rights", one_of("rights", RIGHTS), "what may be shown of its reports"),
    Field("excerpt_words", INTEGER, "how many words of title, summary and body an excerpt may have"),
    Field("boilerplate", LINES, "lines that ingest removes from its reports"),
)
TOPIC = Table(
    "A topic",
    Field("title", LINE, "its name", required=True),
    Field("parent", KEY, "the topic it is part of"),
    Field("related", KEYS, "topics an editor puts beside it; shown where no report connects them"),
    Field("names", NAMES, "its name in other languages, such as ar: العراق"),
    Field("aliases", FORMS, "forms that name it in text; {Samarra: 0.9} gives a weight", attribute="forms"),
    Field("cased", CASED_FORMS, "forms that count only in this case"),
    Field("context", LINES, "words that strengthen a mention"),
    Field("exclude", LINES, "phrases that contain a form and mean something else", attribute="excluded"),
    Field("veto", LINES, "words beside which no mention counts"),
    Field("link", LINES, "the forms that become links, when not all of full weight"),
    Field("status", STATUSES, "where it is going: date, trend (better, worse, same), reason"),
    Field("reviewed", MOMENT, "when a person last read the backgrounder"),
    _CORRECTIONS,
    _OLD_ADDRESSES,
)
BRIEFING = Table(
    "A briefing",
    Field("title", LINE, "the day in a headline"),
    Field("as_of", MOMENT, "up to when it was written"),
    Field("lead", LINE, "the article that leads the day: its id, or a link to its file"),
    Field("takeaways", LINES, "what a reader in a hurry must know"),
    Field("order", KEYS, "topics in the order of their sections"),
    Field("closed", SWITCH, "true warns when anything new would enter the day"),
    _CORRECTIONS,
)
PAGE = Table(
    "A page",
    Field("title", LINE, "its heading", required=True),
    Field("slug", SLUG, "its address; the file's name when absent"),
    Field("summary", TEXT, "what it is about, for search engines"),
    Field("noindex", SWITCH, "true asks search engines to leave it out"),
    _OLD_ADDRESSES,
    extras=True,
)

TABLES: Mapping[str, Table] = {
    "article": ARTICLE,
    "topic": TOPIC,
    "source": SOURCE,
    "briefing": BRIEFING,
    "page": PAGE,
}
