"""Train the trees that score the pieces of a web page (`generator/ingest/page_cleaner.json`) on the development set.

Needs scikit-learn beside the project's own libraries, and the corpora (DATELINE_CORPORA, else ../shared/corpora).
The same corpora and the same versions of the libraries give the same file. What is printed is measured by leaving out
whole sites, ten times; the file is then trained on all of them.

    python -m bench.train_pages
"""

from __future__ import annotations

import importlib
import json
import random
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bench.scorers import Given, corpora, rows, scored_pages
from bench.train_cleaner import exported, right_lines
from generator.ingest.extract import from_page, two_ways
from generator.ingest.page import statements_of
from generator.ingest.page_kept import given_of
from generator.ingest.page_tree import page_tree
from generator.ingest.piece_measures import MEASURES, line_of, measures_of, near_given
from generator.ingest.raw import raw_item, read_raw
from generator.ingest.trees import Trees, trees_of

FOLDS = 10
# Thrice by chance of other measures: the mean of three is steadier than each.
SEEDS = (0, 1, 2)
ITERATIONS = 60
TARGET = Path(__file__).resolve().parent.parent / "generator" / "ingest" / "page_cleaner.json"


class Sample(NamedTuple):
    """A page: its pieces near the article, each with its measures, its weight, and whether it is of the text."""

    page: str
    measures: list[list[float]]
    weights: list[float]
    right: list[bool]


def samples() -> list[Sample]:
    """Return every page of the development set, measured."""
    return [_sample(page["id"], page["body"]) for page in rows(corpora() / "extraction" / "truth.jsonl")]


def read_unseen(found: Sequence[Sample]) -> Mapping[str, Given]:
    """Return what Dateline gives for each page, its pieces judged by trees that never saw its site."""
    given: dict[str, Given] = {}
    for left_out, learned in _sites_left_out(found):
        for page in left_out:
            article = from_page(_html(page), learned=learned)
            given[page] = Given(article.body, article.as_json(), ".md")
    return given


def _html(page: str) -> str:
    name = f"{page}.html.gz"
    return raw_item(name, read_raw(corpora() / "extraction" / "html" / name)).text


def _sample(page: str, body: str) -> Sample:
    html = _html(page)
    tree = page_tree(html)
    pieces, lines = two_ways(tree, html)
    said = statements_of(tree, html, pieces)
    given = given_of(pieces, lines)
    right = right_lines([line_of(piece, number) for number, piece in enumerate(pieces)], body)
    near = slice(near_given(given).start, near_given(given).stop)
    # A piece counts by the root of its words, as in the text cleaner.
    weights = [max(1, len(piece.text.split())) ** 0.5 for piece in pieces[near]]
    measures = measures_of(pieces[near], given[near], title=said.title, dek=said.description)
    return Sample(page, measures, weights, right[near])


def _sites_left_out(found: Sequence[Sample]) -> Iterator[tuple[Collection[str], Trees]]:
    """Yield pages with trees that never saw their sites, until every page has had its turn."""
    pages = sorted(sample.page for sample in found)
    random.Random(0).shuffle(pages)
    for fold in range(FOLDS):
        left_out = frozenset(pages[fold::FOLDS])
        chosen = [sample for sample in found if sample.page not in left_out]
        yield sorted(left_out), trees_of(_trained(chosen), MEASURES)


def _trained(chosen: Sequence[Sample]) -> dict[str, Any]:
    """Return trees that fit these pages, as plain lists that sum to the mean of all models."""
    numpy = importlib.import_module("numpy")
    measures = numpy.array([row for sample in chosen for row in sample.measures])
    right = numpy.array([each for sample in chosen for each in sample.right])
    weights = numpy.array([each for sample in chosen for each in sample.weights])
    models = [exported(_classifier(seed).fit(measures, right, sample_weight=weights)) for seed in SEEDS]
    return {
        "about": "Trained by `python -m bench.train_pages`; do not edit.",
        "measures": list(MEASURES),
        "base": round(sum(model["base"] for model in models) / len(models), 5),
        "trees": [_scaled(tree, 1 / len(models)) for model in models for tree in model["trees"]],
    }


def _classifier(seed: int) -> Any:
    # Loaded by name, because the project's own checks run without it.
    return importlib.import_module("sklearn.ensemble").HistGradientBoostingClassifier(
        max_iter=ITERATIONS, learning_rate=0.1, max_leaf_nodes=10, min_samples_leaf=30, l2_regularization=3.0,
        max_features=0.3, random_state=seed,
    )  # fmt: skip


def _scaled(node: Any, share: float) -> Any:
    if not isinstance(node, list):
        return round(node * share, 4)
    return [node[0], node[1], _scaled(node[2], share), _scaled(node[3], share)]


def main() -> int:
    if not (corpora() / "extraction").is_dir():
        print(f"There is no development set at {corpora() / 'extraction'}. Set DATELINE_CORPORA.", file=sys.stderr)
        return 2
    found = samples()
    figures = scored_pages(read_unseen(found))["all"]
    print("sites left out: F1 {f1:.3f} ± {f1_sd:.3f}  P {precision:.3f}  R {recall:.3f}".format(**figures))
    content = _trained(found)
    TARGET.write_text(json.dumps(content, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"written: {TARGET.name}, {len(content['trees'])} trees")
    return 0


if __name__ == "__main__":
    sys.exit(main())
