"""From a line of the history: it is corrected, taken back or redacted, also one about the study itself."""

import pytest
from PySide6.QtGui import QAction

from app.domain.facts.records import NewFact, Recorded
from app.services.commands import configure_site, enrol, record
from app.services.study.study import Study
from app.ui.dialogs.change.mend_dialog import MendDialog
from app.ui.dialogs.change.redact_dialog import RedactDialog
from app.ui.pages.monitor.log_view import LogView
from app.ui.pages.monitor.mending import Mending
from app.ui.pages.participants.page import ParticipantsPage
from tests.ui.nurse import Key, Nurse, texts
from tests.ui.stories import TODAY


def close(nurse: Nurse, reason: str) -> None:
    """Close a Thursday without a visit near it."""

    def work(study: object) -> object:
        facts = [NewFact("day_closed", {"on": "2029-10-11", "reason": reason})]
        return configure_site.save_study(study, configure_site.propose_study(study, facts, TODAY), sure=True)  # type: ignore[arg-type]

    nurse.change(work)


def note(nurse: Nurse, text: str) -> None:
    given = {"visit": "SP-C01", "text": text}
    nurse.change(lambda study: record.change(study, "LI-001", "note", given, TODAY), "LI-001")


def history(nurse: Nurse) -> LogView:
    """The history on the monitor's page, with the last fact chosen."""
    nurse.go("monitor")
    nurse.monitor.tabs.choose("history")
    view = nurse.monitor.views["history"]
    nurse.wait(lambda: view.model.table.name == "history")
    nurse.settle()
    view.list.setCurrentIndex(view.model.index(len(view.model.rows) - 1, 0))
    view.list.setFocus()
    return view


def mending(nurse: Nurse) -> Mending:
    return nurse.monitor.mends[-1]


def menu(nurse: Nurse) -> dict[str, QAction]:
    """What the menu of the chosen line offers."""
    one = mending(nurse)
    nurse.click(one.button)
    nurse.wait(lambda: one.menu is not None)
    assert one.menu is not None
    return {action.text(): action for action in one.menu.actions()}


def opened(nurse: Nurse, kind: type[MendDialog] | type[RedactDialog]) -> MendDialog | RedactDialog:
    nurse.wait(lambda: any(one.isVisible() for one in nurse.window.findChildren(kind)))
    return nurse.window.findChildren(kind)[0]


def test_a_line_of_a_participant_is_corrected_by_its_key(nurse: Nurse) -> None:
    note(nurse, "came by bus")
    view = history(nurse)
    nurse.press(Key.Key_C, view.list)
    dialog = opened(nurse, MendDialog)
    assert dialog.windowTitle().startswith("Correct – LI-001, ")
    nurse.leave(dialog)


def test_the_menu_of_a_line_of_a_participant_offers_what_its_events_do(nurse: Nurse) -> None:
    note(nurse, "came by bus")
    history(nurse)
    found = menu(nurse)
    assert list(found) == [
        "Correct…", "Take back…", "Belongs to another participant…", "Redact…", "Show among the participant's events",
    ]  # fmt: skip
    found["Show among the participant's events"].trigger()
    nurse.wait(
        lambda: nurse.participant.events_tab is not None and nurse.participant.events_tab.table.line() is not None
    )
    assert nurse.participant.events_tab is not None
    line = nurse.participant.events_tab.table.line()
    assert line is not None
    assert line.record.text("text") == "came by bus"


def screen(nurse: Nurse, code: str, reason: str) -> None:
    """Screen somebody who is not taken into the study."""
    given = {"code": code, "protocol": "scanpan", "on": TODAY.isoformat(), "outcome": "failure", "reason": reason}
    nurse.change(lambda study: enrol.screen(study, given, TODAY, sure=True), code)


def screening(nurse: Nurse, code: str) -> Recorded:
    """What is recorded of the screening."""

    def read(study: Study) -> Recorded:
        found = study.case(study.subject(code)).screened
        assert found is not None
        return found

    found: Recorded = nurse.of_file(read)
    return found


@pytest.mark.parametrize("key", [Key.Key_C, Key.Key_T])
def test_the_screening_of_somebody_who_was_not_enrolled_is_corrected_or_taken_back(nurse: Nurse, key: Key) -> None:
    code = f"LI-07{int(key == Key.Key_C)}"
    screen(nurse, code, "metastases in the lung")
    view = history(nurse)
    nurse.press(key, view.list)
    dialog = opened(nurse, MendDialog)
    assert isinstance(dialog, MendDialog)
    if key == Key.Key_C:
        assert dialog.form.fields()["reason"] == "metastases in the lung"
        dialog.form.form.set_fields({"reason": "metastases in both lungs"})
        dialog.form.changed.emit()
    dialog.why.editor.set_value("typed wrong")
    nurse.wait(lambda: not dialog.preview.under_way)
    nurse.click(dialog.frame.primary)
    if key == Key.Key_T:
        nurse.wait(lambda: not nurse.of_file(lambda study: code in study.people()))
    else:
        nurse.wait(lambda: screening(nurse, code).text("reason") == "metastases in both lungs")


def test_a_name_in_the_reason_of_a_screen_failure_is_redacted(nurse: Nurse) -> None:
    screen(nurse, "LI-073", "as Anna Andersson says")
    history(nurse)
    found = menu(nurse)
    found["Redact…"].trigger()
    dialog = opened(nurse, RedactDialog)
    assert isinstance(dialog, RedactDialog)
    assert any(text == "LI-073" for text in texts(dialog))
    dialog.boxes["reason"].setChecked(True)
    dialog.why.editor.set_value("a name")
    nurse.click(dialog.primary)
    nurse.wait(lambda: screening(nurse, "LI-073").redacted == {"reason"})


def test_who_was_only_screened_is_shown_among_all_participants(nurse: Nurse) -> None:
    screen(nurse, "LI-074", "metastases in the lung")
    history(nurse)
    menu(nurse)["Show among the participant's events"].trigger()
    page = nurse.window.page("participants")
    assert isinstance(page, ParticipantsPage)
    nurse.wait(lambda: nurse.window.stack.currentWidget() is page and page.list.chosen() == "LI-074")


def test_what_was_recorded_of_the_study_is_taken_back_after_its_preview(nurse: Nurse) -> None:
    close(nurse, "a course")
    history(nurse)
    found = menu(nurse)
    assert list(found) == ["Take back…", "Redact…", "Show on the page Study"]
    found["Take back…"].trigger()
    nurse.wait(nurse.study.preview.save_button.isVisible)
    assert nurse.study.section is nurse.study.closed_days
    assert "Taken back: Thu 11 Oct 2029 closed: a course" in texts(nurse.study.preview)
    nurse.click(nurse.study.preview.save_button)
    nurse.wait(lambda: not nurse.study.preview.isVisible())
    nurse.settle()
    assert nurse.facts()[-1].kind == "correction"


def test_a_name_in_a_reason_of_the_study_is_redacted(nurse: Nurse) -> None:
    close(nurse, "Anna is married")
    history(nurse)
    menu(nurse)["Redact…"].trigger()
    dialog = opened(nurse, RedactDialog)
    assert isinstance(dialog, RedactDialog)
    assert dialog.windowTitle() == "Redact – Study"
    assert list(dialog.boxes) == ["reason"], "the day and the site are no words about anybody"
    dialog.boxes["reason"].setChecked(True)
    nurse.type_in(dialog.why.editor.line, "a person's name")
    nurse.click(dialog.primary)
    nurse.wait(nurse.no_dialog)
    nurse.settle()
    closed = nurse.facts("day_closed")[-1]
    assert closed.text("on") == "2029-10-11"
    assert closed.redacted == {"reason"}
    assert "reason" not in closed.fields


@pytest.mark.parametrize("tab", ["open", "deviations", "confirmations"])
def test_a_row_that_follows_from_several_facts_offers_nothing(reader: Nurse, tab: str) -> None:
    reader.go("monitor")
    reader.monitor.tabs.choose(tab)
    reader.settle()
    assert not any(one.button.isVisible() for one in reader.monitor.mends)
