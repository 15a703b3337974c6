"""Where and when a page was saved, as the program that saved it wrote into it."""

from __future__ import annotations

import pytest

from generator.ingest.saved_page import Saved, saved_page

URL = "https://post.example/dredgers"


@pytest.mark.parametrize(
    ("expected", "html"),
    [
        (Saved(URL), f"<!-- saved from url=(0029){URL} -->\n<!DOCTYPE html>"),
        (
            Saved(URL, "2019-11-28T10:03:29+01:00"),
            f"<html><!--\n Page saved with SingleFile \n url: {URL} \n"
            " saved date: Thu Nov 28 2019 10:03:29 GMT+0100 (Central European Standard Time)\n-->",
        ),
        (
            Saved(URL, "2019-11-28T09:03:29+00:00"),
            f"<html><!--\n Page saved with SingleFile \n url: {URL} \n saved date: 2019-11-28T09:03:29.123Z\n-->",
        ),
        (Saved(URL), f"<!-- Page saved with SingleFile url: {URL} saved date: Thu Xyz 99 2019 10:03:29 GMT+0100 -->"),
        (Saved(), "<html><p>Page saved with SingleFile url: https://post.example/</p>"),
        (Saved(), "<!-- Page saved with SingleFile -->"),
        (Saved(), ""),
    ],
)
def test_the_savers_note_is_read(expected: Saved, html: str) -> None:
    """Only in a comment, and a moment only with its offset."""
    assert expected == saved_page(html)
