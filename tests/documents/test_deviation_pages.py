"""The deviation log on paper."""

from dataclasses import replace
from datetime import date

from app.documents import deviation_pages as module
from app.documents.deviation_pages import LogRow, deviation_pages
from tests.documents.calendars import assert_apart, assert_inside, pages_of
from tests.documents.golden import compare

TODAY = date(2026, 12, 14)
LATE = LogRow(
    "LI-001", "Cycle 1 day 8 infusion", "SP-C03#1.8", "Fri 11 Dec 2026", "Sun 6 – Wed 9 Dec 2026", "2 days late",
    "neutrophils 1.1", "important", "decided by anna: dose intensity",
)  # fmt: skip
ALLOWED = LogRow(
    "LI-002", "Cycle 5 day 1", "SP-C02#5", "Thu 8 Oct 2026", "Fri 2 – Mon 5 Oct 2026", "3 days late",
    "Fri 2 Oct 2026 was closed: staff training", "allowed by protocol", "proposed",
)  # fmt: skip
AGAINST = LogRow(
    "LI-003", "Informed consent and inclusion", "SP-S06", "Fri 20 Nov 2026", "",
    "eligible against the criteria: I03 (A conference finds an indication) is answered no", "the conference will meet",
    "important", "proposed",
)  # fmt: skip
MISSING = LogRow("LI-004", "Baseline CT", "SP-S02", "no day", "22 Oct – 19 Nov 2026",
                 "not recorded, window has passed", "", "minor", "proposed")  # fmt: skip
ROWS = (LATE, ALLOWED, AGAINST, MISSING)
RULES = ("Proposed by the rule of ScanPan: up to 7 days outside the window are proposed as minor; assumed.",)


def pages(*rows: LogRow, rules: tuple[str, ...] = RULES, site: str = "Linköping") -> list[str]:
    return pages_of(deviation_pages(rows, rules, site, "NCT05271110", TODAY, head="record 123 · 4f2a 91c0 77de 03ab"))


def test_the_log_as_it_was_last_read() -> None:
    compare("deviation_pages", "\n\n".join(pages(*ROWS)))


def test_an_empty_log_says_so() -> None:
    [page] = pages(rules=())
    assert "No deviation." in page
    assert "Participant" not in page
    assert "Page 1 of 1" in page


def test_a_long_log_goes_on_with_its_headings() -> None:
    found = pages(*(replace(LATE, participant=f"LI-{number:03d}") for number in range(60)))
    assert len(found) > 2
    assert all("Deviation, reason" in page for page in found)
    assert [sum(f"LI-{number:03d}" in page for page in found) for number in range(60)] == [1] * 60


def test_nothing_lies_on_another_text_or_outside_the_page() -> None:
    long = "a reason that nobody would write at such a length, and yet it is printed to its very end " * 30
    rows = [*ROWS, replace(LATE, reason=long, detail=long), replace(AGAINST, visit="V" * 90, participant="L" * 60)]
    document = module._document(rows, RULES, "Linköping " * 20, "NCT05271110", TODAY, "")
    assert_inside(document)
    assert_apart(document)
    printed = " ".join(" ".join(pages(*rows)).split())
    assert printed.count("its very end") == 60
