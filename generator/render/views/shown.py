"""What a source's rights let a site show of an article: the one place where the cut is made.

Every view takes an article's words from here, so that no page, list, feed or description can show more.
"""

from __future__ import annotations

from generator.model.article import Article
from generator.model.source import Source, rights_of
from generator.named import NamedTuple
from generator.text.html import count_words, first_words

FULL = "full"
EXCERPT = "excerpt"
LINK = "link"
# A list shows about two lines of an article that has no standfirst of its own.
_LIST_WORDS = 40


class Shown(NamedTuple):
    """What may be shown. `summary` is for lists and descriptions, `standfirst` and `excerpt` for the article's page.

    `excerpt` is plain text, used where `rights` is `excerpt`; the body itself may be shown only where it is `full`.
    """

    rights: str
    summary: str
    standfirst: str
    excerpt: str


def shown(article: Article, source: Source | None) -> Shown:
    """Return what may be shown of an article from `source`; own writing has none and is shown in full.

    An excerpt's title, standfirst and text together stay within the source's `excerpt_words`. A text that begins with
    its standfirst is shown with those words once: in full without the standfirst, as an excerpt from where it ends.
    """
    rights = rights_of(article, source)
    if rights == LINK:
        return Shown(LINK, "", "", "")
    if rights == FULL:
        summary = article.summary or first_words(article.opening, _LIST_WORDS)
        return Shown(FULL, summary, "" if _begins_with_summary(article) else article.summary, "")
    words = source.excerpt_words if source is not None else Source("", "").excerpt_words
    left = max(0, words - count_words(article.title))
    standfirst = first_words(article.summary, left) if left else ""
    rest = left - count_words(article.summary)
    opening = article.opening
    if standfirst == article.summary and _begins_with_summary(article):
        opening = opening[len(standfirst) :].lstrip()
    excerpt = first_words(opening, rest) if rest > 0 else ""
    summary = standfirst or (first_words(article.opening, min(left, _LIST_WORDS)) if left else "")
    return Shown(EXCERPT, summary, standfirst, excerpt)


def _begins_with_summary(article: Article) -> bool:
    """Say whether the text begins with the words of its standfirst, which nobody should have to read twice."""
    rest = article.opening.removeprefix(article.summary)
    return len(rest) < len(article.opening) and (not rest or rest[0].isspace())
