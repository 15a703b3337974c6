"""Tell by which encoding bytes are to be read: what they show comes before what is said of them; doubts are told."""

from __future__ import annotations

import codecs
import re

from generator.errors import IngestError

# UTF-32 stands before UTF-16, whose mark is the beginning of the other's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})|^\s*<\?xml[^>]*?encoding=["']([A-Za-z0-9_.:-]{2,40})""",
    re.IGNORECASE,
)
_HIGH_LETTER = re.compile(rb"[\xc0-\xff]")
_HEBREW_WORD = re.compile(rb"[\xe0-\xfa]{2,}")
_LEAST_HEBREW = 40
# Quotation marks, dashes and the letters of Western Europe in Windows-1252, without those bytes that other encodings
# need for their commonest letters: no text in Polish, Czech, Turkish, Russian, Greek or Arabic does without them all.
_WESTERN = "€…‘’‚“”„‹›–—•™\xa0¡£§©«®°·»ßàáâãäåçèéêëíîïñóôöúùûüÀÁÂÄÅÇÈÉÊÍÎÑÓÔÖÚÛÜœŒ".encode("cp1252")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_SHIFTING = ("iso-2022-", "iso2022", "csiso2022", "hz", "utf-7", "utf7")
_JAPANESE = re.compile(rb"\x1b\$[@B].*?\x1b\([BJ]", re.S)


def decoded(name: str, content: bytes, charset: str = "") -> tuple[str, str, tuple[str, ...]]:
    """Return the text, the encoding it was read by, and what is doubtful about that.

    A byte order mark decides, then signs that shift, then strict UTF-8, then what the page declares, then what its
    server declared (`charset`), then statistics. Bytes that are almost all UTF-8 are read as UTF-8 with the strays as
    Windows-1252.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace").lstrip("\ufeff"), encoding, ()
    found = _DECLARED.search(content[:8192])
    declared = (found[1] or found[2]).decode("ascii").lower() if found else charset.lower()
    shifted = _of_shifts(content, declared)
    if shifted is not None:
        return shifted
    try:
        # A page that declares Latin-1 and is valid UTF-8 was converted without its declaration.
        return content.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError:
        pass
    if declared:
        text = _strictly(content, "cp1252" if declared in ("iso-8859-1", "latin-1", "latin1", "ascii") else declared)
        if text is not None:
            return text, declared, ()
    if b"\0" in content:
        raise IngestError(
            f"{name}: this is not a text (it holds zero bytes).\n"
            "  Convert it to plain text or HTML, or name what reads it: ingest.readers in site.yaml."
        )
    text, strays = _mostly_utf8(content)
    if strays <= _most_strays(content):
        return text, "utf-8", (f"encoding: {strays} bytes are not UTF-8 and were read as Windows-1252",)
    return _by_statistics(content)


def _of_shifts(content: bytes, declared: str) -> tuple[str, str, tuple[str, ...]] | None:
    """Return a text whose letters are ASCII between signs that shift, as in Japanese mail, or None for any other.

    All its bytes are ASCII, so that it would be read as UTF-8 that says nothing.
    """
    if not content.isascii():
        return None
    if declared.startswith(_SHIFTING):
        text = _strictly(content, declared)
        return (text, declared, ()) if text is not None else None
    text = _strictly(content, "iso2022_jp_ext") if _JAPANESE.search(content) else None
    return (text, "iso-2022-jp", ("encoding: not declared, read as iso-2022-jp",)) if text is not None else None


def _by_statistics(content: bytes) -> tuple[str, str, tuple[str, ...]]:
    text = _strictly(content, "cp1255") if _is_hebrew(content[:65_536]) else None
    if text is not None:
        return text, "cp1255", ("encoding: not declared, read as cp1255 (Hebrew)",)
    if not content.translate(None, bytes(range(128)) + _WESTERN):
        # The library's statistics take few letters beyond ASCII for those of almost any encoding.
        return content.decode("cp1252"), "cp1252", ("encoding: not declared, read as Windows-1252",)
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        best = None
    else:
        best = from_bytes(content[:65_536]).best()
    text = _strictly(content, best.encoding) if best is not None else None
    if best is None or text is None:
        return content.decode("cp1252", "replace"), "cp1252", ("encoding: unknown, read as Windows-1252",)
    return text, best.encoding, (f"encoding: not declared, read as {best.encoding}",)


def _is_hebrew(content: bytes) -> bool:
    """Say whether the letters beyond ASCII are Hebrew, which the library's statistics take for others.

    Its letters lie in a range of their own and form words; Russian and Greek have letters outside of it that no page
    does without, and languages in Latin letters never have so many side by side.
    """
    letters = len(_HIGH_LETTER.findall(content))
    words = sum(map(len, _HEBREW_WORD.findall(content)))
    return letters >= _LEAST_HEBREW and words >= 0.97 * letters


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _most_strays(content: bytes) -> int:
    """Return how many bytes may stray in a text that is UTF-8 all the same: few, or fewer than speak for it."""
    return max(3, len(content) // 1000, len(_MULTIBYTE.findall(content)))


def _mostly_utf8(content: bytes) -> tuple[str, int]:
    """Return the bytes read as UTF-8, each stray one as Windows-1252, and how many strays there were."""
    parts: list[str] = []
    start = strays = 0
    limit = _most_strays(content)
    while start < len(content) and strays <= limit:
        try:
            parts.append(content[start:].decode("utf-8"))
            break
        except UnicodeDecodeError as fault:
            parts.append(content[start : start + fault.start].decode("utf-8"))
            bad = content[start + fault.start : start + fault.end]
            parts.append(bad.decode("cp1252", "replace"))
            strays += len(bad)
            start += fault.end
    return "".join(parts), strays
