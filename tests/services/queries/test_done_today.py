"""What was recorded of visits today."""

from datetime import UTC, datetime

from app.cli.agenda_tables import agenda_document, agenda_text
from app.services.queries import done_today as queries
from app.services.queries.agenda import agenda
from app.services.queries.agenda_filter import Filter, filtered
from tests.documents.calendars import pages_of
from tests.services.ward import Ward


def found(ward: Ward) -> list[tuple[str, str, str, str]]:
    """Participant, visit, kind and time, the last first."""
    rows = agenda(ward.study, ward.today).done
    return [(one.participant, one.row.entry.key, one.kind, one.at) for one in rows]


def test_the_last_comes_first_and_what_is_taken_back_is_gone(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    ward.now = datetime(2026, 12, 20, 9, 52, tzinfo=UTC)
    ward.do("missed", visit="SP-C04#1.8", on="2026-12-07", reason="illness")
    ward.do("note", visit="SP-C01", text="nothing of note")
    ward.do("booked", visit="SP-C03#1.15", on="2026-12-21")
    both = [("LI-001", "SP-C04#1.8", "missed", "10:52"), ("LI-001", "SP-C01", "performed", "09:00")]
    assert found(ward) == both
    ward.undo(agenda(ward.study, ward.today).done[1].command)
    assert found(ward) == both[:1]
    ward.redo()
    assert found(ward) == both


def test_a_correction_is_shown_and_tomorrow_it_is_no_longer_today(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    ward.correct(ward.seq("performed", "SP-C01"), on="2026-12-01")
    (row,) = agenda(ward.study, ward.today).done
    assert str(row.on) == str(row.row.entry.performed) == "2026-12-01"
    ward.go_to("2026-12-21")
    assert found(ward) == []


def test_a_command_of_several_facts_is_one_row(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    ward.go_to("2027-02-01")
    ward.do("performed", visit="SP-R01", on="2027-02-01")
    ward.do("decided", visit="SP-R01", outcome="continue", on="2027-02-01")
    assert [(visit, kind) for _code, visit, kind, _at in found(ward)] == [
        ("SP-R01", "decided"),
        ("SP-R01", "performed"),
    ]


def test_the_filter_and_the_days_that_are_asked_for_hold_for_it(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    ward.do("missed", visit="SP-S01", on="2026-11-23", reason="illness")
    today = agenda(ward.study, ward.today)
    assert [one.row.entry.key for one in filtered(today, Filter(category="dose")).done] == ["SP-C01"]
    tomorrow = ward.today.replace(day=21)
    assert agenda(ward.study, ward.today, tomorrow, tomorrow).done == ()
    assert len(agenda(ward.study, ward.today, ward.today, tomorrow).done) == 2


def test_a_study_that_cannot_be_cached_is_planned_for_it(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    ward.study.store.visits.restart("", "", "")
    rows = queries.done_today(ward.study, ward.today, cached=False)
    assert [one.row.entry.key for one in rows] == ["SP-C01"]


def test_paper_has_them_without_a_box_behind_what_is_to_be_done(ward: Ward) -> None:
    from app.services.commands.print_documents import visit_list

    ward.do("performed", visit="SP-C01", on="2026-11-30")
    text = "\n".join(pages_of(visit_list(ward.study, ward.today).content))
    assert "Done today (1)" in text
    assert "done, 09:00" in text
    assert text.index("Overdue and windows closing") < text.index("Done today (1)")
    assert "Done today" not in "\n".join(
        pages_of(visit_list(ward.study, ward.today, ward.today.replace(day=21)).content)
    )


def test_what_was_recorded_today_is_said_with_the_command_that_undo_takes(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-11-30", at="09:10")
    number = ward.study.store.facts()[-1].command
    found = agenda(ward.study, ward.today)
    lines = agenda_text(found)
    at = lines.index("Done today: 1")
    # eight o'clock by the clock of the world is nine in Linköping
    assert lines[at + 1].split() == [
        "Mon", "30", "Nov", "2026", "LI-001", "Preoperative", "cycle", "1", "day", "1", "(SP-C01)", "done,", "09:00",
        "command", str(number),
    ]  # fmt: skip
    assert lines[:at].count("") == 2, "the visits that press and those of today come before it"
    (row,) = agenda_document(found)["done"]
    assert row == {
        "participant": "LI-001", "visit": "SP-C01", "name": "Preoperative cycle 1 day 1", "kind": "performed",
        "on": "2026-11-30", "status": "performed", "fact": ward.seq("performed", "SP-C01"), "command": number,
        "recorded_at": "09:00",
    }  # fmt: skip
