"""From a line of the history: it is corrected, taken back or redacted, also one about the study itself."""

import pytest
from PySide6.QtGui import QAction

from app.domain.facts.records import NewFact
from app.services.commands import configure_site, record
from app.ui.dialogs.change.mend_dialog import MendDialog
from app.ui.dialogs.change.redact_dialog import RedactDialog
from app.ui.pages.monitor.log_view import LogView
from app.ui.pages.monitor.mending import Mending
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
