"""The page of one article."""

from __future__ import annotations

import json

from generator.model.article import Article, Provenance
from generator.model.site import address_of
from generator.model.source import Source
from generator.named import NamedTuple
from generator.render.views.entry import Entry, marks_of
from generator.render.views.frame import Body, Link, Page, TopicLink
from generator.render.views.kinds import ArticleView, ImageView, ProvenanceView
from generator.render.views.shown import FULL, Shown
from generator.render.views.words import Around, correction_lines, credit_of, language_of, optional_date
from generator.text.html import first_words

# Search engines show about this much of a description.
_DESCRIPTION_WORDS = 40
# Made once: the library makes an encoder for every value where it is asked for other signs than its own.
_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Reported(NamedTuple):
    """An article with what belongs to it: its outlet, its topics, and its words and body as far as rights let them."""

    article: Article
    source: Source | None
    topics: tuple[TopicLink, ...]
    words: Shown
    body: Body | None


class Neighbours(NamedTuple):
    """What an article's page shows of others: all of it names other articles as lists do."""

    copy_of: Entry | None
    also: tuple[Link, ...]
    earlier: tuple[Entry, ...]
    linked_from: tuple[Entry, ...]
    edition: Link | None
    previous: Link | None
    next: Link | None


def article_page(around: Around, reported: Reported, neighbours: Neighbours) -> tuple[Page, ArticleView]:
    """Return the page of an article."""
    article, source, words = reported.article, reported.source, reported.words
    address = address_of(article)
    lang, direction = language_of(article, around)
    description = first_words(words.summary, _DESCRIPTION_WORDS)
    page = Page(
        kind="article",
        address=address,
        canonical=around.absolute(address),
        title=article.title,
        description=description,
        lang=lang,
        dir=direction,
        noindex=article.noindex or bool(article.held) or article.draft,
        trail=(neighbours.edition,) if neighbours.edition is not None else (),
        structured=structured_of(around, article, source, description),
        published=article.date.iso if article.date else "",
    )
    return page, _view(around, reported, neighbours)


def _view(around: Around, reported: Reported, neighbours: Neighbours) -> ArticleView:
    article, source, topics, words, body = reported
    return ArticleView(
        id=article.id,
        title=article.title,
        summary=words.standfirst,
        date=optional_date(article.date, around.calendar),
        updated=optional_date(article.updated, around.calendar),
        place=article.place,
        topics=topics,
        source=credit_of(article, source),
        source_kind=source.kind if source is not None else "",
        author=article.source.author,
        original=article.source.url,
        rights=words.rights,
        body=body,
        image=image_of(around, article) if words.rights == FULL else None,
        confidence=article.confidence,
        corrections=correction_lines(article.corrections, around.calendar),
        copy_of=neighbours.copy_of,
        also=neighbours.also,
        earlier=neighbours.earlier,
        linked_from=neighbours.linked_from,
        edition=neighbours.edition,
        previous=neighbours.previous,
        next=neighbours.next,
        provenance=provenance_of(article),
        extra=article.extra,
        marks=marks_of(article),
        reasons=article.held,
    )


def image_of(around: Around, article: Article) -> ImageView | None:
    """Return the picture of an article with its address in the site."""
    image = article.image
    if image is None:
        return None
    if image.src.startswith("https://"):
        src = image.src
    elif image.src.startswith("/"):
        src = around.href(image.src)
    else:
        src = around.href(address_of(article) + image.src.rsplit("/", 1)[-1])
    return ImageView(src, image.alt, image.credit)


def provenance_of(article: Article) -> ProvenanceView | None:
    """Return where an article's text came from, None for what was never ingested and names no original."""
    recorded = article.provenance
    if recorded == Provenance() and not article.source.url:
        return None
    return ProvenanceView(
        article.source.url, article.source.archive_url, recorded.retrieved, recorded.sha256, recorded.inferred
    )


def structured_of(around: Around, article: Article, source: Source | None, description: str) -> str:
    """Return the page as schema.org's NewsArticle in JSON; "" without a date, which that type must have."""
    if article.date is None:
        return ""
    facts: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "datePublished": article.date.iso,
        "url": around.absolute(address_of(article)),
        "publisher": {"@type": "Organization", "name": around.title, "url": around.url},
    }
    if article.updated is not None:
        facts["dateModified"] = article.updated.iso
    if description:
        facts["description"] = description
    credit = credit_of(article, source)
    if credit:
        facts["sourceOrganization"] = {"@type": "Organization", "name": credit}
    if article.source.url:
        facts["isBasedOn"] = article.source.url
    if article.source.author:
        facts["author"] = {"@type": "Person", "name": article.source.author}
    return _as_json(facts)
