"""The names by which a sentence calls what a protocol and a calendar know by an id, such as visits and specimens.

In the window a visit is called by its name; at the terminal its key follows, as it is typed there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from app.domain.dates import Value
from app.domain.facts.kind import Field, Json, OptionSource, Type
from app.domain.facts.visit_keys import visit_of
from app.domain.protocol.version import UNSCHEDULED
from app.wording.fact_values import listed
from app.wording.language import gettext as _
from app.wording.names import row_name, visit_name

if TYPE_CHECKING:
    from app.domain.calendar.entries import Calendar, Entry
    from app.domain.protocol.version import ProtocolVersion, Visit

_Table = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Names:
    """Names by id. What is not among them keeps its id.

    `people`: the participants' codes by their numbers. `schedule`: the rows of the protocol.
    `recorded_only`: the answers with which somebody's dates are only recorded, empty where there are none.
    """

    visits: _Table = field(default_factory=dict)
    phases: _Table = field(default_factory=dict)
    outcomes: _Table = field(default_factory=dict)
    regimens: _Table = field(default_factory=dict)
    listed: _Table = field(default_factory=dict)
    cohorts: _Table = field(default_factory=dict)
    choices: _Table = field(default_factory=dict)
    protocols: _Table = field(default_factory=dict)
    schedule: "Mapping[str, Visit]" = field(default_factory=dict)
    settings: _Table = field(default_factory=dict)
    people: Mapping[int, str] = field(default_factory=dict)
    recorded_only: Mapping[str, str | bool] = field(default_factory=dict)

    def only_records(self, enrolled: Mapping[str, Json]) -> bool:
        """Return whether these fields of an enrolment are those of somebody who is only registered."""
        choices = enrolled.get("choices")
        answers = {"cohort": enrolled.get("cohort"), **(choices if isinstance(choices, dict) else {})}
        rule = self.recorded_only
        return bool(rule) and all(answers.get(name) == value for name, value in rule.items())

    def of_person(self, subject: int) -> str:
        """Return the code of the participant of that number."""
        return self.people.get(subject) or _("another participant")

    def of_field(self, form: Field | None, value: Json) -> str:
        """Return the name of what a field of a fact has the id of; empty where there is none."""
        if form is None:
            return ""
        if form.name == "visits" and isinstance(value, list):
            return listed([self.visits.get(str(one), str(one)) for one in value])
        if not isinstance(value, str):
            return ""
        if form.type is Type.VISIT:
            return self.visits.get(value) or self._off_path(value)
        if form.name == "repeats":
            row = self.schedule.get(value)
            return row_name(row) if row is not None else ""
        table = self._of_name(form.name) or self._table(form.options_from)
        return table.get(value, "")

    def in_values(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """Return the parameters of a sentence with names in the place of ids."""
        known = {**dict.fromkeys(("visit", "other"), self.visits), "phase": self.phases}
        return {name: known.get(name, {}).get(str(value), value) for name, value in values.items()}

    def with_keys(self) -> "Names":
        """Return the names with the key of each visit and setting after its name, as it is typed at the terminal."""
        return replace(self, visits=_with_keys(self.visits), settings=_with_keys(self.settings))

    def _off_path(self, key: str) -> str:
        """Return the name of a visit that the calendar does not have, by its row of the schedule, with its key."""
        row = self.schedule.get(visit_of(key))
        return f"{row_name(row, key)} ({key})" if row is not None else ""

    def _of_name(self, name: str) -> _Table:
        return {"protocol": self.protocols, "key": self.settings}.get(name, {})

    def _table(self, source: OptionSource | None) -> _Table:
        match source:
            case OptionSource.PHASES:
                return self.phases
            case OptionSource.OUTCOMES:
                return self.outcomes
            case OptionSource.REGIMENS | OptionSource.OTHER_REGIMENS:
                return self.regimens
            case OptionSource.QUESTIONNAIRES | OptionSource.SPECIMENS:
                return self.listed
            case OptionSource.COHORTS:
                return self.cohorts
            case OptionSource.CHOICES:
                return self.choices
            case _:
                return {}


class _VisitNames(Mapping[str, str]):
    """The names of the visits of a calendar; each is made when it is asked for, as a sentence names one or two."""

    def __init__(self, entries: "Mapping[str, Entry]") -> None:
        self._entries = entries

    def __getitem__(self, key: str) -> str:
        return visit_name(self._entries[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def _with_keys(names: _Table) -> _Table:
    return {key: f"{name} ({key})" for key, name in names.items()}


NO_NAMES = Names()
"""Everything keeps its id."""


def visits_in(calendar: "Calendar") -> Names:
    """Return the names of a participant's visits alone."""
    return Names(_VisitNames(calendar.by_key))


def names_in(calendar: "Calendar | None", protocol: "ProtocolVersion") -> Names:
    """Return the names of a participant's visits where there is a calendar, and of what the protocol knows."""
    return names_with(visits_in(calendar).visits if calendar is not None else {}, protocol)


def names_with(visits: _Table, protocol: "ProtocolVersion") -> Names:
    """Return these names of visits, and the names of what the protocol knows."""
    outcomes: dict[str, str] = {}
    for decision in protocol.decisions.values():
        for outcome, label in decision.labels.items():
            outcomes.setdefault(outcome, label)
    return Names(
        visits,
        phases={course.id: course.name for course in protocol.courses},
        outcomes=outcomes,
        regimens={regimen.id: regimen.name for regimen in protocol.regimens.values()},
        listed={**_listed(protocol, "specimens"), **_listed(protocol, "questionnaires")},
        cohorts=_listed(protocol, "cohorts"),
        choices={choice.id: choice.question.rstrip("?") for choice in protocol.choices.values()},
        protocols={protocol.id: protocol.short_title or protocol.id},
        schedule={**protocol.visits, UNSCHEDULED.id: UNSCHEDULED},
        recorded_only=protocol.recorded_only,
    )


def _listed(protocol: "ProtocolVersion", table: str) -> dict[str, str]:
    """Return the names of a table of the protocol, such as its specimens, by their ids."""
    found = {}
    for row in protocol.about_rows(table):
        if row.get("id"):
            name = " ".join(str(row[part]) for part in ("name", "version") if row.get(part))
            found[str(row["id"])] = name or str(row["id"])
    return found
