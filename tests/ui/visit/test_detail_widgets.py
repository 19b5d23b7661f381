"""The dates and the remarks of a visit."""

from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.visit.detail_widgets import DateList, RemarkList
from app.ui.widgets.text import Label, Wrapped


def test_each_date_is_spoken_with_its_name(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    dates = DateList(page)
    dates.show_dates([("Target", "Mon 30 Nov 2026"), ("Booked", "Tue 1 Dec 2026")])
    dates.show_dates([("Performed", "Wed 2 Dec 2026")])
    values = [label for label in dates.findChildren(Wrapped) if not label.isHidden()]
    assert [value.accessibleName() for value in values] == ["Performed: Wed 2 Dec 2026"]


def test_a_remedy_asks_for_its_fact_and_visit(qtbot: QtBot) -> None:
    asked: list[tuple[str, str]] = []
    page = QWidget()
    qtbot.addWidget(page)
    remarks = RemarkList(lambda kind, visit: asked.append((kind, visit)), page)
    remarks.show_remarks([("Not decided.", ("Decide…", "decided", "SP-C02#2")), ("Too near.", None)])
    (button,) = remarks.findChildren(QPushButton)
    button.click()
    assert asked == [("decided", "SP-C02#2")]
    assert [row.text.text() for row in remarks.rows] == ["Not decided.", "Too near."]
    assert [label.text() for label in remarks.findChildren(Label) if label.property("role") == "strong"] == [
        "2 notices"
    ]


def test_a_long_remedy_is_below_its_remark_and_a_short_one_next_to_it(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    remarks = RemarkList(lambda _kind, _visit: None, page)
    remedies = ("Do it", "Record the outcome of that assessment")
    remarks.show_remarks([("Too near.", (words, "booked", "SP-C01")) for words in remedies])
    remarks.setFixedWidth(320)
    page.show()
    buttons = [row.findChildren(QPushButton)[0] for row in remarks.rows]
    assert [button.y() < row.text.geometry().bottom() for button, row in zip(buttons, remarks.rows, strict=True)] == [
        True,
        False,
    ]


def test_notes_are_made_again_only_for_other_remarks(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    remarks = RemarkList(lambda _kind, _visit: None, page)
    remarks.show_remarks([("Too near.", None)])
    before = list(remarks.rows)
    remarks.show_remarks([("Too near.", None)])
    assert remarks.rows == before
    remarks.show_remarks([])
    assert remarks.isHidden()
