"""Set the scorers' figures in rows, for `bench.extraction`."""

from __future__ import annotations

from collections.abc import Mapping


def body_head() -> str:
    return f"{'':<46}{'F1':>6}{'±':>8}{'P':>8}{'R':>8}"


def body_row(way: str, figures: Mapping[str, float]) -> str:
    return "  {:<44}{f1:>6.3f}{f1_sd:>8.3f}{precision:>8.3f}{recall:>8.3f}".format(way, **figures)


def facts_head() -> str:
    return f"{'':<62}{'right':>6}{'given':>8}{'right of given':>16}   bar"


def facts_row(what: str, figures: Mapping[str, float], bar: str) -> str:
    return "{:<62}{right:>6.3f}{given:>8.3f}{right_of_given:>16.3f}   {}".format(what, bar, **figures)
