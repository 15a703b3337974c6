"""What a reader, or a reader's software, would miss on a page: language, title, first heading, words for pictures."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.html import PageFacts
from generator.errors import WARNING, Diagnostic


def page_faults(path: str, page: PageFacts) -> Iterator[Diagnostic]:
    """Yield the faults of one page; a page that only redirects needs no heading."""
    if not page.lang:
        yield Diagnostic(path, 0, "The page does not say its language.", "Give its html element a lang.")
    if not page.title:
        yield Diagnostic(path, 0, "The page has no title.", "Give its head a title with words in it.")
    if not page.redirects:
        yield from _heading_faults(path, page)
    for name, line in page.repeated_ids:
        yield Diagnostic(
            path, line, f'The id "{name}" stands twice on this page.', "A link can lead to one of them only."
        )
    for line in page.images_without_alt:
        advice = 'Say what it shows; alt="" when it shows nothing that matters.'
        yield Diagnostic(path, line, "A picture has no alt text.", advice)
    for line in page.wordless_links:
        yield Diagnostic(path, line, "A link has no words.", "Put words in it, or an aria-label on it.")


def _heading_faults(path: str, page: PageFacts) -> Iterator[Diagnostic]:
    first = [heading for heading in page.headings if heading.level == 1]
    if not first:
        yield Diagnostic(path, 0, "The page has no first heading (h1).", "Every page begins with what it is about.")
    for heading in first[1:]:
        advice = "One first heading says what a page is about."
        yield Diagnostic(path, heading.line, "The page has a second first heading (h1).", advice, WARNING)
    for above, below in zip(page.headings, page.headings[1:], strict=False):
        if below.level > above.level + 1:
            message = f"An h{below.level} follows an h{above.level}; a level is missing between them."
            yield Diagnostic(path, below.line, message, f"Make it an h{above.level + 1}.", WARNING)
