"""Score the cleaner of plain text, with its trees as they ship and with trees that never saw a page's site."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Mapping

from bench.figures import body_head, body_row, facts_head, facts_row
from bench.scorers import Given, scored_pages
from bench.simple_ways import WAYS
from bench.train_cleaner import RENDERINGS, cleaned, cleaned_unseen, samples, texts

UNSEEN = "dateline, sites left out"
SHIPPED = "dateline as shipped (has seen these pages)"
BARS = {"seedlike": ".945, aim .970", "full": ".925, aim .955", "lynx": ".910, aim .945"}
TITLE_BARS = {"seedlike": "right .72, of given .97", "full": "right .85, of given .97"}
DATE_BARS = {"full": "given .80, of given .97"}


def report() -> Iterator[str]:
    """Yield the lines of the table."""
    unseen = cleaned_unseen(samples()) if importlib.util.find_spec("sklearn") else {}
    found = {rendering: _scored(rendering, unseen) for rendering in RENDERINGS}
    yield body_head()
    for rendering, by_way in found.items():
        yield f"{rendering} (bar on other sites: {BARS[rendering]})"
        for way, figures in by_way.items():
            yield body_row(way, figures["all"])
        ceiling = next(iter(by_way.values()))["all"]["ceiling_f1"]
        yield f"  {'ceiling: the best choice of lines':<44}{ceiling:>6.3f}"
    yield facts_head()
    for field, bars in (("title", TITLE_BARS), ("date", DATE_BARS), ("authors", {})):
        for rendering, by_way in found.items():
            for way in (UNSEEN, SHIPPED):
                if way in by_way:
                    yield facts_row(f"{field}, {rendering}: {way}", by_way[way][field], bars.get(rendering, ""))


def _scored(rendering: str, unseen: Mapping[str, Mapping[str, Given]]) -> dict[str, dict[str, dict[str, float]]]:
    pages = texts(rendering)
    given: dict[str, Mapping[str, Given]] = {}
    if unseen:
        given[UNSEEN] = unseen[rendering]
    given[SHIPPED] = {page: cleaned(text) for page, text in pages.items()}
    for name, way in WAYS.items():
        given[name] = {page: Given(way(text)) for page, text in pages.items()}
    return {way: scored_pages(each, rendering) for way, each in given.items()}
