"""The form and its preview fit next to each other or under one another, and Tab goes through both."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui.forms.editor import Editor
from app.ui.pages.enrolment.page import EnrolmentPage
from app.ui.pages.enrolment.steps import STEPS
from app.ui.session.session import StudySession
from app.ui.style import theme, tokens
from tests.ui.pages.enrolment.filling import fill, form_of, shown


def tab_order(page: EnrolmentPage) -> list[QWidget]:
    found: list[QWidget] = []
    one: QWidget | None = page.nextInFocusChain()
    while one is not None and one is not page:
        takes_tab = bool(one.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
        if page.isAncestorOf(one) and takes_tab and one.isVisible() and one.focusProxy() is None:
            found.append(one)
        one = one.nextInFocusChain()
    return found


def test_tab_goes_through_the_form_then_the_table_then_the_buttons(page: EnrolmentPage, qtbot: QtBot) -> None:
    fill(page, qtbot)
    shown(page, qtbot)
    order = tab_order(page)
    names = [one.accessibleName() for one in order]
    assert all(names)
    assert [name[:11] for name in names[:4]] == ["Step 1 of 4", "Step 2 of 4", "Step 3 of 4", "Step 4 of 4"]
    assert names[4:7] == [
        "Timing of the metastases",
        "Day of enrolment",
        "Is treatment planned in two operations?: Yes",
    ]
    assert names[-4:] == [
        "Visits of this enrolment", "Enrol LI-021 and print the calendar…", "Enrol LI-021", "Cancel",
    ]  # fmt: skip


@pytest.mark.parametrize(("width", "height", "scale"), [(1366, 768, 1.0), (911, 512, 1.0), (911, 512, 2.0)])
def test_nothing_is_cut(
    width: int, height: int, scale: float, open_session: StudySession, qtbot: QtBot, qapp: QApplication
) -> None:
    theme.apply(qapp, False, scale)
    page = EnrolmentPage(open_session)
    qtbot.addWidget(page)
    page.resize(width, height)
    page.show()
    page.start()
    qtbot.waitUntil(lambda: page.form is not None)
    fill(page, qtbot)
    shown(page, qtbot)
    qtbot.waitUntil(lambda: page.preview.table.viewport().height() > tokens.row_height())
    assert (page.width(), page.height()) == (width, height)
    assert page.form_area.horizontalScrollBar().maximum() == 0
    for step in STEPS:
        page.columns.verticalScrollBar().setValue(10_000)
        page.show_step(step)
        assert page.columns.verticalScrollBar().value() == page.form_area.verticalScrollBar().value() == 0
        qtbot.waitUntil(lambda: page.form_area.horizontalScrollBar().maximum() == 0)
        for name, row in form_of(page)._rows.items():
            within = row.cell.parentWidget()
            assert within is not None
            edge = row.editor.mapTo(within, row.editor.rect().bottomRight())
            assert edge.x() <= within.width() or row.cell.isHidden(), name
            assert isinstance(row.editor, Editor)
    for button in (page.enrol_button, page.cancel_button):
        assert page.foot.rect().contains(button.geometry())
        assert button.width() >= button.sizeHint().width()
    side_by_side = page.preview.mapTo(page, page.preview.rect().topLeft()).x() > page.width() // 4
    assert side_by_side is (scale == 1.0)
