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
from pathlib import Path
from typing import Any, NamedTuple

from bench.extraction import compare, corpora, overall
from generator.ingest.clean import kept_by
from generator.ingest.lines import Line, Own, lines_of, own_measures
from generator.ingest.measures import MEASURES, measures_of

RENDERINGS = ("seedlike", "full", "lynx")
FOLDS = 10
TARGET = Path(__file__).resolve().parent.parent / "generator" / "ingest" / "cleaner.json"
_WORD = re.compile(r"\w+")


class Sample(NamedTuple):
    site: str
    rendering: str
    lines: list[Line]
    owns: list[Own]
    measures: list[list[float]]
    right: list[bool]
    body: str


def samples(root: Path) -> list[Sample]:
    """Return every rendering of every page, each line with its measures and whether it is of the article."""
    found = []
    pages = [json.loads(line) for line in (root / "truth.jsonl").read_text("utf-8").splitlines()]
    for rendering in RENDERINGS:
        for page in pages:
            lines = lines_of((root / "text" / rendering / f"{page['id']}.txt").read_text("utf-8"))
            owns = [own_measures(line) for line in lines]
            right = right_lines(lines, page["body"])
            found.append(Sample(page["id"], rendering, lines, owns, measures_of(lines, owns), right, page["body"]))
    return found


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
        max_iter=100, learning_rate=0.08, max_leaf_nodes=12, min_samples_leaf=30, l2_regularization=1.0,
        max_features=0.4, random_state=0,
    )  # fmt: skip


def fitted(chosen: list[Sample]) -> Any:
    numpy = importlib.import_module("numpy")
    rows = numpy.array([row for sample in chosen for row in sample.measures])
    right = numpy.array([each for sample in chosen for each in sample.right])
    # A line counts by the root of its words: long paragraphs matter more, though not as much more as they are longer.
    weights = numpy.array([max(1, len(line.words)) ** 0.5 for sample in chosen for line in sample.lines])
    return classifier().fit(rows, right, sample_weight=weights)


def validated(found: list[Sample]) -> dict[str, list[tuple[int, int, int]]]:
    """Return the counts of each rendering, every page judged by trees that never saw its site."""
    sites = sorted({sample.site for sample in found})
    random.Random(0).shuffle(sites)
    counts: dict[str, list[tuple[int, int, int]]] = {rendering: [] for rendering in RENDERINGS}
    for fold in range(FOLDS):
        left_out = set(sites[fold::FOLDS])
        model = fitted([sample for sample in found if sample.site not in left_out])
        for sample in found:
            if sample.site in left_out:
                chances = model.predict_proba(sample.measures)[:, 1]
                kept = kept_by(list(chances), sample.lines, sample.owns)
                text = "\n".join(line.text for line, keep in zip(sample.lines, kept, strict=True) if keep)
                counts[sample.rendering].append(compare(sample.body, text))
    return counts


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
    root = corpora() / "extraction"
    if not root.is_dir():
        print(f"There is no development set at {root}. Set DATELINE_CORPORA.", file=sys.stderr)
        return 2
    found = samples(root)
    for rendering, counts in validated(found).items():
        f1, precision, recall = overall(counts)
        print(f"{rendering:<10} sites left out: F1 {f1:.3f}  P {precision:.3f}  R {recall:.3f}")
    trees = exported(fitted(found))
    TARGET.write_text(json.dumps(trees, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"written: {TARGET.name}, {len(trees['trees'])} trees")
    return 0


if __name__ == "__main__":
    sys.exit(main())
