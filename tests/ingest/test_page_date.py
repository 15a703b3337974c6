"""The day of a page: stated in any of its forms, bounded, and never guessed."""

from __future__ import annotations

import pytest

from generator.ingest.extracted import extract
from generator.ingest.page_date import day_of_address, read_day, read_moment
from generator.ingest.raw import raw_item


@pytest.mark.parametrize(
    ("expected", "stated"),
    [
        ("2019-11-18", "2019-11-18T07:30:00+03:30"),
        ("2019-11-18", "2019-11-18"),
        ("2019-11-18", "20191118"),
        ("2019-11-18", "2019/11/18 07:30"),
        ("2019-11-18", "Mon, 18 Nov 2019 07:30:00 GMT"),
        ("2019-11-18", "November 18, 2019 at 7:30 a.m."),
        ("2019-11-18", "Published 18 November 2019"),
        ("", "03/04/2019"),
        ("", "2019-02-30"),
        ("", "20191118073012345"),
        ("", "2019"),
        ("", ""),
    ],
)
def test_a_stated_day_is_read(expected: str, stated: str) -> None:
    """A day that may be two, or is none, is not read."""
    assert expected == read_day(stated)


@pytest.mark.parametrize(
    ("expected", "head", "text"),
    [
        ("", '<meta property="article:published_time" content="03/04/2019">', ""),
        ("", '<meta name="date" content="3.4.2019 10:00">', ""),
        ("", "", '<p class="date">03/04/2019</p>'),
        ("", "", '<time datetime="04/03/19">04/03/19</time>'),
        ("2019-04-03", "", '<p class="date">03/04/2019</p><p class="date">3 April 2019</p>'),
        ("2019-04-13", '<meta name="date" content="04/13/2019">', ""),
        ("2019-04-04", '<meta name="date" content="04/04/2019">', ""),
    ],
)
def test_a_day_that_may_be_two_is_not_guessed(expected: str, head: str, text: str) -> None:
    """Not by the library either, unless the page says elsewhere which of the two it is."""
    pytest.importorskip("trafilatura", reason="the extra html is not installed")
    words = "The port board found the money for one more season of work in the inner basin, it said. " * 6
    page = f"<html><head>{head}</head><body><article><h1>Port</h1>{text}<p>{words}</p></article></body></html>"

    assert expected == extract(raw_item("page.html", page.encode(), "html")).date


@pytest.mark.parametrize(
    ("expected", "url"),
    [
        ("2019-11-18", "https://post.example/2019/11/18/dredgers"),
        ("2019-11-08", "https://post.example/news/2019/11/8/dredgers.html"),
        ("2019-11-18", "https://post.example/news/2019-11-18-dredgers"),
        ("2019-11-18", "https://post.example/20191118/dredgers"),
        ("", "https://post.example/2019/11/dredgers"),
        ("", "https://post.example/dredgers-20191399"),
        ("", "https://post.example/a/201911185"),
        ("", ""),
    ],
)
def test_an_address_may_hold_the_day(expected: str, url: str) -> None:
    """Only a whole day counts, and no part of a longer number."""
    assert expected == day_of_address(url)


@pytest.mark.parametrize(
    ("expected", "stated"),
    [
        ("2019-11-18T07:30+03:30", "2019-11-18T07:30:00+03:30"),
        ("2019-11-18T07:30-05:00", "2019-11-18T07:30-0500"),
        ("2019-11-18T07:30+00:00", " 2019-11-18 07:30:59.250Z "),
        ("2019-11-18T00:00+00:00", "2019-11-18T00:00:01Z"),
        ("", "2019-11-18T00:00:00Z"),
        ("", "2019-11-18T00:00-05:00"),
        ("", "2019-11-18T07:30:00"),
        ("", "2019-11-18"),
        ("", "2019-02-30T07:30:00Z"),
        ("", "2019-11-18T25:00:00Z"),
        ("", "2019-11-18T07:30:00+99:00"),
        ("", "Updated 2019-11-18T07:30:00Z"),
    ],
)
def test_a_stated_moment_is_read(expected: str, stated: str) -> None:
    """A clock counts with its zone alone, and midnight is a day without a clock."""
    assert expected == read_moment(stated)
