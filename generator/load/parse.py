"""One content file's text into its value: a pure function of path, text and options, so that a cache may keep it.

Whatever another file decides (whether a topic exists, a link's target) is `validate`'s matter.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from generator.digest import digest_of_bytes
from generator.errors import Diagnostic, did_you_mean
from generator.load.body import (
    content_path,
    files_of,
    in_site,
    links_of,
    note_all,
    note_unfit,
    read_body,
    with_content_paths,
)
from generator.load.fields import ARTICLE, BRIEFING, PAGE, SOURCE, TOPIC
from generator.model.article import Article, Image, SourceCredit, with_derived
from generator.model.briefing import ArrangedEntry, ArrangedSection, Briefing
from generator.model.extras import extras_of
from generator.model.page import ContentPage
from generator.model.source import Source
from generator.model.topic import Form, Topic
from generator.named import NamedTuple
from generator.text.block import Value
from generator.text.dates import is_day, zone_named
from generator.text.frontmatter import FENCE, read, split
from generator.text.html import first_words, opening_and_count, plain_text
from generator.text.noted import WrittenFile
from generator.text.records import Reading, Table, read_record
from generator.text.slug import is_slug, slug_of

if TYPE_CHECKING:
    from generator.text.outline import OutlineSection

ID_DIGITS = 12
_SECOND_BLOCK = re.compile(r"\s*---[ \t]*\n(?:[ \t]*[a-z_]+:.*\n)+---[ \t]*(?:\n|$)")
MOST_EXCERPT_WORDS = 1000

Read = TypeVar("Read")


class ParseOptions(NamedTuple):
    """What of the settings decides how a file reads: the site's zone, and how many words an excerpt may need."""

    zone: str = "UTC"
    opening_words: int = 60


class Parsed(NamedTuple, Generic[Read]):
    """A file's value (None where there is none), its body's HTML, the files it names with their lines, its faults.

    `headings` are the ids of the body's headings, to which links may lead.
    All of it can be packed as plain tuples. An article has a value even with errors, so that whatever else is wrong
    with it is told in the same run; it is never published.
    """

    value: Read | None
    html: str
    files: tuple[tuple[str, int], ...]
    faults: tuple[Diagnostic, ...]
    headings: tuple[str, ...] = ()


def parse_article(path: str, text: str, options: ParseOptions) -> Parsed[Article]:
    """Return the article in the file at `path`, relative to `content/`."""
    opened = _opened(path, text, ARTICLE, options)
    record, reading = opened.record, opened.reading
    told_of_held = "held" in opened.values and "held" not in record
    record["held"] = _still_held(record)
    if not ("date" in opened.values or record["held"] or told_of_held or opened.is_broken):
        reading.error(
            1,
            'An article needs "date": the day or moment of publication.',
            "Add the line date: 2020-01-02, with its own day.",
        )
    image, image_file = _image(path, record.pop("image", None), opened)
    body = read_body(path, opened.body, opened.body_line, reading)
    files = tuple(dict((*body.files, *image_file)).items())
    if opened.is_broken:
        return Parsed(None, "", (), tuple(reading.faults))
    opening, words = opening_and_count(body.html, options.opening_words)
    record.setdefault("id", digest_of_bytes(path.encode()).hex()[:ID_DIGITS])
    record.setdefault("slug", slug_of(_stem(path)))
    if "extra" in record:
        record["extra"] = extras_of(record["extra"])
    article = Article(
        path=path,
        title=record.pop("title", ""),
        date=record.pop("date", None),
        body=body.digest,
        opening=opening,
        words=words,
        image=image,
        links=body.links,
        files=tuple(name for name, _ in files),
        **record,
    )
    return Parsed(with_derived(article), body.html, files, tuple(reading.faults), body.headings)


def parse_topic(path: str, text: str, options: ParseOptions) -> Parsed[Topic]:
    """Return the topic in the file at `path`; its id is the file's name."""
    opened = _opened(path, text, TOPIC, options)
    record, reading = opened.record, opened.reading
    id = _id_of(path, "topic", reading)
    record["forms"], record["linked"] = _forms(opened)
    body = read_body(path, opened.body, opened.body_line, reading)
    if reading.has_errors:
        return Parsed(None, body.html, body.files, tuple(reading.faults), body.headings)
    topic = Topic(
        id=id,
        path=path,
        body=body.digest,
        opening=first_words(plain_text(body.html), options.opening_words),
        links=body.links,
        files=tuple(name for name, _ in body.files),
        **record,
    )
    return Parsed(topic, body.html, body.files, tuple(reading.faults), body.headings)


def parse_source(path: str, text: str, options: ParseOptions) -> Parsed[Source]:
    """Return the source in the file at `path`; its key is the file's name."""
    opened = _opened(path, text, SOURCE, options)
    record, reading = opened.record, opened.reading
    key = _id_of(path, "source", reading)
    if not 0 <= record.get("excerpt_words", 0) <= MOST_EXCERPT_WORDS:
        line = opened.values["excerpt_words"].line
        reading.error(line, f'"excerpt_words" must lie between 0 and {MOST_EXCERPT_WORDS:,}.')
    if reading.has_errors:
        return Parsed(None, "", (), tuple(reading.faults))
    record["domains"] = tuple(domain.lower() for domain in record.get("domains", ()))
    return Parsed(Source(key=key, path=path, **record), "", (), tuple(reading.faults))


def parse_page(path: str, text: str, options: ParseOptions) -> Parsed[ContentPage]:
    """Return the page in the file at `path`."""
    opened = _opened(path, text, PAGE, options)
    record, reading = opened.record, opened.reading
    body = read_body(path, opened.body, opened.body_line, reading)
    if reading.has_errors:
        return Parsed(None, body.html, body.files, tuple(reading.faults), body.headings)
    record.setdefault("slug", slug_of(_stem(path)))
    record["extra"] = extras_of(record.get("extra", ()))
    files = tuple(name for name, _ in body.files)
    page = ContentPage(path=path, body=body.digest, links=body.links, files=files, **record)
    return Parsed(page, body.html, body.files, tuple(reading.faults), body.headings)


def parse_briefing(path: str, text: str, options: ParseOptions) -> Parsed[Briefing]:
    """Return the briefing in the file at `path`; day and edition come from the file's name."""
    from generator.text.outline import outline

    opened = _opened(path, text, BRIEFING, options)
    reading = opened.reading
    day, _, edition = _stem(path).partition(".")
    if not is_day(day) or (edition and not is_slug(edition)):
        reading.error(0, "The file's name is not a day.", "Call it 2020-01-02.md, or 2020-01-02.morning.md.")
    note_unfit(opened.body, opened.body_line, reading)
    found = outline(opened.body, first_line=opened.body_line)
    note_all(found.faults, found.warnings, reading)
    links = links_of(path, found.links)
    files = files_of(path, found.files)
    if reading.has_errors:
        return Parsed(None, "", files, tuple(reading.faults), found.headings)
    sections = tuple(_section(path, section) for section in found.sections)
    briefing = Briefing(path=path, day=day, edition=edition, sections=sections, links=links, **opened.record)
    return Parsed(briefing, "", files, tuple(reading.faults), found.headings)


PARSE: Mapping[str, Callable[[str, str, ParseOptions], Parsed[Any]]] = {
    "article": parse_article,
    "topic": parse_topic,
    "source": parse_source,
    "briefing": parse_briefing,
    "page": parse_page,
}


class _Opened(NamedTuple):
    """A file taken apart; `values` are its keys as written, with their lines. A broken one has none, and no body."""

    record: dict[str, Any]
    values: Mapping[str, Value]
    body: str
    body_line: int
    reading: Reading
    is_broken: bool


def _opened(path: str, text: str, table: Table, options: ParseOptions) -> _Opened:
    reading = Reading(f"content/{path}", zone_named(options.zone))
    fences = split(text)
    if fences.fault is not None:
        reading.error(*fences.fault)
        return _Opened({}, {}, "", 1, reading, True)
    if fences.body.lstrip()[:3] == FENCE and _SECOND_BLOCK.match(fences.body):
        # Shown as text, its draft: true would publish what was meant to wait.
        reading.error(fences.body_line, "The text begins with a second block of front matter.", "Make one of the two.")
    values, faults = read(fences.front)
    for fault in faults:
        reading.error(*fault)
    record = {} if faults else read_record(values, table, reading, 1)
    return _Opened(record, values, fences.body, fences.body_line, reading, bool(faults))


def _stem(path: str) -> str:
    return posixpath.basename(path)[: -len(".md")]


def _id_of(path: str, sort: str, reading: Reading) -> str:
    id = _stem(path)
    if not is_slug(id):
        advice = f"Small letters, digits and hyphens can; call it {slug_of(id)}.md."
        reading.error(0, f'The file\'s name, "{id}", cannot be the id of a {sort}.', advice)
    return id


def _still_held(record: dict[str, Any]) -> tuple[str, ...]:
    """Return what an article still waits for: whatever was named missing and has been given since no longer counts."""
    reasons: tuple[str, ...] = record.get("held", ())
    credit = record.get("source", SourceCredit())
    waits = [reason for reason in reasons if not (record.get(reason) or getattr(credit, reason, ""))]
    # Whatever else it waits for, without a day it cannot stand in any briefing.
    return ("date", *waits) if waits and not record.get("date") and "date" not in waits else tuple(waits)


def _image(path: str, image: Image | None, opened: _Opened) -> tuple[Image | None, tuple[tuple[str, int], ...]]:
    """Return the picture with its place by content path, and the file to bring along where it lies beside the text."""
    if image is None or image.src.startswith(("/", "http:", "https:")):
        return image, ()
    written = WrittenFile(image.src, opened.values["image"].line)
    files = files_of(path, (written,))
    return image._replace(src=in_site(content_path(path, image.src))), files


def _forms(opened: _Opened) -> tuple[tuple[Form, ...], tuple[Form, ...]]:
    """Return a topic's forms, its names in other scripts among them, and those of them that become links."""
    record = opened.record
    cased: tuple[Form, ...] = record.pop("cased", ())
    names = tuple(Form(name) for _, name in record.get("names", ()))
    given: tuple[Form, ...] = (*record.get("forms", ()), *cased)
    if not given and "title" in record:
        given = (Form(record["title"]),)
    forms = tuple({form.text: form for form in (*names, *given)}.values())
    by_text = {form.text: form for form in forms}
    chosen = record.pop("link", None)
    if chosen is None:
        return forms, tuple(form for form in forms if form.cased or form.weight >= 1)
    written = opened.values["link"].value
    for text, (_, line) in zip(chosen, written if isinstance(written, list) else [opened.values["link"]], strict=True):
        if text not in by_text:
            message = f'"{text}" is to become a link, but is no form of the topic.{did_you_mean(text, by_text)}'
            opened.reading.error(line, message, "Add it to aliases or cased, or take it out of link.")
    return forms, tuple(by_text[text] for text in chosen if text in by_text)


def _section(path: str, section: OutlineSection) -> ArrangedSection:
    entries = tuple(
        ArrangedEntry(
            content_path(path, entry.target),
            with_content_paths(path, entry.note),
            tuple(content_path(path, also) for also in entry.also),
            entry.line,
        )
        for entry in section.entries
    )
    return ArrangedSection(section.title, section.anchor, with_content_paths(path, section.prose), entries)
