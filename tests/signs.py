"""A study in which every text from outside has signs that would steer a terminal or turn a line around."""

import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

from app.domain.facts.kind import Field, Kind, Type
from app.domain.facts.kinds import KINDS
from app.services.commands import configure_site
from app.services.commands.protocols import take_protocol
from app.services.study.environment import Environment
from tests.protocols.tiny import TINY
from tests.services.test_every_kind_twice import BEFORE, EXAMPLES
from tests.services.ward import TODAY, Ward

SIGNS = "\u202e\u001b[2J\u200b\u2066"
WRITTEN = "\\u202e\\u001b[2J\\u200b\\u2066"
SAFE = {"\n"}
APART = ("withdrawn", "lost", "found_again", "died", "stopped", "deviation_classed")
"""Kinds that end a participation, or need another visit done first: recorded for others than LI-001."""


def hostile(word: str) -> str:
    """A word with the signs in it."""
    return f"{word}{SIGNS}x"


def raw_signs(text: str) -> set[str]:
    """The control and format signs that a text shows raw."""
    return {one for one in text if unicodedata.category(one) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and one not in SAFE}


def free_texts(kind: Kind) -> list[Field]:
    """The fields of a kind into which anything may be typed; the visit that another one repeats is a key."""
    typed = [one for one in kind.typed_fields if one.type is Type.TEXT and one.name != "repeats"]
    return [one for one in typed if one.options_from is None or one.free]


def fill(ward: Ward, folder: Path) -> Ward:
    """Record one of every kind, with the signs in every text."""
    other = Environment(hostile("anna"), hostile("WARD"), "Europe/Stockholm", lambda: ward.now)
    ward.study = replace(ward.study, environment=other)
    ward.site(name=hostile("Umeå"), country="SE")
    for kind in ("day_closed", "day_opened"):
        day = date(2026, 12, 28 if kind == "day_closed" else 26)
        ward.set_study(configure_site.day_facts(ward.study, kind, day, None, hostile("fair"), "", TODAY))
    ward.set_study(configure_site.value_facts(ward.study, "scanpan", "SP-R01.after", "P21D", hostile("habit"), TODAY))
    ward.set_study(configure_site.confirm_facts(ward.study, "scanpan", ["SP-R01.after"], hostile("PI"), TODAY))
    for number, name in enumerate(EXAMPLES):
        code = "LI-001"
        if name in APART:
            code = f"LI-9{number}"
            ward.enrol(code=code)
        # The operation of LI-001 is recorded already, and a second one at its visit would be refused.
        if name in BEFORE and name != "complication":
            ward.do(BEFORE[name][0], code, **BEFORE[name][1])
        texts = {field.name: hostile(field.name) for field in free_texts(KINDS[name])}
        given = {**EXAMPLES[name], **texts}
        if name == "included":
            code = str(given.pop("code", f"LI-8{number}"))
            ward.enrol(code=code, on="", consented="2026-11-23")
        ward.do(name, code, **given)
    take_protocol(ward.study, str(protocol_file(folder)), TODAY)
    ward.enrol(code="OT-1", protocol="tiny", regimen="", country="SE")
    return ward


def protocol_file(folder: Path) -> Path:
    """A protocol whose texts have the signs in them, written raw and as escapes of YAML."""
    text = TINY.replace("A tiny trial", '"A \\u202e tiny \\e trial"').replace("name: Check", "name: Che\u202eck")
    path = folder / "tiny.yaml"
    path.write_text(text.replace("name: Only", 'name: "On\\u2066ly"'), "utf-8")
    return path
