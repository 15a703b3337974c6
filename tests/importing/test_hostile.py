"""Folders nobody wrote in good faith: nothing leaves the folder, nothing leaves the site, and the rest is taken in."""

from __future__ import annotations

import os
import random
import re
import time
from pathlib import Path

import pytest

from tests.importing.conftest import Takeover

GOOD = "---\ntitle: Good\ndate: 2020-01-02\n---\nText.\n"
GOOD_PATH = "articles/2020/01/02/good.md"
SECONDS = 20


def everything(folder: Path) -> dict[str, str]:
    """Return what lies in a folder outside the site's content, where an import may write."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().hex() if path.is_file() else ""
        for path in sorted(folder.rglob("*"))
        if not path.relative_to(folder).as_posix().startswith(("site/content/", "site/public", "site/.dateline"))
    }


@pytest.mark.parametrize(
    ("expected", "front"),
    [
        ("2: The front matter cannot be read as TOML", 'title = "A'),
        ("3: The front matter cannot be read as TOML", 'title = "A"\ntitle = "B"'),
        ("2: The front matter is nested too deep", "a = " + "[" * 5000 + "]" * 5000),
        ("2: The front matter is nested too deep", "a = " + "[" * 30 + "]" * 30),
        ("2: The front matter cannot be read as TOML", "a = " + "9" * 5000),
        ("2: The front matter cannot be read as TOML", "a = 0x" + "f" * 5000),
        ("2: The front matter is", 'a = "' + "x" * 70_000 + '"'),
        ("3: The front matter contains the character U+001B", 'a = "x"\ntitle = "\\u001b[31m"'),
        ("2: The front matter cannot be read as TOML", "date = 2020-13-45"),
    ],
    ids=["open", "twice", "deep", "rather-deep", "digits", "hex", "long", "escape", "no-day"],
)
def test_broken_toml(takeover: Takeover, expected: str, front: str) -> None:
    """It is told with its line, and the other files are taken in."""
    takeover.give("content/good.md", GOOD)
    takeover.give("content/bad.md", f"+++\n{front}\n+++\nText.\n")

    status, told = takeover.run("--from", "hugo")

    assert (1, [GOOD_PATH]) == (status, list(takeover.imported()))
    assert f"old/content/bad.md:{expected}" in told
    assert "\x1b" not in told


@pytest.mark.parametrize(
    "content",
    [
        b"---\ntitle: [\n---\n",
        b"---\na: &a [x, x]\nb: [*a, *a]\n---\n",
        b"---\ntitle: !!python/object/apply:os.system [id]\n---\n",
        b"---\ntitle: T\n" + b"x: [" * 50 + b"]" * 50 + b"\n---\n",
        b"---\ntitle: no end\n",
        b"---\ntitle: T\ndate: 2020-01-02\n---\nCaf\xe9\n",
        "---\ntitle: T\ndate: 2020-01-02\n---\nText\n".encode("utf-16"),
        b"---\ntitle: T\ndate: 2020-01-02\n---\n\x00\n",
        b"---\ntitle: T\ndate: 2020-01-02\n---\n" + b"x" * 3_000_000,
        b"---\ntitle: T\ndate: 2020-01-02\n---\n" + b"word " * 60_000,
        b'---\ntitle: "\\u001b[31m"\ndate: 2020-01-02\n---\nText.\n',
    ],
    ids=["open", "alias", "tag", "deep", "no-end", "latin", "utf-16", "zero", "huge", "long", "escape"],
)
def test_files_that_cannot_be_taken_in(takeover: Takeover, content: bytes) -> None:
    """Each is told by its name, and the other files are taken in; the site builds."""
    takeover.give("_posts/2020-01-02-good.md", GOOD)
    takeover.give("_posts/2020-01-02-bad.md", content)

    status, told = takeover.run()

    assert (1, [GOOD_PATH]) == (status, list(takeover.imported()))
    assert "old/_posts/2020-01-02-bad.md" in told
    assert "\x1b" not in told
    assert (0, "") == takeover.build()


OUT = (
    "../../../../out",
    "/etc/passwd",
    "..\\..\\out",
    "%2e%2e/%2e%2e/out",
    "....//out",
    "\u202eout",
    "C:\\out",
    "a\u0000b",
)


@pytest.mark.parametrize("out", OUT, ids=range(len(OUT)))
def test_nothing_leaves_the_site(takeover: Takeover, out: str) -> None:
    """A path in any key is an address or a name inside the site, or nothing; no file lands elsewhere."""
    quoted = '"' + out.replace("\\", "\\\\").replace("\0", "\\u0000") + '"'
    takeover.give("../out.md", "Outside.\n")
    takeover.give("../out.png", "OUTSIDE")
    takeover.give("content/good.md", GOOD)
    keys = ("slug", "url", "aliases", "image", "lang", "source", "categories", "tags", "cover")
    for number, key in enumerate(keys):
        body = f"![a]({out}) [b]({out}.md) ![c]({out}.png) [d](<{out}>) ![e](../../out.png)".replace("\0", "")
        takeover.give(
            f"content/{number}.md", f"---\ntitle: T{number}\ndate: 2020-01-02\n{key}: {quoted}\n---\n{body}\n"
        )
    before = everything(takeover.folder)

    takeover.run("--from", "hugo")

    assert before == everything(takeover.folder)
    assert "OUTSIDE" not in takeover.imported().values()
    assert all(re.fullmatch(r"articles/(?:2020/01/02|held)/[a-z0-9-]+\.md", path) for path in takeover.imported())
    status, faults = takeover.build()
    assert (0, False) == (status, ": error" in faults), faults
    assert before.keys() == everything(takeover.folder).keys()


def test_links_are_not_followed(takeover: Takeover) -> None:
    """Neither a linked file nor a linked folder, nor a picture that is a link, brings in what lies outside."""
    outside = takeover.folder / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text(GOOD.replace("Good", "Secret"))
    (outside / "secret.png").write_text("SECRET")
    takeover.give("_posts/2020-01-02-good.md", GOOD.replace("Text.", "![a](secret.png) ![b](more/secret.png)"))
    posts = takeover.old / "_posts"
    (posts / "2020-01-02-secret.md").symlink_to(outside / "secret.md")
    (posts / "secret.png").symlink_to(outside / "secret.png")
    (posts / "more").symlink_to(outside)
    (posts / "round").symlink_to(posts)
    (takeover.old / "_config.yml").symlink_to(outside / "secret.md")

    _, told = takeover.run()

    assert [GOOD_PATH] == list(takeover.imported())
    assert takeover.imported()[GOOD_PATH].endswith("\na b\n")
    assert "2020-01-02-secret.md: warning: This is a link, which is not followed." in told
    assert "SECRET" not in told


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_names_no_text_may_hold(takeover: Takeover) -> None:
    """A name that is no text, or would steer a terminal, is told in signs and left."""
    takeover.give("_posts/2020-01-02-good.md", GOOD)
    posts = os.fsencode(takeover.old / "_posts")
    for name in (b"2020-01-02-\xff.md", b"2020-01-02-\x1b[31m.md", b"2020-01-02-\n.md"):
        with open(os.path.join(posts, name), "wb") as file:
            file.write(GOOD.encode())

    status, told = takeover.run("--json")

    assert (1, [GOOD_PATH]) == (status, list(takeover.imported()))
    assert 4 == len(told.splitlines())
    assert "\x1b" not in told


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_is_not_waited_for(takeover: Takeover) -> None:
    """What is no file is no content."""
    takeover.give("_posts/2020-01-02-good.md", GOOD)
    os.mkfifo(takeover.old / "_posts/2020-01-02-pipe.md")

    takeover.run()

    assert [GOOD_PATH] == list(takeover.imported())


def test_a_picture_that_holds_a_script_stays_behind(takeover: Takeover) -> None:
    """What a browser would run does not come along; a plain picture does."""
    takeover.give("_posts/bad.svg", "<svg><script>alert(1)</script></svg>")
    takeover.give("_posts/worse.svg", "<svg onload=alert(1)></svg>")
    takeover.give("_posts/page.html", "<script>alert(1)</script>")
    takeover.give("_posts/fine.svg", "<svg></svg>")
    body = "![a](bad.svg) ![b](worse.svg) [c](page.html) ![d](fine.svg)"
    takeover.give("_posts/2020-01-02-good.md", GOOD.replace("Text.", body))

    takeover.run()

    assert ["articles/2020/01/02/fine.svg", GOOD_PATH] == list(takeover.imported())
    assert takeover.imported()[GOOD_PATH].endswith("\na b c ![d](fine.svg)\n")


SLOW = {
    "comments": "<!-- " * 7000,
    "backticks": "".join("`" * (number % 90 + 1) + " " for number in range(170)),
    "more-backticks": "` `` " * 2000,
    "brackets": "[" * 1000 + "]" * 1000,
    "links": "[a](" * 900 + "b",
    "link-ends": "](a " * 1900,
    "liquid": "](" + "{{a}}" * 20_000,
    "percents": "%%" * 10_000 + "%",
    "wikilinks": "[[" * 990,
    "hashtags": "#1 " * 9000 + "#" + "1" * 100_000,
    "definitions": "[a]: x\n" * 1900,
    "headings": "# a\n" * 7000,
    "blanks": " " * 190_000,
    "braces": "{: " * 9000,
}


@pytest.mark.parametrize("name", SLOW)
@pytest.mark.parametrize("generator", ["obsidian", "jekyll"])
def test_no_text_takes_long(takeover: Takeover, name: str, generator: str) -> None:
    """The slowest text there can be is done within seconds, or refused."""
    takeover.give("_posts/2020-01-02-good.md", GOOD.replace("Text.", SLOW[name]))
    start = time.perf_counter()

    takeover.run("--from", generator)

    assert time.perf_counter() - start < SECONDS


def test_no_front_matter_takes_long(takeover: Takeover) -> None:
    """Neither thousands of headers, nor thousands of carried-on lines, nor thousands of keys."""
    takeover.give("a.md", "Title: A\n" + "    more\n" * 200_000)
    takeover.give("b.md", "Title: B\n" + "".join(f"k{number}: v\n" for number in range(100_000)))
    takeover.give("c.md", "+++\n" + "".join(f"k{number} = 1\n" for number in range(3_900)) + "+++\nText.\n")
    start = time.perf_counter()

    takeover.run("--from", "pelican")

    assert time.perf_counter() - start < SECONDS


PIECES = (
    *("---\n", "+++\n", "title: T\n", "title = 'T'\n", "date: 2020-01-02\n", "Date: 2020-01-02\n", "tags: [iraq, 'x\n"),
    *("[a](b.md)", "[a](<b c.md> 'x')", "[a](\nb.md)", "![a](b.png)", "![a][r]", "[r]: b.md\n", "[r]: <b>\n", "[[b]]"),
    *(
        "[[b#c|d]]",
        "![[b.png|3]]",
        '{{< ref "b" >}}',
        '[a]({{< ref "b" >}})',
        "[a]({% link b.md %})",
        "[a]({static}/b.png)",
    ),
    *(
        "<script>alert(1)</script>",
        "<!-- x -->",
        "<!--",
        "%% x %%",
        "`",
        "```\n",
        "~~~\n",
        "    ",
        "\\",
        "[",
        "](",
        ")",
    ),
    *(
        "> ",
        "- ",
        "1. ",
        "# T\n",
        "| a | b |\n",
        "\n",
        "\n\n",
        "\t",
        "  \n",
        "javascript:alert(1)",
        "<a href=x>",
        "&lt;",
    ),
    *(
        "[a](javascript:alert(1))",
        "[a](//x.example)",
        "[a](?b)",
        "[a](#b)",
        "[a](b%2f..%2fc.md)",
        "[![a](b.png)](c.md)",
    ),
    *("redirect_from: [/a/, /a/]\n", "slug: ../a\n", "image: b.png\n", "\u202e", "é", "عراق"),
)


@pytest.mark.parametrize("generator", ["hugo", "jekyll", "pelican", "obsidian"])
def test_whatever_is_taken_in_builds(takeover: Takeover, generator: str) -> None:
    """Of any files at all those that are written make a site that builds, without any of their HTML as markup."""
    chance = random.Random(generator)
    folder = "_posts/" if generator == "jekyll" else "content/"
    takeover.give(f"{folder}b.png", "PICTURE")
    head = "---\ntitle: T\ndate: 2020-01-02\n---\n"
    for number in range(120):
        text = "".join(chance.choices(PIECES, k=chance.randrange(1, 40)))
        name = chance.choice(("b", "c", "2020-01-02-b", f"n{number}", f"2020-01-03-n{number}", f"d{number}/index"))
        takeover.give(f"{folder}{name}.md", chance.choice((head, head, "")) + text)

    takeover.run("--from", generator)

    status, faults = takeover.build()
    assert 0 == status, faults
    assert len(takeover.imported()) > 20
    for page in (takeover.site / "public").rglob("*.html"):
        text = page.read_text("utf-8")
        assert "<script>alert" not in text
        assert 'href="javascript' not in text


@pytest.mark.parametrize(
    "settings", [{"hugo.toml": 'baseURL = "http://[x"'}, {"pelicanconf.py": "SITEURL = 'http://[x'"}]
)
def test_an_address_of_the_old_site_that_cannot_be_read(takeover: Takeover, settings: dict[str, str]) -> None:
    """It names no folder of a host, and stops nothing; one that an article names stays a key of its own."""
    for name, content in settings.items():
        takeover.give(name, content)
    takeover.give("content/good.md", GOOD.replace("title", "source_url: https://[news]/1\ntitle"))

    status, told = takeover.run()

    assert (0, [GOOD_PATH]) == (status, list(takeover.imported())), told
