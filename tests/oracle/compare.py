"""Compares the program's planner with the naive one, entry by entry."""

import json
from typing import Any

from app.domain.calendar.entries import Calendar, Entry, Problem
from app.domain.protocol.regimens import DOSES
from app.exchange.calendar_json import calendar_document
from app.services.queries.rehearsal import rehearse

FIELDS = (
    "target", "earliest", "latest", "proposed", "booked", "moved", "performed", "basis", "status", "window_result",
    "provisional", "judged", "due_at",
)  # fmt: skip
# Not compared are the dates of a visit that was cancelled from the start, as those of a cycle that a change of regimen
# gave a course that had been stopped; those of what belonged to a dose that was omitted or missed; and those of a visit
# that took place for one which is cancelled, such as bloods for a dose that was never given.
SETTLED = ("booked", "moved", "performed", "status", "window_result", "provisional", "judged")


def differences(naive: dict[str, Any], scenario: dict[str, Any]) -> list[str]:
    """What the two planners say differently of one scenario; empty when they agree."""
    rehearsal = rehearse(json.dumps(scenario))
    return compare(naive, calendar_document(rehearsal.calendar), rehearsal.calendar)


def compare(naive: dict[str, Any], ours: dict[str, Any], calendar: Calendar) -> list[str]:
    """Entry by entry, field by field."""
    one = {entry["visit"]: entry for entry in naive["entries"]}
    two = {entry["visit"]: entry for entry in ours["entries"]}
    found = [f"{key}: only the naive planner has it ({one[key]['status']})" for key in one if key not in two]
    found += [f"{key}: only the program has it ({two[key]['status']})" for key in two if key not in one]
    for key in one.keys() & two.keys():
        never_had = one[key]["status"] == two[key]["status"] == "cancelled" and not one[key]["kept"]
        for_nothing = one[key]["from_cancelled"] and one[key]["performed"] is not None
        for name in SETTLED if never_had or for_nothing else FIELDS:
            if one[key][name] != two[key][name]:
                found.append(f"{key}.{name}: naive {one[key][name]!r}, program {two[key][name]!r}")
    return sorted(found + problem_differences(naive, calendar) + order_differences(one, two))


def order_differences(one: dict[str, dict[str, Any]], two: dict[str, dict[str, Any]]) -> list[str]:
    """Whether the two planners list the visits that are not cancelled in one order."""
    both = {key for key in one.keys() & two.keys() if "cancelled" not in (one[key]["status"], two[key]["status"])}
    first, second = [key for key in one if key in both], [key for key in two if key in both]
    place = next((i for i, key in enumerate(first) if key != second[i]), None)
    return [] if place is None else [f"order: naive {first[place]}, program {second[place]}"]


# The naive planner names these problems; the program has some more, which are not compared.
TAGS = {
    "closed_day": "closed_day",
    "outside_window": "outside_window",
    "too_near": "too_near",
    "booking_closed": "booking_closed",
    "booking_outside": "booking_outside",
    "counted_from_unrecorded": "unrecorded_anchor",
    "counted_from_missed": "missed_anchor",
    "outdated": "outdated",
    "repeated": "outdated",
    "performed_closed": "done_closed",
    "performed_too_near": "done_near",
    "performed_before": "done_before",
    "performed_after": "done_after",
    "before_result": "before_result",
    "before_evaluation": "before_evaluation",
    "performed_before_consent": "before_consent",
    "outcome_missing": "undecided",
}


def _is_compared(problem: Problem, entry: Entry, base: str | None) -> bool:
    """Of what waits for an outcome, operations and doses are compared; of what is out of order, doses and their bases.

    `base`: the visit that the entry is counted from.
    """
    if problem.kind == "performed_before" and entry.day_kind not in DOSES:
        return problem.values["visit"] == base
    return problem.kind != "outcome_missing" or entry.day_kind in DOSES or entry.visit.sort == "operation"


def problem_differences(naive: dict[str, Any], calendar: Calendar) -> list[str]:
    """What the two planners report differently about entries that are not cancelled."""
    found = []
    for row in naive["entries"]:
        entry = calendar.by_key.get(row["visit"])
        # what waits for the day of a death has problems enough
        if entry is not None and row["status"] != "cancelled" and not entry.suspended:
            ours = sorted(
                {
                    TAGS[one.kind]
                    for one in entry.problems
                    if one.kind in TAGS and _is_compared(one, entry, row["counted_from"])
                }
            )
            if ours != row["problem_kinds"]:
                found.append(f"{entry.key}.problems: naive {row['problem_kinds']}, program {ours}")
    return found
