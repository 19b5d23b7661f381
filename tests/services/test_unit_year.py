"""A year of a unit: whatever is recorded, undone, corrected or set, in whatever order, the study stays true."""

import itertools
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from app.domain.calendar.entries import OPEN, Calendar, Entry
from app.domain.facts.records import Recorded
from app.domain.refusal import Refused
from app.exchange.calendar_json import calendar_document
from app.services.commands import configure_site as study_settings
from app.services.commands import enrol as enrolment
from app.services.queries.people import people
from app.services.queries.rehearsal import rehearse
from app.services.queries.scenario import scenario
from tests.services.ward import PERSON, PERSON_CN, Ward

DATA = st.data()
Data = st.DataObject
DECISIONS = ("SP-R01", "SP-R02", "SP-R03", "SP-R04", "CJ-R01", "CJ-R02", "CJ-R03")
OUTCOMES = ("response", "continue", "palliative", "surgery", "no_surgery", "progression")
VALUES = (
    ("SP-C01.offset", "P10D"), ("SP-R01.after", "P21D"), ("CJ-C01.after", "P14D"), ("CJ-P02.offset", "P35D"),
    ("cycles.preop_chemo", 5), ("cycles.chemo", 5), ("SP-F03.before", "P7D"),
)  # fmt: skip
FIELDS = (
    ("on", "2026-12-01"), ("on", "2026-12-28"), ("at", "11:00"), ("at", None), ("reason", "as told later"),
    ("outcome", "response"), ("regimen", "MFFX"), ("to", "2027-02-01"), ("text", "more"), ("value", "P12D"),
)  # fmt: skip


class Year(RuleBasedStateMachine):
    """Several patients of both trials, and one nurse."""

    template: Path
    folder: Path
    numbers = itertools.count()

    def __init__(self) -> None:
        super().__init__()
        folder = self.folder / f"{next(self.numbers)}"
        folder.mkdir()
        self.ward = Ward(folder, self.template)
        self.acknowledged: list[Recorded] = self.ward.facts()
        self.touched: set[str] = set()
        self.steps = 0

    def teardown(self) -> None:
        assert self.ward.study.store.verify() == self.ward.study.head()
        self.ward.check_cached_visits()
        self.ward.study.close()

    # What every command must keep

    def codes(self) -> list[str]:
        """The participants who are enrolled."""
        return [case.code for case in self.ward.study.each_case()]

    def calendars(self) -> dict[int, Calendar]:
        """Everybody's calendar, by number."""
        return {case.subject: self.ward.study.plan(case, self.ward.today) for case in self.ward.study.each_case()}

    def attempt(self, work: Callable[[], object]) -> bool:
        """Do something that may be refused; False where it was."""
        before, head = self.calendars(), self.ward.study.head()
        try:
            work()
        except Refused:
            assert self.ward.study.head() == head
            assert self.ward.facts() == self.acknowledged
            return False
        found = self.ward.facts()
        new = found[len(self.acknowledged) :]
        assert found[: len(self.acknowledged)] == self.acknowledged
        assert new
        assert self.ward.study.head().seq == head.seq + len(new)
        self.acknowledged = found
        after = self.calendars()
        subjects = {one.subject for one in new}
        if 0 not in subjects:
            for number, calendar in before.items():
                if number not in subjects:
                    assert after[number] == calendar
        codes = {case.subject: case.code for case in self.ward.study.each_case()}
        self.touched |= {code for number, code in codes.items() if 0 in subjects or number in subjects}
        return True

    def someone(self, data: Data) -> str:
        return data.draw(st.sampled_from(self.codes() or ["nobody"]), "participant")

    def visit(self, data: Data, code: str, starts: tuple[str, ...] = ()) -> Entry | None:
        """A visit of the participant, mostly one that is next."""
        if code not in self.codes():
            return None
        entries = [one for one in self.ward.calendar(code).entries if one.key.startswith(starts or ("",))]
        coming = [one for one in entries if one.status in OPEN][:10]
        near: int = data.draw(st.integers(0, 4), "near")
        found = coming if coming and near else entries
        return data.draw(st.sampled_from(found), "visit") if found else None

    def fact(self, kind: str, code: str, **fields: object) -> bool:
        return self.attempt(lambda: self.ward.do(kind, code, **fields))

    def day(self, data: Data) -> str:
        return (self.ward.today - timedelta(data.draw(st.integers(0, 5), "days ago"))).isoformat()

    def day_of(self, data: Data, entry: Entry) -> str:
        """The day of a visit or one near it, not after today."""
        day = (entry.assumed or self.ward.today) + timedelta(data.draw(st.integers(-2, 4), "off by"))
        return min(day, self.ward.today).isoformat()

    # The participants

    @initialize()
    def second(self) -> None:
        self.attempt(lambda: self.ward.enrol(code="LI-002", on="2026-11-30", regimen="MFFX"))

    @rule(data=DATA)
    def enrol(self, data: Data) -> None:
        person = data.draw(st.sampled_from((PERSON, PERSON_CN)))
        code = f"{str(person['code'])[:3]}{data.draw(st.integers(1, 5)):03d}"
        fields = {**person, "code": code, "on": self.day(data), "regimen": data.draw(st.sampled_from(("AG", "FFX")))}
        if len(self.codes()) < 5:
            self.attempt(lambda: enrolment.enrol(self.ward.study, fields, self.ward.today))

    @rule(data=DATA, outcome=st.sampled_from(("eligible", "failure", "pending")))
    def screen(self, data: Data, outcome: str) -> None:
        code = f"LI-{data.draw(st.integers(1, 5)):03d}"
        fields = {"code": code, "protocol": "scanpan", "on": self.day(data), "outcome": outcome, "reason": "told"}
        self.attempt(lambda: enrolment.screen(self.ward.study, fields, self.ward.today))

    # Visits

    @rule(data=DATA)
    def record(self, data: Data) -> None:
        code = self.someone(data)
        entry = self.visit(data, code)
        if entry is not None:
            at = data.draw(st.sampled_from(("", "08:15", "23:30")))
            self.fact("performed", code, visit=entry.key, on=self.day_of(data, entry), at=at)

    @rule(data=DATA)
    def record_what_is_past(self, data: Data) -> None:
        """Everything of one participant that should have happened by now."""
        code = self.someone(data)
        if code in self.codes():
            for entry in self.ward.calendar(code).entries[:30]:
                if entry.status in OPEN and entry.assumed is not None and entry.assumed <= self.ward.today:
                    self.fact("performed", code, visit=entry.key, on=entry.assumed.isoformat())

    @rule(data=DATA, kind=st.sampled_from(("missed", "omitted")))
    def miss(self, data: Data, kind: str) -> None:
        code = self.someone(data)
        entry = self.visit(data, code)
        if entry is not None:
            self.fact(kind, code, visit=entry.key, on=self.day_of(data, entry), reason="fever")

    @rule(data=DATA)
    def book(self, data: Data) -> None:
        code = self.someone(data)
        entry = self.visit(data, code)
        if entry is not None:
            day = max(entry.assumed or self.ward.today, self.ward.today) + timedelta(data.draw(st.integers(0, 9)))
            self.fact("booked", code, visit=entry.key, on=day.isoformat(), at="09:30")

    @rule(data=DATA)
    def cancel_booking(self, data: Data) -> None:
        code = self.someone(data)
        booked = [one.key for one in self.ward.calendar(code).entries if one.booked] if code in self.codes() else []
        if booked:
            self.fact("booking_cancelled", code, visit=data.draw(st.sampled_from(booked)))

    @rule(data=DATA)
    def move(self, data: Data) -> None:
        code = self.someone(data)
        entry = self.visit(data, code)
        if entry is not None:
            day = (entry.assumed or self.ward.today) + timedelta(data.draw(st.integers(-2, 20)))
            self.fact("moved", code, visit=entry.key, to=day.isoformat(), reason="holiday")

    @rule(data=DATA, outcome=st.sampled_from(OUTCOMES))
    def decide(self, data: Data, outcome: str) -> None:
        code = self.someone(data)
        entry = self.visit(data, code, DECISIONS)
        if entry is not None:
            self.fact("decided", code, visit=entry.key, outcome=outcome, on=self.day(data))

    @rule(data=DATA)
    def operate(self, data: Data) -> None:
        code = self.someone(data)
        visit = data.draw(st.sampled_from(("SP-P03", "SP-P04", "CJ-P02")))
        self.fact("operation", code, visit=visit, on=self.day(data), pancreas="other", liver="resection", start="08:00")

    @rule(data=DATA, given=st.sampled_from(("full", "reduced")))
    def treat(self, data: Data, given: str) -> None:
        code = self.someone(data)
        entry = self.visit(data, code, ("SP-C", "SP-A", "CJ-C", "CJ-A"))
        if entry is not None:
            self.fact("treatment", code, visit=entry.key, on=self.day_of(data, entry), given=given, reason="x")

    @rule(data=DATA)
    def specimen(self, data: Data) -> None:
        visit = data.draw(st.sampled_from(("SP-P03", "CJ-P02")))
        code = self.someone(data)
        self.fact("specimen", code, visit=visit, on=self.day(data), specimen="tissue", taken=True, mg=100)

    @rule(data=DATA)
    def adverse_event(self, data: Data) -> None:
        grade = data.draw(st.integers(1, 5))
        self.fact("adverse_event", self.someone(data), term="Nausea", grade=grade, on=self.day(data), serious=grade > 2)

    @rule(data=DATA)
    def note(self, data: Data) -> None:
        code = self.someone(data)
        entry = self.visit(data, code)
        if entry is not None:
            self.fact("note", code, visit=entry.key, text="asked for the morning")

    @rule(data=DATA)
    def unscheduled(self, data: Data) -> None:
        day = self.ward.today + timedelta(data.draw(st.integers(-3, 9)))
        self.fact("unscheduled", self.someone(data), on=day.isoformat(), reason="fever")

    # The whole way

    @rule(data=DATA)
    def choose(self, data: Data) -> None:
        choice, value = data.draw(
            st.sampled_from((("staged", True), ("staged", False), ("pet_ct", True), ("cohort", "retrospective")))
        )
        self.fact("chosen", self.someone(data), choice=choice, value=value, on=self.day(data))

    @rule(data=DATA, regimen=st.sampled_from(("AG", "MFFX", "NAL")))
    def regimen(self, data: Data, regimen: str) -> None:
        self.fact("regimen_changed", self.someone(data), to=regimen, on=self.day(data))

    @rule(data=DATA, phase=st.sampled_from(("preop_chemo", "postop_chemo", "chemo", "adjuvant")))
    def stop(self, data: Data, phase: str) -> None:
        self.fact("stopped", self.someone(data), phase=phase, on=self.day(data), reason="toxicity")

    @rule(data=DATA, scope=st.sampled_from(("treatment", "all")))
    def withdraw(self, data: Data, scope: str) -> None:
        self.fact("withdrawn", self.someone(data), scope=scope, on=self.day(data), reason="tired")

    @rule(data=DATA, kind=st.sampled_from(("lost", "found_again", "died")))
    def leave(self, data: Data, kind: str) -> None:
        more = {"reason": "moved"} if kind == "lost" else {}
        self.fact(kind, self.someone(data), on=self.day(data), **more)

    # The study

    @rule(data=DATA, kind=st.sampled_from(("day_closed", "day_opened")), length=st.integers(0, 6))
    def close_days(self, data: Data, kind: str, length: int) -> None:
        first = self.ward.today + timedelta(data.draw(st.integers(-10, 60)))
        last = first + timedelta(length)
        self.attempt(lambda: self.ward.close_day(first.isoformat(), last.isoformat(), kind))

    @rule(data=DATA)
    def usual_again(self, data: Data) -> None:
        days = sorted({row.on for row in self.ward.study.facts.days})
        if days:
            day = data.draw(st.sampled_from(days))
            self.attempt(lambda: self.ward.set_study(study_settings.usual_day_facts(self.ward.study, day)))

    @rule(value=st.sampled_from(VALUES))
    def set_value(self, value: tuple[str, object]) -> None:
        self.attempt(lambda: self.ward.value(*value))

    # Second thoughts

    @rule()
    def undo(self) -> None:
        self.attempt(self.ward.undo)

    @rule()
    def redo(self) -> None:
        self.attempt(self.ward.redo)

    @rule()
    def undo_and_redo(self) -> None:
        before = self.calendars()
        if self.attempt(self.ward.undo):
            assert self.attempt(self.ward.redo)
            assert self.calendars() == before

    @rule(data=DATA)
    def undo_any(self, data: Data) -> None:
        number = data.draw(st.integers(3, self.acknowledged[-1].command))
        self.attempt(lambda: self.ward.undo(number))

    @rule(data=DATA)
    def redo_any(self, data: Data) -> None:
        number = data.draw(st.integers(3, self.acknowledged[-1].command))
        self.attempt(lambda: self.ward.redo(number))

    @rule(data=DATA, change=st.sampled_from(FIELDS))
    def correct(self, data: Data, change: tuple[str, object]) -> None:
        name, value = change
        fitting = [one.seq for one in self.acknowledged if name in one.fields or f"set.{name}" in one.fields]
        if fitting:
            seq = data.draw(st.sampled_from(fitting))
            self.attempt(lambda: self.ward.correct(seq, **{name: value}))  # type: ignore[arg-type]

    # Time

    @rule(days=st.sampled_from((1, 1, 3, 7, 14, 30)))
    def time_passes(self, days: int) -> None:
        if self.ward.today < date(2027, 12, 20):
            self.ward.go_to(self.ward.today + timedelta(days))

    @rule()
    def close_and_reopen(self) -> None:
        head, calendars = self.ward.study.head(), self.calendars()
        self.ward.reopen()
        assert self.ward.study.head() == head
        assert self.ward.facts() == self.acknowledged
        assert self.calendars() == calendars

    # What always holds

    @invariant()
    def calendars_are_those_of_a_rehearsal(self) -> None:
        for code in sorted(self.touched & set(self.codes())):
            told = scenario(self.ward.study, code, self.ward.today)
            assert self.ward.document(code) == calendar_document(rehearse(json.dumps(told)).calendar)
        self.touched = set()

    @invariant()
    def codes_belong_to_one_participant(self) -> None:
        codes = [row.code.casefold() for row in people(self.ward.study)]
        assert len(set(codes)) == len(codes)

    @invariant()
    def chain_and_table_hold(self) -> None:
        self.steps += 1
        if self.steps % 6 == 0:
            assert self.ward.study.store.verify() == self.ward.study.head()
            self.ward.check_cached_visits()


def run(template: Path, folder: Path, examples: int, steps: int) -> None:
    """That many years of that many steps."""
    machine = type("OneYear", (Year,), {"template": template, "folder": folder})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_a_year_of_a_unit(template: Path, tmp_path: Path) -> None:
    run(template, tmp_path, 4, 25)


@pytest.mark.slow
def test_many_years_of_a_unit(template: Path, tmp_path: Path) -> None:
    run(template, tmp_path, 60, 50)
