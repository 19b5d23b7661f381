"""A study with invented patients at every stage of both shipped trials, made through the same services as a real one.

Nobody in it exists. The same day always gives the same study, but for salts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

from app.domain.calendar.entries import OPEN, Calendar, Entry
from app.domain.facts.records import NewFact
from app.domain.protocol.regimens import DOSES
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Refused
from app.progress import Progress
from app.services.commands import configure_site, enrol, print_documents, record, study_file
from app.services.commands.record import Asked
from app.services.study.demo_mark import DEMO_NAME, DEMO_WHO
from app.services.study.environment import Environment
from app.services.study.new_folder import new_folder
from app.services.study.study import Study

FILE = "demo.studyday"
_SITES = (
    {"name": "Linköping University Hospital", "country": "SE", "time_zone": "Europe/Stockholm"},
    {"name": "Helsinki University Hospital", "country": "FI", "time_zone": "Europe/Helsinki"},
    {"name": "China-Japan Friendship Hospital", "country": "CN", "time_zone": "Asia/Shanghai"},
)
_REASONS = ("low neutrophils", "fever", "the patient's wish", "no chair free")
_TIMES = ("08:30", "09:15", "10:00", "10:45", "13:00")
_LONGEST = 4000
"""Steps of an invented story, so that it ends whatever the plan does."""


@dataclass(frozen=True)
class Story:
    """One invented patient: enrolled so many days ago, what is decided where, and what else happens on which day."""

    code: str
    protocol: str
    days_ago: int
    country: str
    regimen: str
    choices: Mapping[str, object] = field(default_factory=dict)
    decisions: Mapping[str, str] = field(default_factory=dict)
    happens: Mapping[int, tuple[Asked, ...]] = field(default_factory=dict)
    operated: tuple[Asked, ...] = ()
    careful: bool = True
    cohort: str = ""


def _on_day(kind: str, **fields: object) -> Asked:
    return Asked(kind, fields)


_COMPLICATIONS = (
    _on_day("complication", what="Pancreatic fistula", grade="IIIa", popf="B"),
    _on_day("complication", what="Delayed gastric emptying", grade="II", dge="A"),
)
_FEVER = _on_day("adverse_event", term="Fever", grade=2, serious=False, related="possible", action="dose_delayed")
_COUNTS = _on_day(
    "adverse_event",
    term="Neutrophil count decreased",
    grade=3,
    serious=False,
    related="probable",
    action="dose_omitted",
)

STORIES: tuple[Story, ...] = (
    Story("LI-001", "scanpan", 4, "SE", "MFFX"),
    Story("LI-002", "scanpan", 40, "SE", "MFFX", happens={25: (_FEVER,)}),
    Story("LI-003", "scanpan", 66, "SE", "AG", happens={30: (_COUNTS,)}, careful=False),
    Story("LI-004", "scanpan", 84, "SE", "FFX"),
    Story("LI-005", "scanpan", 160, "SE", "MFFX", decisions={"SP-R01": "continue"}),
    Story("LI-006", "scanpan", 128, "SE", "AG", careful=False),
    Story("LI-007", "scanpan", 158, "SE", "MFFX", operated=_COMPLICATIONS),
    Story("LI-008", "scanpan", 176, "SE", "MFFX", choices={"staged": True}),
    Story("LI-009", "scanpan", 245, "SE", "AG", happens={60: (_COUNTS,)}),
    Story("LI-010", "scanpan", 560, "SE", "MFFX", choices={"eortc": True}),
    Story("LI-011", "scanpan", 240, "SE", "NAL", decisions={"SP-R01": "palliative"}),
    Story("LI-012", "scanpan", 420, "SE", "MFFX", happens={380: (_on_day("died", cause="Pancreatic cancer"),)}),
    Story("HE-001", "scanpan", 96, "FI", "AG", happens={70: (_on_day("lost", reason="moved away, no telephone"),)}),
    Story("CJ-001", "nct06873178", 9, "CN", "AG", cohort="prospective"),
    Story("CJ-002", "nct06873178", 58, "CN", "MFFX", choices={"pet_ct": True}, careful=False),
    Story(
        "CJ-003", "nct06873178", 150, "CN", "FFX", decisions={"CJ-R02": "progression"},
        happens={110: (_on_day("progression", what="progression", site="liver", basis="RECIST 1.1"),)},
    ),
    Story("CJ-004", "nct06873178", 136, "CN", "MFFX"),
    Story("CJ-005", "nct06873178", 230, "CN", "AG"),
    Story("CJ-006", "nct06873178", 540, "CN", "MFFX"),
    Story(
        "CJ-007", "nct06873178", 120, "CN", "NAL",
        happens={75: (_on_day("withdrawn", scope="treatment", reason="the patient's wish"),)},
    ),
)  # fmt: skip


_DELAYS = (3, 4, 5, 7)
"""So many days a dose is put off that leaves a booking behind."""


def make_demo(folder: Path, environment: Environment, today: date, progress: Progress | None = None) -> list[Path]:
    """Make the demo study and its PDFs in a new or empty folder, complete or not at all; return their paths.

    Raises:
        Refused: the folder is not empty, or cannot be written.
    """
    with new_folder(folder) as making:
        made = _make_in(making, environment, today, progress)
    return [folder / path.name for path in made]


def _make_in(folder: Path, environment: Environment, today: date, progress: Progress | None) -> list[Path]:
    path = folder / FILE
    clock = _Clock(today - timedelta(max(story.days_ago for story in STORIES) + 3))
    study = study_file.new(path, replace(environment, clock=clock.now, who=DEMO_WHO), today, DEMO_NAME, True)
    try:
        _Unit(study, clock, today).work(progress)
        study.environment = environment
        made = [path, *_print(study, folder, today)]
    finally:
        study.close()
    return made


class _Clock:
    """The clock of an invented unit: always the morning of the day that it works on, and a little later each time."""

    def __init__(self, day: date) -> None:
        self.day = day
        self._seconds = 0

    def to(self, day: date) -> None:
        """Go on to a day."""
        if day > self.day:
            self.day, self._seconds = day, 0

    def now(self) -> datetime:
        """Return the time: 40 seconds later at each reading."""
        self._seconds = min(self._seconds + 40, 36000)
        return datetime.combine(self.day, time(7), UTC) + timedelta(seconds=self._seconds)


class _Unit:
    """The unit in which the patients are seen, day by day."""

    def __init__(self, study: Study, clock: _Clock, today: date) -> None:
        self.study, self.clock, self.today = study, clock, today
        self.chance = Random(20261121)  # noqa: S311 - invented patients, no secret
        self.bored: set[tuple[str, str]] = set()

    def work(self, progress: Progress | None) -> None:
        """Live through every day from the first to today."""
        first = self.today - timedelta(max(story.days_ago for story in STORIES) + 2)
        self.clock.to(first)
        for fields in _SITES:
            self._settle(configure_site.site_facts(self.study, fields, first), first)
        days = (self.today - first).days
        waiting: dict[str, date] = {}
        for number in range(days + 1):
            day = first + timedelta(number)
            self.clock.to(day)
            for story in STORIES:
                if day == self._first_day(story):
                    self._start(story, day)
                    waiting[story.code] = day
                elif waiting.get(story.code, date.max) <= day:
                    waiting[story.code] = self._see(story, day)
                self._happens(story, day)
            if progress is not None:
                progress(number + 1, days + 1)
        self._screen()
        self._arrange()

    def _first_day(self, story: Story) -> date:
        """Return the day of enrolment; for a weekend, the Friday before it."""
        day = self.today - timedelta(story.days_ago)
        return day - timedelta(max(day.weekday() - 4, 0))

    def _settle(self, facts: list[NewFact], day: date) -> None:
        configure_site.save_study(self.study, configure_site.propose_study(self.study, facts, day))

    def _change(self, code: str, day: date, *asked: Asked) -> bool:
        try:
            record.save(self.study, record.propose(self.study, code, asked, day))
        except Refused:
            return False
        return True

    def _start(self, story: Story, day: date) -> None:
        # One of the trials takes nobody above 75.
        born = max(self.chance.randint(1942, 1975), day.year - 74)
        who = {"year_of_birth": born, "sex": self.chance.choice(("female", "male"))}
        criteria = {"protocol": story.protocol, "on": day, "outcome": "eligible"}
        enrol.screen(self.study, {"code": story.code, **criteria, **who}, day)
        fields = {"protocol": story.protocol, "on": day, "country": story.country, "regimen": story.regimen}
        chosen = {"choices": dict(story.choices), "cohort": story.cohort, "timing": "synchronous"}
        enrol.enrol(self.study, {"code": story.code, **fields, **chosen}, day)

    def _see(self, story: Story, day: date) -> date:
        """Record everything that happened until this day; return the next day on which something happens."""
        quiet = self.today - timedelta(0 if story.careful else 5)
        for _turn in range(_LONGEST):
            calendar = self.study.calendar(self.study.enrolled(story.code), day)
            entry = next((one for one in self._to_come(story, calendar) if one.assumed is not None), None)
            if entry is None or entry.assumed is None:
                return date.max
            if entry.assumed > day or (entry.assumed >= quiet and entry.assumed < self.today):
                return max(entry.assumed, day + timedelta(1))
            if day == self.today and entry.assumed == self.today:
                return date.max
            if not self._visit(story, entry, day):
                self.bored.add((story.code, entry.key))
        return date.max

    def _to_come(self, story: Story, calendar: Calendar) -> Iterator[Entry]:
        for entry in calendar.entries:
            if entry.status in OPEN and (story.code, entry.key) not in self.bored:
                yield entry

    def _visit(self, story: Story, entry: Entry, day: date) -> bool:
        key, on = entry.key, entry.assumed
        luck = self.chance.random()
        if entry.day_kind in DOSES and entry.day > 1 and luck < 0.06:
            reason = self.chance.choice(_REASONS)
            return self._change(story.code, day, _on_day("omitted", visit=key, on=on, reason=reason))
        if luck < 0.02 and entry.visit.on_performed is None:
            return self._change(story.code, day, _on_day("missed", visit=key, on=on, reason="the patient did not come"))
        asked = [*self._with(story, entry, on)]
        asked += [replace_on(one, on) for one in story.operated if entry.visit.on_performed is not None]
        outcome = self._outcome(story, entry)
        if not self._change(story.code, day, *asked):
            return False
        if outcome:
            self._change(story.code, day, _on_day("decided", visit=key, outcome=outcome, on=day, reason="conference"))
            if outcome == "progression":
                to = next(
                    one for one in self.study.protocol(self.study.enrolled(story.code)).offered if one != story.regimen
                )
                self._change(story.code, day, _on_day("regimen_changed", to=to, on=day))
        return True

    def _with(self, story: Story, entry: Entry, on: date | None) -> Iterator[Asked]:
        """Return the visit's own fact, with the specimens and questionnaires that belong to it."""
        key = entry.key
        if entry.visit.on_performed is not None or entry.visit.id in ("SP-P04",):
            procedures = {"pancreas": "pancreatoduodenectomy", "liver": "resection_and_ablation"}
            yield _on_day("operation", visit=key, on=on, start="08:40", end="14:55", **procedures)
        elif entry.visit.contact == "phone":
            yield _on_day("contact", visit=key, on=on, reached=True, alive="yes", how="telephone")
        elif entry.day_kind in DOSES:
            yield _on_day("performed", visit=key, on=on, at=self.chance.choice(_TIMES))
        else:
            yield _on_day("performed", visit=key, on=on)
        protocol = self._protocol(story)
        for kind in ("specimen", "questionnaire"):
            for row in protocol.about_rows(f"{kind}s"):
                at = row.get("visits", row.get("visit"))
                if at == entry.visit.id or (isinstance(at, list | tuple) and entry.visit.id in at):
                    more: dict[str, object] = {"done": True}
                    if kind == "specimen":
                        amount = row.get("amount_mg")
                        more = {"taken": True, "kept": "freezer 3, box 12"}
                        more |= {"mg": amount + self.chance.randint(-8, 12)} if isinstance(amount, int) else {}
                    yield _on_day(kind, **{"visit": key, "on": on, kind: str(row.get("id") or row.get("name")), **more})

    def _protocol(self, story: Story) -> ProtocolVersion:
        return self.study.protocol(self.study.enrolled(story.code))

    def _outcome(self, story: Story, entry: Entry) -> str:
        decision = self._protocol(story).decisions.get(entry.visit.id)
        if decision is None or entry.number < decision.from_number:
            return ""
        return story.decisions.get(entry.visit.id, decision.forecast)

    def _happens(self, story: Story, day: date) -> None:
        for after, asked in story.happens.items():
            if day == self.today - timedelta(story.days_ago - after):
                for one in asked:
                    self._change(story.code, day, self._complete(story, replace_on(one, day), day))

    def _complete(self, story: Story, asked: Asked, day: date) -> Asked:
        """Return what is asked for; a withdrawal with the day of the last medication."""
        if asked.kind != "withdrawn":
            return asked
        last = self.study.calendar(self.study.enrolled(story.code), day).last_dose_given
        return replace(asked, fields={**asked.fields, "last_medication_on": last or "none"})

    def _screen(self) -> None:
        """Screen two persons who are not enrolled."""
        day = self.today
        common = {"protocol": "scanpan", "on": day}
        enrol.screen(self.study, {"code": "LI-013", **common, "outcome": "pending"}, day)
        failed = {"outcome": "failure", "reason": "metastases outside the liver on PET-CT"}
        enrol.screen(self.study, {"code": "LI-014", **common, **failed}, day)

    def _arrange(self) -> None:
        """Make appointments for the days to come, move one visit, close one day."""
        first, last = self.today, self.today + timedelta(12)
        for number, story in enumerate(STORIES):
            calendar = self.study.calendar(self.study.enrolled(story.code), self.today)
            for entry in calendar.entries:
                day = entry.assumed
                if entry.status in OPEN and day is not None and first <= day <= last and self.chance.random() < 0.6:
                    at = self.chance.choice(_TIMES)
                    self._change(story.code, self.today, _on_day("booked", visit=entry.key, on=day, at=at))
            if number == 1:
                self._move(story, calendar)
        self._leave_behind(first, last)
        closing = self.today + timedelta(20)
        facts = configure_site.day_facts(
            self.study, "day_closed", closing, None, "Planning day of the ward", "", self.today
        )
        self._settle(facts, self.today)

    def _leave_behind(self, first: date, last: date) -> None:
        """Move one dose, so that a single booking of these days is left behind and needs rebooking."""
        for story in STORIES[2:]:
            for entry in self.study.calendar(self.study.enrolled(story.code), self.today).entries:
                day = entry.assumed
                if entry.status not in OPEN or entry.day_kind not in DOSES or day is None or not first < day <= last:
                    continue
                for days in _DELAYS:
                    asked = _on_day("moved", visit=entry.key, to=day + timedelta(days), reason="no chair free")
                    if self._left_behind(story.code, asked) == 1 and self._change(story.code, self.today, asked):
                        return

    def _left_behind(self, code: str, asked: Asked) -> int:
        """Return how many bookings that change would leave behind; 0 where it is refused or asked about."""
        try:
            proposal = record.propose(self.study, code, [asked], self.today)
        except Refused:
            return 0
        after = proposal.after.entries if proposal.after is not None and proposal.doubt is None else ()
        return sum(one.needs_rebooking for one in after)

    def _move(self, story: Story, calendar: Calendar) -> None:
        later = [one for one in calendar.entries if one.status in OPEN and one.day_kind in DOSES and one.assumed]
        if len(later) > 1 and later[1].assumed is not None:
            to = later[1].assumed + timedelta(7)
            self._change(story.code, self.today, _on_day("moved", visit=later[1].key, to=to, reason="holiday abroad"))


def replace_on(asked: Asked, on: date | None) -> Asked:
    """Return a fact that is asked for with that day in the place of its own."""
    return Asked(asked.kind, {"on": on, **asked.fields})


def _print(study: Study, folder: Path, today: date) -> Iterator[Path]:
    """Print the week's list, the sheets of three patients and the calendars of two."""
    week = folder / "agenda-this-week.pdf"
    print_documents.print_agenda(study, week, today, today, today + timedelta(6))
    yield week
    for code in ("LI-002", "LI-007", "CJ-004"):
        path = folder / f"{code}-sheets.pdf"
        print_documents.print_sheets(study, code, [], path, today)
        yield path
    for code in ("LI-001", "CJ-001"):
        path = folder / f"{code}-calendar.pdf"
        print_documents.print_calendar(study, code, path, today)
        yield path


def demo_file(folder: Path, environment: Environment, progress: Progress) -> Path:
    """Return the demo study in its own folder; make it there when it is missing.

    Raises:
        Refused: the folder holds something else, or cannot be written.
    """
    path = folder / FILE
    if not path.is_file():
        make_demo(folder, environment, environment.today(), progress)
    return path
