"""Earlier on this: which earlier reports belong to an article.

Only backwards: the list of an article never changes because a later one was published. Reports of the same moment, as
those of a day without a clock are, may name each other.
Only title, summary and topics count, so that a body edit leaves every list as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from generator.digest import digest_of
from generator.model.article import Article
from generator.model.concordance import Concordance, Entry, Window, concordance_of, laid_flat, moments, raised, replaced
from generator.model.likeness import look
from generator.model.matter import Item, words_of
from generator.named import NamedTuple

# A report is looked up in its own month and so many before.
MONTHS_BEFORE = 6
_SECONDS_A_DAY = 86_400

Lists = tuple[tuple[str, tuple[str, ...]], ...]
Remember = Callable[[Callable[[int, Mapping[int, Any]], Any], Sequence[bytes]], Sequence[Any]]


class Earlier(NamedTuple):
    """For each dated article's id the ids of earlier ones that belong to it, best first.

    `concordances` has that of each month, laid flat: what it takes to tell the lists anew after an edit of words.
    """

    earlier: Mapping[str, tuple[str, ...]]
    concordances: Mapping[str, tuple[Any, ...]]


def earlier_lists(articles: Iterable[Article], remember: Remember) -> Earlier:
    """Return what came earlier on every article.

    Each month is looked up in itself and the months before it: a list depends on these alone. `remember(make, keys)`
    returns what `make` gives for the place of each key, and may answer from an earlier build for keys that it knows;
    `make` is handed what is known, by place: the concordances of months in which nothing changed are not made again.
    """
    by_month = groupby(in_time_order(articles), key=lambda article: article.date.day[:7] if article.date else "")
    months = {month: tuple(map(item_of, group)) for month, group in by_month}
    signs = {month: digest_of(items) for month, items in months.items()}
    names = list(months)
    windows = [_window(names, month) for month in names]
    made: dict[str, Concordance] = {}

    def make(place: int, known: Mapping[int, tuple[Lists, tuple[Any, ...]]]) -> tuple[Lists, tuple[Any, ...]]:
        window = windows[place]
        for before, month in enumerate(window[:-1], place + 1 - len(window)):
            if before in known and month not in made:
                made[month] = raised(known[before][1])
        return _looked_up(months, window, made)

    found = remember(make, [digest_of("earlier", *map(signs.__getitem__, window)) for window in windows])
    return Earlier(
        {key: ids for lists, _ in found for key, ids in lists},
        {month: flat for month, (_, flat) in zip(names, found, strict=True)},
    )


def _looked_up(
    months: Mapping[str, Sequence[Item]], window: Sequence[str], made: dict[str, Concordance]
) -> tuple[Lists, tuple[Any, ...]]:
    """Return the lists of a window's last month and that month's concordance; those made on the way are kept."""
    *before, month = window
    for other in before:
        if other not in made:
            made[other] = concordance_of(months[other], list(map(words_of, months[other])))
    looked = Window([made[other] for other in before])
    lists = _lists(looked, months[month])
    made[month] = looked.last()
    return lists, laid_flat(made[month])


def _lists(window: Window, items: Sequence[Item]) -> Lists:
    """Add items to a window, moment by moment, and return the list of each."""
    lists = []
    for start, end in moments(items):
        words = [words_of(item) for item in items[start:end]]
        added = zip(words, window.add(items[start:end], words), strict=True)
        for place, (its, entries) in enumerate(added, window.first + start):
            lists.append(_list(its, entries, place, window))
    return tuple(lists)


def _list(words: dict[str, int], entries: Sequence[Entry], place: int, window: Window) -> tuple[str, tuple[str, ...]]:
    keys = window.keys_of
    return keys[place], tuple([keys[other] for other in look(words, entries, place, window)])


def earlier(before: Sequence[Item], items: Sequence[Item]) -> Lists:
    """Return each item's key with the keys of those no later that belong to it, best first.

    Both sequences run from old to new, `before` ahead of `items`.
    """
    return _lists(Window([concordance_of(before, list(map(words_of, before)))]), items)


class Retelling(NamedTuple):
    """One item told in other words: its month, and what it was and is."""

    month: str
    before: Item
    after: Item


def earlier_retold(
    concordances: Mapping[str, tuple[Any, ...]], retellings: Sequence[Retelling], item_with: Callable[[str], Item]
) -> Earlier:
    """Return the lists that may have changed, and the concordances that did; `item_with` returns the item with a key.

    What shares no word with an item, as it was or as it is, is told nothing by it.
    """
    known: dict[str, Concordance] = {}
    near: dict[str, set[int]] = {}

    def month_of(name: str) -> Concordance:
        if name not in known:
            known[name] = raised(concordances[name])
        return known[name]

    for month, before, after in retellings:
        own = month_of(month)
        place = own.keys.index(after.key)
        old, new = words_of(before), words_of(after)
        known[month] = replaced(own, place, old, after, new)
        near.setdefault(month, set()).add(place)
        for later in looking_at(month, concordances):
            words = month_of(later).words
            found = [words[word][0] for word in old.keys() | new.keys() if word in words]
            # What came in an earlier moment of the month knows nothing of it.
            begin = own.ends.index(own.ends[place]) if later == month else 0
            near.setdefault(later, set()).update(other for places in found for other in places if other >= begin)
    lists = []
    for month, places in near.items():
        months = [month_of(name) for name in _window(concordances, month)]
        window = Window(months[:-1], months[-1])
        for place in sorted(places):
            its = words_of(item_with(months[-1].keys[place]))
            lists.append(_list(its, list(map(window.__getitem__, its)), window.first + place, window))
    return Earlier(dict(lists), {month: laid_flat(known[month]) for month in {one.month for one in retellings}})


def looking_at(month: str, months: Iterable[str]) -> list[str]:
    """Return those of some months whose reports are looked up in a month."""
    return [other for other in months if 0 <= _apart(month, other) <= MONTHS_BEFORE]


def _window(months: Iterable[str], month: str) -> list[str]:
    """Return those of some months that a month's reports are looked up in, from old to new."""
    return sorted(other for other in months if 0 <= _apart(other, month) <= MONTHS_BEFORE)


def _apart(month: str, later: str) -> int:
    return 12 * (int(later[:4]) - int(month[:4])) + int(later[5:7]) - int(month[5:7])


def in_time_order(articles: Iterable[Article]) -> list[Article]:
    """Return the dated articles, oldest first."""
    return sorted(
        (article for article in articles if article.date is not None),
        key=lambda article: (article.date.day, article.date.clock, article.id) if article.date else ("", "", ""),
    )


def item_of(article: Article) -> Item:
    """Return what counts of an article."""
    date = article.date
    return Item(
        article.id,
        (date.instant if date else 0) // _SECONDS_A_DAY,
        article.title,
        article.summary,
        article.own_topics,
        bool(article.copy_of),
        f"{date.day} {date.clock}" if date else "",
    )
