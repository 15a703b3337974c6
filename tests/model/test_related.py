"""Which earlier reports belong to an article: rules of model/related.py, without files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.article import Article
from generator.model.concordance import NEWEST, Entry, Window, concordance_of
from generator.model.likeness import MOST_LOOKED_AT, look
from generator.model.matter import Item, words_of
from generator.model.related import Retelling, earlier, earlier_lists, earlier_retold, item_of
from generator.model.site import made_anew
from generator.text.dates import parse_moment

FILL = tuple(
    Item(f"fill-{number}", 90, "", text)
    for number, text in enumerate(
        ("Bread prices rise in Samarra", "A bridge opens near Tikrit", "Rain closes the road to Najaf", "Schools begin")
    )
)


def related(*items: Item, before: tuple[Item, ...] = FILL) -> dict[str, tuple[str, ...]]:
    return dict(earlier(before, items))


def test_the_same_story_is_found_by_its_names() -> None:
    """A name shared counts, whatever ending it has; what shares no word is not offered."""
    found = related(
        Item("first", 100, "Halbousi calls parliament", "The speaker wants a vote"),
        Item("other", 101, "Locusts reach the coast", "Farmers fear for wheat"),
        Item("second", 102, "Parliamentary vote put off", "Halbousi names no date"),
    )

    assert () == found["first"]
    assert ("first",) == found["second"]


def test_only_what_came_before_is_offered() -> None:
    """A later report never enters the list of an earlier one; a copy is never offered."""
    found = related(
        Item("one", 100, "Halbousi calls parliament", "", moment="09:00"),
        Item("copy", 100, "Halbousi calls parliament", "", is_copy=True, moment="09:30"),
        Item("two", 100, "Halbousi calls parliament", "", moment="10:00"),
    )

    assert {"one": (), "copy": ("one",), "two": ("one",)} == found


def test_reports_of_one_moment_name_each_other() -> None:
    """Of a day without clocks nobody knows what came first, so its order in a list of files decides nothing."""
    items = [Item(key, 100, "Halbousi calls parliament", "") for key in ("one", "two")]

    assert {"one": ("two",), "two": ("one",)} == related(*items) == related(*reversed(items))


@pytest.mark.parametrize(
    ("earlier_title", "later_title"),
    [
        ("Gunfire in Kabul", "An Afghan village floods"),
        ("U.S. envoy arrives", "An American is freed"),
        ("Putin speaks", "Moscow-based carrier ends its flights"),
    ],
)
def test_names_of_a_country_meet(earlier_title: str, later_title: str) -> None:
    """Its capital, its people and who led it all stand for a country."""
    assert ("first",) == related(Item("first", 100, earlier_title, ""), Item("second", 101, later_title, ""))["second"]


def test_small_letters_name_no_country() -> None:
    """`us` is a country in capitals only, and so is a turkey on a table."""
    items = (Item("first", 100, "They told us of turkey", ""), Item("second", 101, "Turkish envoy meets US envoy", ""))

    assert () == related(*items)["second"]


def test_an_item_is_compared_with_a_bounded_number() -> None:
    """However many reports share all of an item's words, only so many places are looked at."""
    looked: list[int] = []

    class Counted(list[int]):
        def __getitem__(self, at: Any) -> Any:
            got = super().__getitem__(at)
            looked.append(len(got) if isinstance(at, slice) else 0)
            return got

    items = [Item(str(number), 100, "", "") for number in range(20_000)]
    words = {f"word{number}": 50 for number in range(100)}
    window = Window((), concordance_of(items, [{}] * len(items)))
    places = range(0, len(items), 40)
    window.update({word: Entry(0, Counted(places), [200] * len(places), 0, False) for word in words})

    assert look(words, list(map(window.__getitem__, words)), 0, window)
    assert 0 < sum(looked) <= MOST_LOOKED_AT + NEWEST


def test_what_names_nothing_in_common_is_of_another_matter() -> None:
    """Words that two reports happen to use make no story, where topics are known and no name or topic is shared."""
    found = related(
        Item("school", 100, "Missile kills displaced families at school", "Eight die in a village", ("syria",)),
        Item("general", 103, "Strike kills general Halbousi", "A missile hit his car and four others die", ("iraq",)),
        Item("burial", 104, "Dozens die at the burial of Halbousi", "People had come to mourn him", ("iraq",)),
    )

    assert ((), ("general",)) == (found["general"], found["burial"])


WORD = st.sampled_from(["gate", "crowd", "envoy", "rocket", "oil", "statement", "guard", "Kabul", "Afghan", "talks"])
ITEM = st.builds(
    lambda month, day, title, text, is_copy: (f"2020-{month:02}", day, " ".join(title), " ".join(text), is_copy),
    st.integers(1, 9),
    st.integers(1, 3),
    st.lists(WORD, min_size=1, max_size=4),
    st.lists(WORD, max_size=6),
    st.integers(0, 5).map(lambda number: number == 0),
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(ITEM, min_size=2, max_size=40), st.lists(st.tuples(st.integers(0, 99), ITEM), min_size=1, max_size=5))
def test_lists_told_anew_are_those_of_a_new_look(rows: list[Any], changes: list[tuple[int, Any]]) -> None:
    """Lists and concordances after items were told otherwise are those of a look that never saw the old words."""
    articles = [_article(str(number), row) for number, row in enumerate(sorted(rows))]
    before = earlier_lists(articles, made_anew)
    retellings = []
    for place, (_, _, title, summary, _) in changes:
        old = articles[place % len(articles)]
        articles[place % len(articles)] = new = old._replace(title=title, summary=summary)
        retellings.append(Retelling(_month_of(new), item_of(old), item_of(new)))
    changed = earlier_retold(before.concordances, retellings, lambda key: item_of(articles[int(key)]))
    after = earlier_lists(articles, made_anew)

    assert after.earlier == {**before.earlier, **changed.earlier}
    assert after.concordances == {**before.concordances, **changed.concordances}


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(ITEM, min_size=2, max_size=40), ITEM)
def test_an_article_more_is_looked_up_in_what_is_known(rows: list[Any], added: Any) -> None:
    """With the lists of unchanged months known from before, an article more gives what a look at all of them gives."""
    articles = [_article(str(number), row) for number, row in enumerate(rows)]
    values: dict[bytes, Any] = {}

    def remember(make: Callable[[int, Mapping[int, Any]], Any], keys: Sequence[bytes]) -> list[Any]:
        known = {place: values[key] for place, key in enumerate(keys) if key in values}
        values.update({key: make(place, known) for place, key in enumerate(keys) if place not in known})
        return [values[key] for key in keys]

    earlier_lists(articles, remember)
    articles.append(_article("added", added))

    assert earlier_lists(articles, made_anew) == earlier_lists(articles, remember)


def test_months_in_which_nothing_changed_are_not_read_again() -> None:
    """An article more in the last of three months asks for no words of the two before it."""
    rows = [(f"2020-{month:02}", 1, f"Gate {month}", "", False) for month in (1, 2, 3)]
    articles = [_article(str(number), row) for number, row in enumerate(rows)]
    before = earlier_lists(articles, made_anew)
    known = {place: ((), flat) for place, flat in enumerate(before.concordances.values()) if place < 2}
    articles.append(_article("added", ("2020-03", 2, "Gate again", "", False)))
    read: list[str] = []

    def remember(make: Callable[[int, Mapping[int, Any]], Any], keys: Sequence[bytes]) -> list[Any]:
        return [*known.values(), make(2, known)]

    def noted(item: Item) -> dict[str, int]:
        read.append(item.key)
        return words_of(item)

    with patch("generator.model.related.words_of", noted):
        found = earlier_lists(articles, remember)

    assert ["2", "added"] == read
    assert ("2", "1", "0") == found.earlier["added"]


def _article(key: str, row: tuple[str, int, str, str, bool]) -> Article:
    month, day, title, summary, is_copy = row
    moment = parse_moment(f"{month}-{day:02}", ZoneInfo("UTC"))
    copy_of = "another" if is_copy else ""
    return Article(f"{key}.md", key, title, moment, "", b"", summary=summary, copy_of=copy_of)


def _month_of(article: Article) -> str:
    assert article.date is not None
    return article.date.day[:7]


def test_a_year_between_two_items_is_no_fault() -> None:
    """However far apart two reports lie, they may be compared."""
    found = related(
        Item("old", 100, "Halbousi calls parliament", ""),
        Item("new", 100 + 3_000, "Halbousi calls parliament", ""),
    )

    assert ("old",) == found["new"]
