"""Expressions looked up by the words that begin them: they find what the plain expression finds."""

from __future__ import annotations

import re

import pytest

from generator.ingest.marks import WORD, is_interruption, words_of
from generator.ingest.signs import Leads, Signs, alternatives, first_words, literal_beginning


@pytest.mark.parametrize(
    ("words", "alternative"),
    [
        (("sign", "signed"), r"\b(?:sign|signed) in\b"),
        (("subscribe", "subscribing"), r"\bsubscrib(?:e|ing)\b"),
        (("newsletters", "newsletter"), r"\bnewsletters?\b"),
        (("media", "image"), r"^(?:media|image) caption"),
        (("monday", "friday"), r"\b(?:monday|friday), june"),
        (("don't", "don’t"), r"\bdon['’]t miss"),
        (("editor's", "editor", "editors"), r"\beditor'?s?'? picks"),
        ((), r"\blog ?in\b"),
        ((), r"\bread"),
        ((), r"©"),
        ((), r"\b\d+ shares\b"),
    ],
)
def test_the_first_words_of_an_expression_are_told(words: tuple[str, ...], alternative: str) -> None:
    """Where the first word is not certain, none is told, and the expression is tried on every line."""
    assert words == tuple(first_words(alternative))


@pytest.mark.parametrize(
    ("literal", "alternative"),
    [
        ("©", "©"),
        ("$", r"\$\d+ a month"),
        ("(c)", r"\(c\) ?(?:19|20)"),
        ("don", r"don['’]t miss"),
        ("(", r"\((?:photo|image)\b"),
        ("colo", r"colou?r"),
        ("", r"\d\d"),
        ("", r"[ab]c"),
        ("", r"\bword"),
    ],
)
def test_the_text_an_expression_begins_with_is_told(literal: str, alternative: str) -> None:
    """Where such a text is not in a line, the expression need not be tried; where none is certain, it is tried."""
    assert literal == literal_beginning(alternative)


def test_bars_in_brackets_do_not_part() -> None:
    """Only the bars outside of brackets and classes separate expressions."""
    assert ["a(?:b|c)", "[|]d", r"\|e"] == alternatives([r"a(?:b|c)|[|]d", r"\|e"])


@pytest.mark.parametrize(
    "text",
    [
        "sign in now",
        "please sign in",
        "design in wood",
        "© 2019",
        "signing up",
        "",
        "signin",
        "save now",
        "we save",
        "(c) 1999",
        "c 1999",
    ],
)
def test_what_is_found_is_what_the_plain_expression_finds(text: str) -> None:
    """Looking words up first is only quicker."""
    expressions = (r"\b(?:sign|signed) in\b|\bsigning up\b", r"©|^save|\(c\) ?\d")

    plain = re.search("|".join(expressions), text) is not None
    assert plain == ("kind" in Signs(kind=expressions).found(text, WORD.findall(text)))


@pytest.mark.parametrize(
    "text",
    [
        "related stories",
        "» related: port",
        "unrelated",
        "by a hand",
        "© 2019",
        " (c)",
        "comment",
        "commented",
        "",
        "editors' picks",
    ],
)
def test_what_begins_a_line_is_what_the_plain_expression_finds(text: str) -> None:
    """Looking the first word up first is only quicker."""
    beginnings, rest = r"related|comments?|by a|©|editors?'? picks", r"\b|$"

    plain = re.match(rf"\W*(?:{beginnings})(?:{rest})", text) is not None
    assert plain == ("kind" in Leads(kind=[(beginnings, f"(?:{rest})")]).found(text, WORD.findall(text)))


@pytest.mark.parametrize(
    "text", ["it's a port", "a_b c’d", "Ärger im Hafen", "الميناء", "rock 'n' roll", "", "__", "x's'y"]
)
def test_words_are_found_alike_by_the_quicker_expressions(text: str) -> None:
    """Only a line with an underscore or an apostrophe needs the careful expression."""
    assert WORD.findall(text) == words_of(text)


@pytest.mark.parametrize(
    ("is_one", "text"),
    [
        (True, "Advertisement"),
        (True, "- Ads -"),
        (True, "Story continues below advertisement"),
        (True, "E-mail"),
        (True, "[IMAGE]"),
        (True, "» [map of port]"),
        (True, "* * *"),
        (True, "Publicité"),
        (True, "Loading..."),
        (False, "Advertisements for the port"),
        (False, "The port"),
        (False, "A photo"),
    ],
)
def test_a_line_that_only_interrupts_is_told_by_its_first_word(is_one: bool, text: str) -> None:
    """The expression is tried only where the first word may begin such a line, and finds what it finds anywhere."""
    assert is_one == is_interruption(text, WORD.findall(text.casefold()))
