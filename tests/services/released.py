"""A study as another release of the program leaves it: with visits that other rules had planned."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from app.domain.calendar.entry_codec import AT, Row
from app.domain.planning.planning_rules import REMEMBERED
from app.services.study.study import Study

OLDER = "4 0.0.9 rules 1"
DAYS = ("target", "earliest", "latest", "proposed", "assumed")


def moved(row: Row, days: int) -> Row:
    """The row of a visit so many days later."""
    values = list(row)
    for name in DAYS:
        if values[AT[name]]:
            values[AT[name]] = (date.fromisoformat(values[AT[name]]) + timedelta(days)).isoformat()
    return tuple(values)


def planned_otherwise(
    study: Study,
    shifts: Mapping[str, int],
    left_out: Sequence[str] = (),
    maker: str = OLDER,
    planned_on: str = "",
    subject: int = 1,
) -> None:
    """Let another release have planned the visits: those of one participant so many days later, or not at all."""
    visits = study.store.visits
    _version, on, horizon = visits.made_by()
    assert on, "the visits are planned"
    rows = [
        moved(row, shifts.get(row[AT["key"]], 0)) if row[0] == subject else row
        for row in visits.everything()
        if row[0] != subject or row[AT["key"]] not in left_out
    ]
    with study.store.transaction():
        visits.restart(maker, planned_on or on, horizon)
        visits.add(rows)
        study.store.remember(REMEMBERED, "1")
