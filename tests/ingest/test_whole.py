"""A report that was cut short and comes again with more of its text: one whole article, and no edit is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.ingest import again as clean_again
from generator.ingest.prepare import Task, prepare
from generator.ingest.run import HELD, KNOWN, LEFT, RENEWED, WRITTEN, Taken
from generator.ingest.whole import is_cut_from
from tests.ingest.conftest import desk_of
from tests.ingest.test_run import put, take

URL = "https://harbour-post.example/1"
HEAD = "From: desk@harbour-post.example\nSubject: Dredgers return\nDate: Mon, 18 Nov 2019 10:00:00 +0000\n\n"


def again(site: Path, folder: Path, text: str, name: str = "raw.txt", **said: str) -> Taken:
    """Take a text in as a later run of the command does."""
    return take(desk_of(site), put(folder, name, text), **said)


def articles(site: Path) -> list[str]:
    return [path.read_text("utf-8") for path in sorted((site / "content/articles").rglob("*.md"))]


@pytest.mark.parametrize(
    "said", [{"source": "own", "date": "2019-11-18", "url": URL}, {"source": "own", "date": "2019-11-18"}, {}]
)
def test_a_text_that_comes_whole_replaces_the_cut_one(
    site: Path, tmp_path: Path, bulletin: str, said: dict[str, str]
) -> None:
    """With an address or without, dated or held: in its place, under its id, and told; each state is known after."""
    cut = bulletin[: int(len(bulletin) * 0.6)]
    first = again(site, tmp_path, cut, **said)
    (before,) = articles(site)
    more = again(site, tmp_path, bulletin, **said)
    (after,) = articles(site)

    assert first.state == (WRITTEN if said else HELD)
    assert (RENEWED, first.path) == (more.state, more.path)
    assert "more of it came, and its text is replaced" == more.message
    assert len(after.split()) > len(before.split())
    assert [line for line in before.splitlines() if line.startswith("id:")] == [
        line for line in after.splitlines() if line.startswith("id:")
    ]
    assert [KNOWN, KNOWN] == [again(site, tmp_path, text, **said).state for text in (cut, bulletin)]
    assert [after] == articles(site)
    # What ingest wrote is known, so that the article can be cleaned again as any other.
    steps = [step for step in clean_again.steps([first.path], desk_of(site)) if isinstance(step, Task)]
    outcomes = [
        clean_again.renew(step, prepare(step, desk_of(site).rules), desk_of(site), is_trial=True) for step in steps
    ]
    assert [(clean_again.SAME, ())] == [(outcome.state, outcome.left) for outcome in outcomes]


def test_a_mail_and_a_page_are_made_whole(site: Path, tmp_path: Path, bulletin: str, page: str) -> None:
    """A download that broke off is taken in again as any other file is."""
    pytest.importorskip("trafilatura", reason="the extra html is not installed")
    mail = HEAD + bulletin[bulletin.index("Dredgers") :]
    for name, whole, share in (
        ("a.eml", mail, 0.6),
        ("a.html", page, 0.75),
        ("b.html", page.replace("/2019/", "/x/"), 0.6),
    ):
        first = again(site, tmp_path, whole[: int(len(whole) * share)], name)
        more = again(site, tmp_path, whole, name)

        assert (RENEWED, first.path) == (more.state, more.path), (name, first, more)


def test_an_edited_text_stays(site: Path, tmp_path: Path, bulletin: str) -> None:
    """Not a byte of the article is changed, and what came lies where the sentence says."""
    said = {"source": "own", "date": "2019-11-18"}
    place = site / "content" / again(site, tmp_path, bulletin[: int(len(bulletin) * 0.6)], **said).path
    place.write_text(place.read_text("utf-8").replace("dredgers went back", "boats went back"), encoding="utf-8")
    edited = place.read_bytes()
    more = again(site, tmp_path, bulletin, **said)

    assert LEFT == more.state
    assert "more of it came, but its text was edited and stays; the new one lies in " in more.message
    assert "dredgers went back" in Path(more.message.rpartition(" lies in ")[2]).read_text("utf-8")
    assert edited == place.read_bytes()
    assert 1 == len(articles(site))
    assert KNOWN == again(site, tmp_path, bulletin, **said).state


def test_an_edited_title_stays_beside_the_new_text(site: Path, tmp_path: Path, bulletin: str) -> None:
    """Field by field, as when an article is cleaned again."""
    said = {"source": "own", "date": "2019-11-18", "url": URL}
    place = site / "content" / again(site, tmp_path, bulletin[: int(len(bulletin) * 0.6)], **said).path
    place.write_text(place.read_text("utf-8").replace("title: Dredgers", "title: Two dredgers"), encoding="utf-8")
    more = again(site, tmp_path, bulletin, **said)

    assert RENEWED == more.state
    assert "title: Two dredgers" in place.read_text("utf-8")


def test_another_outlets_longer_text_is_a_copy(site: Path, tmp_path: Path, bulletin: str) -> None:
    """Title and day alone make no two reports one; nor does a text lose words because a later one has fewer."""
    cut = bulletin[: int(len(bulletin) * 0.6)]
    first = again(site, tmp_path, cut, source="own", date="2019-11-18")
    other = again(site, tmp_path, bulletin, source="post", date="2019-11-18")
    shorter = again(site, tmp_path, cut + "\n", source="post", date="2019-11-18")

    assert [WRITTEN] * 3 == [each.state for each in (first, other, shorter)]
    assert 3 == len({each.path for each in (first, other, shorter)})


@pytest.mark.parametrize(
    ("expected", "text", "whole"),
    [
        (True, "One.\n\nTwo and thr", "One.\n\nTwo and three.\n\nFour."),
        (True, "One.\n\nTwo\\</", "One.\n\nTwo.\n\nThree."),
        (True, "- a\n- b", "- a\n- b c\n- d"),
        (True, "", "One."),
        (True, "One.\n\nThree", "One.\n\nTwo.\n\nThree and four."),
        (False, "One.", "One."),
        (False, "One.\n\nTwo.\n\nThree.", "One.\n\nTwo."),
        (False, "One.\n\nTwo and", "Zero.\n\nTwo and three and four."),
        (False, "Two.\n\nOne and", "One and two.\n\nTwo.\n\nThree."),
    ],
)
def test_a_cut_text_is_known_by_its_paragraphs(expected: bool, text: str, whole: str) -> None:
    """Whatever the first one says must stand in the second one too, in its order; so nothing is lost."""
    assert expected == is_cut_from(text, whole)
