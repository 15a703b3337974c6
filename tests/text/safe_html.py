"""What a page must never hold, found by reading HTML as a browser does: by allowing the known and naming all else."""

from __future__ import annotations

import re
from html.parser import HTMLParser

ALLOWED = {
    "p": set(),
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "h5": {"id"},
    "h6": {"id"},
    "em": set(),
    "strong": set(),
    "s": set(),
    "a": {"href", "title", "class"},
    "br": set(),
    "hr": set(),
    "ul": set(),
    "ol": {"start"},
    "li": set(),
    "blockquote": set(),
    "pre": {"tabindex"},
    "code": {"class"},
    "img": {"src", "alt", "title", "loading"},
    "figure": set(),
    "figcaption": set(),
    "div": {"class", "role", "tabindex", "aria-label"},
    "table": set(),
    "thead": set(),
    "tbody": set(),
    "tr": set(),
    "th": {"class"},
    "td": {"class"},
}
_LINK = re.compile(
    r"https?://[^/@]+(?:/.*)?(?:[?#].*)?|mailto:[^?]+(?:\?subject=.*)?|#h-.*|dateline:(?!//).*", re.DOTALL
)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.unsafe: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        allowed: set[str] | None = ALLOWED.get(tag)
        if allowed is None:
            self.unsafe.append(f"<{tag}>")
            return
        for name, value in attrs:
            if name not in allowed:
                self.unsafe.append(f"<{tag} {name}>")
            elif name == "href" and not _LINK.fullmatch(value or ""):
                self.unsafe.append(f"href={value}")
            elif name == "src" and not (value or "").startswith("dateline:"):
                self.unsafe.append(f"src={value}")

    def handle_comment(self, data: str) -> None:
        self.unsafe.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.unsafe.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.unsafe.append(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        self.unsafe.append(f"<![{data}]>")


def unsafe_parts(html: str) -> list[str]:
    """Return every tag, attribute and address in HTML that is not known to be harmless."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.unsafe
