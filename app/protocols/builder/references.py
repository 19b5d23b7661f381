"""The names that a protocol file defines, and the checks of everything that refers to them."""

from collections.abc import Iterable, Mapping
from typing import Literal

from app.domain.dates import Period
from app.domain.protocol.regimens import DAY_KIND, DayKind
from app.protocols.findings import Fault, FindingKind, PartPath, did_you_mean
from app.protocols.schema.base import Answer, Answers
from app.protocols.schema.decisions import ChoiceModel
from app.protocols.schema.protocol_file import ProtocolFile
from app.protocols.schema.regimens import RegimenModel

RESERVED = ("enrolment", "next_cycle", "dose", "cycle_day")
CONSENT = "consent"
COURSE_ROWS = {"next_cycle": "next", "cycle_day": "within", "dose": "bloods"}
"""The role in its course of a visit that counts from this reserved name."""
Named = Literal[
    "choice", "cohort", "course", "day kind", "epoch", "kind of day", "outcome", "procedure", "regimen",
    "section", "turn", "value", "visit",
]  # fmt: skip

_UNKNOWN: Mapping[Named, FindingKind] = {
    "choice": "unknown-choice",
    "cohort": "unknown-cohort",
    "course": "unknown-course",
    "day kind": "unknown-day-kind",
    "epoch": "unknown-epoch",
    "kind of day": "unknown-kind-of-day",
    "outcome": "unknown-outcome",
    "procedure": "unknown-procedure",
    "regimen": "unknown-regimen",
    "section": "unknown-section",
    "turn": "unknown-turn",
    "value": "unknown-value",
    "visit": "unknown-visit",
}


class References:
    """The names of one file. A wrong reference becomes a fault, and its name is returned all the same."""

    def __init__(self, file: ProtocolFile, regimens: Mapping[str, RegimenModel]) -> None:
        """Gather the names; `regimens` are those of the file and of the regimen files that it names."""
        self.file = file
        self.regimens = regimens
        self.faults: list[Fault] = []
        self.rows: dict[str, tuple[str, str]] = {}
        for course_id, course in file.courses.items():
            for role, visit in course.rows.items():
                self._add_row(course_id, role, visit)

    def _add_row(self, course_id: str, role: str, visit: str) -> None:
        if visit in self.rows:
            self.fault(
                ("courses", course_id, role),
                "shared-row",
                f"`{visit}` is a row of `{self.rows[visit][0]}` already",
                "Give each course rows of its own",
            )
        self.rows[visit] = (course_id, role)

    def fault(self, path: PartPath, kind: FindingKind, message: str, remedy: str = "", key: bool = False) -> None:
        """Add a fault."""
        self.faults.append(Fault(path, kind, message, remedy, key))

    def known(self, what: Named, name: str, path: PartPath, names: Iterable[str], key: bool = False) -> str:
        """Return the name, which should be one of `names`."""
        if name not in names:
            says = f"`{name}` is no {what} of this protocol"
            self.fault(path, _UNKNOWN[what], says, did_you_mean(name, names), key)
        return name

    def visit(self, name: str, path: PartPath) -> str:
        """Return a visit's id."""
        return self.known("visit", name, path, self.file.visits)

    def once(self, name: str, path: PartPath) -> str:
        """Return the id of a visit to count from, which therefore must happen once."""
        visit = self.file.visits.get(self.visit(name, path))
        if visit is None:
            return name
        if visit.repeat is not None or self.rows.get(name, ("", "first"))[1] != "first":
            self.fault(
                path,
                "repeated-anchor",
                f"`{name}` happens more than once, so it is no single day to count from",
                "Count from a cycle, or from a visit that happens once",
            )
        elif visit.days:
            self.fault(
                path,
                "repeated-anchor",
                f"`{name}` takes several days, so it is no single day to count from",
                "Count from what that visit is counted from",
            )
        return name

    def repeated(self, name: str, path: PartPath) -> str:
        """Return the id of a repeated visit, each occurrence of which is counted from."""
        visit = self.file.visits.get(self.visit(name, path))
        if visit is not None and (visit.repeat is None or visit.days):
            says = f"`{name}` is no repeated visit of one day each, so there is nothing to repeat with"
            self.fault(path, "not-repeated", says, "Count from a visit with a `repeat`")
        return name

    def decided(self, name: str, path: PartPath) -> None:
        """Check that an anchor is the day of an outcome, which may be decided several times."""
        anchor = self.file.anchors.get(name)
        if anchor is None or anchor.after_outcome is None:
            says = f"`{name}` is no day on which an outcome was decided, so there is nothing to repeat with"
            self.fault(path, "not-repeated", says, "Count from an anchor with `after_outcome`")

    def visits(self, names: Iterable[str], path: PartPath) -> tuple[str, ...]:
        """Return several visits' ids."""
        return tuple(self.visit(name, (*path, index)) for index, name in enumerate(names))

    def procedures(self, names: Iterable[str], path: PartPath) -> tuple[str, ...]:
        """Return several procedures' ids; a name may be a key at its place."""
        known = self.file.procedures
        return tuple(self.known("procedure", name, (*path, index), known) for index, name in enumerate(names))

    def course(self, name: str, path: PartPath) -> str:
        """Return a course's id."""
        return self.known("course", name, path, self.file.courses)

    def courses(self, names: Iterable[str], path: PartPath) -> tuple[str, ...]:
        """Return several courses' ids."""
        return tuple(self.course(name, (*path, index)) for index, name in enumerate(names))

    def epoch(self, name: str, path: PartPath) -> str:
        """Return an epoch's id."""
        return self.known("epoch", name, path, [epoch.id for epoch in self.file.epochs])

    def turn(self, name: str | None, path: PartPath) -> str:
        """Return a turn's name; empty for None."""
        return "" if name is None else self.known("turn", name, path, self.file.turns)

    def outcome(self, visits: Iterable[str], name: str, path: PartPath) -> str:
        """Return an outcome of the decisions at these visits."""
        decisions = self.file.decisions
        names = {outcome for visit in visits if visit in decisions for outcome in decisions[visit].outcomes}
        return self.known("outcome", name, path, names)

    def deciding(self, names: Iterable[str], path: PartPath) -> tuple[str, ...]:
        """Return the ids of visits at which something is decided."""
        found = self.visits(names, path)
        for index, name in enumerate(found):
            if name in self.file.visits and name not in self.file.decisions:
                self.fault((*path, index), "no-decision", f"Nothing is decided at `{name}`", "Add it to `decisions`")
        return found

    def answers(self, when: Answers, path: PartPath) -> dict[str, tuple[Answer, ...]]:
        """Return the answers that a condition requires, by choice."""
        found: dict[str, tuple[Answer, ...]] = {}
        for name, wanted in when.items():
            values = tuple(wanted) if isinstance(wanted, list) else (wanted,)
            found[name] = values
            choices = self.file.choices
            self.known("choice", name, (*path, name), choices, key=True)
            for value in values if name in choices else ():
                self.check_answer(choices[name], name, value, (*path, name))
        return found

    def check_answer(self, choice: ChoiceModel, name: str, value: Answer, path: PartPath) -> None:
        """Check that the choice allows the answer."""
        allowed: list[Answer] = [*choice.values] or [True, False]
        if not any(value is one or (isinstance(one, str) and value == one) for one in allowed):
            shown = _shown(value)
            says = f"`{shown}` is no answer to `{name}`"
            self.fault(path, "unknown-answer", says, did_you_mean(shown, map(_shown, allowed)))

    def single_answers(self, when: Answers, path: PartPath) -> dict[str, Answer]:
        """Return a condition that allows one answer to each choice; `day_kind` requires a kind of day in a cycle."""
        kind = when.get(DAY_KIND)
        if kind is not None:
            self.known("kind of day", str(kind), (*path, DAY_KIND), [one.value for one in DayKind])
        found = self.answers({name: value for name, value in when.items() if name != DAY_KIND}, path)
        for name, values in found.items():
            if len(values) != 1:
                says = f"Only one answer to `{name}` can be given here"
                self.fault((*path, name), "one-answer", says, "Write one condition each")
        one = {name: values[0] for name, values in found.items() if values}
        return one if kind is None else {**one, DAY_KIND: str(kind)}

    def days(self, text: str, path: PartPath, key: bool = False) -> int:
        """Return a length in days; months have no fixed number of them."""
        period = Period.parse(text)
        if period.months:
            self.fault(path, "months", f"`{text}` has no fixed number of days", "Write it in days or weeks", key)
        return period.days


def _shown(answer: Answer) -> str:
    return str(answer).lower() if isinstance(answer, bool) else answer
