"""The first day of a form and the text next to a day, for LI-001 on Sun 20 Dec 2026, enrolled on Mon 23 Nov.

Cycle 1 day 1 (SP-C01) was given on Mon 30 Nov; cycle 2 day 1 (SP-C02#2) is due on Mon 28 Dec, to Thu 31 Dec.
"""

from datetime import date
from pathlib import Path

import pytest

from app.services.queries.participant import ParticipantView, participant_view
from app.ui.dialogs.change import day_hints
from tests.services.ward import Ward

TODAY = date(2026, 12, 20)


@pytest.fixture
def view(tmp_path: Path, study_file: Path) -> ParticipantView:
    """LI-001 after the first infusion."""
    ward = Ward(tmp_path, study_file)
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    found = participant_view(ward.study, "LI-001", ward.today)
    ward.study.close()
    return found


@pytest.mark.parametrize(
    ("kind", "visit", "depends"),
    [
        ("performed", "SP-C01", True),
        ("specimen", "SP-C01", True),
        ("operation", "SP-P03", True),
        ("performed", "", False),
        ("performed", "ZZ", False),
        ("booked", "SP-C01", False),
        ("missed", "SP-C01", False),
        ("note", "SP-C01", False),
    ],
)
def test_whether_the_first_day_depends_on_the_visit(
    kind: str, visit: str, depends: bool, view: ParticipantView
) -> None:
    assert day_hints.has_first_day(kind, view, visit) is depends


def test_a_specimen_was_taken_on_the_day_of_its_visit(view: ParticipantView) -> None:
    assert day_hints.first_day("specimen", view, "SP-C01", TODAY) == date(2026, 11, 30)
    assert day_hints.first_day("performed", view, "SP-C01", TODAY) is None
    assert day_hints.first_day("performed", view, "ZZ", TODAY) is None
    assert day_hints.first_day("performed", view, "SP-C02#2", TODAY) is None


@pytest.mark.parametrize(
    ("kind", "on", "text", "tone"),
    [
        ("performed", "2026-12-28", "day 29, inside the window", "muted"),
        ("performed", "2027-01-01", "day 33, 1 day late", "due"),
        ("treatment", "2026-12-26", "day 27, 2 days early", "due"),
        ("booked", "2026-12-27", "day 28, 1 day before the window", "due"),
        ("moved", "2027-01-04", "day 36, 4 days after the window", "due"),
        ("note", "2027-01-04", "day 36", "muted"),
        ("specimen", "2026-11-29", "1 day before day 1", "muted"),
    ],
)
def test_the_text_next_to_a_day(kind: str, on: str, text: str, tone: str, view: ParticipantView) -> None:
    said, found = day_hints.echo_of(kind, view, "SP-C02#2")(date.fromisoformat(on))
    assert said.startswith(text)
    assert found == tone


def test_a_closed_day_is_named_where_a_visit_is_arranged(view: ParticipantView) -> None:
    closed = date(2026, 12, 26)
    assert "closed: " in day_hints.echo_of("booked", view, "SP-C02#2")(closed)[0]
    assert "closed: " not in day_hints.echo_of("performed", view, "SP-C02#2")(closed)[0]
    assert day_hints.closed_of(view)(date(2026, 12, 28)) == ""


def test_what_is_known_against_a_day_takes_the_place_of_the_window(view: ParticipantView) -> None:
    echo = day_hints.echo_of("booked", view, "SP-C02#2", lambda _on: "too near")
    assert echo(date(2026, 12, 28)) == ("day 29, too near", "due")


def test_the_note_asks_for_a_reason() -> None:
    asked = "A reason for the deviation is asked for; it can also be added later."
    assert day_hints.deviation_note(2) == f"2 days late. {asked}"
    assert day_hints.deviation_note(-1) == f"1 day early. {asked}"
