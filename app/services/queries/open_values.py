"""What of a protocol is assumed or asked, and who has confirmed it: the list that goes to the sponsor."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.facts.records import Recorded
from app.domain.protocol.settings import Setting, settings_of
from app.domain.protocol.site_values import with_values
from app.domain.protocol.version import ProtocolVersion
from app.services.study.study import Study

QUESTION = "questions."
"""How the key of an open question begins, by which it is confirmed."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who said that a value or an answer is right, on which day, and where it is written."""

    by: str
    on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class OpenValue:
    """One setting as it is now. `own`: whether the site has set it; `questions`: the open ones that concern it."""

    setting: Setting
    own: bool
    questions: tuple[str, ...]
    confirmed: Confirmation | None


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """One question that the sources leave open. `settings`: the keys that it concerns."""

    id: str
    question: str
    options: tuple[str, ...]
    default: str
    settings: tuple[str, ...]
    confirmed: Confirmation | None


@dataclass(frozen=True, slots=True)
class OpenProtocol:
    """What is assumed and asked of one protocol, in the order of its file."""

    protocol: ProtocolVersion
    questions: tuple[OpenQuestion, ...]
    values: tuple[OpenValue, ...]


def open_values(study: Study, protocol_id: str = "") -> Sequence[OpenProtocol]:
    """Return it for each protocol of the study, or for that one."""
    found = []
    for name in dict.fromkeys(one.id for one in study.facts.protocols.values()):
        row = study.facts.latest(name)
        if row is not None and protocol_id in ("", name):
            protocol = study.protocol_text(row.hash)
            found.append(_open(study, protocol))
    return found


def questions_of(protocol: ProtocolVersion) -> Iterator[Mapping[str, Any]]:
    """Yield the open questions of a protocol as its file has them."""
    asked = protocol.about.get("open_questions")
    yield from asked if isinstance(asked, list | tuple) else ()


def _open(study: Study, protocol: ProtocolVersion) -> OpenProtocol:
    own = study.facts.site_values(protocol.id)
    asked = list(questions_of(protocol))
    concerns: dict[str, list[str]] = {}
    for one in asked:
        for key in one.get("settings", ()):
            concerns.setdefault(str(key), []).append(str(one["id"]))

    def confirmed(key: str) -> Confirmation | None:
        record = study.facts.confirmed.get((protocol.id, key))
        return _confirmation(record) if record is not None else None

    values = (
        OpenValue(one, one.key in own, tuple(concerns.get(one.key, ())), confirmed(one.key))
        for one in settings_of(with_values(protocol, own))
    )
    questions = (
        OpenQuestion(
            str(one["id"]),
            str(one["question"]),
            tuple(map(str, one.get("options", ()))),
            str(one.get("default", "")),
            tuple(map(str, one.get("settings", ()))),
            confirmed(f"{QUESTION}{one['id']}"),
        )
        for one in asked
    )
    return OpenProtocol(protocol, tuple(questions), tuple(values))


def _confirmation(record: Recorded) -> Confirmation:
    recorded = record.planned_as_of
    on = record.day("on") or (recorded if isinstance(recorded, date) else None)
    return Confirmation(record.text("by") or record.who, on, record.text("reason"))
