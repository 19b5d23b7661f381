"""Titles and buttons of the dialogs of a change."""

from pathlib import Path

import pytest

from app.services.queries.participant import ParticipantView, participant_view
from app.ui.dialogs.change.titles import button_text, dialog_title, shown_visit
from tests.services.ward import Ward

VISIT = "SP-C02#2"


def seen(folder: Path, study_file: Path, booked: bool = False) -> ParticipantView:
    ward = Ward(folder, study_file)
    if booked:
        ward.do("booked", visit=VISIT, on="2026-12-28")
    view = participant_view(ward.study, "LI-001", ward.today)
    ward.study.close()
    return view


@pytest.fixture
def view(tmp_path: Path, study_file: Path) -> ParticipantView:
    """LI-001 four weeks after enrolment, with nothing recorded."""
    return seen(tmp_path, study_file)


def test_a_title_says_what_and_whose(view: ParticipantView) -> None:
    assert dialog_title("performed", view, VISIT) == "Mark done – LI-001, Preoperative cycle 2 day 1"
    assert dialog_title("died", view, "") == "Death – LI-001"
    assert dialog_title("note", view, "ZZ") == "Note – LI-001, ZZ"
    assert shown_visit(view, "ZZ") == "ZZ"


def test_a_booked_visit_is_rebooked(tmp_path: Path, study_file: Path) -> None:
    view = seen(tmp_path, study_file, booked=True)
    entry = view.calendar.by_key[VISIT]
    assert dialog_title("booked", view, VISIT) == "Rebook – LI-001, Preoperative cycle 2 day 1"
    assert button_text("booked", entry, 0) == "Rebook"
    assert button_text("performed", entry, 0) == "Mark done"


@pytest.mark.parametrize(
    ("kind", "moving", "text"),
    [
        ("booked", 0, "Book"),
        ("booked", 1, "Book; 1 visit moves"),
        ("booked", 2, "Book; 2 visits move"),
        ("moved", 0, "Move visit"),
        ("moved", 1, "Move visit"),
        ("moved", 3, "Move 3 visits"),
        ("adverse_event", 0, "Record adverse event"),
    ],
)
def test_a_button_says_what_moves(kind: str, moving: int, text: str, view: ParticipantView) -> None:
    assert button_text(kind, view.calendar.by_key[VISIT], moving) == text
    assert button_text(kind, None, moving) == text
