"""Score the reading of web pages beside trafilatura's precise mode."""

from __future__ import annotations

import gzip
import importlib.util
from collections.abc import Iterator

from bench.figures import body_head, body_row, facts_head, facts_row
from bench.scorers import Given, corpora, scored_pages
from bench.simple_ways import trafilatura_page
from bench.train_pages import read_unseen, samples
from generator.ingest.extracted import extract
from generator.ingest.raw import HTML, raw_item

UNSEEN = "dateline, sites left out"
SHIPPED = "dateline as shipped (has seen these pages)"
_BARS = {"title": "right .95", "date": "given .95, of given .97", "authors": "right .84"}


def pages() -> dict[str, bytes]:
    """Return the saved pages of the development set."""
    folder = corpora() / "extraction" / "html"
    return {path.name.removesuffix(".html.gz"): gzip.decompress(path.read_bytes()) for path in folder.glob("*.gz")}


def read(name: str, content: bytes) -> Given:
    """Return what Dateline gives for a page, as the scorer reads it."""
    found = extract(raw_item(f"{name}.html", content, HTML))
    return Given(found.body, found.as_json(), ".md")


def report() -> Iterator[str]:
    """Yield the lines of the table."""
    unseen = {UNSEEN: scored_pages(read_unseen(samples()))} if importlib.util.find_spec("sklearn") else {}
    found = {
        **unseen,
        SHIPPED: scored_pages({name: read(name, content) for name, content in pages().items()}),
        "trafilatura, precise mode": scored_pages(
            {name: trafilatura_page(content.decode("utf-8", "replace")) for name, content in pages().items()}
        ),
    }
    yield body_head()
    yield "body (bar on other sites: .958, aim .970)"
    for way, figures in found.items():
        yield body_row(way, figures["all"])
    yield facts_head()
    for field, bar in _BARS.items():
        for way, figures in found.items():
            yield facts_row(f"{field}: {way}", figures[field], bar if way == SHIPPED else "")
