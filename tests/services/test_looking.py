"""What the desktop shows of a participant, of a visit and of the study: days and cycles counted by hand."""

from datetime import date
from pathlib import Path

import pytest

from app.domain.refusal import Refused
from app.services.commands import print_documents
from app.services.commands.demo import demo_file
from app.services.commands.undo_last import undo_last
from app.services.queries.agenda import morning
from app.services.queries.overview import study_view
from app.services.queries.participant import participant_view, visit_in, visit_view
from app.wording.visit_details import lacks_decision, problem_note, visit_dates

from .ward import TODAY, Ward


def test_before_the_first_dose_days_count_from_enrolment(ward: Ward) -> None:
    place = participant_view(ward.study, "LI-001", TODAY).position
    # 23 November to 20 December.
    assert (place.day, place.since, place.cycle) == (None, 27, 0)


def test_day_and_cycle_count_from_cycle_1_day_1(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    place = participant_view(ward.study, "LI-001", TODAY).position
    # 30 November is day 1, so 20 December is day 21; four months of cycles of 28 days are four cycles.
    assert (place.day, place.cycle, place.cycles) == (21, 1, 4)
    assert place.next is not None
    assert place.next.assumed is not None


def test_the_regimen_and_the_state_are_those_of_today(ward: Ward) -> None:
    look = participant_view(ward.study, "LI-001", TODAY)
    assert (look.regimen, look.stage, look.country, look.enrolled_on) == ("AG", "enrolled", "SE", date(2026, 11, 23))
    ward.do("lost", on="2026-12-10", reason="moved abroad")
    assert participant_view(ward.study, "LI-001", TODAY).stage == "lost"
    ward.do("found_again", on="2026-12-12")
    assert participant_view(ward.study, "LI-001", TODAY).stage == "enrolled"
    ward.do("died", on="2026-12-15")
    assert participant_view(ward.study, "LI-001", TODAY).stage == "died"


def test_a_visit_has_its_history_and_notes_and_nobody_elses(ward: Ward) -> None:
    ward.enrol(code="LI-002")
    ward.do("booked", visit="SP-C01", on="2026-12-21", at="09:30")
    ward.do("note", visit="SP-C01", text="needs a wheelchair")
    ward.do("booked", code="LI-002", visit="SP-C01", on="2026-12-22")
    look = visit_view(ward.study, "LI-001", "SP-C01", TODAY)
    assert [row.record.kind for row in look.history] == ["booked", "note"]
    assert [one.text("text") for one in look.notes] == ["needs a wheelchair"]
    assert look.activities
    assert dict(visit_dates(look.entry))["Booked"] == "Mon 21 Dec 2026, 09:30"


def test_a_visit_that_is_not_there_is_refused(ward: Ward) -> None:
    with pytest.raises(Refused) as refused:
        visit_view(ward.study, "LI-001", "NO-1", TODAY)
    assert refused.value.kind == "unknown_visit"


def test_a_printed_sheet_is_outdated_once_its_visit_has_another_day(ward: Ward) -> None:
    path = ward.folder / "s.pdf"
    print_documents.print_sheets(ward.study, "LI-001", ["SP-C01", "SP-R01"], path, TODAY)
    assert not participant_view(ward.study, "LI-001", TODAY).outdated_prints
    ward.do("booked", visit="SP-C01", on="2026-12-28", at="10:00")
    look = participant_view(ward.study, "LI-001", TODAY)
    assert "SP-C01" in look.outdated_prints
    printed = visit_in(look, "SP-C01").printed
    assert printed is not None
    assert printed.kind == "printed"
    print_documents.print_sheets(ward.study, "LI-001", ["SP-C01"], path, TODAY)
    assert "SP-C01" not in participant_view(ward.study, "LI-001", TODAY).outdated_prints


def test_a_decision_that_was_not_recorded_is_told(ward: Ward) -> None:
    protocol = participant_view(ward.study, "LI-001", TODAY).protocol
    deciding = next(visit for visit in protocol.decisions if visit in ward.dates())
    ward.do("performed", visit=deciding, on="2026-12-18")
    entry = participant_view(ward.study, "LI-001", TODAY).calendar.by_key[deciding]
    assert lacks_decision(entry, decides=True)
    outcome = next(iter(protocol.decisions[deciding].outcomes))
    ward.do("decided", visit=deciding, outcome=outcome, on="2026-12-18")
    entry = participant_view(ward.study, "LI-001", TODAY).calendar.by_key[deciding]
    assert not lacks_decision(entry, decides=True)


def test_each_problem_that_can_be_mended_names_the_visit_to_record(ward: Ward) -> None:
    calendar = participant_view(ward.study, "LI-001", TODAY).calendar
    found = [
        (entry.key, problem_note(problem, calendar, entry).remedy)
        for entry in calendar.entries
        for problem in entry.problems
    ]
    unrecorded = [remedy for _key, remedy in found if remedy is not None and remedy.kind == "performed"]
    # Day 1 of cycle 1 (30 November) was never recorded, and the cycles after it are counted from it.
    assert any(remedy.visit == "SP-C01" for remedy in unrecorded)


def test_the_window_knows_what_undo_and_redo_would_do(ward: Ward) -> None:
    study = ward.study
    assert study_view(study, TODAY).undo == "enrolment"
    ward.do("booked", visit="SP-C01", on="2026-12-21")
    seen = study_view(study, TODAY)
    assert (seen.undo, seen.redo, seen.participants) == ("booked, SP-C01", "", ("CJ-001", "LI-001"))
    done = undo_last(study, "undo", TODAY)
    assert (done.text, done.codes) == ("Undone: booked, SP-C01", ("LI-001",))
    assert (done.view.undo, done.view.redo) == ("enrolment", "booked, SP-C01")
    done = undo_last(study, "redo", TODAY)
    assert (done.text, done.view.undo, done.view.redo) == ("Done again: booked, SP-C01", "booked, SP-C01", "")


def test_undo_is_named_also_behind_many_prints(ward: Ward) -> None:
    """What cannot be undone may fill more than the end of the chain that is looked at first."""
    ward.do("booked", visit="SP-C01", on="2026-12-21")
    printout = print_documents.participant_calendar(ward.study, "LI-001", TODAY)
    for _each in range(420):
        print_documents.keep_print(ward.study, printout, TODAY)
    assert study_view(ward.study, TODAY).undo == "booked, SP-C01"


def test_the_morning_names_the_visits_at_which_something_is_decided(ward: Ward) -> None:
    found = morning(ward.study, TODAY, 14)
    assert ("scanpan", "SP-R01") in found.deciding
    assert ("scanpan", "SP-C01") not in found.deciding
    assert any(row.participant == "LI-001" for row in (*found.agenda.pressing, *found.agenda.now))


def test_a_backup_tells_why_nothing_can_be_recorded(ward: Ward) -> None:
    from app.services.commands import study_file
    from app.services.commands.backup import back_up

    made = back_up(ward.study, None)
    ward.study.close()
    ward.study = study_file.open_file(made.path, ward.environment, TODAY)
    assert "backup" in study_view(ward.study, TODAY).read_only


def test_a_demo_that_was_stopped_leaves_nothing_and_is_made_again(
    ward: Ward, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.services.commands import demo

    made: list[Path] = []

    def make(folder: Path, *_more: object) -> None:
        folder.mkdir()
        (folder / demo.FILE).write_bytes(b"half")
        made.append(folder)
        if len(made) == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(demo, "make_demo", make)
    folder = tmp_path / "demo"
    with pytest.raises(KeyboardInterrupt):
        demo_file(folder, ward.environment, lambda _done, _all: None)
    assert not folder.exists()
    assert not made[0].exists()
    path = demo_file(folder, ward.environment, lambda _done, _all: None)
    assert path.read_bytes() == b"half"
    assert demo_file(folder, ward.environment, lambda _done, _all: None) == path
    assert len(made) == 2
