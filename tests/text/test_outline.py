"""A briefing's text as an arrangement: sections, entries, copies, prose."""

from __future__ import annotations

from generator.text.outline import OutlineEntry, OutlineSection, outline

BRIEFING = """\
The day in brief.

## Iraq *and* around

Words about Iraq.

- [Breached](../articles/a.md) Crowds *entered* it. (also: [wire](../articles/b.md), [local](../articles/c.md))
- [Second](../articles/d.md#part): what followed.
  More of it.

  - a detail
- No entry, but [a link](../articles/e.md) all the same

## Iran

1. [Third](../articles/f.md)
2. [Elsewhere](https://a.example/) is no entry

> A quotation.
"""


def test_headings_are_sections_and_linked_items_are_entries() -> None:
    """The shape of the text is the shape of the day; targets stay as written, lines are those of the file."""
    found = outline(BRIEFING, first_line=4)

    opening, iraq, iran = found.sections
    assert OutlineSection("", "", "<p>The day in brief.</p>\n", (), 4) == opening
    assert ("Iraq and around", "h-iraq-and-around", 6) == (iraq.title, iraq.anchor, iraq.line)
    assert iraq.entries == (
        OutlineEntry("../articles/a.md", "Crowds <em>entered</em> it.", ("../articles/b.md", "../articles/c.md"), 10),
        OutlineEntry("../articles/d.md", "what followed.\nMore of it.\n<ul>\n<li>a detail</li>\n</ul>", (), 11),
    )
    assert (OutlineEntry("../articles/f.md", "", (), 19),) == iran.entries


def test_what_is_no_entry_is_prose_of_its_section() -> None:
    """Nothing an editor writes is lost: other items stay a list, other blocks stay blocks."""
    _, iraq, iran = outline(BRIEFING).sections

    assert iraq.prose.startswith("<p>Words about Iraq.</p>\n<ul>\n<li>\n<p>No entry, but <a href=")
    assert "Breached" not in iraq.prose
    assert '<ol>\n<li><a href="https://a.example/">Elsewhere</a> is no entry</li>\n</ol>\n' in iran.prose
    assert "<blockquote>\n<p>A quotation.</p>\n</blockquote>" in iran.prose


def test_every_link_of_a_briefing_is_named_with_its_line() -> None:
    """Entries, copies and plain links alike must lead somewhere."""
    found = outline(BRIEFING, first_line=4)

    assert [("a", 10), ("b", 10), ("c", 10), ("d", 11), ("e", 15), ("f", 19)] == [
        (link.target[-4], link.line) for link in found.links
    ]


def test_words_after_the_copies_stay_in_the_note() -> None:
    """Only the bracket with the copies is taken out."""
    ((section),) = outline("- [a](a.md) Before (Also: [b](b.md)), after.\n").sections

    assert (OutlineEntry("a.md", "Before, after.", ("b.md",), 1),) == section.entries


def test_a_bracket_that_names_no_copies_is_part_of_the_note() -> None:
    """An editor's own bracket is an editor's own bracket."""
    ((section),) = outline("- [a](a.md) Words (also in print) and (also: nothing\n").sections

    assert "Words (also in print) and (also: nothing" == section.entries[0].note


def test_raw_html_in_a_briefing_is_text_and_a_warning() -> None:
    """A briefing is no safer than an article."""
    found = outline("- [a](a.md) <script>x</script>\n", first_line=3)

    assert "&lt;script&gt;" in found.sections[0].entries[0].note
    assert [3] == [warning.line for warning in found.warnings]
