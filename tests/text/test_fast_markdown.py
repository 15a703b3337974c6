"""The fast way of rendering plain blocks: what it gives is what the parser gives, byte for byte."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.text.fast_markdown import PLACEHOLDER, take_prose
from generator.text.markdown import render, render_plainly

# One of every construct, in the forms that a text may have it; whole blocks and what may stand within a line.
BLOCKS = (
    "Plain words.",
    "Two lines\nof one paragraph.",
    "“Quoted,” she said – and left…",
    "2020 was a year. 12 of them",
    "12. twelfth",
    "12) twelfth",
    "1. first\n2. second",
    "1. first\n   - within\n   - again\n2. second",
    "1. first\n   - within\n     - deeper\n   - again\n2. second",
    "1. first\n   1. within\n   2. again\n10. tenth\n    - within",
    "1. first\n   2. no list",
    "1. first\n  - too little\n    - too much",
    "- one\n  1. within\n- two\n    - too far",
    "- one\n1. another list",
    "- one\n  - two\n- three\n  * four",
    "-  wide\n-  wide",
    "- a\n - b\n  - c",
    "> one\n>\n> two  \n> three",
    "> one\n>\n>\n> two",
    ">\n> one",
    "[note]: https://a.example/x 'The title'",
    "[Other Note]: https://b.example/?a=1",
    "[note]: https://c.example/x",
    "[the words][note] and [others][other  note] here",
    "[words][unknown]",
    "[note] and [note][]",
    "**Metals.** Words, *a draft:* and **done.**",
    "*one.**two.* three.* **four.***five",
    "breaks  \nhere   \nand here \nnot",
    "- one\n- two",
    "- one\n\n- two",
    "- one\n\n  more of one",
    "- [ ] to do",
    "* star\n* star",
    "+ plus",
    "-\n",
    "- **Bold**: words\n- *slanted*",
    "- # not a heading\n- > quoted",
    "> quoted",
    "> one\n> two",
    "> one\ntwo",
    "> one\n>\n> two",
    "> - list\n> - list",
    "# One",
    "## Two ##",
    "###### Six",
    "####### seven",
    "#hashtag",
    "## *Slanted* and `code`",
    "## ",
    "## Same",
    "Setext\n===",
    "Setext\n---",
    "---",
    "***",
    "___",
    "- - -",
    "    indented code",
    "\ttab code",
    "```\nfence\n\n- in it\n```",
    "~~~ python\nfence",
    "``` unclosed",
    "| a | b |\n| --- | --- |\n| c | d |",
    "| a | b |\n| :-- | --: |\n| *c* | [d](e.md) |\n|  | x |",
    "| a | b |\n| --- |\n| c | d |",
    "| a | b |\n| --- | --- |\n| c |",
    "| a \\| b | c |\n| --- | --- |\n| d | e |",
    "a | b\n--|--\nc | d",
    "a|b\n:-:|-\nc|d\nno table any more",
    "[ref]: https://a.example/x 'title'",
    "[ref]: ../a.md",
    "![picture](p.jpg)",
    '![picture](p.jpg "A caption")',
    "![picture](https://elsewhere.example/p.jpg)",
    "<div>raw</div>",
    "<!-- note -->",
    "hard  \nbreak",
    "hard\\\nbreak",
    "trailing blank ",
    " leading blank",
    "\u00a0hard blank\u00a0",
    "form\x0cfeed",
    "line\u2028separator",
    "next\x85line",
    PLACEHOLDER,
    "a\0b",
)
INLINES = (
    "*ends.*",
    "**ends?**",
    "*slanted*",
    "**bold**",
    "***both***",
    "_under_",
    "__under__",
    "a*b*c",
    "a_b_c",
    "* not *",
    "**not",
    "*a **b** c*",
    "~~struck~~",
    "~one~",
    "~~ not ~~",
    "`code`",
    "``two `ticks` ``",
    "` blank `",
    "`<b>`",
    "`&amp;`",
    "`unclosed",
    "[text](https://a.example/b)",
    "[text](https://a.example/b?c=d&e=f#g)",
    "[text](https://a.example/?a=1&copy;=2)",
    "[text](HTTPS://A.Example)",
    "[text](../a/b.md)",
    "[text](b.md#part)",
    "[text](b.md 'title')",
    "[text](/topics/iran/)",
    "[text](b file.md)",
    "[text](<b file.md>)",
    "[text](photo.jpg)",
    "[text]()",
    "[text](javascript:x)",
    "[a [b](c.md)](d.md)",
    "[ref]",
    "[text][ref]",
    "[no ref]",
    "![i](p.jpg)",
    "!",
    "![",
    "[",
    "]",
    "](",
    "[^1]",
    "<https://a.example/>",
    "<b>",
    "a < b",
    "a > b",
    "AT&T",
    "&amp;",
    "&mdash;",
    "&lt;b&gt; &quot;",
    "\\&mdash;",
    "&ndash; dash",
    "&nbsp;",
    "&ast;",
    "&#42;",
    "&bogus;",
    "&copy",
    '"',
    "'",
    "\\*",
    "\\",
    "\\\\",
    "\\\n",
    "\n",
    "\n\n",
    "\n\n\n",
    "\r\n",
    "  \n",
    " ",
    "\t",
    "word",
    "two words",
    "é",
    "سلیمانی",
    "2020",
    "1.",
    "-",
    "|",
    "#",
    ".",
)

gaps = st.sampled_from(("\n\n", "\n\n\n", "\n\n\n\n", "\n\n\n\n\n"))
documents = st.lists(st.sampled_from(BLOCKS) | st.lists(st.sampled_from(INLINES), min_size=1, max_size=6).map("".join))
bodies = (
    st.builds(str.join, gaps, documents)
    | st.builds("\n".__add__, st.builds(str.join, gaps, documents))
    | st.lists(st.sampled_from(INLINES + BLOCKS), max_size=12).map("".join)
)


@pytest.mark.parametrize("first", BLOCKS)
def test_blocks_next_to_each_other_render_as_the_parser_renders_them(first: str) -> None:
    """A block taken out of a text leaves its neighbours what they were."""
    for second in BLOCKS:
        for body in (f"{first}\n\n{second}\n", f"\n{first}\n\n\n{second}\n\n", f"\n\n\n{first}\n\n\n\n{second}"):
            assert render_plainly(body) == render(body)


@pytest.mark.parametrize("first", INLINES)
def test_words_next_to_each_other_render_as_the_parser_renders_them(first: str) -> None:
    """Whatever stands beside a construct, it is read as the parser reads it or left to the parser."""
    for second in INLINES:
        for body in (
            f"{first}{second}",
            f"A {first} {second} b",
            f"- {first}{second}",
            f"| {first} | {second} |\n| - | - |",
        ):
            assert render_plainly(body) == render(body)


@given(bodies)
@settings(max_examples=1_000, deadline=None)
def test_any_text_renders_as_the_parser_renders_it(body: str) -> None:
    """HTML, links, files, faults and warnings are the same, whichever way a body goes."""
    assert render_plainly(body) == render(body)


@pytest.mark.deep
@given(bodies)
@settings(max_examples=100_000, deadline=None)
def test_any_text_renders_as_the_parser_renders_it_for_long(body: str) -> None:
    """The same, for as long as it takes to find what nobody thought of."""
    assert render_plainly(body) == render(body)


def test_hostile_texts_render_as_the_parser_renders_them(corpora: Path) -> None:
    """Active content takes no shorter way than the parser's."""
    rows = [json.loads(line) for line in (corpora / "hostile/markdown_active.jsonl").read_text("utf-8").splitlines()]

    assert [render_plainly(row["input"]) for row in rows] == [render(row["input"]) for row in rows]


def test_repeated_texts_render_as_the_parser_renders_them(corpora: Path) -> None:
    """Nor do texts made of one thing many times."""
    lines = (corpora / "hostile/markdown_generators.jsonl").read_text("utf-8").splitlines()
    bodies = [row["prefix"] + row["unit"] * 40 + row["suffix"] for row in map(json.loads, lines)]

    assert [render_plainly(body) for body in bodies] == [render(body) for body in bodies]


@pytest.mark.parametrize(
    "body",
    [
        "Words.\n\nMore *words* & “quotes”, [a link](https://a.example/b?c=d&e=f) and\n[another](../a.md).\n",
        "## Heading\n\n- one\n- **two**: words\n\n> quoted\n\n---\n\nThe `end` is ~~not~~ near.\n\nNow &mdash;.\n",
        "| a | b |\n| :-- | --: |\n| c | 4 |\n",
        "\nAn empty line above.\n\n\nAnd two of them.\n\n\n- one\n- two\n\n\nThe end.\n",
        "- **Metals.** Words behind it.\n- *A whole sentence.*\n",
    ],
)
def test_what_news_texts_hold_needs_no_parser(body: str) -> None:
    """The constructs of nearly every report go the fast way; a rule that stops taking them shows here."""
    assert take_prose(body).is_whole


def test_lines_keep_their_numbers() -> None:
    """A block that is taken out leaves as many lines as it had, so that faults after it name the right line."""
    rendered = render("One\ntwo.\n\n- [x](a.md)\n- y\n\n[a](javascript:b) [c](d.md)\n", first_line=5)
    further = render("\n[x](a.md)\n\n\n\nwords and\n[y](b.md)\n", first_line=5)

    assert [6, 11] == [link.line for link in further.links]
    assert [8, 11] == [link.line for link in rendered.links]
    assert [11] == [warning.line for warning in rendered.warnings]
