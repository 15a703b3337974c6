"""The body of a page as CommonMark: its shape survives, and read again it says and shows the same."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from generator.ingest.commonmark import plain
from generator.ingest.page_body import body_of_pieces
from generator.ingest.pieces import pieces_of
from generator.text.html import plain_text
from generator.text.markdown import render

BASE = "https://post.example/2019/11/18/dredgers"


def body(html: str) -> str:
    """Return the CommonMark of all that stands in a page."""
    lxml_html = pytest.importorskip("lxml.html", reason="the extra html is not installed")
    return body_of_pieces(pieces_of(lxml_html.document_fromstring(html)), BASE)


@pytest.mark.parametrize(
    ("expected", "html"),
    [
        ("Words and more.\n", "<p>Words\n and&nbsp;more.</p>"),
        ("One.\n\nTwo.\n", "<p>One.<br>Two.</p>"),
        ("## Costs\n", "<h1>Costs</h1>"),
        ("### Costs\n", "<h3><span>Costs</span></h3>"),
        ("- One\n- Two\n", "<ul><li>One</li><li>Two</li></ul>"),
        ("1. One\n2. Two\n", "<ol><li>One</li><li>Two</li></ol>"),
        ("- One\n  - Inner\n- Two\n", "<ul><li>One<ul><li>Inner</li></ul></li><li>Two</li></ul>"),
        ("- One\n\n* Two\n", "<ul><li>One</li></ul><ul><li>Two</li></ul>"),
        ("> They went.\n>\n> And stayed.\n", "<blockquote><p>They went.</p><p>And stayed.</p></blockquote>"),
        ("[the vote](https://post.example/vote)\n", '<p><a href="/vote">the vote</a></p>'),
        ("Stop\\![the vote](https://post.example/vote)\n", '<p>Stop!<a href="/vote">the vote</a></p>'),
        ("the vote\n", '<p><a href="javascript:alert(1)">the vote</a></p>'),
        ("the vote\n", '<p><a href="http://[broken">the vote</a></p>'),
        ("**four** million\n", "<p><b>four </b>million</p>"),
        ("(*so*)\n", "<p>(<i>so</i>)</p>"),
        ("a“so”b\n", "<p>a<i>“so”</i>b</p>"),
        ("\\# not a heading\n", "<p># not a heading</p>"),
        ("1\\. not a list\n", "<p>1. not a list</p>"),
        ("\\<b>not bold\\</b>\n".replace(">", "\\>"), "<p>&lt;b&gt;not bold&lt;/b&gt;</p>"),
        (
            "| Port | Ships |\n| --- | --- |\n| Inner |  |\n| Outer | 3 |\n",
            "<table><tr><th>Port<th>Ships<tr><td>Inner<td></td><tr><td>Outer<td>3</table>",
        ),
        ("One.\n\nTwo.\n", "<table><tr><td><p>One.</p><p>Two.</p></td></tr></table>"),
        ("```\na = 1\nb = 2\n```\n", "<pre><code>a = 1\nb = 2</code></pre>"),
        ("Seen.\n", "<p>Seen.<script>x</script><style>y</style></p><template>z</template>"),
    ],
)
def test_each_element_has_its_mark(expected: str, html: str) -> None:
    """Headings begin at the second level, lists stay apart, and what would act as a mark by chance is escaped."""
    assert expected == body(html)


SHAPES = """
<h2>What it costs</h2><p>The board pays <b>four million</b> <i>(so far)</i> for <a href="/a_(b)">a *survey*</a>.</p>
<ul><li>Inner: <b>two</b></li><li><p>Outer:</p><p>half.</p></li><li>Deep<ol><li>one</li><li>two</li></ol></li></ul>
<ul><li>Another list</li></ul>
<blockquote><p>We went.</p><ul><li>with our boats</li></ul></blockquote>
<p>1) a_b_c *d* [e](f) &lt;script&gt; &amp;amp; `g` ~h~ ![i](j) | k \\ l</p>
<table><tr><th>Port</th><th>Ships | boats</th></tr><tr><td><a href="/in">Inner</a></td><td>3</td></tr></table>
<h3>And then # </h3><p>- nothing</p><p>=== more</p><p>+ and</p>
"""


def test_read_again_the_body_says_the_same_words() -> None:
    """Rendering loses nothing and adds nothing: the words of the HTML are those of the page."""
    rendered = plain_text(re.sub(r"</(?:p|li|h\d|td|th|tr|ul|ol|blockquote)>", " ", render(body(SHAPES)).html))
    shown = plain_text(re.sub(r"</(?:p|li|h\d|td|th|tr|ul|ol|blockquote)>", " ", SHAPES))

    assert shown.split() == rendered.split()


def test_read_again_the_body_has_the_same_shape() -> None:
    """Every list, item, quotation, heading, table and link of the page is one of the rendered body."""
    expected = SHAPES.replace("<b>", "<strong>").replace("<i>", "<em>")
    html = render(body(SHAPES)).html

    for tag in ("ul", "ol", "li", "blockquote", r"h\d", "table", "th", "td", "strong", "em", "a"):
        assert len(re.findall(rf"<{tag}[ >]", expected)) == len(re.findall(rf"<{tag}[ >]", html)), tag


def test_the_plain_text_of_a_body_is_its_words() -> None:
    """What is counted, tagged and compared is the text without its marks."""
    assert "Four million for a survey.\n" == plain(body("<p><b>Four</b> million for <a href='/b'>a survey</a>.</p>"))


def test_a_page_nested_without_end_is_read_in_bounds() -> None:
    """Depth costs neither a stack nor more than its length."""
    deep = body("<ul><li>x" * 300 + "</ul>" * 300)

    assert all(len(below) - len(above) < 40 for above, below in pairwise(deep.split("\n")))
