"""Read a raw file: its bytes, its encoding and its kind, none of which is believed from the file's name.

Nothing is cleaned here. The bytes of a `RawItem` are what its SHA-256 is taken from, and are never changed.
"""

from __future__ import annotations

import errno
import hashlib
import re
import zlib
from pathlib import Path

from generator.errors import IngestError
from generator.ingest.encoding import decoded
from generator.named import NamedTuple

TEXT = "text"
HTML = "html"
KINDS = (TEXT, HTML)

MOST_BYTES = 64 * 1024 * 1024
GZIP_MAGIC = b"\x1f\x8b"
_HEAD = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_TAG = re.compile(r"<(/?)(?:p|div|article|section|span|a|h[1-6]|ul|li|table|body|main|header|br)\b[^<>]{0,2000}>", re.I)
_CONTROL = bytes((*range(9), 11, *range(14, 32), 127))
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f]")
TRY_AGAIN = "Mend that, then run the command again."
_AGAIN = "Fetch or copy the file again."
SPLIT_IT = "Split it into several files, or take out what is no report."
_ADVICE = {
    errno.ENOENT: "There is no such file. Look at how its name is spelt.",
    errno.EACCES: "Give yourself the right to read it, then run the command again.",
    errno.EPERM: "Give yourself the right to read it, then run the command again.",
    errno.EISDIR: "It is a folder. Give it a name of its own, and name its files.",
}


class Stated(NamedTuple):
    """What the wrapping of a text says of it, beside the text: a feed's entry, a mail's head, the answer of a server.

    `title`, `date` and the rest are as good as what a page says in its head; "" and () for what is not said.
    `host` is where a mail was sent from; `charset` is what a server declared the bytes to be.
    """

    title: str = ""
    date: str = ""
    url: str = ""
    site: str = ""
    authors: tuple[str, ...] = ()
    summary: str = ""
    language: str = ""
    retrieved: str = ""
    charset: str = ""
    host: str = ""


NOTHING_STATED = Stated()


class RawItem(NamedTuple):
    """One raw file as read. `name` is its file name; `content` its bytes as they lie on disk; `text` what they say.

    `stated` is what its wrapping says of it. `plain` is the same report in plain text where the wrapping has it in two
    forms; `is_bare` says that nothing stands around the article in it.
    """

    name: str
    content: bytes
    text: str
    kind: str
    encoding: str
    doubtful: tuple[str, ...] = ()
    stated: Stated = NOTHING_STATED
    plain: str = ""
    is_bare: bool = False

    @property
    def sha256(self) -> str:
        """The SHA-256 of the bytes, by which a raw file is known again whatever it is called."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def stem(self) -> str:
        """The file's name without its endings: `a.html.gz` is `a`."""
        return stem_of(self.name)


def stem_of(name: str) -> str:
    """Return a raw file's name without the endings that only say its form."""
    stem = re.sub(r"(?i)\.gz$", "", name)
    return re.sub(r"(?i)\.(?:html?|xhtml|mhtml?|eml|txt|text|md)$", "", stem) or stem


def shown(name: str) -> str:
    """Return a file's name or path as it can be printed, kept and sent: bytes that are no text are written out."""
    text = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return _UNSEEN.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def told(fault: IngestError, name: str, where: str) -> str:
    """Return what a person is told of a fault in a raw file: `where` it lies instead of its bare name."""
    lines = [*(diagnostic.text() for diagnostic in fault.diagnostics), str(fault)]
    return "\n".join(f"{where}{line[len(name) :]}" if line.startswith(f"{name}: ") else line for line in lines)


def read_raw(path: Path) -> bytes:
    """Return the bytes of the raw file at `path`; raises IngestError when they cannot be read or are too many."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise IngestError(f"{shown(str(path))}: the file is larger than {MOST_BYTES // 2**20} MB.\n  {SPLIT_IT}")
        return path.read_bytes()
    except OSError as fault:
        raise IngestError(unreadable(path, fault)) from fault


def unreadable(path: Path, fault: OSError) -> str:
    """Return what a person is told of a file or folder that the system does not let be read."""
    advice = _ADVICE.get(fault.errno or 0, TRY_AGAIN)
    return f"{shown(str(path))}: it cannot be read ({(fault.strerror or str(fault)).lower()}).\n  {advice}"


def raw_item(name: str, content: bytes, kind: str | None = None, stated: Stated = NOTHING_STATED) -> RawItem:
    """Return bytes as a raw item; `kind` forces what they are taken for, else their beginning decides.

    Raises IngestError for bytes that are no text, and for those that hold none.
    """
    text, encoding, doubtful = decoded(name, unpacked(name, content), stated.charset)
    text = bare_text(text)
    if not text.strip():
        raise IngestError(f"{name}: there is no text in it. Save the report again.")
    return RawItem(name, content, text, kind or kind_of(text), encoding, doubtful, stated)


def bare_text(text: str) -> str:
    """Return text with plain line ends and without control characters."""
    # Bytes drop their signs ten times as fast as text does, and in UTF-8 no other sign has a byte of these.
    encoded = text.encode("utf-8", "surrogatepass").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return encoded.translate(None, _CONTROL).decode("utf-8", "surrogatepass")


def kind_of(text: str) -> str:
    """Say whether a text is a web page or plain text."""
    start = text[:20_000]
    if _HEAD.match(start):
        return HTML
    tags = _TAG.findall(start)
    # A fragment of a page has paired tags; a text that quotes one tag stays a text.
    paired = min(sum(1 for slash in tags if slash), sum(1 for slash in tags if not slash))
    return HTML if paired >= 3 and start.lstrip().startswith("<") else TEXT


def unpacked(name: str, content: bytes) -> bytes:
    """Return the bytes, taken out of gzip if they lie in it; raises IngestError when they are damaged or too many.

    Several packed files one behind the other are one, as gzip itself reads them.
    """
    taken_out = b""
    packed = content
    while packed.startswith(GZIP_MAGIC):
        unpacker = zlib.decompressobj(wbits=31)
        try:
            taken_out += unpacker.decompress(packed, MOST_BYTES + 1 - len(taken_out))
        except zlib.error as fault:
            raise IngestError(f"{name}: the gzip data is damaged ({fault}).\n  {_AGAIN}") from fault
        if len(taken_out) > MOST_BYTES:
            raise IngestError(f"{name}: unpacked, the file is larger than {MOST_BYTES // 2**20} MB.\n  {SPLIT_IT}")
        if not unpacker.eof:
            raise IngestError(f"{name}: the gzip data is cut short.\n  {_AGAIN}")
        packed = unpacker.unused_data.lstrip(b"\0")
    return taken_out if content.startswith(GZIP_MAGIC) else content
