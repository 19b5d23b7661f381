"""Times to events, and the day last known alive."""

from datetime import date

import pytest

from app.domain.calendar.survival import Event, Survival, events_of, last_known_alive, survival
from app.domain.facts.kind import Json
from app.domain.facts.records import NewFact, Recorded, provisional
from app.domain.protocol.endpoints import TimeCount
from tests.domain.stories import calendar, decided, died, done

START, DOSE = date(2026, 11, 23), date(2026, 11, 30)
PFS = TimeCount("pfs", "Progression-free survival", ("SP-S06", "SP-C01"), ("death", "progression"), "assumed")
OS = TimeCount("os", "Overall survival", ("SP-S06", "SP-C01"), ("death",), "assumed")
LIFE = calendar(done("SP-C01", "2026-11-30"), today="2027-02-01")
EARLY, LATE = Event("progression", date(2026, 12, 31)), Event("death", date(2027, 1, 29))


def record(kind: str, on: str, **fields: Json) -> Recorded:
    return provisional(NewFact(kind, {"on": on, **fields}), 1)


def test_a_time_counts_from_the_last_of_its_visits_to_its_first_event() -> None:
    # 30 November to 31 December: 31 days, which is 1.02 months of 30.4375.
    found = survival(PFS, LIFE, (LATE, EARLY), None)
    assert (found.visit, found.start, found.event, found.until) == ("SP-C01", DOSE, "progression", EARLY.on)
    assert found.days == 31
    assert found.months == pytest.approx(1.0185, abs=1e-4)


@pytest.mark.parametrize(
    ("events", "until"),
    [
        ((), date(2027, 1, 20)),
        ((Event("recurrence", date(2027, 1, 2)),), date(2027, 1, 20)),
        ((Event("death", date(2026, 11, 29)),), date(2027, 1, 20)),
    ],
)
def test_without_an_event_of_its_own_after_its_start_it_is_censored(events: tuple[Event, ...], until: date) -> None:
    assert survival(OS, LIFE, events, until) == Survival(OS, "SP-C01", DOSE, None, until)


def test_a_time_without_progression_is_censored_at_the_last_imaging_and_not_where_somebody_was_alive() -> None:
    # The scan of 28 January is 59 days after the dose of 30 November; a call on 15 March shows no disease.
    life = calendar(done("SP-C01", "2026-11-30"), done("SP-R01", "2027-01-28"), today="2027-04-01")
    found = survival(PFS, life, (), date(2027, 3, 15))
    assert (found.event, found.until, found.days) == (None, date(2027, 1, 28), 59)
    assert survival(OS, life, (), date(2027, 3, 15)).until == date(2027, 3, 15)
    ended = survival(PFS, life, (Event("death", date(2027, 3, 20)),), date(2027, 3, 15))
    assert (ended.event, ended.until) == ("death", date(2027, 3, 20))


def test_without_an_imaging_since_its_start_it_is_censored_there() -> None:
    before = calendar(done("SP-S02", "2026-11-10"), done("SP-C01", "2026-11-30"), today="2027-04-01")
    assert survival(PFS, before, (), date(2027, 3, 15)).days == 0
    assert survival(PFS, LIFE, (), date(2027, 3, 15)).days == 0


def test_it_is_never_censored_before_its_start() -> None:
    assert survival(OS, LIFE, (), date(2026, 11, 1)).days == 0


def test_without_a_start_there_is_no_time() -> None:
    found = survival(TimeCount("dfs", "", ("SP-P03",), ("death",), ""), LIFE, (LATE,), DOSE)
    assert (found.start, found.event, found.days, found.months) == (None, None, None, None)


def test_events_are_deaths_findings_and_decisions() -> None:
    facts = (
        died("2027-01-29"),
        decided("SP-R01", "2026-12-31", "progression"),
        decided("SP-R01", "2027-01-01", "response"),
    )
    records = (
        record("progression", "2027-01-10", what="recurrence"),
        record("complication", "2027-01-11", what="death"),
    )
    assert events_of(facts, records) == (EARLY, Event("recurrence", date(2027, 1, 10)), LATE)


@pytest.mark.parametrize(
    ("more", "last"),
    [
        ((), DOSE),
        ((record("contact", "2027-01-05", reached=True),), date(2027, 1, 5)),
        ((record("contact", "2027-01-05", reached=True, alive="yes", how="relative"),), date(2027, 1, 5)),
        ((record("contact", "2027-01-05", reached=False, alive="yes", how="registry"),), date(2027, 1, 5)),
        ((record("contact", "2027-01-05", reached=True, alive="no"),), DOSE),
        ((record("contact", "2027-01-05", reached=True, alive="unknown"),), DOSE),
        ((record("contact", "2027-01-05", reached=False),), DOSE),
        ((record("specimen", "2027-01-05", taken=False),), DOSE),
        ((record("specimen", "2027-01-05", taken=True),), date(2027, 1, 5)),
        ((record("questionnaire", "2027-01-05", done=False),), DOSE),
        ((record("lost", "2027-01-05"),), DOSE),
        ((record("withdrawn", "2027-01-05"),), date(2027, 1, 5)),
    ],
)
def test_what_shows_that_the_participant_lived(more: tuple[Recorded, ...], last: date) -> None:
    assert last_known_alive(LIFE, more) == last


def test_a_meeting_without_the_participant_shows_nothing() -> None:
    met = calendar(done("SP-C01", "2026-11-30"), done("SP-R04", "2027-01-28"), today="2027-02-01")
    assert met.by_key["SP-R04"].performed == date(2027, 1, 28)
    assert last_known_alive(met, ()) == DOSE


def test_a_call_that_brought_news_of_a_death_shows_nothing() -> None:
    heard = record("contact", "2026-11-30", visit="SP-C01", reached=True, alive="no")
    assert last_known_alive(LIFE, (heard,)) == START
