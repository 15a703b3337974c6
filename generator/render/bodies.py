"""Bodies ready for a page: links resolved, first mentions of topics linked.

A body's HTML is made only when a page that shows it is rendered; until then its digest stands for it, and covers
everything the HTML is made of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from generator.digest import digest_of
from generator.model.article import Article, BodyLink
from generator.render.views.frame import Body
from generator.render.views.shown import EXCERPT, FULL, Shown
from generator.text.headings import without_gaps
from generator.text.html import escape
from generator.text.mentions import Matcher, link_mentions

_SYMBOLIC = re.compile(r'="dateline:([^"#]*)(#[^"]*)?"')
_LINK = re.compile(r'<a href="dateline:([^"#]+\.md)[^>]*>(.*?)</a>', re.DOTALL)


class Bodies:
    """Makes the bodies of one build.

    `html_of` returns a content path's parsed HTML; `addresses` maps content paths to addresses; `topic_hrefs` maps
    topic ids to links on a page.
    """

    def __init__(
        self,
        html_of: Callable[[str], str],
        *,
        matcher: Matcher,
        topic_hrefs: Mapping[str, str],
        addresses: Mapping[str, str],
        base: str,
    ) -> None:
        self._html_of = html_of
        self._matcher = matcher
        self._topic_hrefs = topic_hrefs
        self.addresses = addresses
        self._base = base
        self._links_digest = digest_of(matcher.digest, base, tuple(topic_hrefs.items()))

    def sign_of(self, links: tuple[BodyLink, ...]) -> bytes:
        """Return what stands for all a body is made of besides the text itself and its topics."""
        if not links:
            return self._links_digest
        return digest_of(self._links_digest, tuple(self.addresses.get(link.target, "") for link in links))

    def whole(
        self,
        path: str,
        digest: bytes,
        *,
        home: str,
        links: tuple[BodyLink, ...],
        own: tuple[str, ...],
        unlinked: tuple[str, ...] = (),
    ) -> Body:
        """Return the body of the content file `path`, whose page is at `home`.

        `own` are the text's topics, main one first; topics in `unlinked` get no link.
        """
        resolved = tuple((link.target, self.addresses.get(link.target, "")) for link in links)
        # Where the author links to a topic there is no need to link its first mention too.
        unlinked = (*unlinked, *(_topic_of(link.target) for link in links if link.target.startswith("topics/")))
        digest = digest_of(digest, self._links_digest, home, resolved, own, unlinked)
        return Body(digest, lambda: self._ready(self._html_of(path), home, own, unlinked))

    def excerpt(self, text: str, *, own: tuple[str, ...], unlinked: tuple[str, ...] = ()) -> Body:
        """Return an excerpt's plain text as one paragraph."""
        html = f"<p>{escape(text)}</p>\n"
        return Body(digest_of(html, self._links_digest, own, unlinked), lambda: self._linked(html, own, unlinked))

    def resolved(self, html: str, home: str) -> str:
        """Return HTML whose symbolic links lead to addresses; files beside a text lie in the folder of its page."""
        if '="dateline:' not in html:
            return html

        def words_or_link(found: re.Match[str]) -> str:
            # What is not published cannot be linked to; load has said so.
            return found[0] if found[1] in self.addresses else found[2]

        def address(found: re.Match[str]) -> str:
            target, fragment = found[1], found[2] or ""
            if not target.startswith("/"):
                target = self.addresses.get(target) or home + target.rsplit("/", 1)[-1]
            return f'="{self._base}{target}{fragment}"'

        return _SYMBOLIC.sub(address, _LINK.sub(words_or_link, html))

    def _ready(self, html: str, home: str, own: tuple[str, ...], unlinked: tuple[str, ...]) -> str:
        return self._linked(self.resolved(without_gaps(html), home), own, unlinked)

    def _linked(self, html: str, own: tuple[str, ...], unlinked: tuple[str, ...]) -> str:
        return link_mentions(html, self._matcher, own=own, hrefs=self._topic_hrefs, skip=frozenset(unlinked))


def _topic_of(path: str) -> str:
    return path.removeprefix("topics/").removesuffix(".md")


def body_of(bodies: Bodies, article: Article, words: Shown) -> Body | None:
    """Return what an article's source lets a page show of the body, None for nothing; `words` are what may be shown."""
    if words.rights == FULL:
        return bodies.whole(
            article.path,
            article.body,
            home=bodies.addresses[article.path],
            links=article.links,
            own=article.own_topics,
            unlinked=article.excluded,
        )
    if words.rights == EXCERPT and words.excerpt:
        return bodies.excerpt(words.excerpt, own=article.own_topics, unlinked=article.excluded)
    return None
