"""A raw item as a clean article that has no place yet: `dateline extract` writes it, `dateline ingest` builds on it."""

from __future__ import annotations

from typing import Any, NamedTuple

from generator.ingest import metadata
from generator.ingest.clean import Dropped, clean
from generator.ingest.commonmark import body_of
from generator.ingest.raw import HTML, RawItem
from generator.ingest.trees import Trees


class Extracted(NamedTuple):
    """What was found in a raw item; "" and () for what it does not say, never a guess.

    `body` is CommonMark; `inferred` maps a field to what was concluded without being stated; `evidence` are words of
    the raw text that speak for a date or a source, for a person to judge.
    """

    title: str = ""
    dek: str = ""
    date: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    url: str = ""
    source: str = ""
    body: str = ""
    place: str = ""
    doubtful: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    inferred: tuple[tuple[str, str], ...] = ()
    evidence: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the fields a program reads, null for what is not known."""
        return {
            "title": self.title or None,
            "dek": self.dek or None,
            "date": self.date or None,
            "authors": list(self.authors) or None,
            "language": self.language or None,
            "url": self.url or None,
            "source": self.source or None,
            "inferred": dict(self.inferred),
            "doubtful": list(self.doubtful),
            "dropped": {cut.kind: list(cut.lines) for cut in self.dropped},
            "evidence": list(self.evidence),
        }

    @property
    def cut(self) -> int:
        """How many lines or pieces were cut."""
        return sum(len(cut.lines) for cut in self.dropped)


def extract(item: RawItem, *, latest: str = "", boilerplate: frozenset[str] = frozenset()) -> Extracted:
    """Return the article in a raw item; `latest` is the last day a page's date may name."""
    if item.kind == HTML:
        # Imported only here, because a page needs libraries that a text does not.
        from generator.ingest.extract import from_page

        found = from_page(item.text, latest=latest)
    else:
        found = from_text(item.text, latest=latest, boilerplate=boilerplate)
    return _with_stated(found, item)._replace(doubtful=(*item.doubtful, *found.doubtful))


def _with_stated(found: Extracted, item: RawItem) -> Extracted:
    """Return what was found with what the item's wrapping states, which knows better than the text."""
    stated = item.stated
    return found._replace(
        title=stated.title or found.title,
        dek=stated.summary or found.dek,
        date=stated.date or found.date,
        authors=stated.authors or found.authors,
        language=found.language or stated.language,
        url=stated.url or found.url,
        source=stated.site or found.source,
    )


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
