"""What the stories of patients are made of: facts, a participant, and a calendar worked out by hand to compare with."""

import json
from typing import Any

import pytest

from app.domain.refusal import Refused
from app.exchange.calendar_json import calendar_document
from app.services.queries.rehearsal import rehearse
from app.wording.refusals import refusal_text

from .naive import Refusal, reckon

Facts = list[dict[str, Any]]
Rows = dict[str, dict[str, Any]]
DATES = ("target", "earliest", "latest", "proposed")


def done(visit: str, on: str, pump_at: str | None = None, **more: Any) -> dict[str, Any]:
    """A performed visit, perhaps with the time at which its pump was started."""
    return {"kind": "performed", "visit": visit, "on": on, **more, **({} if pump_at is None else {"pump_at": pump_at})}


def decided(visit: str, outcome: str, on: str) -> dict[str, Any]:
    """A decision."""
    return {"kind": "decided", "visit": visit, "on": on, "outcome": outcome}


def booked(visit: str, on: str) -> dict[str, Any]:
    """A booking."""
    return {"kind": "booked", "visit": visit, "on": on}


def moved(visit: str, to: str, reason: str) -> dict[str, Any]:
    """A day set by a person."""
    return {"kind": "moved", "visit": visit, "to": to, "reason": reason}


def missed(visit: str, on: str) -> dict[str, Any]:
    """A visit that did not take place."""
    return {"kind": "missed", "visit": visit, "on": on, "reason": "fever"}


def omitted(visit: str, on: str, reason: str) -> dict[str, Any]:
    """An infusion omitted on purpose."""
    return {"kind": "omitted", "visit": visit, "on": on, "reason": reason}


def stop(phase: str, on: str) -> dict[str, Any]:
    """A phase stopped."""
    return {"kind": "stopped", "phase": phase, "on": on, "reason": "toxicity"}


def changed(to: str, on: str) -> dict[str, Any]:
    """A change of regimen."""
    return {"kind": "regimen_changed", "to": to, "on": on}


def withdrawn(scope: str, on: str, last: str | None = None) -> dict[str, Any]:
    """Consent withdrawn; `last`: the day of the last medication, or the word for none."""
    fact = {"kind": "withdrawn", "scope": scope, "on": on, "reason": "wish"}
    return fact if last is None else {**fact, "last_medication_on": last}


def operated(visit: str, on: str, pancreas: str, liver: str) -> dict[str, Any]:
    """An operation with what was done."""
    return {"kind": "operation", "visit": visit, "on": on, "pancreas": pancreas, "liver": liver}


def days(first: str, later: str, dates: list[str], **more: Any) -> Facts:
    """The first days of so many cycles."""
    keys = [first, *(f"{later}#{number}" for number in range(2, len(dates) + 1))]
    return [done(key, on, **more) for key, on in zip(keys, dates, strict=True)]


def story(
    protocol: str, today: str, regimen: str, facts: Facts, *, country: str = "", site: Any = None, **person: Any
) -> dict[str, Any]:
    """A story of a participant of either trial."""
    home = country or ("SE" if protocol == "scanpan" else "CN")
    participant = {"code": "LI-001", "country": home, "regimen": regimen, **person}
    told = {"protocol": protocol, "today": today, "participant": participant, "facts": facts}
    return told if site is None else {**told, "site": site}


def program(told: dict[str, Any]) -> Rows:
    """The rows of the program's calendar, by key."""
    return {row["visit"]: row for row in calendar_document(rehearse(json.dumps(told)).calendar)["entries"]}


def naive(told: dict[str, Any]) -> Rows:
    """The rows of the naive planner's calendar, by key."""
    return {row["visit"]: row for row in reckon(told)["entries"]}


def told_differently(told: dict[str, Any], expected: dict[str, str]) -> list[str]:
    """What either planner says differently of what was worked out by hand.

    Each expected text names fields and values, as in ``target 2026-11-30 status planned``; ``dates`` is short for
    target, earliest, latest and proposed; ``-`` is null; the expected text ``absent`` is of a visit that the path does
    not have.
    """
    found = []
    for name, planner in (("program", program), ("naive", naive)):
        rows = planner(told)
        for key, text in expected.items():
            if text == "absent":
                found += [f"{name} has {key}"] if key in rows else []
            elif key not in rows:
                found.append(f"{name} lacks {key}")
            else:
                for field, value in fields(text).items():
                    if rows[key][field] != value:
                        found.append(f"{name}: {key}.{field} is {rows[key][field]!r}, not {value!r}")
    return found


def fields(text: str) -> dict[str, Any]:
    """The fields that a text names."""
    words = text.split()
    expected: dict[str, Any] = {}
    while words:
        name = words.pop(0)
        if name == "dates":
            expected |= {field: None if day == "-" else day for field, day in zip(DATES, words[:4], strict=True)}
            words = words[4:]
        elif name == "window_result" and words[0] in ("early", "late"):
            expected[name] = " ".join(words[:4])
            words = words[4:]
        else:
            value = words.pop(0)
            expected[name] = None if value == "-" else value
    return expected


def refused(told: dict[str, Any]) -> str:
    """What the program says of a story that it refuses; the naive planner refuses it too."""
    with pytest.raises(Refusal):
        naive(told)
    with pytest.raises(Refused) as caught:
        rehearse(json.dumps(told))
    return refusal_text(caught.value)
