"""The names that a document defines, and whether what refers to them can be right."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.domain.dates import Period
from app.domain.protocol.regimens import DAY_KIND, DayKind
from app.protocols.findings import Fault, Path, did_you_mean

RESERVED = ("enrolment", "next_cycle", "dose", "cycle_day")
COURSE_ROWS = {"next_cycle": "next", "cycle_day": "within", "dose": "bloods"}
UNRESOLVED: Path = ()


class References:
    """What a document names. A wrong reference becomes a fault; its name is handed back all the same."""

    def __init__(self, document: Mapping[str, Any], regimens: Mapping[str, Any]) -> None:
        """Gather the names."""
        self.document = document
        self.regimens = regimens
        self.faults: list[Fault] = []
        self.rows: dict[str, tuple[str, str]] = {}
        for course_id, course in document["courses"].items():
            for role in ("first", "next", "within", "bloods"):
                self._row(course_id, role, course[role])

    def _row(self, course_id: str, role: str, visit: str | None) -> None:
        if visit is None:
            return
        if visit in self.rows:
            first = self.rows[visit][0]
            self.fault(
                ("courses", course_id, role),
                "shared-row",
                f"`{visit}` is a row of `{first}` already",
                "Give each course rows of its own",
            )
        self.rows[visit] = (course_id, role)

    def fault(self, path: Path, kind: str, message: str, remedy: str = "", key: bool = False) -> None:
        """Remember a fault."""
        self.faults.append(Fault(path, kind, message, remedy, key))

    def known(self, what: str, name: str, path: Path, names: Iterable[str], key: bool = False) -> str:
        """The name, which should be one of `names`."""
        if name not in names:
            self.fault(
                path,
                f"unknown-{what.replace(' ', '-')}",
                f"`{name}` is no {what} of this protocol",
                did_you_mean(name, names),
                key,
            )
        return name

    def visit(self, name: str, path: Path) -> str:
        """A visit's id."""
        return self.known("visit", name, path, self.document["visits"])

    def once(self, name: str, path: Path) -> str:
        """The id of a visit to count from, which therefore must happen once."""
        visit = self.document["visits"].get(self.visit(name, path))
        if visit is None:
            return name
        if visit["repeat"] is not None or self.rows.get(name, ("", "first"))[1] != "first":
            self.fault(
                path,
                "repeated-anchor",
                f"`{name}` happens more than once, so it is no single day to count from",
                "Count from a cycle, or from a visit that happens once",
            )
        elif visit["days"]:
            self.fault(
                path,
                "repeated-anchor",
                f"`{name}` takes several days, so it is no single day to count from",
                "Count from what that visit is counted from",
            )
        return name

    def repeated(self, name: str, path: Path) -> str:
        """The id of a repeated visit, each occurrence of which is counted from."""
        visit = self.document["visits"].get(self.visit(name, path))
        if visit is not None and (visit["repeat"] is None or visit["days"]):
            says = f"`{name}` is no repeated visit of one day each, so there is nothing to repeat with"
            self.fault(path, "not-repeated", says, "Count from a visit with a `repeat`")
        return name

    def visits(self, names: Iterable[str], path: Path) -> tuple[str, ...]:
        """Several visits' ids."""
        return tuple(self.visit(name, (*path, index)) for index, name in enumerate(names))

    def course(self, name: str, path: Path) -> str:
        """A course's id."""
        return self.known("course", name, path, self.document["courses"])

    def courses(self, names: Iterable[str], path: Path) -> tuple[str, ...]:
        """Several courses' ids."""
        return tuple(self.course(name, (*path, index)) for index, name in enumerate(names))

    def epoch(self, name: str, path: Path) -> str:
        """An epoch's id."""
        return self.known("epoch", name, path, [epoch["id"] for epoch in self.document["epochs"]])

    def turn(self, name: str | None, path: Path) -> str:
        """A turn's name, or none."""
        return "" if name is None else self.known("turn", name, path, self.document["turns"])

    def outcome(self, visits: Iterable[str], name: str, path: Path) -> str:
        """An outcome of the decisions at these visits."""
        decisions = self.document["decisions"]
        names = {outcome for visit in visits if visit in decisions for outcome in decisions[visit]["outcomes"]}
        return self.known("outcome", name, path, names)

    def deciding(self, names: Iterable[str], path: Path) -> tuple[str, ...]:
        """Visits at which something is decided."""
        found = self.visits(names, path)
        for index, name in enumerate(found):
            if name in self.document["visits"] and name not in self.document["decisions"]:
                self.fault((*path, index), "no-decision", f"Nothing is decided at `{name}`", "Add it to `decisions`")
        return found

    def answers(self, when: Mapping[str, Any], path: Path) -> dict[str, tuple[str | bool, ...]]:
        """The answers that a condition asks for."""
        found: dict[str, tuple[str | bool, ...]] = {}
        for name, wanted in when.items():
            values = tuple(wanted) if isinstance(wanted, list) else (wanted,)
            found[name] = values
            choices = self.document["choices"]
            self.known("choice", name, (*path, name), choices, key=True)
            for value in values if name in choices else ():
                self.answer(choices[name], name, value, (*path, name))
        return found

    def answer(self, choice: Mapping[str, Any], name: str, value: str | bool, path: Path) -> None:
        """An answer that the choice must allow."""
        allowed = choice["values"] or (True, False)
        if not any(value is one or (isinstance(one, str) and value == one) for one in allowed):
            shown = str(value).lower() if isinstance(value, bool) else value
            self.fault(
                path,
                "unknown-answer",
                f"`{shown}` is no answer to `{name}`",
                did_you_mean(str(shown), [str(one).lower() if one is True or one is False else one for one in allowed]),
            )

    def single_answers(self, when: Mapping[str, Any], path: Path) -> dict[str, str | bool]:
        """A condition that allows one answer to each choice; `day_kind` asks for the kind of day in a cycle."""
        kind = when.get(DAY_KIND)
        if kind is not None:
            self.known("kind of day", str(kind), (*path, DAY_KIND), [one.value for one in DayKind])
        found = self.answers({name: value for name, value in when.items() if name != DAY_KIND}, path)
        for name, values in found.items():
            if len(values) != 1:
                self.fault(
                    (*path, name), "one-answer", f"One answer to `{name}` can stand here", "Write one condition each"
                )
        one = {name: values[0] for name, values in found.items() if values}
        return one if kind is None else {**one, DAY_KIND: str(kind)}

    def days(self, text: str, path: Path, key: bool = False) -> int:
        """A length in days; months have no fixed one."""
        period = Period.parse(text)
        if period.months:
            self.fault(path, "months", f"`{text}` has no fixed number of days", "Write it in days or weeks", key)
        return period.days
