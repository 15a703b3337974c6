"""An article: the values its file gives, and what a person may write there."""

from __future__ import annotations

from typing import Any

from generator.digest import digest_of
from generator.named import NamedTuple
from generator.text.dates import Moment

CONFIDENCE = ("confirmed", "single-source", "unconfirmed", "disputed")
CORRECTION_KINDS = ("corrected", "clarified", "updated", "withdrawn")


class Extras(tuple[tuple[str, Any], ...]):
    """Values passed through to templates by name (`x_*` keys, theme options): frozen pairs, read as attributes.

    Values are text, numbers, booleans, None, tuples of these, or Extras.
    """

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        for key, value in self:
            if key == name:
                return value
        raise AttributeError(name)

    def get(self, name: str, default: Any = None) -> Any:
        """Return the value named `name`, else `default`."""
        for key, value in self:
            if key == name:
                return value
        return default


class Correction(NamedTuple):
    """One dated word on what was wrong; `kind` is one of CORRECTION_KINDS."""

    at: Moment
    kind: str
    text: str


class Image(NamedTuple):
    """The picture of an article; `src` is a file beside it, a path of the site, or an https address."""

    src: str
    alt: str
    credit: str


class SourceCredit(NamedTuple):
    """Where one article comes from: a key of `content/sources/` or a name given in place.

    With key "" and name "" the article is own writing.
    """

    key: str = ""
    name: str = ""
    url: str = ""
    author: str = ""
    published: str = ""
    archive_url: str = ""


class Provenance(NamedTuple):
    """What ingest recorded of a raw file."""

    tool: str = ""
    sha256: str = ""
    retrieved: str = ""
    inferred: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    cut: int = 0
    evidence: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


class BodyLink(NamedTuple):
    """A link an author wrote: `target` is a content path (`articles/2020/01/02/slug.md`), `fragment` a heading's id.

    In the body's HTML it stands as `href="dateline:articles/2020/01/02/slug.md#fragment"` until addresses are known.
    """

    target: str
    fragment: str
    line: int


class Article(NamedTuple):
    """One article as its file states it, its body left where it was parsed.

    `path` is relative to `content/`. `opening` is the first words of the body as plain text, enough for any excerpt;
    `words` counts the whole body. `files` are the content paths of pictures and documents its body or its image refers
    to: they travel with its page. `topics` are a person's pins, `tagged` the machine's topics with scores, best first.
    """

    path: str
    id: str
    title: str
    date: Moment | None
    slug: str
    body: bytes
    opening: str = ""
    words: int = 0
    updated: Moment | None = None
    summary: str = ""
    place: str = ""
    topics: tuple[str, ...] = ()
    tagged: tuple[tuple[str, float], ...] = ()
    excluded: tuple[str, ...] = ()
    source: SourceCredit = SourceCredit()
    edition: str = ""
    copy_of: str = ""
    story: str = ""
    weight: int = 0
    lang: str = ""
    dir: str = ""
    draft: bool = False
    held: tuple[str, ...] = ()
    publish_at: Moment | None = None
    expire_at: Moment | None = None
    redirect_from: tuple[str, ...] = ()
    image: Image | None = None
    corrections: tuple[Correction, ...] = ()
    confidence: str = ""
    noindex: bool = False
    extra: Extras = Extras()
    provenance: Provenance = Provenance()
    links: tuple[BodyLink, ...] = ()
    files: tuple[str, ...] = ()
    own_topics: tuple[str, ...] = ()
    reference: bytes = b""
    digest: bytes = b""


def with_derived(article: Article) -> Article:
    """Return the article with what follows from its other values, worked out once.

    `own_topics` are its topics, main one first: pins, then tags by score, less what a person excluded. `reference` is
    the digest of all that other pages may show of it, `digest` that of everything.
    """
    ranked = dict.fromkeys((*article.topics, *(topic for topic, _ in article.tagged)))
    own_topics = tuple(topic for topic in ranked if topic not in article.excluded)
    reference = digest_of(
        article.id,
        article.title,
        article.date,
        article.slug,
        article.summary or article.opening,
        article.source,
        own_topics,
        article.lang,
        article.dir,
        article.confidence,
        bool(article.corrections),
        article.draft,
        article.held,
    )
    return article._replace(own_topics=own_topics, reference=reference, digest=digest_of(article))
