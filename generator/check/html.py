"""Read a finished page into the facts that can be wrong about it; nothing is judged here."""

from __future__ import annotations

from html.parser import HTMLParser

from generator.named import NamedTuple

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
# What a browser fetches by itself, and what only a reader follows.
FETCHED = {
    "img": ("src", "srcset"),
    "script": ("src",),
    "link": ("href",),
    "source": ("src", "srcset"),
    "iframe": ("src",),
    "audio": ("src",),
    "video": ("src", "poster"),
    "use": ("href", "xlink:href"),
    "object": ("data",),
    "track": ("src",),
}
FOLLOWED = {"a": ("href",), "area": ("href",), "form": ("action",)}
ADDRESSES = {**FETCHED, **FOLLOWED}
# These say where a page stands or leads to; nothing is fetched from them.
NAMING = frozenset({"canonical", "alternate", "prev", "next", "license", "author", "help", "search", "me"})


class Link(NamedTuple):
    """One address in a page, as written; `fetched` when the browser loads it without being asked."""

    address: str
    line: int
    fetched: bool


class Heading(NamedTuple):
    """One heading: its level, 1 to 6, and its line."""

    level: int
    line: int


class PageFacts(NamedTuple):
    """What one page says of itself; every tuple of numbers is of lines."""

    lang: str
    title: str
    redirects: bool
    headings: tuple[Heading, ...]
    anchors: frozenset[str]
    repeated_ids: tuple[tuple[str, int], ...]
    links: tuple[Link, ...]
    images_without_alt: tuple[int, ...]
    wordless_links: tuple[int, ...]


def read_page(text: str) -> PageFacts:
    """Return the facts of one page; broken HTML is read as browsers read it, never refused."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.facts()


class _Reader(HTMLParser):
    """Reads a page from top to bottom and keeps what its tags say of it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lang = ""
        self._title: str | None = None
        self._in_title = False
        self._in_drawing = 0
        self._redirects = False
        self._headings: list[Heading] = []
        self._anchors: set[str] = set()
        self._ids: set[str] = set()
        self._repeated: list[tuple[str, int]] = []
        self._links: list[Link] = []
        self._images: list[int] = []
        self._wordless: list[int] = []
        # The line of the link being read, and whether anything in it can be read out.
        self._link_line = 0
        self._link_speaks = True

    def facts(self) -> PageFacts:
        """Return what the page said, once it has been read whole."""
        return PageFacts(
            self._lang,
            " ".join((self._title or "").split()),
            self._redirects,
            tuple(self._headings),
            frozenset(self._anchors),
            tuple(self._repeated),
            tuple(self._links),
            tuple(self._images),
            tuple(self._wordless),
        )

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what an opening tag says: of the page, of a link or picture, of a place to lead to."""
        line = self.getpos()[0]
        given = {name: value or "" for name, value in attrs}
        self._take_anchor(tag, given, line)
        if tag == "html":
            self._lang = given.get("lang", "").strip()
        elif tag == "title" and not self._in_drawing:
            # A drawing's title is its own; the page's is the first outside of any.
            self._in_title = self._title is None
        elif tag == "svg":
            self._in_drawing += 1
        elif tag in HEADINGS:
            self._headings.append(Heading(HEADINGS[tag], line))
        elif tag == "meta":
            self._take_meta(given, line)
        elif tag == "img":
            self._take_image(given, line)
        elif tag == "a":
            self._open_link(given, line)
        if tag in ADDRESSES:
            self._take_addresses(tag, given, line)

    def handle_endtag(self, tag: str) -> None:
        """Close a title, a drawing or a link; a link that says nothing to be read out is told."""
        if tag == "title":
            self._in_title = False
        elif tag == "svg":
            self._in_drawing -= 1
        elif tag == "a":
            if not self._link_speaks:
                self._wordless.append(self._link_line)
            self._link_speaks = True

    def handle_data(self, data: str) -> None:
        """Take in words: of the title, and those by which a link can be read out."""
        if self._in_title:
            self._title = (self._title or "") + data
        if not self._link_speaks and data.strip():
            self._link_speaks = True

    def _take_anchor(self, tag: str, given: dict[str, str], line: int) -> None:
        if "id" in given:
            if given["id"] in self._ids:
                self._repeated.append((given["id"], line))
            self._ids.add(given["id"])
            self._anchors.add(given["id"])
        if tag == "a" and given.get("name"):
            self._anchors.add(given["name"])
        if given.get("aria-label"):
            self._link_speaks = True

    def _take_meta(self, given: dict[str, str], line: int) -> None:
        content = given.get("content", "")
        if given.get("http-equiv", "").lower() == "refresh":
            _, _, target = content.partition("=")
            self._redirects = True
            self._links.append(Link(target.strip().strip("'\""), line, fetched=False))
        elif given.get("property") in ("og:url", "og:image"):
            self._links.append(Link(content, line, fetched=False))

    def _take_image(self, given: dict[str, str], line: int) -> None:
        if "alt" not in given:
            self._images.append(line)
        elif given["alt"].strip():
            self._link_speaks = True

    def _open_link(self, given: dict[str, str], line: int) -> None:
        self._link_line = line
        self._link_speaks = "href" not in given or bool(given.get("aria-label") or given.get("title"))

    def _take_addresses(self, tag: str, given: dict[str, str], line: int) -> None:
        fetched = tag in FETCHED
        if tag == "link":
            fetched = not NAMING & set(given.get("rel", "").lower().split())
        for name in ADDRESSES[tag]:
            if name not in given:
                continue
            written = given[name].strip()
            addresses = (
                [part.split()[0] for part in written.split(",") if part.strip()] if name == "srcset" else [written]
            )
            self._links += [Link(address, line, fetched) for address in addresses]
