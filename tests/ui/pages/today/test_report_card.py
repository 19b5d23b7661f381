"""The card of a report on a serious adverse event: until when, and what is to be done."""

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QApplication

from app.domain.calendar.agenda import ReportDue
from app.domain.facts.safety import Moment, SeriousEvent
from app.ui.pages.today.report_card import ReportCard
from tests.ui.nurse import texts

THURSDAY = date(2026, 11, 26)


def due(told: bool = True) -> ReportDue:
    """Sepsis, known on Thursday at 15:45, to be reported by Friday at 15:45."""
    friday = Moment(THURSDAY + timedelta(1), "15:45")
    return ReportDue("LI-003", SeriousEvent(3, 303, "Sepsis 败血症", Moment(THURSDAY, "15:45"), friday, told, 24))


@pytest.fixture
def card(qapp: QApplication) -> ReportCard:
    return ReportCard()


def test_it_leads_with_the_moment_until_which_it_is_sent(card: ReportCard) -> None:
    card.show_report(due(), THURSDAY, can_write=True)
    said = texts(card)
    assert said[:3] == ["LI-003", "Sepsis 败血症", "Fri 27 Nov 2026, 15:45"]
    assert "report to send" in said
    known, within = said.index("Thu 26 Nov 2026, 15:45"), said.index("within 24 h")
    assert said[known - 1] == "Known"
    assert said[within - 1] == "Report"


def test_the_day_after_it_was_due(card: ReportCard) -> None:
    card.show_report(due(told=False), THURSDAY + timedelta(2), can_write=False)
    assert "report was due" in texts(card)
    assert "not recorded; counted from the record" in texts(card)
    assert not card.sent_button.isEnabled()


def test_it_leads_to_the_report_and_to_the_event(card: ReportCard) -> None:
    asked: list[object] = []
    card.sent.connect(lambda: asked.append("sent"))
    card.event_asked.connect(lambda code, fact: asked.append((code, fact)))
    card.event_button.click()
    assert asked == [], "nothing is shown yet"
    card.show_report(due(), THURSDAY, can_write=True)
    card.event_button.click()
    card.sent_button.click()
    assert asked == [("LI-003", 303), "sent"]
