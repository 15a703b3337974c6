"""What an import keeps safe: nothing twice, nothing edited is touched, and it says what it cannot take over."""

from __future__ import annotations

import json

import pytest

from generator.errors import UsageError
from generator.importing.folder import open_folder
from tests.importing.conftest import Takeover

POST = "---\ntitle: Embassy\ndate: 2020-01-02\n---\nText.\n"
PATH = "articles/2020/01/02/embassy.md"


def test_what_was_edited_since_is_left_alone(takeover: Takeover) -> None:
    """An article belongs to its editor once it stands, also where the old file has changed since."""
    place = takeover.give("_posts/2020-01-02-embassy.md", POST)
    takeover.run()
    (takeover.site / "content" / PATH).write_text("---\ntitle: Mine\ndate: 2020-01-02\n---\nMine.\n")
    known_status, known = takeover.run()
    place.write_text(POST.replace("Text", "New text"))

    status, told = takeover.run()

    assert (0, True) == (known_status, "known already, taken in as content/articles/2020/01/02/embassy.md" in known)
    assert (0, True) == (status, "The file has changed since it was taken in." in told)
    assert "Mine." in takeover.imported()[PATH]
    assert [PATH] == list(takeover.imported())


def test_what_was_deleted_since_stays_deleted(takeover: Takeover) -> None:
    """The ledger knows a file though its article is gone; a link to it leads nowhere and keeps its words."""
    takeover.give("_posts/2020-01-02-embassy.md", POST)
    takeover.run()
    (takeover.site / "content" / PATH).unlink()
    takeover.give("_posts/2020-01-03-next.md", POST.replace("Text.", "[back](2020-01-02-embassy.md)"))

    _, told = takeover.run()

    assert ["articles/2020/01/02/next.md"] == list(takeover.imported())
    assert takeover.imported()["articles/2020/01/02/next.md"].endswith("\nback\n")
    assert "so only its words are kept" in told


def test_a_later_run_links_to_what_stands(takeover: Takeover) -> None:
    """What an earlier run took in can be linked to."""
    takeover.give("_posts/2020-01-02-embassy.md", POST)
    takeover.run()
    takeover.give("_posts/2020-01-03-next.md", POST.replace("Text.", "[back](2020-01-02-embassy.md)"))

    takeover.run()

    assert "[back](embassy.md)" in takeover.imported()["articles/2020/01/02/next.md"]


def test_a_run_that_ended_before_the_ledger_is_mended(takeover: Takeover) -> None:
    """An article that carries a file's digest is enough to know the file."""
    takeover.give("_posts/2020-01-02-embassy.md", POST)
    takeover.run()
    (takeover.site / "content/ingested.jsonl").unlink()

    takeover.run()

    assert [PATH] == list(takeover.imported())


@pytest.mark.parametrize("written", ["/blog/assets/gate.png", "/assets/gate.png", "{{ site.baseurl }}/assets/gate.png"])
def test_a_picture_is_found_from_the_root_of_a_site_in_a_folder(takeover: Takeover, written: str) -> None:
    """Where the old site stood in a folder of its host, its texts name that folder or not."""
    takeover.give("_config.yml", "baseurl: /blog\n")
    takeover.give("assets/gate.png", "PICTURE")
    takeover.give("_posts/2020-01-02-embassy.md", POST.replace("Text.", f"![Gate]({written})"))

    takeover.run()

    assert "![Gate](gate.png)" in takeover.imported()[PATH]


@pytest.mark.parametrize(
    ("expected", "told", "written"),
    [
        ("Seen.", ":7: warning: The comment has no end", "Seen.\n\n%%\nSecret.\n\nMore.\n"),
        ("Seen.", ":7: warning: The comment has no end", "Seen.\n\n  <!-- Secret.\n\nMore.\n"),
        ("Seen.\n\n    <!-- code", "", "Seen.\n\n    <!-- code\n"),
        ("Seen at 50 %% of it.\n\nMore.", "", "Seen at 50 %% of it.\n\nMore.\n"),
        ("Seen.\n\n\n\nMore.", ":7: warning: The comment was left out", "Seen.\n\n%% Secret. %%\n\nMore.\n"),
    ],
)
def test_a_comment_without_an_end_takes_what_follows(
    takeover: Takeover, expected: str, told: str, written: str
) -> None:
    """Nobody saw that on the old site either; only where a line begins with it, since elsewhere it is text."""
    takeover.give("embassy.md", POST.replace("Text.", written))

    _, said = takeover.run("--from", "obsidian")

    text = next(iter(takeover.imported().values()))
    assert expected == text.split("---\n")[2].strip()
    assert told in said


def test_two_files_of_the_same_bytes_are_one_article(takeover: Takeover) -> None:
    """Links to either lead to it."""
    takeover.give("_posts/2020-01-02-embassy.md", POST)
    takeover.give("_posts/2020-01-02-again.md", POST)
    takeover.give("_posts/2020-01-03-next.md", POST.replace("Text.", "[b](2020-01-02-embassy.md)"))

    takeover.run()

    assert 2 == len(takeover.imported())
    assert "[b](again.md)" in takeover.imported()["articles/2020/01/02/next.md"]


def test_names_and_addresses_that_are_taken_get_another(takeover: Takeover) -> None:
    """What stands keeps its path and its address; old addresses that lead elsewhere are left out."""
    standing = takeover.site / "content/articles/2020/01/02/first.md"
    standing.parent.mkdir(parents=True)
    standing.write_text("---\ntitle: S\ndate: 2020-01-02\nslug: embassy\nredirect_from: [/taken/]\n---\nText.\n")
    takeover.give(
        "_posts/2020-01-02-embassy.md", POST.replace("date", "redirect_from: [/taken/, /topics/iraq/, /free/]\ndate")
    )

    takeover.run()

    assert (
        "redirect_from: [/2020/01/02/embassy.html, /free/]" in takeover.imported()["articles/2020/01/02/embassy-2.md"]
    )
    assert (0, "") == takeover.build()


def test_a_faulty_file_does_not_stop_the_rest(takeover: Takeover) -> None:
    """It is told with its line, links to it keep their words, all else is taken in, and the status says 1."""
    takeover.give("_posts/2020-01-02-bad.md", "---\ntitle: [Embassy\n---\nText.\n")
    takeover.give("_posts/2020-01-03-good.md", POST.replace("Text.", "[bad](2020-01-02-bad.md)"))

    status, told = takeover.run()

    assert 1 == status
    assert "old/_posts/2020-01-02-bad.md:2: The front matter cannot be read" in told
    assert takeover.imported()["articles/2020/01/02/good.md"].endswith("\nbad\n")
    assert (0, "") == takeover.build()


def test_a_text_no_build_would_take_is_told_by_its_own_line(takeover: Takeover) -> None:
    """What load refuses is refused here, before anything is written, and links to it lead nowhere."""
    takeover.give("_posts/2020-01-02-odd.md", POST.replace("Text.", "One.\n\nA \x07 bell."))
    takeover.give("_posts/2020-01-03-good.md", POST.replace("Text.", "[odd](2020-01-02-odd.md)"))

    status, told = takeover.run()

    assert 1 == status
    assert "old/_posts/2020-01-02-odd.md:7: The text contains the character U+0007" in told
    assert ["articles/2020/01/02/good.md"] == list(takeover.imported())
    assert (0, "") == takeover.build()


def test_links_that_go_over_lines(takeover: Takeover) -> None:
    """A link may be broken where Markdown lets it be; every line of the text keeps its number."""
    takeover.give("_posts/2020-01-02-embassy.md", POST)
    body = "[a](\n2020-01-02-embassy.md\n'T'), [b](\ngone.md).\n{% x %}"
    takeover.give("_posts/2020-01-03-next.md", POST.replace("Text.", body))

    _, told = takeover.run()

    assert takeover.imported()["articles/2020/01/02/next.md"].endswith("\n[a](\nembassy.md\n'T'), b\n.\n{% x %}\n")
    assert "2020-01-03-next.md:9: warning: There is Liquid here" in told


def test_a_link_that_was_not_led_anywhere_is_a_fault(takeover: Takeover) -> None:
    """What only a Markdown parser sees as a link would lead to whatever stands there by chance."""
    takeover.give("_posts/2020-01-02-embassy.md", POST)
    takeover.give(
        "_posts/2020-01-03-next.md",
        POST.replace("Text.", "`` ` [a](embassy.md) ` ``\n\n- > [a]:\n  > embassy.md\n\n[a]"),
    )

    status, told = takeover.run()
    again, _ = takeover.run()

    assert (1, 1) == (status, again)
    assert 'next.md:10: The link to "articles/2020/01/02/embassy.md" cannot be followed.' in told
    assert [PATH] == list(takeover.imported())


def test_the_source_a_person_names(takeover: Takeover) -> None:
    """--source says where all of it comes from; the author goes with it."""
    takeover.give("_posts/2020-01-02-embassy.md", POST.replace("date", "author: Jo Roe\ndate"))

    takeover.run("--source", "gazette")

    assert "source:\n  key: gazette\n  author: Jo Roe\n" in takeover.imported()[PATH]


def test_a_source_that_is_only_named_shows_an_excerpt(takeover: Takeover) -> None:
    """An outlet's words do not become own writing by being imported."""
    takeover.give(
        "_posts/2020-01-02-embassy.md",
        POST.replace("date", "source: Example Wire\ndate").replace("Text.", "Word " * 99 + "Ending."),
    )

    takeover.run()
    takeover.build()

    page = takeover.output("articles/2020/01/02/embassy/index.html")
    assert "source:\n  name: Example Wire\n" in takeover.imported()[PATH]
    assert ("Word Word" in page, "Ending" in page) == (True, False)


def test_what_only_the_other_generator_reads_never_becomes_markup(takeover: Takeover) -> None:
    """Raw HTML and shortcodes stand on the page as the text they are."""
    body = 'A <script>alert(1)</script> and {{< figure src="x" >}}.\n\n<img src=x onerror=alert(1)>'
    takeover.give("content/posts/embassy.md", POST.replace("Text.", body))

    takeover.run("--from", "hugo")
    takeover.build()

    page = takeover.output("articles/2020/01/02/embassy/index.html")
    assert "&lt;script&gt;alert(1)" in page
    assert "<img src=x" not in page
    assert "{{&lt; figure src=&quot;x&quot; &gt;}}" in page


def test_old_addresses_under_a_path(takeover: Takeover) -> None:
    """An old site that stood in a folder of its host keeps that folder in its addresses."""
    takeover.give("_config.yml", "baseurl: /blog\n")
    takeover.give("_posts/2020-01-02-embassy.md", POST)

    takeover.run()

    assert "redirect_from: [/blog/2020/01/02/embassy.html]" in takeover.imported()[PATH]


def test_one_json_line_for_each_file(takeover: Takeover) -> None:
    """A program reads what became of each file, and every note with its place."""
    takeover.give("_posts/2020-01-02-embassy.md", POST.replace("Text.", "{% include x %}"))

    _, told = takeover.run("--json")

    row = json.loads(told)
    assert ("written", PATH, "Embassy") == (row["state"], row["path"], row["title"])
    assert [5] == [note["line"] for note in row["notes"]]


@pytest.mark.parametrize(
    ("expected", "path", "text"),
    [
        ("hugo", "posts/a.md", "+++\ntitle = 'A'\n+++\n"),
        ("hugo", "archetypes/default.md", "---\n---\n"),
        ("jekyll", "_posts/2020-01-02-a.md", "---\n---\n"),
        ("jekyll", "_config.yml", "title: A\n"),
        ("pelican", "a.md", "Title: A\nDate: 2020-01-02\n\nText.\n"),
        ("pelican", "pelicanconf.py", "PATH = 'content'\n"),
        ("obsidian", ".obsidian/app.json", "{}"),
        ("obsidian", "a.md", "See [[b]].\n"),
    ],
)
def test_a_generator_is_known_by_its_files(takeover: Takeover, expected: str, path: str, text: str) -> None:
    """What only one generator leaves says which it was."""
    takeover.give(path, text)

    assert expected == open_folder(takeover.old, None).generator


def test_a_folder_that_could_be_anything_is_asked_for(takeover: Takeover) -> None:
    """Nothing is guessed where nothing speaks for a generator."""
    takeover.give("a.md", "# A\n")

    with pytest.raises(UsageError, match="Say it: --from with one of hugo, jekyll, pelican, obsidian"):
        open_folder(takeover.old, None)


def test_the_sites_own_content_is_not_imported(takeover: Takeover) -> None:
    """A site that took itself in would hold everything twice."""
    takeover.old = takeover.site / "content"
    status, told = takeover.run()

    assert (2, True) == (status, "is this site's own folder" in told)


def test_a_place_that_cannot_be_written_is_told(takeover: Takeover) -> None:
    """A file where the folder should be stands for every reason the system may have; the sentence says what to do."""
    takeover.give("_posts/2020-01-02-embassy.md", POST)
    (takeover.site / "content/articles").mkdir(parents=True, exist_ok=True)
    (takeover.site / "content/articles/2020").write_text("in the way")

    status, told = takeover.run()

    assert 1 == status
    assert "2020-01-02-embassy.md: It could not be written: " in told
    assert "Mend that, then import again." in told
