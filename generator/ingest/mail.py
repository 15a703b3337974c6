"""Read mails (`.eml`) and web pages saved as one file (MHTML), which are mails by their form.

Of a mail's parts the text is read, once; attachments are left where they are. Nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from generator.errors import IngestError
from generator.ingest.encoding import decoded
from generator.ingest.raw import HTML, TEXT, RawItem, Stated, bare_text, unpacked

_HEADER = re.compile(rb"(?:From )?[A-Za-z][A-Za-z0-9-]*:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*")
_OF_MAIL = (b"from:", b"received:", b"message-id:", b"return-path:", b"delivered-to:")
_MOST_PARTS = 500
_PAGES = ("text/html", "application/xhtml+xml")
_WEB = re.compile(r"https?://[^\s<>\"]+")


def is_mail(content: bytes) -> bool:
    """Say whether bytes begin with the head of a mail or of a page archive."""
    names: list[bytes] = []
    at = 0
    # A head is read only as far as it takes to know it.
    while len(names) < 60 and (found := _HEADER.match(content, at, at + 16_384)) is not None:
        names.append(found[0].split(b":", 1)[0].lower() + b":")
        at = found.end()
    of_mail = sum(name in _OF_MAIL for name in set(names))
    return (b"mime-version:" in names and of_mail >= 1) or (of_mail >= 2 and b"date:" in names)


def read_mail(name: str, content: bytes) -> RawItem:
    """Return the report in a mail or a page archive; raises IngestError when there is no text in it."""
    try:
        mail = message_from_bytes(unpacked(name, content).lstrip())
        parts = [part for _, part in zip(range(_MOST_PARTS), mail.walk(), strict=False) if not part.is_multipart()]
    except (RecursionError, ValueError, LookupError) as fault:
        raise IngestError(f"{name}: the mail is broken ({type(fault).__name__}). Save its text as a file.") from fault
    page, plain = _main_part(parts, *_PAGES), _main_part(parts, "text/plain")
    if page is None and plain is None:
        raise IngestError(f"{name}: there is no text in this mail. Save what it holds as files, and take in those.")
    # A mail with pictures in it is "related" too; only a page that was saved names the address of each part.
    is_archive = mail.get("Snapshot-Content-Location") is not None or (
        mail.get_content_type() == "multipart/related" and page is not None and page.get("Content-Location") is not None
    )
    stated = _of_archive(mail, page) if is_archive and page is not None else _of_mail(mail)
    text, encoding, doubtful = _text(name, page if page is not None else plain)
    other = _text(name, plain)[0] if page is not None and plain is not None and not is_archive else ""
    return RawItem(name, content, text, TEXT if page is None else HTML, encoding, doubtful, stated, other)


def _main_part(parts: Sequence[Message], *kinds: str) -> Message | None:
    """Return the longest part of these kinds, an attachment only where there is no other text; None for none.

    A forwarded mail, and one that passed through a list, has small parts before or behind its text. A page that was
    saved comes first, before its frames.
    """
    inside = [part for part in parts if part.get_content_disposition() != "attachment" and not part.get_filename()]
    text = [part for part in inside if part.get_content_maintype() == "text"] or list(parts)
    found = [part for part in text if part.get_content_type() in kinds]
    if any(part.get("Content-Location") for part in found):
        return found[0]
    return max(found, key=lambda part: len(str(part.get_payload())), default=None)


def _text(name: str, part: Message | None) -> tuple[str, str, tuple[str, ...]]:
    assert part is not None
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    text, encoding, doubtful = decoded(name, content, str(part.get_content_charset() or ""))
    return bare_text(text), encoding, doubtful


def _of_archive(mail: Message, page: Message) -> Stated:
    places = (mail.get("Snapshot-Content-Location"), page.get("Content-Location"))
    url = next((found[0] for place in places if (found := _WEB.match(_words(place)))), "")
    return Stated(url=url, retrieved=_moment(mail.get("Date")))


def _of_mail(mail: Message) -> Stated:
    sender, address = parseaddr(_words(mail.get("From")))
    kept = _WEB.search(_words(mail.get("Archived-At")))
    return Stated(
        title=re.sub(r"^(?:(?:Re|Fwd?|AW|WG):\s*)+", "", _words(mail.get("Subject")), flags=re.IGNORECASE),
        date=_moment(mail.get("Date")),
        url=kept[0] if kept else "",
        site=sender,
        host=address.rpartition("@")[2].lower(),
    )


def _words(value: object) -> str:
    """Return a header's words, however they were packed; a broken one as it stands."""
    text = str(value or "")
    try:
        text = str(make_header(decode_header(text)))
    except (ValueError, LookupError):
        pass
    return " ".join(bare_text(text).split())[:2000]


def _moment(value: object) -> str:
    return moment_of_mail(_words(value))


def moment_of_mail(text: str) -> str:
    """Return the moment a mail or an RSS feed states (`Thu, 02 Jan 2020 09:30:00 +0300`), "" for a broken one."""
    try:
        found = parsedate_to_datetime(text)
        return found.isoformat(timespec="minutes") if found.tzinfo else _without_zone(found)
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _without_zone(found: datetime) -> str:
    # `-0000` says that the sender's zone is not known; the time then is that of Greenwich.
    return f"{found.isoformat(timespec='minutes')}+00:00"
