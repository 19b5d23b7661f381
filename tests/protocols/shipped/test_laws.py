"""Laws of every participant's calendar, whatever has happened: tried on random stories."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app.domain.calendar.difference import ChangeKind, difference
from app.domain.calendar.entries import Calendar, Entry, Status
from app.domain.dates import Window
from app.domain.facts import planner_facts as f
from app.domain.protocol.regimens import DayKind
from app.domain.refusal import Refused
from tests.domain.stories import WHY, Life, d, done, withdrawn
from tests.protocols.shipped.stories import life, lives

few = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])

# Where a site counts in days all that the protocols count in months, a shift by weeks shifts everything; the
# contacts and scans of a series cannot be set, and no visit is counted from them.
IN_DAYS: Mapping[str, Mapping[str, object]] = {
    "scanpan": {"SP-R01.offset": "P61D", "SP-R03.offset": "P61D"}
    | {f"SP-F{month:02d}.offset": f"P{30 * month}D" for month in (3, 6, 9, 12, 18, 24)},
    "nct06873178": {},
}
SERIES = ("SP-L01", "SP-N01", "CJ-F01", "CJ-F02")


def shifted(value: Any, by: timedelta) -> Any:
    """A fact, an entry or a part of one, with every date in it so much later."""
    if isinstance(value, date):
        return value + by
    if isinstance(value, Window):
        return Window(value.earliest + by, value.latest + by)
    if isinstance(value, f.Fact):
        return replace(value, **{one.name: shifted(getattr(value, one.name), by) for one in fields(value)})
    return value


def days_of(entry: Entry) -> dict[str, Any]:
    """Everything of an entry that is a day, and its status."""
    names = ("target", "earliest", "latest", "proposed", "booked", "moved", "performed", "assumed", "judged", "status")
    return {name: getattr(entry, name) for name in (*names, "window_result", "basis")}


def later(life: Life, by: timedelta) -> Life:
    """The same life, everything in it so much later."""
    person = replace(life.person, enrolled_on=life.person.first_day + by)
    return replace(life, person=person, facts=tuple(shifted(one, by) for one in life.facts), today=life.today + by)


def moved_by(life: Life, by: timedelta, without: tuple[str, ...] = ()) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is expected of the later life, and what is."""
    expected = {
        entry.key: {name: shifted(value, by) for name, value in days_of(entry).items()}
        for entry in life.calendar().entries
        if not entry.key.startswith(without)
    }
    found = {
        entry.key: days_of(entry) for entry in later(life, by).calendar().entries if not entry.key.startswith(without)
    }
    return expected, found


@few
@given(lives(IN_DAYS), st.integers(-60, 300))
def test_a_story_that_begins_weeks_later_takes_the_same_course_weeks_later(life: Life, weeks: int) -> None:
    expected, found = moved_by(life, timedelta(weeks=weeks), SERIES)
    assert found == expected


@few
@given(lives(), st.sampled_from((-1, 1, 2)))
def test_a_story_that_begins_28_years_later_takes_the_same_course_months_and_all(life: Life, times: int) -> None:
    # from 1901 to 2099 every fourth year is a leap year, so 28 years are 1461 weeks and the months fall alike
    expected, found = moved_by(life, timedelta(weeks=1461 * times))
    assert found == expected


def shows(entry: Entry, fact: f.VisitFact) -> bool:
    """Whether an entry shows the last fact of a kind that was recorded of its visit."""
    match fact:
        case f.Performed():
            shown = (entry.status, entry.performed, entry.assumed, entry.performed_at)
            kept = fact.judged_by or entry.judged == fact.judged
            return shown == (Status.PERFORMED, fact.on, fact.on, fact.at) and bool(kept)
        case f.Booked():
            return (entry.booked, entry.booked_at) == (fact.on, fact.at)
        case f.Moved():
            return entry.moved == fact.to
        case f.Missed():
            # the participant may have come after all, and an operation waits again
            waits = any(problem.kind == "operation_missed" for problem in entry.problems)
            return entry.status in (Status.MISSED, Status.PERFORMED, Status.CANCELLED) or waits
        case f.Omitted():
            return entry.status is Status.OMITTED
        case f.Decided():
            return entry.decided == fact.outcome
        case f.Operated():
            return entry.performed == fact.on


@few
@given(lives(most=16))
def test_what_was_recorded_is_never_lost_and_a_performed_visit_never_moves(life: Life) -> None:
    calendar = life.calendar()
    strays = {problem.key for problem in calendar.problems if problem.kind == "off_path"}
    last = {(fact.visit, type(fact)): fact for fact in life.facts if isinstance(fact, f.VisitFact)}
    only_results = life.protocol.only_records(
        {one.choice: one.value for one in life.facts if isinstance(one, f.Chosen)}
    )
    for fact in last.values():
        entry = calendar.by_key.get(fact.visit)
        if entry is not None:
            assert shows(entry, fact), fact
        else:
            assert fact.visit in strays or (only_results and not isinstance(fact, f.Performed)), fact


@few
@given(lives())
def test_the_window_contains_the_target(life: Life) -> None:
    for entry in life.calendar().entries:
        if entry.target is not None:
            assert entry.window is not None
            assert entry.window.days_out(entry.target) == 0, entry.key


@few
@given(lives())
def test_an_entry_has_all_of_target_window_and_proposal_or_none(life: Life) -> None:
    """What was missed or left out keeps its own window, also where nothing gives it a day any more."""
    for entry in life.calendar().entries:
        days, window = ({getattr(entry, name) is not None for name in pair} for pair in _PAIRS)
        assert len(days) == len(window) == 1, entry.key
        assert days == window or (window == {True} and entry.status in (Status.MISSED, Status.OMITTED)), entry.key


_PAIRS = (("target", "proposed"), ("earliest", "latest"))


def infusions(life: Life) -> list[Entry]:
    """All infusions in the order of the plan."""
    order = {course.id: index for index, course in enumerate(life.protocol.courses)}
    rows = life.protocol.course_rows
    found = [entry for entry in life.calendar().entries if entry.day_kind == DayKind.INFUSION]
    return sorted(found, key=lambda entry: (order[rows[entry.visit.id]], entry.cycle, entry.day))


@few
@given(lives(most=16))
def test_no_infusion_is_proposed_nearer_to_the_last_one_than_its_gap(life: Life) -> None:
    last: Entry | None = None
    for entry in infusions(life):
        if entry.status is Status.CANCELLED:
            continue
        row = life.protocol.regimens[entry.regimen].day(entry.day)
        assert row is not None
        if last is not None and last.assumed is not None and entry.proposed is not None:
            assert (entry.proposed - last.assumed).days >= row.gap, (last.key, entry.key)
        if entry.status not in (Status.MISSED, Status.OMITTED):
            last = entry


def independent(life: Life) -> list[f.Fact]:
    """Facts about different visits that may be recorded in any order.

    Findings before treatment depend on enrolment alone, and an appointment judges nothing. What the life itself does
    not allow, such as an appointment after its end, is none of them; nor is one for bloods to be repeated, which are on
    the path only as long as the dose has moved away from the first.
    """
    taken = {
        one.visit for one in life.facts if isinstance(one, f.Booked | f.Moved | f.Performed | f.Missed | f.Omitted)
    }
    keys = [
        entry.key for entry in life.calendar().entries if entry.key not in taken and entry.status in ("planned", "due")
    ]
    keys = [key for key in keys if "/" not in key]
    screening = [key for key in keys if life.calendar().by_key[key].visit.epoch == "screening"]
    day = life.today
    new: list[f.Fact] = [f.Performed(key, day) for key in screening[::2]]
    new += [f.Missed(key, day, WHY) for key in screening[1::2]]
    for index, key in enumerate(key for key in keys if key not in screening):
        new.append(f.Booked(key, day + timedelta(index)) if index % 2 else f.Moved(key, day + timedelta(index), WHY))
    return [one for one in new[:8] if is_allowed(life, one)]


def is_allowed(life: Life, fact: f.Fact) -> bool:
    try:
        life.further(fact)
    except Refused:
        return False
    return True


@few
@given(lives(), st.data())
def test_the_order_in_which_independent_facts_are_recorded_does_not_matter(life: Life, data: st.DataObject) -> None:
    new = independent(life)
    shuffled = data.draw(st.permutations(new))
    assume(not any(isinstance(one, f.Died) for one in life.facts))
    assert life.further(*shuffled).calendar() == life.further(*new).calendar()


def test_after_an_end_only_what_it_allows_is_recorded_in_any_order() -> None:
    # The bloods of a dose that was given stay due for a record, and cannot be booked after the withdrawal.
    ended = life(done("SP-C01", "2026-11-30"), withdrawn("all", "2026-11-30"), today="2026-11-30")
    assert ended.calendar().by_key["SP-C04#1.1"].status is Status.DUE
    assert not is_allowed(ended, f.Booked("SP-C04#1.1", d("2026-12-01")))
    new = independent(ended)
    assert "SP-C03#1.3" in [one.visit for one in new if isinstance(one, f.VisitFact)]
    assert ended.further(*reversed(new)).calendar() == ended.further(*new).calendar()


def applied(before: Calendar, after: Calendar) -> dict[str, Entry]:
    """The calendar before, with the previewed changes made, by key: a place depends on all visits of the day."""
    entries = dict(before.by_key)
    for change in difference(before, after):
        assert change.now == entries.get(change.key)
        if change.new is None:
            assert change.kind is ChangeKind.DISAPPEARS
            del entries[change.key]
        else:
            entries[change.key] = change.new
    return entries


@few
@given(lives(), st.integers(0, 12))
def test_a_preview_made_true_gives_the_calendar_that_recording_gives(life: Life, kept: int) -> None:
    before = replace(life, facts=life.facts[:kept]).calendar()
    after = life.calendar()
    assert applied(before, after) == dict(after.by_key)
    assert difference(after, after) == ()


@few
@given(lives())
def test_planning_twice_gives_the_same_calendar(life: Life) -> None:
    assert life.calendar() == life.calendar(life.today)
    assert (
        life.told(tuple(replace(one, judged=None) if isinstance(one, f.Performed) else one for one in life.facts))
        == life
    )


@few
@given(lives())
def test_entries_stand_by_day_and_then_by_key_in_natural_order(life: Life) -> None:
    entries = life.calendar().entries
    assert list(entries) == sorted(entries, key=lambda entry: entry.order)
    assert len({entry.key for entry in entries}) == len(entries)


def untold(entry: Entry) -> Entry:
    """The entry without what today says of it."""
    return replace(entry, status=Status.PLANNED, problems=(), day_passed=False)


@few
@given(lives(), st.integers(1, 1500))
def test_time_passing_changes_no_day_of_any_visit(life: Life, days: int) -> None:
    # only the monthly contacts grow: they go on as long as they are within 3 months of today
    now, then = life.calendar(), life.calendar(life.today + timedelta(days))
    for entry in now.entries:
        assert untold(then.by_key[entry.key]) == untold(entry), entry.key
    for entry in then.entries:
        if entry.key not in now.by_key:
            assert entry.key.startswith("CJ-F01#")
            assert entry.number > 24
