"""Slugs: portable, never empty, never outside the folder they are meant for."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.slug import LONGEST_SLUG, is_slug, slug_of


@pytest.mark.parametrize(
    ("slug", "title"),
    [
        ("embassy-breached", "Embassy breached"),
        ("kataib-hezbollah-strikes", "Kata'ib Hezbollah — strikes"),
        ("irans-general", "Iran’s general"),
        ("cafe-strasse-lodz", "Café Straße Łódź"),
        ("item-con", "CON"),
        ("item-lpt1", "LPT1"),
        ("2020-01-02", "2020-01-02 "),
        ("etc-passwd", "../../etc/passwd"),
        ("fi", "ﬁ"),
        ("soleimani", "سلیمانی Soleimani"),
    ],
)
def test_a_title_becomes_a_slug(slug: str, title: str) -> None:
    """Latin letters lose their marks, other scripts fall away, apostrophes join, all else parts."""
    assert slug == slug_of(title)


def test_titles_without_latin_letters_keep_their_own_addresses() -> None:
    """Nothing is transliterated, so the title's digest tells them apart."""
    assert slug_of("中") != slug_of("文")
    assert slug_of("中").startswith("item-")


def test_a_long_title_is_cut_between_words() -> None:
    """Eighty characters are enough for an address."""
    slug = slug_of("parliament " * 20)

    assert len(slug) <= LONGEST_SLUG
    assert slug.endswith("parliament")


@given(st.text())
def test_every_text_has_a_slug(title: str) -> None:
    """Whatever comes in, what comes out can stand in an address as it is, and stays as it is."""
    slug = slug_of(title)

    assert is_slug(slug), slug
    assert slug == slug_of(slug)


def test_hostile_paths_stay_inside(corpora: Path) -> None:
    """Device names, traversals, controls and overlong names all become plain names."""
    rows = (corpora / "hostile" / "paths_slugs.jsonl").read_text(encoding="utf-8").splitlines()
    slugs = [slug_of(json.loads(row)["input"]) for row in rows]

    assert [] == [slug for slug in slugs if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) or not is_slug(slug)]
