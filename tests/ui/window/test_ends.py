"""After an end of participation the window refuses what the terminal refuses, with the same sentence."""

from datetime import date
from pathlib import Path

import pytest

from app.cli.exit_codes import Exit
from app.cli.main import run
from app.services.commands import record
from app.ui.dialogs.change.dialog import ChangeDialog
from tests.ui.conftest import Make
from tests.ui.nurse import Key, Nurse, texts

CODE, VISIT = "LI-001", "SP-C02#3"
SUNDAY: dict[str, object] = {"on": "2027-02-14"}
ENDS: dict[str, tuple[str, dict[str, object], str]] = {
    "died": (
        "died", SUNDAY,
        "lies after the death on Sun 14 Feb 2027. Correct one of the dates, or take the record of the death back",
    ),
    "withdrawn from all": (
        "withdrawn", {**SUNDAY, "scope": "all", "reason": "own wish", "last_medication_on": "none"},
        "lies after the withdrawal from the study on Sun 14 Feb 2027. Correct the withdrawal, or take it back",
    ),
    "withdrawn from treatment": (
        "withdrawn", {**SUNDAY, "scope": "treatment", "reason": "own wish", "last_medication_on": "none"},
        "belongs to the treatment, from which the participant withdrew on Sun 14 Feb 2027. Correct the withdrawal, or "
        "take it back",
    ),
    "lost": (
        "lost", {**SUNDAY, "reason": "no answer"},
        "lies after the day on which the participant was lost to follow-up (Sun 14 Feb 2027). Record that the "
        "participant was found again, or correct that day",
    ),
    "stopped": (
        "stopped", {**SUNDAY, "phase": "preop_chemo", "reason": "toxicity"},
        "belongs to preop_chemo, which was stopped on Sun 14 Feb 2027. Correct the stop, or take it back",
    ),
}  # fmt: skip
"""Each end as it is recorded, with what is then said of a visit of the treatment, after its name and its day."""
ACTS: dict[str, tuple[dict[str, object], list[str], str]] = {
    "booked": ({"on": date(2027, 2, 22)}, ["book", "--on", "2027-02-22"], "Mon 22 Feb 2027"),
    "moved": ({"to": date(2027, 2, 22), "reason": "x"}, ["move", "--to", "2027-02-22", "--reason", "x"],
              "Mon 22 Feb 2027"),
    "performed": ({"on": date(2027, 2, 15)}, ["record", "--on", "2027-02-15"], "Mon 15 Feb 2027"),
    "missed": ({"on": date(2027, 2, 15), "reason": "x"}, ["miss", "--on", "2027-02-15", "--reason", "x"],
               "Mon 15 Feb 2027"),
}  # fmt: skip


@pytest.fixture(params=ENDS)
def ended(make_nurse: Make, study_path: Path, request: pytest.FixtureRequest) -> tuple[Nurse, str]:
    """A nurse before the window, after an end that was recorded on the day before; and what is said of it."""
    nurse = make_nurse(study_path)
    nurse.wait_for_today()
    kind, fields, says = ENDS[request.param]
    nurse.change(lambda study: record.change(study, CODE, kind, fields, nurse.session.today, True), CODE)
    return nurse, says


def refused(nurse: Nurse, dialog: ChangeDialog, says: str) -> None:
    """It says so before and after an attempt to save; nothing is recorded and nothing is lost."""
    before, typed = len(nurse.facts()), dialog.form.fields()
    nurse.wait(lambda: any(says in one for one in texts(dialog)))
    nurse.press(Key.Key_Return, dialog, ctrl=True)
    nurse.wait(lambda: not dialog.saving.under_way and not dialog.preview.under_way)
    assert dialog.isVisible()
    assert any(says in one for one in texts(dialog))
    assert (len(nurse.facts()), dialog.form.fields()) == (before, typed)
    nurse.leave(dialog)


def test_after_an_end_window_and_terminal_refuse_the_same(
    ended: tuple[Nurse, str], capsys: pytest.CaptureFixture[str]
) -> None:
    nurse, says = ended
    for kind, (fields, _words, day) in ACTS.items():
        nurse.window.dialogs.open(kind, CODE, VISIT, fields)
        # The window says the name where the terminal says the key.
        refused(nurse, nurse.dialog(), says.partition(", ")[2] if "preop_chemo" in says else f"on {day} {says}")
    path, environment = nurse.session.path, nurse.session.environment
    nurse.session.end()
    for command, *words in (words for _fields, words, _day in ACTS.values()):
        capsys.readouterr()
        assert run(["-f", str(path), command, CODE, VISIT, *words], environment) is Exit.REFUSED
        day = "Mon 15 Feb 2027" if command in ("record", "miss") else "Mon 22 Feb 2027"
        assert f"{VISIT} on {day} {says}." in capsys.readouterr().err
    nurse.session.end = lambda: None  # type: ignore[method-assign]  # it has ended


@pytest.mark.parametrize("end", ENDS)
def test_an_end_before_a_visit_of_it_is_refused(nurse: Nurse, end: str) -> None:
    kind, fields, _says = ENDS[end]
    nurse.window.dialogs.open(kind, CODE, "", {**fields, "on": date(2027, 1, 13)})
    dialog = nurse.dialog()
    found = [one for one in texts(dialog) if "Wed 13 Jan 2027 lies before" in one]
    assert found, texts(dialog)
    refused(nurse, dialog, "Correct one of the two days, or take the visit back")


@pytest.mark.parametrize("end", ENDS)
def test_an_end_before_the_enrolment_is_refused(nurse: Nurse, end: str) -> None:
    kind, fields, _says = ENDS[end]
    nurse.window.dialogs.open(kind, CODE, "", {**fields, "on": date(2027, 1, 8)})
    refused(nurse, nurse.dialog(), "Fri 8 Jan 2027 lies before the enrolment on Mon 11 Jan 2027. Correct the day")


def test_what_was_taken_back_is_no_end(ended: tuple[Nurse, str]) -> None:
    nurse, says = ended
    nurse.action("undo").trigger()
    nurse.wait(lambda: nurse.facts()[-1].kind == "correction")
    nurse.window.dialogs.open("booked", CODE, VISIT, {"on": date(2027, 2, 22)})
    dialog = nurse.dialog()
    assert not any(says in one for one in texts(dialog))
    before = len(nurse.facts())
    dialog.save()
    nurse.wait(nurse.no_dialog)
    assert nurse.facts()[before].kind == "booked"


def test_a_death_that_a_contact_told_of_is_asked_for_and_then_recorded(nurse: Nurse) -> None:
    told: dict[str, object] = {"on": nurse.session.today, "reached": True, "alive": "no"}
    nurse.change(lambda study: record.change(study, CODE, "contact", told, nurse.session.today, True), CODE)
    nurse.window.dialogs.open("died", CODE, VISIT, {"on": nurse.session.today})
    dialog = nurse.dialog()
    nurse.press(Key.Key_Return, dialog, ctrl=True)
    nurse.wait(lambda: nurse.facts()[-1].kind == "died")
    assert nurse.facts()[-1].fields == {"on": nurse.session.today.isoformat()}
