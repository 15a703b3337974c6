"""Say how long one text, one page and one article take, in processor time, once everything is loaded."""

from __future__ import annotations

import contextlib
import io
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

from bench.corpus import stories
from bench.score_html import pages, read
from bench.scorers import corpora, rows
from bench.simple_ways import trafilatura_page
from bench.train_cleaner import RENDERINGS, cleaned, texts
from generator.cli.ingest_values import tagging_values
from generator.ingest.duplicates import report as compared
from generator.ingest.duplicates import same_stories
from generator.ingest.tag import tag, tagger

_RUNS = 3
_MANY = 10_000


def report() -> Iterator[str]:
    """Yield the lines of the table."""
    for rendering in RENDERINGS:
        each = [_seconds(partial(cleaned, text)) * 1000 for text in texts(rendering).values()]
        yield _row(f"a text, {rendering}", each, "10 ms")
    found = list(pages().items())
    # The first page loads the libraries, which took a tenth of the mean of all.
    read(*found[0])
    each = [_seconds(partial(read, *page), 1) * 1000 for page in found]
    yield _row("a web page", each, "50 ms")
    raws = [page.decode("utf-8", "replace") for _, page in found]
    trafilatura_page(raws[0])
    alone = [_seconds(partial(trafilatura_page, raw), 1) * 1000 for raw in raws]
    yield _row("the same by trafilatura, precise mode", alone)
    yield from _tagging()
    yield _copies()


def _tagging() -> Iterator[str]:
    file = corpora() / "topics" / "reuters_places.jsonl"
    if not file.is_file():
        return
    with contextlib.redirect_stderr(io.StringIO()):
        by = tagger(*tagging_values(Path())[:2])
    articles = [(row["title"], row["body"]) for row in rows(file)]
    seconds = _seconds(lambda: [tag(title, body, by) for title, body in articles])
    words = sum(len(body.split()) for _, body in articles) / len(articles)
    yield f"{'tagging':<46}{len(articles) / seconds:>7,.0f} articles/s of {words:.0f} words   bar 3,000"


def _copies() -> str:
    """Say how long it takes to find the copies among many articles of the benchmark's corpus, as ingest finds them."""
    articles = list(stories(_MANY))
    begin = time.process_time()
    pairs = same_stories([compared(one.id, one.day, one.title, one.body) for one in articles])
    seconds = time.process_time() - begin
    leads = {one.id: one.copy_of for one in articles if one.copy_of}
    right = sum(leads.get(copy) == lead for copy, lead in pairs)
    return (
        f"{'wire copies, articles of the benchmark':<46}{_MANY:,} in {seconds:.1f} s, "
        f"{right} of {len(leads)} copies found, {len(pairs) - right} others   bar 4 s"
    )


def _seconds(work: Callable[[], object], runs: int = _RUNS) -> float:
    """Return the least processor time of some runs: what the work takes when nothing else disturbs it."""
    took = []
    for _ in range(runs):
        begin = time.process_time()
        work()
        took.append(time.process_time() - begin)
    return min(took)


def _row(what: str, each: list[float], bar: str = "") -> str:
    mean = sum(each) / len(each)
    told = f"{what:<46}mean {mean:>5.1f} ms   median {median(each):>5.1f}   longest {max(each):>6.1f}"
    return f"{told}   bar {bar}" if bar else told
