"""What an article's page shows of its words."""

from __future__ import annotations

import pytest

from generator.model.article import Article, SourceCredit
from generator.model.source import Source
from generator.render.views.shown import shown

TITLE = "Storm passes"
SENTENCE = "A second low will pass north of the coast."
TEXT = f"{SENTENCE} It had been feared to turn south, and the harbour was closed."

SHOWN = {
    "a summary of its own, in full": ("full", 60, "Words of our own.", "Words of our own.", ""),
    "the first sentence again, in full": ("full", 60, SENTENCE, "", ""),
    "a summary of its own, as an excerpt": ("excerpt", 10, "Words.", "Words.", "A second low will pass north of…"),
    "the first sentence again, as an excerpt": ("excerpt", 15, SENTENCE, SENTENCE, "It had been feared…"),
    "the whole text again, as an excerpt": ("excerpt", 60, TEXT, TEXT, ""),
    "half of a word": ("excerpt", 9, "A sec", "A sec", "A second low will pass…"),
    "a summary that is cut": ("excerpt", 5, SENTENCE, "A second low…", ""),
}


@pytest.mark.parametrize("name", SHOWN)
def test_no_words_are_shown_twice(name: str) -> None:
    """A text that begins with its standfirst is shown with those words once, and within its source's rights."""
    rights, words, summary, standfirst, excerpt = SHOWN[name]
    article = Article(
        "a.md", "0123456789ab", TITLE, None, "a", b"", opening=TEXT, summary=summary, source=SourceCredit("wire")
    )

    found = shown(article, Source("wire", "Wire", rights=rights, excerpt_words=words))

    assert (standfirst, excerpt) == (found.standfirst, found.excerpt)
    assert found.summary
