"""A site's articles on one shelf, newest first, and the lists that name them by their places there.

An edit of words moves no article, so the lists of an edited site are those of the site before, laid over another shelf.
What a list needs to know without opening an article, its id, day and topics, stands on the shelf beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, Self, TypeVar, overload

from generator.model.article import Article

Shown = TypeVar("Shown")
Placed = TypeVar("Placed")


def _none_there(place: int) -> Article:
    raise IndexError(f"There is no article at place {place}.")


class Shelf(Sequence[Article]):
    """Articles, newest first, undated ones last; one that nobody asked for yet may still lie where `fetch` finds it.

    `ids`, `days` ("" for none) and `topics` hold by place what no edit of words changes.
    """

    __slots__ = ("_articles", "_fetch", "days", "ids", "topics")

    def __init__(
        self,
        articles: Iterable[Article | None],
        ids: Sequence[str],
        days: Sequence[str],
        topics: Sequence[tuple[str, ...]],
        fetch: Callable[[int], Article] = _none_there,
    ) -> None:
        self._articles = list(articles)
        self._fetch = fetch
        self.ids = ids
        self.days = days
        self.topics = topics

    @classmethod
    def of(cls, articles: Sequence[Article]) -> Shelf:
        """Return the shelf of articles that are all at hand, already newest first."""
        return cls(
            articles,
            [article.id for article in articles],
            [article.date.day if article.date is not None else "" for article in articles],
            [article.own_topics for article in articles],
        )

    def __len__(self) -> int:
        return len(self._articles)

    @overload
    def __getitem__(self, place: int) -> Article: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Article, ...]: ...

    def __getitem__(self, place: int | slice) -> Article | tuple[Article, ...]:
        if isinstance(place, slice):
            return tuple([self[one] for one in range(*place.indices(len(self._articles)))])
        article = self._articles[place]
        if article is None:
            article = self._articles[place] = self._fetch(place)
        return article

    def __iter__(self) -> Iterator[Article]:
        return map(self.__getitem__, range(len(self._articles)))

    def at(self, places: Iterable[int]) -> tuple[Article, ...]:
        """Return the articles at these places."""
        return tuple([self._articles[place] or self[place] for place in places])

    def with_one(self, place: int, article: Article) -> Shelf:
        """Return a shelf on which this article, of the same id, day and topics, stands at `place`."""
        articles = list(self._articles)
        articles[place] = article
        return Shelf(articles, self.ids, self.days, self.topics, self._fetch)


class _OverShelf(Mapping[str, Shown], Generic[Shown, Placed]):
    """What a name stands for on a shelf; `places` says where that is."""

    __slots__ = ("places", "shelf")

    def __init__(self, shelf: Shelf, places: Mapping[str, Placed]) -> None:
        self.shelf = shelf
        self.places = places

    def __contains__(self, name: object) -> bool:
        return name in self.places

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)

    def on(self, shelf: Shelf) -> Self:
        """Return the same names over another shelf."""
        return type(self)(shelf, self.places)


class Named(_OverShelf[Article, int]):
    """Articles of a shelf by a name of theirs; `places` says where each stands."""

    __slots__ = ()

    def __getitem__(self, name: str) -> Article:
        return self.shelf[self.places[name]]

    def get(self, name: str, default: Any = None) -> Any:
        """Return the article of that name, else `default`."""
        place = self.places.get(name)
        return default if place is None else self.shelf[place]


class Lists(_OverShelf[tuple[Article, ...], Sequence[int]]):
    """Lists of a shelf's articles by name; `places` holds for each where its articles stand."""

    __slots__ = ()

    def __getitem__(self, name: str) -> tuple[Article, ...]:
        return self.shelf.at(self.places[name])

    def get(self, name: str, default: Any = None) -> Any:
        """Return the list of that name, else `default`."""
        places = self.places.get(name)
        return default if places is None else self.shelf.at(places)
