"""The page Study: its tabs, and what of it can be done in a study that is open for reading."""

import threading
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.ui.pages.study.values_model import TICK
from app.ui.session.worker import Job
from tests.ui.conftest import Make, copied
from tests.ui.nurse import Key, Nurse


def test_the_page_has_a_key_and_each_part_is_read_when_it_is_shown(nurse: Nurse) -> None:
    nurse.window.go("today")
    nurse.press(Key.Key_6, nurse.window, alt=True)
    page = nurse.study
    nurse.wait(page.isVisible)
    page.show_section("site")
    nurse.wait(lambda: page.site.box.form is not None)
    page.tabs.setFocus()
    for name in ("closed_days", "values", "consent", "identified", "backups"):
        nurse.press(Key.Key_Right, page.tabs)
        assert page.section is page.sections[name]
        nurse.wait(lambda: not page.section.stale)


def test_no_list_is_called_empty_before_the_file_has_answered(empty_nurse: Nurse) -> None:
    page, go_on = empty_nurse.study, threading.Event()
    empty_nurse.window.go("study")
    empty_nurse.settle()
    for one in page.sections.values():
        one.leave_study()
    empty_nurse.session.worker.submit(Job(lambda _study, _job: go_on.wait(60), lambda _answer: None))
    words = {
        "site": page.site.none,
        "closed_days": page.closed_days.none,
        "consent": page.consent.none,
        "identified": page.identified.none,
    }
    for name, label in words.items():
        page.read()
        page.show_section(name)
        assert label.isHidden(), name
    assert page.consent.nobody.isHidden()
    go_on.set()
    for name, label in words.items():
        page.show_section(name)
        empty_nurse.wait(label.isVisible)


def test_nothing_can_be_changed_in_a_study_that_is_open_for_reading(make_nurse: Make, study_path: Path) -> None:
    nurse = make_nurse(study_path, writing=False)
    nurse.action("closed_days").trigger()
    page = nurse.study
    nurse.wait(lambda: page.closed_days.box.form is not None)
    assert not page.closed_days.show_button.isEnabled()
    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.preview.proposal is None
    for name in page.sections:
        page.show_section(name)
        nurse.settle()
    nurse.wait(lambda: page.values.model.every and page.backups.state is not None)
    assert len(page.site.sites.rows) == 2
    page.values.model.tick(0)
    assert page.values.model.index(0, TICK).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    buttons = [
        page.site.show_button, page.site.new_button, page.values.change_button, page.values.confirm_button,
        page.consent.save_button, page.identified.save_button, page.identified.correct_button,
        page.backups.back_up_button,
    ]  # fmt: skip
    assert [one.text() for one in buttons if one.isEnabled()] == []
    assert page.backups.verify_button.isEnabled()
    page.discard()


def test_nothing_of_another_study_stays(
    make_nurse: Make, study_path: Path, tmp_path: Path, empty_template: Path
) -> None:
    nurse = make_nurse(study_path)
    nurse.action("backups").trigger()
    page = nurse.study
    nurse.wait(lambda: page.backups.state is not None)
    page.backups.verify()
    nurse.wait(page.backups.found.isVisible)
    page.show_section("values")
    nurse.wait(lambda: page.values.row is not None)
    page.values.list.search.setText("SP-R01")
    nurse.open(copied(empty_template, tmp_path / "empty"))
    page.show_section("backups")
    nurse.window.go("study")
    assert page.backups.found.isHidden()
    page.show_section("values")
    nurse.wait(lambda: page.values.list.none.text() == "The study has no protocol yet.")
    assert page.values.list.search.text() == ""
    assert page.values.about.text() == ""
