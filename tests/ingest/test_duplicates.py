"""Wire copies: the same story is known again, and a template with other facts is not."""

from __future__ import annotations

from generator.ingest.duplicates import Report, Shelf, is_same, lead_of, report, same_stories

STORY = (
    "The port board voted on Tuesday to spend four million on a season of dredging and a survey of the approach, "
    "which had not been measured since 2009. The harbour master said eleven ships had stayed away last winter. "
    "Fishermen asked for the work to stop during the herring run, and the contractor agreed to leave the outer "
    "channel alone for most of March."
)
RATES = "The bank set its {0} rate at {1} pct, unchanged from {2}, and its {3} rate at {4} pct for deposits of 90 days."


def wire(key: str, day: str = "2019-11-18", title: str = "Port board votes money", body: str = STORY) -> Report:
    return report(key, day, title, body)


def test_a_shortened_copy_is_the_same_story() -> None:
    """An outlet that cuts the end and changes the title carries the same story."""
    assert is_same(wire("a"), wire("b", title="Money for dredging", body=STORY[:300]))


def test_a_template_with_other_figures_is_another_story() -> None:
    """Market notices share their words; their figures tell them apart."""
    one = report("a", "", "Bank sets rate at 4.5", RATES.format("base", "4.5", "4.25", "savings", "2.75"))
    other = report("b", "", "Bank sets rate at 6.0", RATES.format("base", "6.0", "5.85", "savings", "3.15"))

    assert not is_same(one, other)


def test_days_apart_there_is_no_copy() -> None:
    """A story is re-sent within three days; later it is a reprint or a template."""
    assert lead_of(wire("b", day="2019-11-20"), [wire("a")]) == wire("a")
    assert lead_of(wire("b", day="2019-11-23"), [wire("a")]) is None
    assert lead_of(wire("b", day=""), [wire("a")]) is None


def test_many_are_compared_through_what_they_share() -> None:
    """Among many reports the pairs are found without comparing each with each."""
    many = [wire(f"n{number}", body=f"{STORY[number:]} {number} " * 2) for number in (0, 3)]
    others = [wire(f"o{number}", title=f"T{number}", body=f"word{number} " * 90) for number in range(30)]

    assert [("n3", "n0")] == same_stories([many[0], *others, many[1]])


def test_a_new_report_is_compared_with_the_likely_few_only() -> None:
    """However many reports of a day share the runs of a template, few are compared word by word."""
    shelf = Shelf()
    for number in range(200):
        shelf.add(wire(f"n{number}", body=f"{STORY} Report {number} of {number} was written by clerk {number * 7}."))
    new = wire("new", body=f"{STORY} Report 500 of 500 was written by clerk 12.")

    assert shelf.likely(new) == ()


def test_a_copy_is_found_among_reports_that_share_a_template() -> None:
    """What a story has of its own finds it, though its opening stands in all reports of the day."""

    def told(name: str, words: int = 150) -> str:
        return f"{STORY} {' '.join(f'{name}{number}' for number in range(words))}"

    reports = [wire(name, body=told(name)) for name in ("lead", *(f"other{number}x" for number in range(50)))]
    reports.append(wire("copy", body=told("lead", 100)))

    assert [("copy", "lead")] == same_stories(reports)


def test_a_copy_under_another_title_is_found_among_many() -> None:
    """Where titles differ, nearly all of the shorter report must stand in the longer, and then it is found."""
    others = [wire(f"o{number}", title=f"T{number}", body=f"word{number} " * 90) for number in range(30)]
    copy = wire("copy", title="Herring fishermen asked for silence", body=STORY[:-40])

    assert [("copy", "lead")] == same_stories([wire("lead"), *others, copy])


def test_typographic_signs_part_words_as_plain_ones_do() -> None:
    """A text beyond ASCII has the same runs of words as one that is written plainly, so either may copy the other."""
    curly = wire("curly", body="\u201cThe board\u2019s vote\u201d \u2014 on TUESDAY\u2026 was a surprise, it said")
    plain = wire("plain", body='"The board\'s vote" -- on Tuesday... was a surprise, it said')

    assert plain.shingles == curly.shingles
    assert plain.sample == curly.sample
