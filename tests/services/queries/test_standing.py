"""Where everybody is: by the visits that are kept it is the same as by planning. Today is 20 December 2026."""

from datetime import date

import pytest

from app.services.queries import standing
from app.services.queries.participant import participant_view
from app.services.queries.standing import Standings, standings
from app.ui.visit.header_parts import notices_of
from tests.services.ward import Ward


def _told(found: Standings) -> dict[str, tuple[str, str, int, int, bool]]:
    return {
        code: (one.epoch, one.next.key if one.next is not None else "", one.overdue, one.notices, one.registered)
        for code, one in found.by_code.items()
    }


@pytest.mark.parametrize("today", ["2026-12-20", "2027-02-20"])
def test_kept_visits_say_what_planning_says(ward: Ward, today: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    ward.do("booked", visit="SP-C02#2", on="2026-12-29", at="09:30")
    ward.enrol(code="LI-002", on="", consented="2026-12-14")
    ward.enrol(code="LI-003")
    ward.do("contact", "LI-003", on="2026-12-19", reached=True, alive="no")
    ward.enrol_cn(code="CJ-009", on="2026-03-02", cohort="retrospective", sure=True)
    ward.go_to(today)
    kept = standings(ward.study, ward.today)
    monkeypatch.setattr(standing, "refresh_visits", lambda *_args: False)
    assert _told(kept) == _told(standings(ward.study, ward.today))
    assert kept.epochs["preop_chemo"] == "Preoperative chemotherapy"


def test_each_number_is_what_the_participants_page_has(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    ward.go_to(date(2027, 1, 7))
    found, view = standings(ward.study, ward.today).of("LI-001"), participant_view(ward.study, "LI-001", ward.today)
    overdue = sum(one.status.value == "overdue" for one in view.calendar.entries)
    assert (found.overdue, found.notices) == (overdue, len(notices_of(view)))
    assert overdue > 0
    assert found.next is not None
    assert view.position.next is not None
    assert (found.next.key, found.epoch) == (view.position.next.key, view.position.epoch)
    assert standings(ward.study, ward.today).of("nobody").next is None
