"""Lists changed where they stand, in every way a person writes one: what is read afterwards is what was wanted."""

from __future__ import annotations

import random
from typing import Any

import pytest

from generator.registry.front import text_of, with_ids, with_item_behind, with_items, without_items
from generator.text.block import bare
from generator.text.block_writer import scalar
from generator.text.frontmatter import read

ROUNDS = 400
WORDS = (
    "iraq", "us-forces", "us", "forces", "a b", "it's", "Kata'ib Hezbollah", "x, y", "OPEC+", "U.S. troops", "no",
    "3.5", "القوات", "a: b", "#tag", "[x]", "- d", "'q'", 'say "hi"', "yes or no", "key",
)  # fmt: skip
AFTER = ("", "other: [iraq, us]\n", "# iraq\nlast: us\n")


def written(item: Any, *, in_list: bool) -> str:
    if isinstance(item, dict):
        return f"{{{scalar(text_of(item), in_list=True)}: 0.5}}"
    return scalar(item, in_list=in_list)


def in_brackets(items: list[Any], chance: random.Random) -> str:
    rows, row = [], "  "
    for number, item in enumerate(items, 1):
        row += written(item, in_list=True) + (", " if number < len(items) else "")
        if chance.random() < 0.3:
            rows.append(row.rstrip() + chance.choice(("", "  # iraq")))
            row = "  "
    rows += [row.rstrip()] if row.strip() else []
    return "key: [\n" + "\n".join(rows) + "\n  ]\n"


def block(items: list[Any], chance: random.Random) -> str:
    """Return a list as a person may write it: in one row, in filled rows with comments, or a row for each item."""
    way = chance.randrange(3)
    if way == 0:
        words = ", ".join(written(item, in_list=True) for item in items)
        return f"key: [{words}]{chance.choice(('', '  # iraq'))}\n"
    if way == 1:
        return in_brackets(items, chance)
    indent = chance.choice(("", "  "))
    rows = (
        f"{chance.choice(('', f'{indent}# why iraq{chr(10)}'))}{indent}- {written(item, in_list=False)}\n"
        for item in items
    )
    return "key:\n" + "".join(rows)


def values_of(front: str) -> dict[str, Any]:
    values, faults = read(front, 1)
    assert not faults, (front, faults)
    return {key: bare(value) for key, value in values.items()}


@pytest.mark.parametrize("seed", range(4))
def test_whatever_way_a_list_is_written_it_reads_as_wanted(seed: int) -> None:
    """Ids change, items come and go, and nothing else does: against the plain operations on the values."""
    chance = random.Random(seed)
    for _ in range(ROUNDS):
        words = chance.sample(WORDS, chance.randint(1, 8))
        items = [{word: 0.5} if chance.random() < 0.2 and ":" not in word else word for word in words]
        front = f"title: iraq\n{block(items, chance)}{chance.choice(AFTER)}"
        had = values_of(front)
        assert words == [text_of(item) for item in had["key"]], front

        gone = chance.sample(words, chance.randint(1, len(words)))
        left = [item for item in had["key"] if text_of(item) not in gone]
        assert {name: value for name, value in {**had, "key": left}.items() if value} == values_of(
            without_items(front, "key", gone)
        ), front

        more = [word for word in chance.sample(WORDS, 6) if word not in words]
        assert {**had, "key": [*had["key"], *more]} == values_of(with_items(front, "key", more)), front

        if all(isinstance(item, str) for item in items):
            old, new = chance.choice(words), chance.choice(["new-id", *words])
            wanted = list(dict.fromkeys(new if word == old else word for word in words))
            assert {**had, "key": wanted} == values_of(with_ids(front, "key", {old: new})), front

            place = words.index(old) + 1
            wanted = [*words[:place], "new-id", *words[place:]]
            assert {**had, "key": wanted} == values_of(with_item_behind(front, "key", old, "new-id")), front
