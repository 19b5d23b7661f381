"""The clock of a serious adverse event."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.facts.kind import Json
from app.domain.facts.records import NewFact, Recorded, provisional
from app.domain.facts.safety import Moment, SeriousEvent, due_after, event_of_report, serious_events
from app.domain.refusal import Refused

ZONE = "Europe/Stockholm"
THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)


def event(seq: int = 7, **fields: Json) -> Recorded:
    values = {"term": "Sepsis", "grade": 3, "on": "2026-11-24", "serious": True, **fields}
    found = provisional(NewFact("adverse_event", values, 1), seq)
    return replace(found, recorded_at="2026-11-26T17:20:00+00:00", zone=ZONE, today="2026-11-26")


def report(seq: int, on: str, at: str = "", what: str = "initial", about: int = 7) -> Recorded:
    fields: dict[str, Json] = {"what": what, "event": about, "on": on}
    fields |= {"at": at} if at else {}
    return provisional(NewFact("safety_report", fields, 1), seq)


def clock(*records: Recorded) -> SeriousEvent:
    (found,) = serious_events(records, lambda _subject: 24)
    return found


@pytest.mark.parametrize(
    ("aware", "due"),
    [
        (Moment(THURSDAY, "15:45"), Moment(FRIDAY, "15:45")),
        (Moment(THURSDAY, "00:00"), Moment(FRIDAY, "00:00")),
        (Moment(THURSDAY), Moment(FRIDAY)),
        # Clocks go back on 25 October 2026 at 3 and forward on 28 March 2027 at 2.
        (Moment(date(2026, 10, 24), "12:00"), Moment(date(2026, 10, 25), "11:00")),
        (Moment(date(2027, 3, 27), "12:00"), Moment(date(2027, 3, 28), "13:00")),
    ],
)
def test_a_report_is_due_24_hours_after_the_site_knew(aware: Moment, due: Moment) -> None:
    assert due_after(aware, ZONE, 24) == due


@pytest.mark.parametrize(
    ("hours", "timed", "undated"),
    [
        (8, Moment(THURSDAY, "23:45"), Moment(FRIDAY)),
        (48, Moment(date(2026, 11, 28), "15:45"), Moment(date(2026, 11, 28))),
        (72, Moment(date(2026, 11, 29), "15:45"), Moment(date(2026, 11, 29))),
    ],
)
def test_a_protocol_may_give_other_hours(hours: int, timed: Moment, undated: Moment) -> None:
    assert due_after(Moment(THURSDAY, "15:45"), ZONE, hours) == timed
    assert due_after(Moment(THURSDAY), ZONE, hours) == undated


def test_an_unknown_zone_counts_plain_hours() -> None:
    assert due_after(Moment(THURSDAY, "15:45"), "Mars/Base", 24) == Moment(FRIDAY, "15:45")


def test_awareness_is_what_was_recorded_else_the_time_of_the_record() -> None:
    told = clock(event(aware_on="2026-11-25", aware_at="09:00"))
    assert (told.aware, told.told) == (Moment(date(2026, 11, 25), "09:00"), True)
    untold = clock(event())
    assert (untold.aware, untold.told, untold.due) == (Moment(THURSDAY, "18:20"), False, Moment(FRIDAY, "18:20"))


def test_a_record_without_a_readable_time_counts_from_its_day() -> None:
    assert clock(replace(event(), recorded_at="")).aware == Moment(THURSDAY)


@pytest.mark.parametrize(
    ("on", "at", "late"),
    [
        ("2026-11-27", "15:45", False),
        ("2026-11-27", "15:46", True),
        ("2026-11-27", "", False),
        ("2026-11-28", "", True),
        ("2026-11-26", "23:00", False),
    ],
)
def test_a_report_is_late_after_its_time(on: str, at: str, late: bool) -> None:
    found = clock(event(aware_on="2026-11-26", aware_at="15:45"), report(8, on, at))
    assert (found.sent, found.is_late) == (Moment(date.fromisoformat(on), at), late)
    assert not found.is_overdue(date(2026, 12, 31))


def test_only_an_initial_report_of_that_event_stops_the_clock() -> None:
    found = clock(event(), report(8, "2026-11-27", what="follow_up"), report(9, "2026-11-27", about=3))
    assert (found.sent, found.followed) == (None, (FRIDAY,))
    assert not found.is_overdue(FRIDAY)
    assert found.is_overdue(date(2026, 11, 28))


def test_the_first_of_several_initial_reports_counts() -> None:
    assert clock(event(), report(8, "2026-11-28"), report(9, "2026-11-27", "08:00")).sent == Moment(FRIDAY, "08:00")


def test_an_event_that_is_not_serious_has_no_clock() -> None:
    assert serious_events([event(serious=False)], lambda _subject: 24) == ()


def test_a_report_without_a_number_is_on_the_only_open_event() -> None:
    records = (event(7), report(8, "2026-11-27"), event(9, term="Ileus"))
    assert event_of_report(records, {"what": "initial"}) == 9
    assert event_of_report(records, {"what": "follow_up", "event": 7}) == 7
    assert event_of_report(records[:2], {"what": "follow_up"}) == 7


@pytest.mark.parametrize(
    ("records", "fields", "kind"),
    [
        ((), {"what": "initial"}, "no_serious_event"),
        ((event(serious=False),), {"what": "initial", "event": 7}, "no_serious_event"),
        ((event(7), event(9)), {"what": "initial"}, "which_event"),
        ((event(7), report(8, "2026-11-27"), event(9)), {"what": "follow_up"}, "which_event"),
        ((event(7),), {"what": "initial", "event": 8}, "which_event"),
    ],
)
def test_a_report_on_none_or_on_one_of_several_is_refused(
    records: tuple[Recorded, ...], fields: dict[str, object], kind: str
) -> None:
    with pytest.raises(Refused) as caught:
        event_of_report(records, fields)
    assert (caught.value.kind, caught.value.place) == (kind, "event")
