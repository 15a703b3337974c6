"""Raw files: encodings and kinds are found, never believed; broken input stays readable or is refused in words."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from generator.errors import IngestError
from generator.ingest.raw import HTML, TEXT, Stated, kind_of, raw_item, read_raw, stem_of

WORDS = "Şehir, café, Größe, متن فارسی"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marked_and_plain_unicode_is_read(encoding: str) -> None:
    """A byte order mark is obeyed and taken off."""
    assert WORDS == raw_item("a.txt", WORDS.encode(encoding)).text


def test_a_wrong_declaration_does_not_win() -> None:
    """A page that declares Latin-1 and is valid UTF-8 is UTF-8."""
    page = f'<html><head><meta charset="iso-8859-1"></head><body>{WORDS}</body></html>'

    assert WORDS in raw_item("a.html", page.encode()).text


def test_a_declared_encoding_is_used() -> None:
    """What is not UTF-8 is read as it declares itself."""
    page = '<html><head><meta charset="windows-1254"></head><body>Şehir ışık</body></html>'

    assert "Şehir ışık" in raw_item("a.html", page.encode("cp1254")).text


def test_stray_bytes_are_kept_readable_and_told() -> None:
    """One Windows quotation mark in a UTF-8 text is read as what it was, and the doubt is noted."""
    item = raw_item("a.txt", "Größe ".encode() + b"\x93quoted\x94" + b" und mehr Text")

    assert "Größe “quoted” und mehr Text" == item.text
    assert "Windows-1252" in item.doubtful[0]


def test_a_broken_utf_8_text_is_still_one() -> None:
    """A text cut within a letter, or with a few odd bytes in it, keeps its other letters."""
    item = raw_item(
        "a.txt", "Größe, Façade, Übung, élève, naïve, cœur “so” —".encode() + b"\xed\xa0\xbd\xed\xb8\x80\xe2\x80"
    )

    assert item.text.startswith("Größe, Façade, Übung, élève, naïve, cœur “so” —")
    assert "8 bytes are not UTF-8" in item.doubtful[0]


HEBREW = "מועצת הנמל החליטה ביום שלישי לחפור את התעלה מחדש. שתי ספינות חיכו בחוץ עד הבוקר, ורב החובל כתב על כך מכתב."


@pytest.mark.parametrize("encoding", ["iso-8859-8", "cp1255"])
def test_undeclared_hebrew_is_read(encoding: str) -> None:
    """Nothing declares it, but its letters are side by side where no other language has them; the doubt is told."""
    item = raw_item("a.txt", HEBREW.encode(encoding))

    assert HEBREW == item.text
    assert ("encoding: not declared, read as cp1255 (Hebrew)",) == item.doubtful


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "совет порта решил во вторник углубить канал. два корабля ждали снаружи до утра, и капитан написал"),
        ("koi8-r", "Совет порта решил во вторник углубить канал. Два корабля ждали снаружи до утра."),
        (
            "iso-8859-7",
            "το συμβούλιο του λιμανιού αποφάσισε την Τρίτη να βαθύνει το κανάλι και δύο πλοία περίμεναν έξω",
        ),
        (
            "cp1252",
            "L'été dernier, le conseil a été très occupé à créer une école près du café où naît la rivière. " * 4,
        ),
        ("cp1256", "قرر مجلس الميناء يوم الثلاثاء تعميق القناة وانتظرت سفينتان في الخارج حتى الصباح"),
    ],
)
def test_other_letters_are_not_taken_for_hebrew(encoding: str, text: str) -> None:
    """Russian, Greek, French and Arabic are not Hebrew."""
    assert "Hebrew" not in "".join(raw_item("a.txt", text.encode(encoding)).doubtful)


@pytest.mark.parametrize(
    ("is_western", "encoding", "text"),
    [
        (True, "cp1252", "The captain said “no more”, and the council’s café closed. "),
        (True, "cp1252", "Le conseil a déclaré jeudi que l’accord se poursuivrait à Genève, où il a été signé. "),
        (True, "cp1252", "Der Außenminister erklärte „die Gespräche“ für beendet. "),
        (True, "iso-8859-1", "Señor Núñez dimitió en la reunión del año. "),
        (False, "cp1250", "Minister oświadczył w czwartek, że rozmowy będą kontynuowane w Genewie. "),
        (False, "cp1250", "Ministr prohlásil ve čtvrtek, že jednání budou příští týden pokračovat. "),
        (
            False,
            "cp1250",
            "A miniszter csütörtökön közölte, hogy erről később dönt. ",
        ),
        (False, "cp1254", "Başbakan perşembe günü görüşmelerin İstanbul’da süreceğini açıkladı. "),
        (False, "cp1251", "Министр заявил в четверг, что переговоры будут продолжены. "),
    ],
)
def test_western_text_without_a_declaration_is_windows_1252(is_western: bool, encoding: str, text: str) -> None:
    """Few letters beyond ASCII decide nothing by statistics; letters that only other encodings need decide it."""
    item = raw_item("a.txt", (text * 6).encode(encoding), stated=Stated(charset="utf-8"))

    assert is_western == ("encoding: not declared, read as Windows-1252" in item.doubtful)
    assert not is_western or text * 6 == item.text


def test_gzip_is_unpacked_whatever_the_name() -> None:
    """The digest is of the bytes as they lie on disk."""
    packed = gzip.compress(b"Plain words.", mtime=0)
    item = raw_item("a.txt", packed)

    assert "Plain words." == item.text
    assert packed == item.content


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x00\x00\x01\xff", "zero bytes"),
        (gzip.compress(b"x" * 99)[:20], "cut short"),
        (b"", "no text in it"),
        (b"\xef\xbb\xbf \r\n\x0c\n", "no text in it"),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, words: str) -> None:
    """A picture or a damaged file is an error that says so, with the file's name."""
    with pytest.raises(IngestError, match=f"a.bin.*{words}"):
        raw_item("a.bin", content)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """The path stands in the message."""
    with pytest.raises(IngestError, match=r"nowhere\.txt"):
        read_raw(tmp_path / "nowhere.txt")


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (HTML, "<!-- saved from url=(0024)https://x.example/ -->\n<!DOCTYPE html><html></html>"),
        (HTML, "<div><p>One</p><p>Two</p></div><span>x</span>"),
        (TEXT, "The tag <html> opens a page."),
        (TEXT, "Plain words."),
    ],
)
def test_the_kind_is_seen_not_named(expected: str, text: str) -> None:
    """A page is known by its beginning, not by its file's name."""
    assert expected == kind_of(text)


@pytest.mark.parametrize(("expected", "name"), [("a", "a.html.gz"), ("a.b", "a.b.txt"), ("raw", "raw"), ("p", "p.HTM")])
def test_a_stem_loses_the_endings_that_say_the_form(expected: str, name: str) -> None:
    """`a.html.gz` is `a`."""
    assert expected == stem_of(name)
