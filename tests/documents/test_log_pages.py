"""A log on paper."""

from dataclasses import replace
from datetime import date

import pytest

from app.documents import log_pages as module
from app.documents.log_layouts import LAYOUTS, layout_of
from app.documents.log_pages import PaperLog, PaperRow, log_pages
from tests.documents.calendars import assert_apart, assert_inside, pages_of
from tests.documents.golden import compare

TODAY = date(2026, 12, 14)
CELLS = ("participant", "visit_name", "visit", "on", "window", "deviation", "reason", "class", "class_by")


def row(*texts: str) -> PaperRow:
    return PaperRow(dict(zip(CELLS, texts, strict=True)))


LATE = row(
    "LI-001", "Cycle 1 day 8 infusion", "SP-C03#1.8", "Fri 11 Dec 2026", "Sun 6 – Wed 9 Dec 2026", "2 days late",
    "neutrophils 1.1", "important", "decided by anna: dose intensity",
)  # fmt: skip
ALLOWED = row(
    "LI-002", "Cycle 5 day 1", "SP-C02#5", "Thu 8 Oct 2026", "Fri 2 – Mon 5 Oct 2026", "3 days late",
    "Fri 2 Oct 2026 was closed: staff training", "allowed by protocol", "proposed",
)  # fmt: skip
AGAINST = row(
    "LI-003", "Informed consent and inclusion", "SP-S06", "Fri 20 Nov 2026", "",
    "eligible against the criteria: I03 (A conference finds an indication) is answered no", "the conference will meet",
    "important", "proposed",
)  # fmt: skip
MISSING = row("LI-004", "Baseline CT", "SP-S02", "", "22 Oct – 19 Nov 2026",
              "not recorded, window has passed", "", "minor", "proposed")  # fmt: skip
DEVIATIONS = PaperLog(
    "Deviation log",
    "4 deviations",
    "No deviation.",
    LAYOUTS["deviations"],
    {},
    (LATE, ALLOWED, AGAINST, MISSING),
    ("Proposed by the rule of ScanPan: up to 7 days outside the window are proposed as minor; assumed.",),
)
UNITS = PaperLog(
    "Transfusions",
    "1 line",
    "Nothing was recorded.",
    layout_of("transfusions", ("fact", "participant", "on", "units", "reason", "recorded", "by")),
    {"fact": "fact", "units": "units given", "reason": "reason"},
    (
        PaperRow(
            {
                "fact": "12", "participant": "LI-001", "on": "Mon 15 Feb 2027", "units": "2", "reason": "血红蛋白低",
                "recorded": "Tue 16 Feb 2027", "by": "anna",
            }
        ),
    ),
)  # fmt: skip


def pages(log: PaperLog, site: str = "Linköping") -> list[str]:
    return pages_of(log_pages(log, site, "NCT05271110", TODAY, head="record 123 · 4f2a 91c0 77de 03ab"))


def test_the_log_as_it_was_last_read() -> None:
    compare("deviation_log", "\n\n".join(pages(DEVIATIONS)))


def test_a_log_without_a_layout_has_every_field_with_its_title() -> None:
    [page] = pages(UNITS)
    for text in ("LI-001", "Fact: 12", "Mon 15 Feb 2027", "Units given: 2", "Reason: 血红蛋白低", "anna"):
        assert text in page, text


def test_an_empty_log_says_so() -> None:
    [page] = pages(replace(DEVIATIONS, rows=(), notes=()))
    assert "No deviation." in page
    assert "Participant" not in page
    assert "Page 1 of 1" in page


def test_a_row_has_a_line_to_sign_on_unless_it_was_signed() -> None:
    layout = replace(LAYOUTS["deviations"], signed=True)
    [page] = pages(replace(DEVIATIONS, layout=layout, rows=(LATE, replace(ALLOWED, signed=True), MISSING)))
    assert page.count("Signature, date") == 2


@pytest.mark.parametrize("many", [60, pytest.param(2000, marks=pytest.mark.slow)])
def test_a_long_log_goes_on_with_its_headings(many: int) -> None:
    rows = [PaperRow({**LATE.cells, "participant": f"LI-{number:04d}"}) for number in range(many)]
    found = pages(replace(DEVIATIONS, rows=rows))
    assert all("Deviation, reason" in page for page in found)
    printed = "\n".join(found)
    assert [printed.count(f"LI-{number:04d}") for number in range(many)] == [1] * many
    assert "Reviewed by: name, signature" in found[-1]
    assert f"Page {len(found)} of {len(found)}" in found[-1]


def test_nothing_lies_on_another_text_or_outside_the_page() -> None:
    long = "a reason that nobody would write at such a length, and yet it is printed to its very end " * 30
    wide = "患者因发热未按时到院改期后完成。" * 40
    rows = [
        *DEVIATIONS.rows,
        PaperRow({**LATE.cells, "reason": long, "class_by": long}),
        PaperRow({**AGAINST.cells, "visit": "V" * 90, "participant": "L" * 60, "reason": wide}),
    ]
    log = replace(DEVIATIONS, rows=rows, layout=replace(LAYOUTS["deviations"], signed=True))
    document = module._document(log, "Linköping " * 20, "NCT05271110", TODAY, "")
    assert_inside(document)
    assert_apart(document)
    printed = " ".join(" ".join(pages(log)).split())
    assert printed.count("its very end") == 60
