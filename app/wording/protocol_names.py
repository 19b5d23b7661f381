"""The names by which a sentence calls what a protocol and a calendar know by an id: visits, phases, outcomes, regimens.

At the terminal a visit is called by its key, which is typed there; in the window it is called by its name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.domain.dates import Value
from app.domain.facts.kind import Field, Json, OptionSource, Type
from app.wording.names import visit_name

if TYPE_CHECKING:
    from app.domain.calendar.entries import Calendar
    from app.domain.protocol.version import ProtocolVersion

_Table = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Names:
    """Names by id. What is not among them keeps its id."""

    visits: _Table = field(default_factory=dict)
    phases: _Table = field(default_factory=dict)
    outcomes: _Table = field(default_factory=dict)
    regimens: _Table = field(default_factory=dict)
    listed: _Table = field(default_factory=dict)

    def of_field(self, form: Field | None, value: Json) -> str:
        """Return the name of what a field of a fact has the id of; empty where there is none."""
        if form is None or not isinstance(value, str):
            return ""
        table = self.visits if form.type is Type.VISIT else self._table(form.options_from)
        return table.get(value, "")

    def in_values(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """Return the parameters of a sentence with names in the place of ids."""
        known = {**dict.fromkeys(("visit", "other"), self.visits), "phase": self.phases}
        return {name: known.get(name, {}).get(str(value), value) for name, value in values.items()}

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
            case _:
                return {}


NO_NAMES = Names()
"""Everything keeps its id."""


def visits_in(calendar: "Calendar") -> Names:
    """Return the names of a participant's visits alone."""
    return Names({key: visit_name(entry) for key, entry in calendar.by_key.items()})


def names_in(calendar: "Calendar", protocol: "ProtocolVersion") -> Names:
    """Return the names of a participant's visits, and of what the protocol knows."""
    return names_with(visits_in(calendar).visits, protocol)


def names_with(visits: _Table, protocol: "ProtocolVersion") -> Names:
    """Return these names of visits, and the names of what the protocol knows."""
    outcomes: dict[str, str] = {}
    for decision in protocol.decisions.values():
        for outcome, label in decision.labels.items():
            outcomes.setdefault(outcome, label)
    return Names(
        visits,
        {course.id: course.name for course in protocol.courses},
        outcomes,
        {regimen.id: regimen.name for regimen in protocol.regimens.values()},
        dict(_listed(protocol)),
    )


def _listed(protocol: "ProtocolVersion") -> list[tuple[str, str]]:
    """Return the specimens and questionnaires that the protocol lists, by their ids."""
    found = []
    for table in ("specimens", "questionnaires"):
        rows = protocol.about.get(table)
        for row in rows if isinstance(rows, list | tuple) else ():
            if isinstance(row, Mapping) and row.get("id"):
                name = " ".join(str(row[part]) for part in ("name", "version") if row.get(part))
                found.append((str(row["id"]), name or str(row["id"])))
    return found
