"""Write feeds, sitemaps and the small text files of a site."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.render.views.feed import FeedEntry, FeedView
from generator.text.html import escape

# XML 1.0 has no place for these, not even escaped.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_OWN_ADDRESS = re.compile(r'((?:href|src)=")/(?!/)')


def atom(view: FeedView, written: dict[tuple[bytes, str], str] | None = None) -> str:
    """Return a feed as Atom (RFC 4287); entries that stand in `written` are taken from there, new ones put there."""
    written = {} if written is None else written
    host = view.address.split("/", 3)
    origin = "/".join(host[:3]) + "/"
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{text(view.language)}">\n'
        f"<id>{text(view.id)}</id>\n<title>{text(view.title)}</title>\n"
        f'<link rel="self" type="application/atom+xml" href="{text(view.address)}"/>\n'
        f'<link rel="alternate" type="text/html" href="{text(view.home)}"/>\n'
        f"<updated>{view.updated}</updated>\n<author><name>{text(view.author)}</name></author>\n"
    )
    for entry in view.entries:
        if (entry.digest, origin) not in written:
            written[entry.digest, origin] = _entry(entry.view, origin)
    return head + "".join([written[entry.digest, origin] for entry in view.entries]) + "</feed>\n"


def _entry(entry: FeedEntry, origin: str) -> str:
    language = f' xml:lang="{text(entry.lang)}"' if entry.lang else ""
    parts = [
        f"<entry{language}>\n<id>{text(entry.id)}</id>\n<title>{text(entry.title)}</title>\n",
        f'<link rel="alternate" type="text/html" href="{text(entry.href)}"/>\n',
        *[
            f'<link rel="related" title="{text(link.label)}" href="{text(origin[:-1] + link.href)}"/>\n'
            for link in entry.also
        ],
        f"<published>{entry.published}</published>\n" if entry.published else "",
        f"<updated>{entry.updated}</updated>\n<author><name>{text(entry.author)}</name></author>\n",
        "".join(f'<category term="{text(topic)}"/>\n' for topic in entry.topics),
        f"<summary>{text(entry.summary)}</summary>\n" if entry.summary else "",
    ]
    content = str(entry.content)
    if content:
        # Readers show an entry away from the site, where an address without a host leads nowhere.
        absolute = _OWN_ADDRESS.sub(rf"\g<1>{origin}", content).replace('href="#', f'href="{text(entry.href)}#')
        parts.append(f'<content type="html">{text(absolute)}</content>\n')
    return "".join(parts) + "</entry>\n"


def sitemap(rows: Iterable[tuple[str, str]]) -> str:
    """Return a sitemap of (absolute address, last change as a day or moment or "") rows."""
    urls = "".join(
        f"<url><loc>{text(address)}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</url>\n"
        for address, changed in rows
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n'
    )


def sitemap_index(addresses: Iterable[str]) -> str:
    """Return the sitemap that lists the site's sitemaps."""
    maps = "".join(f"<sitemap><loc>{text(address)}</loc></sitemap>\n" for address in addresses)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{maps}</sitemapindex>\n'
    )


def robots(sitemap_address: str) -> str:
    """Return `robots.txt`: everything may be read, and the sitemap is here."""
    return f"User-agent: *\nDisallow:\n\nSitemap: {sitemap_address}\n"


def headers(base: str) -> str:
    """Return `_headers` for static hosts that read it: safe defaults, and assets revalidated by their ETag."""
    return (
        f"{base}/*\n"
        "  X-Content-Type-Options: nosniff\n"
        "  Referrer-Policy: strict-origin-when-cross-origin\n"
        "  Content-Security-Policy: default-src 'none'; img-src 'self' https: data:; style-src 'self' 'unsafe-inline'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'\n"
        f"{base}/assets/*\n"
        "  Cache-Control: public, max-age=0, must-revalidate\n"
    )


def redirects(base: str, rows: Iterable[tuple[str, str]]) -> str:
    """Return `_redirects` for static hosts that read it, from (old address, new address) rows."""
    return "".join(f"{base}{old} {base}{new} 301\n" for old, new in rows)


def text(value: str) -> str:
    """Return text as XML carries it, without the characters XML forbids."""
    return escape(_FORBIDDEN.sub("", value))
