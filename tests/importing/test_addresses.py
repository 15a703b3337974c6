"""Old addresses by each generator's own rules, as its documentation states them."""

from __future__ import annotations

import pytest

from generator.importing.addresses import Stood, address_of, alias_of, in_form
from generator.importing.settings import HUGO, JEKYLL, PELICAN, Settings

DAY = "2020-01-02"
BY_MONTH = {"posts": "/articles/:year/:month/:slug/"}
EMBASSY = Stood("_posts/2020-01-02-embassy.md", day=DAY)


@pytest.mark.parametrize(
    ("expected", "stood", "settings"),
    [
        ("/posts/post-1/", Stood("posts/post-1.md"), {}),
        ("/posts/my-first-post/", Stood("posts/post-1.md", slug="my-first-post"), {}),
        ("/posts/my-post/", Stood("Posts/My Post.md"), {}),
        ("/posts/bundle/", Stood("posts/bundle/index.md"), {}),
        ("/posts/other/", Stood("posts/bundle/index.md", slug="other"), {}),
        ("/about/", Stood("about.md"), {}),
        ("/about/", Stood("posts/post-1.md", url="about"), {}),
        ("/articles/first.html", Stood("posts/post-1.md", slug="no", url="articles/first.html"), {}),
        ("/posts/post-1.html", Stood("posts/post-1.md"), {"is_ugly": True}),
        ("/articles/2020/01/a-title/", Stood("posts/x.md", "A Title", DAY), {"permalinks": BY_MONTH}),
        ("/t/x/", Stood("tutorials/x.md"), {"permalinks": {"tutorials": "/t/:contentbasename/"}}),
        ("", Stood("posts/x.md"), {"permalinks": {"posts": "/:year/:slug/"}}),
        ("/fr/posts/x/", Stood("posts/x.fr.md"), {"languages": ("en", "fr"), "language": "en"}),
        ("/posts/x/", Stood("posts/x.en.md"), {"languages": ("en", "fr"), "language": "en"}),
        ("/posts/v1.2/", Stood("posts/v1.2.md"), {}),
    ],
)  # fmt: skip
def test_hugo(expected: str, stood: Stood, settings: dict[str, object]) -> None:
    """The path of the file, `slug` for its last part, `url` for all of it, patterns by section."""
    assert expected == address_of(stood, HUGO, Settings(**settings))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("expected", "stood", "pattern"),
    [
        ("/2020/01/02/embassy.html", EMBASSY, "date"),
        ("/news/iraq/2020/01/02/embassy.html", EMBASSY._replace(categories=("News", "Iraq", "news")), "date"),
        ("/2020/01/02/embassy/", EMBASSY, "pretty"),
        ("/2020/002/embassy.html", EMBASSY, "ordinal"),
        ("/embassy.html", EMBASSY, "none"),
        ("/2020/W01/Thu/embassy.html", EMBASSY, "weekdate"),
        ("/blog/20-1-2/other", EMBASSY._replace(slug="other"), "/blog/:short_year-:i_month-:i_day/:title"),
        ("/here/", Stood("_posts/2020-01-02-embassy.md", day=DAY, url="/here/"), "date"),
        ("/2020/01/02/Two-Words.html", Stood("_posts/2020-01-02-Two Words.md", day=DAY), "date"),
        ("/two-words/", Stood("_posts/2020-01-02-Two Words.md", day=DAY), "/:slug/"),
        ("", EMBASSY, "/:unknown/:title/"),
        ("", Stood("_posts/2020-01-02-x.md", day=DAY, categories=("two words",)), "date"),
        ("/guide/start.html", Stood("guide/start.md", is_page=True), ""),
        ("/guide/start/", Stood("guide/start.md", is_page=True), "pretty"),
        ("/guide/", Stood("guide/index.md", is_page=True), ""),
    ],
)  # fmt: skip
def test_jekyll(expected: str, stood: Stood, pattern: str) -> None:
    """The built-in styles, patterns of one's own, `permalink` for all of it; a page stands where its file lies."""
    assert expected == address_of(stood, JEKYLL, Settings(permalinks={"": pattern}, pages=pattern))


@pytest.mark.parametrize(
    ("expected", "stood", "settings"),
    [
        ("/the-embassy-at-night.html", Stood("x.md", "The embassy, at night!"), {}),
        ("/given.html", Stood("x.md", "The embassy", slug="given"), {}),
        ("/lettre-a-reims.html", Stood("x.md", "Lettre à Reims"), {}),
        ("", Stood("x.md", "Посольство"), {}),
        ("/special/kept.html", Stood("x.md", "T", url="special/kept.html"), {}),
        ("/2020/01/t/", Stood("x.md", "T", DAY), {"permalinks": {"": "{date:%Y}/{date:%m}/{slug}/"}}),
        ("", Stood("x.md", "T", DAY), {"permalinks": {"": "{date:%b}/{slug}/"}}),
        ("/t-fr.html", Stood("x.md", "T", lang="fr"), {"language": "en"}),
        ("/pages/about.html", Stood("pages/about.md", "About", is_page=True), {}),
        ("/x.html", Stood("x.md", "T"), {"slug_from_name": True}),
    ],
)  # fmt: skip
def test_pelican(expected: str, stood: Stood, settings: dict[str, object]) -> None:
    """`slug.html`, the slug made of the title; `save_as` and `url` for all of it; what needs other letters is none."""
    plain = {"permalinks": {"": "{slug}.html"}, "pages": "pages/{slug}.html", "language": "en"}
    assert expected == address_of(stood, PELICAN, Settings(**{**plain, **settings}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("expected", "written"),
    [
        ("/old-url/", "/old-url"),
        ("/examples/old-name/", "old-name"),
        ("/old/path/", "../old/path"),
        ("/old.html", "/old.html"),
        ("", "../../out"),
        ("", "/../../etc/passwd"),
        ("", "https://elsewhere.example/x"),
        ("", "..\\out"),
        ("", "/a b/"),
        ("", "/a%00b/"),
        ("", "/%2e%2e/x/"),
    ],
)
def test_aliases_of_hugo(expected: str, written: str) -> None:
    """An alias is relative to the site, or to the folder of the page; none leads out of the site."""
    assert expected == alias_of(written, Stood("examples/example-1.md"), HUGO)


def test_an_address_is_written_in_one_form() -> None:
    """Double slashes and the name of a folder's page go, percent signs are decoded; what is no address is none."""
    written = ("a//b/index.html", "/%D8%B9%D8%B1%D8%A7%D9%82/", "/a?b", "/a/../b", '/"/', "/" + "x" * 2000)

    assert ["/a/b/", "/عراق/", "", "", "", ""] == [in_form(one) for one in written]
