"""A hundred hostile texts at every place of the terminal and of a story that takes one.

Each is right or refused, never a bug, and nothing that the program says has a raw control or format sign in it.
It takes some minutes: `.venv/bin/pytest -m slow tests/faults/test_hostile_texts.py`.
"""

import json
import unicodedata
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.faults.client import Server

_SIGNS = [
    "\x01", "\x07", "\x08", "\t", "\n", "\x0b", "\x0c", "\r", "\x1b", "\x1b[2J", "\x1b]0;owned\x07", "\x1f", "\x7f",
    "\x80", "\x85", "\x9b31m", "\u00a0", "\u00ad", "\u034f", "\u061c", "\u115f", "\u180e", "\u200b", "\u200c", "\u200d",
    "\u200e", "\u200f", "\u2028", "\u2029", "\u202a", "\u202b", "\u202d", "\u202e", "\u2060", "\u2066", "\u2067",
    "\u2069", "\u2800", "\u3164", "\ufe0f", "\ufeff", "\uffa0", "\ufff9", "\ufffe", "\ue000", "\U000e0041",
    "\U000e0100", "\U0001d173", "\U0010ffff",
]  # fmt: skip
HOSTILE = [
    *(f"LI{sign}-001" for sign in _SIGNS),
    *("".join(_SIGNS[at::7]) for at in range(7)),
    "LI\u2013001", "LI\u2011001", "LI\u2212001", "LI_001", "\uff2c\uff29-001", "L\u0406-001", "\u039bI-001",
    "A\u030a-1", "\u1e9e", "\u0130I-001", "\ufdfa", "\U0001f469\u200d\u2695\ufe0f", "e" + "\u0301" * 200, "a" * 59,
    "a" * 61, "a" * 3000, "", " ", "   ", ".", "..", "/", "\\", "../../etc/passwd", "/dev/null", "~", "$(id)", "`id`",
    "';--", '"', "{}", "{0}", "{near}", "%s", "%n", "<b>x</b>", "&amp;", "None", "nan", "inf", "-1", "-", "--",
    "--json", "#", "U#0", "U#1", "SP-C02#", "SP-C02#9999999999999999999999", "SP-C02#\u0663", "return_to_weekday",
    "cycles.", "19500101-1234",
]  # fmt: skip
AT_THE_TERMINAL = [
    ("calendar", "{}"),
    ("why", "LI-001", "{}"),
    ("days", "LI-001", "{}"),
    ("enrol", "--protocol", "scanpan", "--code", "{}", "--on", "t", "--country", "SE", "--regimen", "AG"),
    ("enrol", "--protocol={}", "--code", "LI-777", "--on", "t", "--country={}", "--regimen={}"),
    ("enrol", "--protocol", "scanpan", "--code", "LI-778", "--on", "t", "--country", "SE", "--regimen={}"),
    ("decide", "LI-001", "SP-R01", "{}", "--on", "t"),
    ("choose", "LI-001", "{}", "yes", "--on", "t"),
    ("stop", "LI-001", "{}", "--on", "t", "--reason", "x"),
    ("record", "LI-001", "{}", "--on", "t"),
    ("note", "LI-001", "SP-C01", "{}"),
    ("value", "set", "{}", "P1D"),
    ("closed", "add", "t", "--site={}"),
    ("site", "{}", "--country={}"),
    ("log", "{}"),
    ("protocol", "show", "{}"),
    ("correct", "5", "--set", "{}=x", "--reason", "y"),
    ("{}",),
]
SAFE = {"\n"}


def is_plain(text: str) -> bool:
    return not any(unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for sign in text if sign not in SAFE)


def test_there_are_a_hundred_of_them() -> None:
    assert len(set(HOSTILE)) >= 100


@pytest.mark.slow
@pytest.mark.parametrize("words", AT_THE_TERMINAL, ids=" ".join)
def test_a_hostile_argument_is_right_or_refused(server: Server, folder: Path, words: tuple[str, ...]) -> None:
    wrong = []
    for text in HOSTILE:
        ended = server.run(folder, *(word.replace("{}", text) for word in words))
        if ended.code not in (0, 1, 2) or not is_plain(ended.out + ended.err) or "Traceback" in ended.err:
            wrong.append((ascii(text), ended.code, ascii(ended.err[-300:])))
    assert wrong == []


STORY: dict[str, Any] = {
    "protocol": "scanpan",
    "today": "2027-06-20",
    "participant": {
        "code": "LI-001", "enrolled_on": "2026-11-23", "country": "SE", "regimen": "AG", "choices": {"staged": False},
    },
    "site": {"time_zone": "Europe/Stockholm", "closed": ["2026-12-24"], "values": {"SP-R02.after": "P21D"}},
    "facts": [
        {"kind": "performed", "visit": "SP-C01", "on": "2026-11-30", "at": "09:30"},
        {"kind": "booked", "visit": "SP-C02#2", "on": "2027-06-22", "reason": "x"},
        {"kind": "decided", "visit": "SP-R01", "outcome": "response", "on": "2027-02-01"},
        {"kind": "chosen", "choice": "staged", "value": True, "on": "2027-02-02"},
        {"kind": "stopped", "phase": "preop_chemo", "on": "2027-02-20", "reason": "tired"},
        {"kind": "withdrawn", "scope": "treatment", "on": "2027-04-03", "reason": "wish"},
    ],
}  # fmt: skip


def places(part: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place of a story with a value, and every key."""
    steps = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    return [path] * bool(path) + [place for name, one in steps for place in places(one, (*path, name))]


def changed(place: tuple[Any, ...], text: str, key: bool) -> str:
    story = deepcopy(STORY)
    part: Any = story
    for step in place[:-1]:
        part = part[step]
    if key and isinstance(part, dict):
        part[text] = part.pop(place[-1])
    else:
        part[place[-1]] = text
    return json.dumps(story)


@pytest.mark.slow
@pytest.mark.parametrize("key", [False, True], ids=["value", "key"])
@pytest.mark.parametrize("place", places(STORY), ids=lambda place: ".".join(map(str, place)))
def test_a_hostile_text_in_a_story_is_right_or_refused(place: tuple[Any, ...], key: bool) -> None:
    from app.domain.refusal import Refused
    from app.protocols.findings import ProtocolRefused
    from app.services.queries.rehearsal import rehearse
    from app.wording.calendar_text import calendar_text
    from app.wording.refusals import refusal_text

    for text in HOSTILE:
        try:
            rehearsal = rehearse(changed(place, text, key))
            said = calendar_text(rehearsal.protocol, rehearsal.calendar)
        except Refused as refused:
            said = refusal_text(refused)
            assert "\n" not in said
        except ProtocolRefused as refused:
            said = str(refused)
        assert is_plain(said), (ascii(text), ascii(said[-300:]))
