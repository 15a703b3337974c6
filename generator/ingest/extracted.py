"""Find the article in a raw item, a page or a text: `dateline extract` writes it, `dateline ingest` builds on it."""

from __future__ import annotations

from generator.collector import uncollected
from generator.errors import IngestError
from generator.ingest import metadata
from generator.ingest.clean import clean
from generator.ingest.commonmark import body_of, body_of_text
from generator.ingest.extract import from_page
from generator.ingest.fit import fit
from generator.ingest.found import Extracted
from generator.ingest.raw import HTML, RawItem
from generator.ingest.trees import Trees
from generator.text.addresses import host_of, split_url

__all__ = ["Extracted", "extract", "from_text"]


@uncollected()
def extract(item: RawItem, *, latest: str = "", boilerplate: frozenset[str] = frozenset()) -> Extracted:
    """Return the article in a raw item, fit for a content file; `latest` is the last day a page's date may name."""
    found = _found(item, latest, boilerplate)
    return fit(_with_stated(found, item, latest)._replace(doubtful=(*item.doubtful, *found.doubtful)))


def _address(own: str, came_from: str) -> str:
    """Return a report's address: what its page says of itself, if that is a page of where it came from."""
    if not own or not came_from:
        return own or came_from
    return own if host_of(own) == host_of(came_from) and split_url(own).path.strip("/") else came_from


def _found(item: RawItem, latest: str, boilerplate: frozenset[str]) -> Extracted:
    if item.kind != HTML:
        if item.is_bare:
            return _in_plain(item, None, latest, boilerplate) or Extracted(doubtful=("body: no article was found",))
        return from_text(item.text, latest=latest, boilerplate=boilerplate)
    try:
        found = from_page(item.text, latest=latest)
    except IngestError:
        in_plain = _in_plain(item, None, latest, boilerplate)
        if in_plain is None:
            raise
        return in_plain
    return (_in_plain(item, found, latest, boilerplate) if item.plain else None) or found


def _in_plain(item: RawItem, found: Extracted | None, latest: str, boilerplate: frozenset[str]) -> Extracted | None:
    """Return what is found in an item's plain text, where that is more than was found in its page."""
    words = len(found.body.split()) if found is not None else 0
    if item.is_bare and len(item.plain.split()) > 2 * words:
        lines = tuple(line for line in item.plain.split("\n") if line.strip())
        language = metadata.language_of(" ".join(lines))
        return Extracted(
            language=language, body=body_of_text(item.plain), place=metadata.dateline_of(lines[0]) if lines else ""
        )
    if item.plain and not item.is_bare:
        other = from_text(item.plain, latest=latest, boilerplate=boilerplate)
        return other if len(other.body.split()) > 2 * words else None
    return None


def _with_stated(found: Extracted, item: RawItem, latest: str) -> Extracted:
    """Return what was found with what the item's wrapping states, which knows better than the text."""
    stated = item.stated
    is_dated = bool(stated.date) and (not latest or stated.date[:10] <= latest)
    return found._replace(
        title=stated.title or found.title,
        dek=stated.summary or found.dek,
        date=stated.date if is_dated else found.date,
        moment="" if is_dated else found.moment,
        authors=stated.authors or found.authors,
        language=found.language or stated.language,
        url=_address(found.url, stated.url),
        source=stated.site or found.source,
    )


@uncollected()
def from_text(
    text: str, *, latest: str = "", boilerplate: frozenset[str] = frozenset(), learned: Trees | None = None
) -> Extracted:
    """Return the article in a plain text; `learned` are other trees than the package's to judge its lines by."""
    article = clean(text, boilerplate, learned)
    paragraphs = tuple(block.text for block in article.blocks)
    stated = metadata.date_of_head(article.head, latest)
    inferred = []
    source = metadata.source_around(article.around, paragraphs)
    if source:
        inferred.append(("source", source))
    return Extracted(
        title=article.title,
        dek=article.dek,
        date=stated,
        authors=metadata.authors_of_head(article.head),
        language=metadata.language_of(" ".join(paragraphs)),
        source="",
        body=body_of(article.blocks),
        place=metadata.dateline_of(paragraphs[0]) if paragraphs else "",
        doubtful=article.doubtful,
        dropped=article.dropped,
        inferred=tuple(inferred),
        evidence=metadata.day_words(paragraphs),
    )
