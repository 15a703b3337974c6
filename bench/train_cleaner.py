"""Train the trees that score lines of plain text (`generator/ingest/cleaner.json`) on the development set.

Needs scikit-learn beside the project's own libraries, and the corpora (DATELINE_CORPORA, else ../shared/corpora).
The same corpora and the same version of scikit-learn give the same file. What is printed is measured by leaving out
whole sites, ten times; the file is then trained on all of them.

    python -m bench.train_cleaner
"""

from __future__ import annotations

import difflib
import importlib
import json
import random
import re
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bench.scorers import Given, corpora, rows, scored_pages
from generator.ingest.extracted import from_text
from generator.ingest.lines import Line, first_scores, lines_of, own_measures
from generator.ingest.measures import MEASURES, likely_measures
from generator.ingest.trees import Trees, trees_of

RENDERINGS = ("seedlike", "full", "lynx")
FOLDS = 10
TARGET = Path(__file__).resolve().parent.parent / "generator" / "ingest" / "cleaner.json"
_WORD = re.compile(r"\w+")


class Sample(NamedTuple):
    """One rendering of a page: its lines that the trees are asked about, each with its measures, weight and truth."""

    page: str
    measures: list[list[float]]
    weights: list[float]
    right: list[bool]


def texts(rendering: str) -> dict[str, str]:
    """Return the texts of a rendering by page; each page is of another site."""
    folder = corpora() / "extraction" / "text" / rendering
    return {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))}


def samples() -> list[Sample]:
    """Return every rendering of every page of the development set."""
    bodies = {page["id"]: page["body"] for page in rows(corpora() / "extraction" / "truth.jsonl")}
    found = []
    for rendering in RENDERINGS:
        found += [_sample(page, text, bodies[page]) for page, text in texts(rendering).items()]
    return found


def _sample(page: str, text: str, body: str) -> Sample:
    lines = lines_of(text)
    owns = [own_measures(line) for line in lines]
    # Menus far from the article are never put to the trees, so they are not trained on them either.
    measured = likely_measures(lines, owns, first_scores(lines, owns))
    likely = [
        (row, _weight(line), right)
        for row, line, right in zip(measured, lines, right_lines(lines, body), strict=True)
        if row is not None
    ]
    measures, weights, truth = map(list, zip(*likely, strict=True))
    return Sample(page, measures, weights, truth)


def _weight(line: Line) -> float:
    """Return the root of a line's words: long paragraphs matter more, though not as much more as they are longer."""
    return float(max(1, len(line.words)) ** 0.5)


def right_lines(lines: list[Line], body: str) -> list[bool]:
    """Say of each line whether most of its words stand in the body, in order."""
    words: list[str] = []
    owner: list[int] = []
    for place, line in enumerate(lines):
        for word in _WORD.findall(line.text):
            words.append(word)
            owner.append(place)
    found = [0] * len(lines)
    total = [0] * len(lines)
    for place in owner:
        total[place] += 1
    for block in difflib.SequenceMatcher(None, _WORD.findall(body), words, autojunk=False).get_matching_blocks():
        for place in owner[block.b : block.b + block.size]:
            found[place] += 1
    return [have > most / 2 for have, most in zip(found, total, strict=True)]


def classifier() -> Any:
    # Loaded by name, because the project's own checks run without it.
    return importlib.import_module("sklearn.ensemble").HistGradientBoostingClassifier(
        max_iter=60, learning_rate=0.13, max_leaf_nodes=8, min_samples_leaf=30, l2_regularization=1.0,
        max_features=0.4, random_state=0,
    )  # fmt: skip


def fitted(chosen: Sequence[Sample]) -> Any:
    numpy = importlib.import_module("numpy")
    measures = numpy.array([row for sample in chosen for row in sample.measures])
    right = numpy.array([each for sample in chosen for each in sample.right])
    weights = numpy.array([each for sample in chosen for each in sample.weights])
    return classifier().fit(measures, right, sample_weight=weights)


def sites_left_out(found: Sequence[Sample], seed: int = 0) -> Iterator[tuple[Collection[str], Trees]]:
    """Yield pages with trees that never saw their sites, until every page has had its turn."""
    pages = sorted({sample.page for sample in found})
    random.Random(seed).shuffle(pages)
    for fold in range(FOLDS):
        left_out = frozenset(pages[fold::FOLDS])
        yield left_out, trees_of(exported(fitted([sample for sample in found if sample.page not in left_out])))


def cleaned_unseen(found: Sequence[Sample], seed: int = 0) -> Mapping[str, Mapping[str, Given]]:
    """Return by rendering and page what the cleaner gives, every page judged by trees that never saw its site."""
    given: dict[str, dict[str, Given]] = {rendering: {} for rendering in RENDERINGS}
    for left_out, learned in sites_left_out(found, seed):
        for rendering in RENDERINGS:
            for page, text in texts(rendering).items():
                if page in left_out:
                    given[rendering][page] = cleaned(text, learned)
    return given


def cleaned(text: str, learned: Trees | None = None) -> Given:
    """Return what the cleaner gives for a text, as the scorer reads it."""
    article = from_text(text, learned=learned)
    return Given(article.body, article.as_json(), ".md")


def exported(model: Any) -> dict[str, Any]:
    """Return the trees as plain lists: [measure, threshold, below or equal, above], a number at each end."""
    trees = [_node(stage[0].nodes, 0) for stage in model._predictors]
    return {
        "about": "Trained by `python -m bench.train_cleaner`; do not edit.",
        "measures": list(MEASURES),
        "base": round(float(model._baseline_prediction.ravel()[0]), 5),
        "trees": trees,
    }


def _node(nodes: Any, place: int) -> Any:
    node = nodes[place]
    if node["is_leaf"]:
        return round(float(node["value"]), 4)
    left, right = _node(nodes, node["left"]), _node(nodes, node["right"])
    return [int(node["feature_idx"]), round(float(node["num_threshold"]), 5), left, right]


def main() -> int:
    if not (corpora() / "extraction").is_dir():
        print(f"There is no development set at {corpora() / 'extraction'}. Set DATELINE_CORPORA.", file=sys.stderr)
        return 2
    found = samples()
    for rendering, given in cleaned_unseen(found).items():
        all_pages = scored_pages(given)["all"]
        print("{:<10} sites left out: F1 {f1:.3f} ± {f1_sd:.3f}  P {precision:.3f}  R {recall:.3f}".format(
            rendering, **all_pages
        ))  # fmt: skip
    trees = exported(fitted(found))
    TARGET.write_text(json.dumps(trees, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"written: {TARGET.name}, {len(trees['trees'])} trees")
    return 0


if __name__ == "__main__":
    sys.exit(main())
