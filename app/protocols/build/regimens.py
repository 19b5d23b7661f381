"""The document's regimens as the domain's."""

from collections.abc import Mapping
from typing import Any

from app.domain.protocol.regimens import CycleRange, DayKind, Regimen, RegimenDay, StartCondition, WhenHeld
from app.protocols.findings import Path
from app.protocols.build.references import References


def regimens_of(refs: References) -> dict[str, Regimen]:
    """Every regimen; what does not fit becomes a fault."""
    return {name: _regimen(refs, name, data) for name, data in refs.regimens.items()}


def _regimen(refs: References, name: str, data: Mapping[str, Any]) -> Regimen:
    _check(refs, ("regimens", name, "days"), data)
    return Regimen(name, data["name"], data["cycle_days"], tuple(map(_day, data["days"])))


def _day(data: Mapping[str, Any]) -> RegimenDay:
    window, condition = data["window"], data["condition"]
    return RegimenDay(
        data["day"],
        DayKind(data["kind"]),
        data["what"],
        data["plain"],
        WhenHeld(data["when_held"]),
        data["gap"] or 0,
        window["before"],
        window["after"],
        data["pump_hours"],
        StartCondition(condition["text"], condition["mark"], condition["complete"], tuple(condition["source"]))
        if condition
        else None,
        data["mark"],
        tuple(data["source"]),
        cycles=_cycles(data["cycles"]),
    )


def _cycles(data: Mapping[str, Any] | None) -> CycleRange | None:
    return None if data is None else CycleRange(data["first"], data["last"] or 0, data["every"])


def _check(refs: References, path: Path, data: Mapping[str, Any]) -> None:
    """Days in order from day 1, within the cycle, at most one visit a day, and no disconnection before an infusion."""
    days = data["days"]
    if days[0]["day"] != 1 or days[0]["kind"] not in ("infusion", "treatment", "oral_start"):
        refs.fault((*path, 0, "day"), "day-one", "A regimen begins on day 1 with a dose", "Put day 1 first")
    if days[0]["cycles"] is not None:
        refs.fault((*path, 0, "cycles"), "day-one", "Every cycle has a day 1", "Leave `cycles` out", True)
    infusion = False
    taken: set[int] = set()
    for index, row in enumerate(days):
        there = (*path, index, "day")
        if index and row["day"] < days[index - 1]["day"]:
            refs.fault(there, "order", f"Day {row['day']} stands after a later day", "Sort the days")
        if row["day"] > data["cycle_days"]:
            refs.fault(
                there, "beyond-cycle", f"Day {row['day']} lies beyond the cycle of {data['cycle_days']} days", ""
            )
        if row["kind"] == "pump_disconnect" and not infusion:
            refs.fault(
                (*path, index, "kind"),
                "no-infusion-before",
                "A pump is disconnected before any infusion",
                "Put its infusion before it",
            )
        if row["kind"] in ("infusion", "treatment", "pump_disconnect", "visit"):
            if row["day"] in taken:
                refs.fault(there, "repeated-day", f"Day {row['day']} has a visit already", "Join the two")
            taken.add(row["day"])
        infusion = infusion or row["kind"] == "infusion"
