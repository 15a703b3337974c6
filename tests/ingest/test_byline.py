"""Who wrote a page's article: people as they are written, without what stands around their names."""

from __future__ import annotations

import pytest

from generator.ingest.byline import people_in


@pytest.mark.parametrize(
    ("people", "offices", "names"),
    [
        (("Ines Calder",), (), ["By Ines Calder"]),
        (("Ines Calder", "Per Lund"), (), ["By Ines Calder and Per Lund"]),
        (("Ines Calder", "Per Lund"), (), ["Ines Calder, Per Lund"]),
        (("Ines Calder",), (), ["Written by: Ines Calder"]),
        (("Ines Calder",), (), ["Von Ines Calder"]),
        (("Ines Calder", "Per Lund"), (), ["Par Ines Calder et Per Lund"]),
        (("سلمى حداد",), (), ["بقلم سلمى حداد"]),
        (("Ines Calder",), ("Senior Reporter",), ["Ines Calder, Senior Reporter"]),
        (("Ines Calder",), ("AP Maritime Writer",), ["By INES CALDER, AP Maritime Writer"]),
        (("Ines Calder",), ("Associated Press",), ["Ines Calder, Associated Press"]),
        (("Ines Calder",), (), ["Ines Calder Associated Press"]),
        (("Ines Calder",), (), ["Ines Calder The Harbour Post"]),
        (("Ines Calder",), (), ["Ines Calder (@inescalder)"]),
        (("Ines Calder",), (), ["Ines Calder ines@post.example"]),
        (("Ines Calder Jr.",), (), ["Ines Calder, Jr."]),
        (("Ines Calder",), (), ["Ines Calder, PhD"]),
        (("Inés O’Calder-Lund",), (), ["Inés O’Calder-Lund"]),
        ((), ("The Canadian Press",), ["The Canadian Press"]),
        ((), ("Staff Reports",), ["Staff Reports"]),
        ((), ("The Harbour Post",), ["The Harbour Post"]),
        ((), (), ["admin"]),
        ((), (), [""]),
    ],
)
def test_a_byline_is_taken_apart(people: tuple[str, ...], offices: tuple[str, ...], names: list[str]) -> None:
    """People stay, and roles, agencies and the outlet stand apart from them; handles and degrees go."""
    assert (people, offices) == people_in(names, "The Harbour Post")
