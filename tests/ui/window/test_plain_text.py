"""What people typed is shown letter by letter, also where it looks like markup or like a key."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu

from app.services.commands import record
from app.services.study.environment import Environment
from app.services.study.study import Study
from app.ui.dialogs.text_dialog import TextDialog
from app.ui.widgets.text import Elided, no_mnemonic, tip
from tests.services.ward import Ward
from tests.ui.conftest import Make
from tests.ui.nurse import Key, Nurse, texts
from tests.ui.stories import HOSTILE, NOTE, TODAY

LONG = "C" * 50 + " <i>&amp;</i>"
NAME = "<h1>R&D</h1> \N{CJK UNIFIED IDEOGRAPH-60A3}\N{CJK UNIFIED IDEOGRAPH-8005}"


def not_plain(nurse: Nurse) -> list[str]:
    labels = nurse.window.findChildren(QLabel)
    assert labels
    return [one.text() for one in labels if one.textFormat() is not Qt.TextFormat.PlainText]


def test_every_label_of_the_window_is_plain_text(nurse: Nurse) -> None:
    nurse.change(lambda study: record.change(study, HOSTILE, "note", {"visit": "SP-C01", "text": NOTE}, TODAY), HOSTILE)
    for page in ("start", "today", "participants", "calendar", "enrol", "monitor", "study"):
        nurse.window.page(page)
        nurse.window.go(page)
        nurse.settle()
        assert not_plain(nurse) == [], page
    nurse.window.go("today")
    nurse.choose(HOSTILE, "SP-C01")
    assert NOTE in texts(nurse.today.inspector)
    assert HOSTILE in texts(nurse.today.inspector)
    nurse.open_participant(HOSTILE)
    nurse.window.commanded.emit("about")
    about = nurse.window.findChild(TextDialog)
    assert about is not None
    assert not_plain(nurse) == []
    about.close()
    assert [text for text in not_plain(nurse) if HOSTILE in text or "Studyday" in text] == []


def test_every_label_of_a_dialog_is_plain_text(reader: Nurse) -> None:
    reader.choose(HOSTILE, "SP-C01")
    for key in (Key.Key_Return, Key.Key_M, Key.Key_N):
        reader.press(key, reader.today.list)
        dialog = reader.dialog()
        assert HOSTILE in dialog.windowTitle()
        labels = dialog.findChildren(QLabel)
        assert any(HOSTILE in one.text() for one in labels)
        assert [one.text() for one in labels if one.textFormat() is not Qt.TextFormat.PlainText] == []
        reader.leave(dialog)


def test_a_code_of_sixty_letters_and_a_study_with_markup_for_a_name(make_nurse: Make, tmp_path: Path) -> None:
    folder = tmp_path / "long"
    folder.mkdir()
    ward = Ward(folder)
    ward.go_to(TODAY)
    ward.enrol(code=LONG[:60], on=TODAY, regimen="MFFX")
    ward.study.close()
    nurse = make_nurse(ward.path, width=911, height=512)
    nurse.wait_for_today()
    page = nurse.open_participant(LONG[:60])
    assert page.header.code.text() == LONG[:60]
    assert nurse.window.width() == 911
    assert page.timeline.accessibleName() == f"Timeline of {LONG[:60]}"


def test_the_name_of_the_study_stands_as_it_was_typed(make_nurse: Make, tmp_path: Path) -> None:
    nurse = make_nurse()
    nurse.session.open(tmp_path / "named" / "one.studyday", make=True, name=NAME, anywhere=True)
    nurse.wait(lambda: nurse.session.view is not None)
    assert nurse.window.windowTitle() == f"{NAME} – Studyday"
    assert NAME in texts(nurse.window.top_bar)


def test_a_code_in_lists_tips_and_the_bar_below(nurse: Nurse) -> None:
    nurse.go("participants")
    nurse.wait(lambda: nurse.people.list.model().rowCount() == 10)
    index = nurse.people.list.model().index(0, 0)
    assert index.data() == HOSTILE
    # A tip is read as markup wherever it begins like it, so it is markup throughout.
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "<span>&lt;b&gt;R&amp;D&lt;/b&gt;</span>"

    def note(study: Study) -> object:
        return record.change(study, HOSTILE, "note", {"visit": "SP-C01", "text": NOTE}, TODAY)

    done: list[object] = []
    nurse.session.change(lambda study, _job: note(study), done.append, codes=[HOSTILE], text=f"{HOSTILE}: {NOTE}")
    nurse.wait(lambda: bool(done))
    assert nurse.window.status_bar.done.text() == f"{HOSTILE}: {NOTE}"


def test_the_box_at_the_top_finds_it(reader: Nurse) -> None:
    finder = reader.window.top_bar.finder
    reader.type_in(finder, "R&D")
    chosen = finder.found.chosen()
    assert chosen is not None
    assert chosen.strong == HOSTILE
    assert finder.found.item(finder.found.currentRow()).text().startswith(HOSTILE)
    reader.press(Key.Key_Escape, finder)
    finder.clear()


def test_an_ampersand_in_a_menu_is_an_ampersand(reader: Nurse) -> None:
    reader.window.menus.name_undo("note, R&D", "", True)
    assert reader.action("undo").text() == "&Undo note, R&&D"
    reader.window._study_changed()
    menu = QMenu()
    action = menu.addAction(no_mnemonic("R&D"))
    assert action.text() == "R&&D"
    menu.deleteLater()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<b>x</b>", "<span>&lt;b&gt;x&lt;/b&gt;</span>"),
        ("a\nb", "<span>a<br>b</span>"),
        ("R&D", "<span>R&amp;D</span>"),
        ("", ""),
    ],
)
def test_a_tip_of_peoples_own_words(text: str, shown: str) -> None:
    assert tip(text) == shown


def test_a_label_that_is_cut_has_all_of_it_in_its_tip_and_name(reader: Nurse) -> None:
    label = Elided(NOTE, parent=reader.window)
    label.resize(60, 20)
    label.show()
    assert label.toolTip() == tip(NOTE)
    assert label.accessibleName() == NOTE
    label.resize(3000, 20)
    assert label.toolTip() == ""
    label.deleteLater()


def test_the_clock_of_who_recorded_is_the_computers() -> None:
    at = datetime(2027, 2, 15, 8, tzinfo=UTC)
    assert Environment("n", "w", "Europe/Stockholm", lambda: at).moment("").hour == 9
