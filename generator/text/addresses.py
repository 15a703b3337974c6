"""What the address of a link or picture in a body means, and whether a page may hold it.

An address is allowed only when it is of a known kind. All else (`javascript:`, `data:`, an unknown scheme, control
characters in disguise, another server without a scheme) has none, and its words stay as text.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import SplitResult, unquote, urlsplit

from generator.named import NamedTuple

# What stands before an address inside the site until it is resolved.
SYMBOLIC = "dateline:"

EXTERNAL = "external"
CONTENT = "content"
FILE = "file"
SITE = "site"
HERE = "here"

# Ids of headings stand apart from the theme's own ids, which a heading named "search" would otherwise take.
HEADING_PREFIX = "h-"

_SCHEME = re.compile(r"[^/?#]*:")
_WEB = re.compile(r"https?://(?![^/?#]*@)[^\s/?#\\@]", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[^\s?&@,;]+@[^\s?&@,;]+(?:\?subject=[^&%]*(?:%(?!0[ad])[^&%]*)*)?", re.IGNORECASE)
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\\\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffd]")


class Address(NamedTuple):
    """What a written address leads to: `target` as written, decoded and without its fragment; `kind` as above."""

    kind: str
    target: str
    fragment: str = ""


def read_address(written: str) -> Address | None:
    """Return what `written` leads to, or None when no page may hold it."""
    written = written.strip(" \t\n")
    if not written or _UNFIT.search(written) or written.startswith("//"):
        return None
    if _SCHEME.match(written):
        known = _WEB.match(written) or _MAIL.fullmatch(written)
        return Address(EXTERNAL, written) if known else None
    path, hash_sign, fragment = written.partition("#")
    if not path:
        return Address(HERE, "", fragment) if hash_sign else None
    target = unquote(path)
    if _UNFIT.search(target) or re.search(r"[?#%:]", target) or target.startswith("//"):
        return None
    if target.startswith("/"):
        return Address(SITE, target, fragment)
    return Address(CONTENT if target.endswith(".md") else FILE, target, fragment)


def split_url(url: str) -> SplitResult:
    """Return the parts of a web address; one that no browser could read, such as `https://[news]/1`, has none."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")


def host_of(url: str) -> str:
    """Return the host of a web address in small letters and without `www.`, "" for none."""
    return (split_url(url).hostname or "").removeprefix("www.")


def canonical_url(url: str) -> str:
    """Return a web address in the form two articles must not share: scheme, case of the host and fragment left out."""
    if not url:
        return ""
    address = url.partition("#")[0].partition("://")[2]
    host, _, rest = address.partition("/")
    return f"{host.lower().removeprefix('www.')}/{rest.rstrip('/')}"


def heading_id(text: str) -> str:
    """Return the id of a heading with this text: its letters and digits in any script, parted by hyphens."""
    words = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", text).casefold()).strip("-")
    return HEADING_PREFIX + (words[:80].rstrip("-") or "section")
