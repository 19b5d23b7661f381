"""The question about an unlikely day."""

from datetime import date

from pytestqt.qtbot import QtBot

from app.domain.refusal import Doubted
from app.ui.forms.sure_question import SureQuestion

PAST = Doubted("plan_in_past", "on", on=date(2014, 12, 26), today=date(2026, 11, 23))
FAR = Doubted("day_far_off", "on", on=date(2014, 12, 26), nearest=date(2026, 11, 23))


def test_only_an_unlikely_day_is_asked_about(qtbot: QtBot) -> None:
    question = SureQuestion()
    qtbot.addWidget(question)
    assert not question.ask(None)
    assert not question.ask(Doubted("repeats", what="x", seq=7, who="anna", on=date(2026, 11, 23)))
    assert question.isHidden()
    assert question.ask(PAST)
    assert question.box.text() == "Yes, Fri 26 Dec 2014 is right"
    assert not question.isHidden()
    assert not question.is_sure()
    assert "--sure" not in question.text.text()


def test_an_answer_holds_for_its_question_and_its_days(qtbot: QtBot) -> None:
    question = SureQuestion()
    qtbot.addWidget(question)
    question.follow({"on": date(2014, 12, 26)})
    question.ask(PAST)
    question.box.click()
    question.ask(PAST)
    question.follow({"on": date(2014, 12, 26)})
    assert question.is_sure()
    question.ask(FAR)
    assert not question.is_sure()
    question.box.click()
    question.follow({"on": date(2026, 12, 26)})
    assert (question.is_sure(), question.isHidden()) == (False, True)
