"""Content types by file name, as a static host would send them; the system's own tables differ between machines."""

from __future__ import annotations

HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
JSON = "application/json; charset=utf-8"
EVENTS = "text/event-stream; charset=utf-8"
SCRIPT = "text/javascript; charset=utf-8"

_TYPES = {
    "html": HTML,
    "htm": HTML,
    "css": "text/css; charset=utf-8",
    "js": SCRIPT,
    "mjs": SCRIPT,
    "json": JSON,
    "map": JSON,
    "webmanifest": "application/manifest+json; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "xsl": "application/xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "txt": TEXT,
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "ico": "image/x-icon",
    "woff2": "font/woff2",
    "woff": "font/woff",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "pdf": "application/pdf",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "zip": "application/zip",
    "wasm": "application/wasm",
}

PICTURES = ("svg", "png", "jpg", "jpeg", "gif", "webp", "avif", "ico")


def extension(path: str) -> str:
    """Return the file name's extension in small letters, without the dot."""
    name = path.rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name else ""


def content_type(path: str) -> str:
    """Return the content type of a file of the site."""
    name = path.rpartition("/")[2]
    if name == "feed.xml":
        return _TYPES["atom"]
    if name in ("CNAME", "_headers", "_redirects"):
        return TEXT
    return _TYPES.get(extension(path), "application/octet-stream")
