"""The visits of all participants on the days of a period."""

from datetime import date

import pytest

from app.domain.calendar.entries import Status
from app.services.queries.agenda_filter import Filter
from app.services.queries.visits_of_days import VisitsOfDays, visits_of_days
from tests.services.ward import Ward, refused

FIRST, LAST = date(2026, 11, 23), date(2027, 1, 3)


def keys(found: VisitsOfDays, code: str = "LI-001") -> list[str]:
    return [row.entry.key for row in found.rows if row.participant == code]


def test_open_and_settled_visits_come_in_the_order_of_day_and_time(ward: Ward) -> None:
    ward.do("performed", "LI-001", visit="SP-C01", on="2026-11-30", at="09:15")
    ward.do("booked", "LI-001", visit="SP-C02#2", on="2026-12-28", at="10:00")
    found = visits_of_days(ward.study, ward.today, FIRST, LAST)
    own = {row.entry.key: row.entry for row in found.rows if row.participant == "LI-001"}
    assert own["SP-C01"].status is Status.PERFORMED
    assert own["SP-C02#2"].appointment_time == "10:00"
    wanted = {
        one.key
        for one in ward.calendar("LI-001").entries
        if one.assumed and FIRST <= one.assumed <= LAST and one.status not in (Status.CANCELLED, Status.OMITTED)
    }
    assert set(own) == wanted
    days = [row.entry.assumed for row in found.rows]
    assert days == sorted(days, key=lambda one: one or FIRST)
    assert {row.participant for row in found.rows} == {"LI-001", "CJ-001"}


def test_only_what_is_chosen_is_found_and_what_is_not_there_is_refused(ward: Ward) -> None:
    found = visits_of_days(ward.study, ward.today, FIRST, LAST, Filter(category="bloods", participant="li-001"))
    assert keys(found)
    assert {key.partition("#")[0] for key in keys(found)} <= {"SP-C04", "SP-S07"}
    assert not keys(found, "CJ-001")
    refused("no_participant", visits_of_days, ward.study, ward.today, FIRST, LAST, Filter(participant="XX-1"))
    refused("ends_before", visits_of_days, ward.study, ward.today, LAST, FIRST)


def test_a_day_closed_at_every_site_is_told_from_one_closed_at_some(ward: Ward) -> None:
    found = visits_of_days(ward.study, ward.today, FIRST, LAST).closed
    assert found[date(2026, 11, 28)].everywhere
    assert found[date(2026, 11, 28)].text == "a Saturday"
    # Christmas Eve is a holiday in Sweden alone, New Year's Day in China as well.
    assert not found[date(2026, 12, 24)].everywhere
    assert found[date(2026, 12, 24)].text.startswith("Christmas Eve: ")
    assert found[date(2027, 1, 1)].everywhere
    assert date(2026, 11, 30) not in found


def test_what_is_planned_for_it_is_the_same_as_what_was_kept(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = visits_of_days(ward.study, ward.today, FIRST, LAST)
    ward.study.store.visits.restart("", "", "")
    monkeypatch.setattr(type(ward.memory), "read_only", True)
    planned = visits_of_days(ward.study, ward.today, FIRST, LAST)
    assert keys(planned) == keys(kept)
    assert planned.closed == kept.closed
