"""A sheet that was printed before its visit moved is named in the agenda until it is printed again.

LI-001 was enrolled on 23 November 2026; today is 20 December.
"""

from pathlib import Path

import pytest

from app.domain.calendar.agenda import GROUPS, AgendaRow
from app.services.commands.print_documents import print_sheets, sheets
from app.services.queries import outdated_sheets
from app.services.queries.agenda import agenda
from app.services.queries.participant import participant_view
from app.wording.agenda import agenda_status
from tests.services.ward import TODAY, Ward

VISIT = "SP-C03#1.15"
"""Day 15 of cycle 1: 21 December, from the 20th to the 23rd."""
SAID = "the printed sheet is outdated"


@pytest.fixture
def printed(ward: Ward, tmp_path: Path) -> Ward:
    """Cycle 1 was given on 7 December, so its day 15 is the 21st; its sheet is printed."""
    ward.do("performed", visit="SP-C01", on="2026-12-07")
    ward.do("booked", visit=VISIT, on="2026-12-21", at="09:30")
    print_again(ward, tmp_path)
    return ward


def print_again(ward: Ward, folder: Path) -> None:
    print_sheets(ward.study, "LI-001", [VISIT], folder / "sheet.pdf", TODAY)


def status(ward: Ward) -> str:
    found = agenda(ward.study, TODAY)
    rows: list[AgendaRow] = [row for name in GROUPS for row in getattr(found, name)]
    (text,) = (agenda_status(row) for row in rows if row.entry.key == VISIT)
    return text


def is_outdated(ward: Ward) -> bool:
    """The agenda says it, and the participant's page."""
    said = SAID in status(ward)
    assert said == (VISIT in participant_view(ward.study, "LI-001", TODAY).outdated_prints)
    return said


def test_it_is_said_from_the_move_until_the_next_print(printed: Ward, tmp_path: Path) -> None:
    assert not is_outdated(printed)
    printed.do("booked", visit=VISIT, on="2026-12-22", at="09:30")
    assert is_outdated(printed)
    print_again(printed, tmp_path)
    assert not is_outdated(printed)


def test_another_hour_and_another_window_are_on_the_sheet_too(printed: Ward, tmp_path: Path) -> None:
    printed.do("booked", visit=VISIT, on="2026-12-21", at="13:00")
    assert is_outdated(printed)
    print_again(printed, tmp_path)
    printed.value("AG.15.after", "P1D", "scanpan")
    assert is_outdated(printed)


def test_what_comes_back_to_its_day_is_not_outdated(printed: Ward) -> None:
    printed.do("booked", visit=VISIT, on="2026-12-22", at="09:30")
    printed.do("booked", visit=VISIT, on="2026-12-21", at="09:30")
    assert not is_outdated(printed)


def test_a_print_that_kept_no_days_is_asked_for_at_the_participants_page_alone(printed: Ward) -> None:
    """As those of earlier releases: to know its days, the participant is planned as of then."""
    fact = sheets(printed.study, "LI-001", [VISIT], TODAY).fact
    del fact.fields["days"]  # type: ignore[attr-defined]
    with printed.study.store.transaction():
        printed.study.append(TODAY, [fact])
    printed.study.forget({fact.subject})
    printed.do("booked", visit=VISIT, on="2026-12-22", at="09:30")
    assert SAID not in status(printed)
    assert VISIT in participant_view(printed.study, "LI-001", TODAY).outdated_prints


def test_only_the_end_of_the_chain_is_read(printed: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    printed.do("booked", visit=VISIT, on="2026-12-22", at="09:30")
    assert SAID in status(printed)
    monkeypatch.setattr(outdated_sheets, "_TAIL", 1)
    assert SAID not in status(printed)
