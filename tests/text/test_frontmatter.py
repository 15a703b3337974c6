"""Front matter: fences, both readings and their agreement, faults, limits, and writing."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.text.frontmatter import MOST_CHARACTERS, dump, read, read_with_yaml, split
from generator.text.plain_lines import read_plain


def plain(value: Any) -> Any:
    """Return values without their lines."""
    if isinstance(value, dict):
        return {key: plain(item.value) for key, item in value.items()}
    return [plain(item.value) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    ("front", "body", "line", "text"),
    [
        ("title: a\n", "body\n", 4, "---\ntitle: a\n---\nbody\n"),
        ("title: a\n", "body\n", 4, "--- \ntitle: a\n---\t\nbody\n"),
        ("title: a\n", "body\n", 4, "---\r\ntitle: a\r\n---\r\nbody\r\n"),
        ("title: a\n", "body\n", 4, "---\rtitle: a\r---\rbody\r"),
        ("title: a\n", "body\n", 4, "\ufeff---\ntitle: a\n---\nbody\n"),
        ("", "body\n", 3, "---\n---\nbody\n"),
        ("title: a\n", "", 4, "---\ntitle: a\n---"),
        ("title: |\n  x\n  ---\n  y\n", "body", 7, "---\ntitle: |\n  x\n  ---\n  y\n---\nbody"),
        (
            "title: a\n",
            "\n# x\n\n---\n\nnot: front\n\n---\n",
            4,
            "---\ntitle: a\n---\n\n# x\n\n---\n\nnot: front\n\n---\n",
        ),
        ("a: 1\n---x\n", "b", 5, "---\na: 1\n---x\n---\nb"),
    ],
)
def test_a_file_is_taken_apart_at_its_fences(front: str, body: str, line: int, text: str) -> None:
    """A fence is a line of three hyphens at its very beginning; the first one after the opening closes."""
    assert (front, body, line, None) == split(text)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("is empty", ""),
        ("is empty", "\ufeff"),
        ("not closed", "---\n"),
        ("not closed", "---\ntitle: a\nbody"),
        ("not closed", "---\ntitle: a\n ---\nbody"),
        ("not closed", "---\ntitle: a\n...\nbody"),
        ("not closed", "---\ntitle: a\n\u2028---\nbody"),
        ("does not begin", "\n---\ntitle: a\n---\n"),
        ("does not begin", " ---\ntitle: a\n---\n"),
        ("does not begin", "body\n---\ntitle: a\n---\n"),
        ("not closed", "---"),
        ("more than ---", "----\ntitle: a\n----\n"),
        ("more than ---", "---yaml\ntitle: a\n---\n"),
        ("not YAML", "+++\ntitle = 'a'\n+++\n"),
        ("not YAML", '{"title": "a"}\n'),
    ],
)
def test_without_fences_there_is_a_fault_and_all_is_body(words: str, text: str) -> None:
    """Nothing is guessed to be front matter, and nothing is lost."""
    fences = split(text)

    assert fences.fault is not None
    assert words in fences.fault.message
    assert "" == fences.front


@pytest.mark.parametrize(
    "written",
    ["no", "NO", "off", "true", "null", "~", "1.10", "010", "0x1F", "1_000", "12:30", "190:20:30", "1e3", ".inf", "=",
     "2026-01-02", "1767323045", "it's", 'say "x"', "a]b", "é", "C++", "a, b"],
)  # fmt: skip
def test_a_scalar_is_the_text_that_was_written(written: str) -> None:
    """YAML decides no types: a field says what it wants."""
    assert ({"title": written}, ()) == (plain(read(f"title: {written}\n")[0]), read(f"title: {written}\n")[1])


PLAIN = """\
title: "Embassy breached: crowds"
date: 2020-01-02T09:30+03:00
# a comment
topics: [iraq, us-forces]
tagged: {iraq: 14.5, iran: 6}
source: {key: wire, url: "https://wire.example/1", published: 2020-01-02T09:00Z, author: A. Writer}
names:
  ar: العراق
  fa: عراق
aliases:
- Iraq
- 'Republic of Iraq'

empty:
forms: [
  Iraq, {Tahrir Square: 0.7}, "Kata'ib Hezbollah",
  Ma'rib, عراق, برنامه هسته‌ای
  ]
order: [a,
  b]
menu:
  - {label: Latest, to: /}
corrections:
  - at: 2020-01-03T10:00+03:00
    text: "Said: not so."
  - at: 2020-01-04
x_last: [a, "b, c"]
"""


def test_plain_lines_need_no_library() -> None:
    """Nearly all front matter is of these shapes; each value knows its line."""
    values = read_plain(PLAIN, 2)

    assert values is not None
    assert "Embassy breached: crowds" == values["title"].value
    assert {"ar": "العراق", "fa": "عراق"} == plain(values["names"].value)
    assert [9, 10, 11, 12, 13] == [
        values["names"].value["ar"].line,
        values["names"].value["fa"].line,
        values["aliases"].line,
        values["aliases"].value[0].line,
        values["aliases"].value[1].line,
    ]
    assert (values, ()) == read_with_yaml(PLAIN, 2)


_ODD_LINES = r"""
title: a|title: a: b|k: [a, b]|k: [a, [b]]|k: {a: 1}|k: {a: 1, a: 2}|k:|  a: 1|  - x|- x|   deeper: 1|k: 'it''s'|k: 'x'
k: "x\n"|# c|  # c|  |k: a #c|k: #c|k: &a b|k: *a|k: !t b|k : v|k:v|k: - a|- k: v|  k: [x]|...|k: [a,b]|k: [ a , b ]
k: [a, ]|k: {a: b c}|k: {a: 1:2}|k: {a: http://x}|k: x:|k: x: |k: ?x|k: -x|k: - x|k: [-]|é: x|k: "a" b|k: []|k: {}
k: {a: 2020-01-02T09:30+03:00, b: "c, d"}|k: ["a: b", c/d]|k: % x|k: >|k: <<|<<: x|k: "a|k: 'a|k: a]|k: a}|k: [a b c]
k: [|k: [a,|k: [ a, b|  a, b,|  c|  ]|]|  c]|  {a b: 1}, "x, y",|  , a|  {a: {b: c}}|- {a: /, b: /c/}|  - {a: b}
- a: [x]|- a:|- a: "x: y"|  b: c|    b: c|  - b: c|- - a|k: [a # c|  a: b,|- a: b: c|  "a": b|  'a, b', c|k: [a]  ,
  a - b,|  it's, 'x|  / , /a|k: [,]|  ,
k: {"a": b}|k: [a]b|k: [a] #c|k: {a: b} c|? k|k: ~|k: "# x"|k: a # b|- a: b|  - a|    - b|k: {a: }|k: [a, b,]|k: \\x
"""
_SHAPES = st.lists(
    st.sampled_from([*_ODD_LINES.strip("\n").replace("\n", "|").split("|"), "", "k: |", "k: a\tb", "k:\tv", "\tk: v"])
    | st.sampled_from(
        ["k: \u00a0x", "k: x\u00a0", "k: x\u3000", "\u00a0", "k: \u200cx", "k: [\u00a0x]", "k: x\u2003: y"]
    ),
    max_size=6,
)


@settings(max_examples=300)
@given(_SHAPES | st.lists(st.text(st.characters(codec="utf-8"), max_size=12), max_size=4))
@example(["k:", "", "  a: 1"])
@example(["k:", "- x", "  - y"])
@example(["k: [", "  a, b,", "  c]"])
@example(["k: [", "  a, b", "  c]"])
@example(["k: [a,", "", "]", "x: y"])
@example(["k: [a,", ",", "]"])
@example(["k:", "- a: b", "  b: c", "- a: x", "x: y"])
@example(["k:", "  - a: b", "  - x"])
def test_the_quick_reading_agrees_with_the_library(lines: list[str]) -> None:
    """What plain lines say, YAML says too: an odd line leaves the block to the library."""
    front = "".join(f"{line}\n" for line in lines)
    quick = read_plain(front, 2)

    assert quick is None or (quick, ()) == read_with_yaml(front, 2)


def test_the_quick_reading_agrees_on_the_yaml_test_suite(corpora: Path) -> None:
    """The published cases of YAML, and hostile front matter."""
    hostile = corpora / "hostile"
    blocks = [
        json.loads(row)["yaml"]
        for name in ("yaml_suite.jsonl", "yaml_frontmatter.jsonl")
        for row in (hostile / name).read_text(encoding="utf-8").splitlines()
    ]
    quick = {block: read_plain(block, 2) for block in blocks if len(block) < MOST_CHARACTERS}

    assert len([values for values in quick.values() if values]) > 40
    assert [] == [block for block, values in quick.items() if values is not None and (values, ()) != read(block, 2)]
    assert [] == [
        block for block, values in quick.items() if values is not None and (values, ()) != read_with_yaml(block, 2)
    ]


def test_hostile_front_matter_is_read_or_refused(corpora: Path) -> None:
    """What must be refused is refused, with a line inside the block; what must be text is that text."""
    wrong = []
    for row in (corpora / "hostile" / "yaml_frontmatter.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(row)
        values, faults = read(case["yaml"], 1)
        expect = case["expect"]
        if expect.startswith("text:") and plain(values).get("title") != expect.removeprefix("text:"):
            wrong.append((case["id"], expect, plain(values)))
        if expect in ("reject", "limit") or expect.startswith(("reject_line", "error_duplicate")):
            last = case["yaml"].count("\n") + 1
            if not faults or not 1 <= faults[0].line <= last:
                wrong.append((case["id"], expect, faults))
        if expect == "reject_line:1" and faults[0].line != 1:
            wrong.append((case["id"], expect, faults))

    assert [] == wrong


@pytest.mark.parametrize(
    ("unit", "close", "number"),
    [("[", "]", 30_000), ("{a: ", "}", 16_000), ("- ", "", 30_000), ("? ", "", 30_000), ("[", "", 60_000)],
)
def test_depth_and_length_are_refused_quickly(unit: str, close: str, number: int) -> None:
    """The library's own composer would exhaust the stack or take seconds."""
    start = time.perf_counter()
    values, faults = read(unit * number + "x" + close * number)

    assert {} == values
    assert 1 == len(faults)
    assert time.perf_counter() - start < 0.5


_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=30).map(
    lambda text: text.replace("\u2028", "").replace("\u2029", "").replace("\ufeff", "")
)
_KEYS = st.from_regex(r"[a-z_]{1,8}", fullmatch=True)
_SCALARS = _TEXTS | st.sampled_from(
    ["no", "2020-01-02", "2020-01-02T09:30+03:00", "12:30", "0123456789ab", "- x", "a: b"]
)


@given(
    st.dictionaries(
        _KEYS, _SCALARS | st.lists(_SCALARS, max_size=4) | st.dictionaries(_KEYS, _SCALARS, min_size=1, max_size=3)
    )
)
def test_what_is_written_is_read_back(mapping: dict[str, Any]) -> None:
    """Quotes stand where they are needed, so the same text comes back, by both readings."""
    written = dump(mapping)

    assert (mapping, ()) == (plain(read(written)[0]), read(written)[1])
    assert mapping == plain(read_with_yaml(written, 2)[0])


def test_writing_is_as_a_person_would_write() -> None:
    """Quotes only where needed, block style, rows of mappings below their key, nothing for None."""
    expected = """\
title: "Iran: a view"
date: 2020-01-02T09:30+03:00
id: "012345678901"
topics: [iraq, us-forces]
draft: true
weight: 3
source:
  key: wire
  url: https://wire.example/1
corrections:
  - at: 2020-01-02
    text: Was wrong.
"""
    assert expected == dump(
        {
            "title": "Iran: a view",
            "date": "2020-01-02T09:30+03:00",
            "id": "012345678901",
            "topics": ("iraq", "us-forces"),
            "summary": None,
            "draft": True,
            "weight": 3,
            "source": {"key": "wire", "url": "https://wire.example/1"},
            "corrections": [{"at": "2020-01-02", "text": "Was wrong."}],
        }
    )
