"""The question about an unlikely day."""

from datetime import date

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain.refusal import Doubted, Refused, joined
from app.ui.forms.sure_question import SureQuestion

PAST = Doubted("plan_in_past", "on", on=date(2014, 12, 26), today=date(2026, 11, 23))
FAR = Doubted("day_far_off", "on", on=date(2014, 12, 26), nearest=date(2026, 11, 23))

REPEAT = Doubted("repeats", what="note: x", seq=7, who="anna", on=date(2026, 11, 23))


def test_only_what_is_doubted_is_asked_about(qtbot: QtBot) -> None:
    question = SureQuestion()
    qtbot.addWidget(question)
    assert not question.ask(None)
    assert not question.ask(Refused("disk_full", path="/x"))
    assert question.isHidden()
    assert question.ask(REPEAT)
    assert question.box.text() == "Yes, record it once more"
    assert question.ask(PAST)
    assert question.box.text() == "Yes, Fri 26 Dec 2014 is right"
    assert not question.isHidden()
    assert question.confirmed() is None
    assert "--sure" not in question.text.text()


def test_an_answer_holds_for_its_question_and_its_days(qtbot: QtBot) -> None:
    question = SureQuestion()
    qtbot.addWidget(question)
    question.follow({"on": date(2014, 12, 26)})
    question.ask(PAST)
    question.box.click()
    question.ask(PAST)
    question.follow({"on": date(2014, 12, 26)})
    assert question.confirmed() is PAST
    question.ask(FAR)
    assert question.confirmed() is None
    question.box.click()
    question.follow({"on": date(2026, 12, 26)})
    assert (question.confirmed(), question.isHidden()) == (None, True)


def test_all_doubts_are_shown_and_only_what_was_shown_is_confirmed(qtbot: QtBot) -> None:
    question = SureQuestion()
    qtbot.addWidget(question)
    several = joined([PAST, None, FAR, REPEAT, PAST])
    assert several is not None
    assert question.ask(several)
    assert question.text.text() == (
        "Fri 26 Dec 2014 lies before Mon 23 Nov 2026, the day of entry. Fri 26 Dec 2014 is years from every other day "
        "of the participant; the nearest is Mon 23 Nov 2026. The same was recorded on Mon 23 Nov 2026 by anna (fact "
        "7): note: x. Correct the day, or say that it is right."
    )
    assert question.box.text() == "Yes, all of this is right"
    question.box.click()
    confirmed = question.confirmed()
    assert confirmed is several
    assert all(confirmed.covers(one) for one in (PAST, FAR, REPEAT, several))
    assert not PAST.covers(several)
    assert not confirmed.covers(Doubted("plan_in_past", "on", on=date(2014, 12, 27), today=date(2026, 11, 23)))
    question.ask(PAST)
    assert question.confirmed() is None, "another question is asked"


def test_the_tick_comes_into_sight_where_the_form_scrolls(qtbot: QtBot) -> None:
    area, inside = QScrollArea(), QWidget()
    qtbot.addWidget(area)
    column = QVBoxLayout(inside)
    fields = QWidget()
    fields.setMinimumHeight(900)
    column.addWidget(fields)
    question = SureQuestion(inside)
    column.addWidget(question)
    area.setWidgetResizable(True)
    area.setWidget(inside)
    area.resize(300, 300)
    area.show()
    qtbot.waitExposed(area)
    assert question.ask(joined([PAST, FAR]))
    question.take_keyboard()
    assert not question.box.visibleRegion().isEmpty()
    assert area.viewport().rect().contains(question.box.mapTo(area.viewport(), question.box.rect().center()))
