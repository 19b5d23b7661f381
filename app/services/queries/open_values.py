"""What of a protocol is assumed or asked, and who has confirmed it: the list that goes to the sponsor."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from app.domain.facts.confirmed_values import QUESTION, changed_since_confirmed
from app.domain.facts.records import Recorded
from app.domain.protocol.settings import ASSUMED, Setting, held_and_written, settings_of
from app.domain.protocol.site_values import with_values
from app.domain.protocol.version import ProtocolVersion
from app.services.study.study import Study
from app.wording.setting_words import confirmed_text, overtaken_text


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who said that a value or an answer is right, on which day, and where it is written."""

    by: str
    on: date | None
    reason: str


Said = tuple[Confirmation | None, Confirmation | None]
"""The confirmation that holds, and the one that no longer does."""


@dataclass(frozen=True, slots=True)
class OpenValue:
    """One setting as it is now. `own`: whether the site has set it; `questions`: the open ones that concern it.

    `overtaken`: the confirmation that no longer holds, as the value was changed after it.
    """

    setting: Setting
    own: bool
    questions: tuple[str, ...]
    confirmed: Confirmation | None
    overtaken: Confirmation | None = None

    @property
    def is_asked(self) -> bool:
        """Whether somebody is to confirm it: no public source says it, or the site has set it, and not as its words."""
        return (self.setting.mark == ASSUMED or self.own) and not self.setting.is_own_words


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """One question that the sources leave open. `settings`: the keys that it concerns.

    `overtaken`: the confirmation that no longer holds, as a value that the question concerns was changed after it.
    """

    id: str
    question: str
    options: tuple[str, ...]
    default: str
    settings: tuple[str, ...]
    confirmed: Confirmation | None
    overtaken: Confirmation | None = None


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
    yield from protocol.about_rows("open_questions")


def _open(study: Study, protocol: ProtocolVersion) -> OpenProtocol:
    own = study.facts.site_values(protocol.id)
    asked = list(questions_of(protocol))
    concerns: dict[str, list[str]] = {}
    for one in asked:
        for key in one.get("settings", ()):
            concerns.setdefault(str(key), []).append(str(one["id"]))

    values = (
        OpenValue(one, one.key in own, tuple(concerns.get(one.key, ())), *_said(study, protocol.id, one.key))
        for one in chain(settings_of(with_values(protocol, own)), held_and_written(protocol))
    )
    questions = (
        OpenQuestion(
            str(one["id"]),
            str(one["question"]),
            tuple(map(str, one.get("options", ()))),
            str(one.get("default", "")),
            tuple(map(str, one.get("settings", ()))),
            *_said(study, protocol.id, f"{QUESTION}{one['id']}", tuple(map(str, one.get("settings", ())))),
        )
        for one in asked
    )
    return OpenProtocol(protocol, tuple(questions), tuple(values))


def confirmations(study: Study) -> dict[tuple[str, str], Said]:
    """Return what was confirmed, by protocol and key: the confirmation that holds, and the one that no longer does."""
    asked: dict[tuple[str, str], tuple[str, ...]] = {}
    for name in dict.fromkeys(protocol for protocol, _key in study.facts.last_confirmed):
        row = study.facts.latest(name)
        for one in questions_of(study.protocol_text(row.hash)) if row is not None else ():
            asked[name, f"{QUESTION}{one['id']}"] = tuple(map(str, one.get("settings", ())))
    return {
        (name, key): _said(study, name, key, asked.get((name, key), ())) for name, key in study.facts.last_confirmed
    }


def confirmed_keys(study: Study, protocol: str) -> frozenset[str]:
    """Return the keys of a protocol of which somebody has confirmed what holds now."""
    keys = (key for name, key in study.facts.last_confirmed if name == protocol)
    return frozenset(key for key in keys if _said(study, protocol, key)[0] is not None)


def _said(study: Study, protocol: str, key: str, concerns: Sequence[str] = ()) -> Said:
    record = study.facts.last_confirmed.get((protocol, key))
    if record is None:
        return None, None
    found = _confirmation(record)
    return (None, found) if changed_since_confirmed(study.facts, protocol, key, concerns) else (found, None)


def _confirmation(record: Recorded) -> Confirmation:
    recorded = record.planned_as_of
    on = record.day("on") or (recorded if isinstance(recorded, date) else None)
    return Confirmation(record.text("by") or record.who, on, record.text("reason"))


def confirmation_text(confirmed: Confirmation | None, overtaken: Confirmation | None) -> str:
    """Return who has confirmed it, or that it was changed after somebody had; empty where nobody ever has."""
    if confirmed is not None:
        return confirmed_text(confirmed.by, confirmed.on, confirmed.reason)
    return overtaken_text(overtaken.by, overtaken.on) if overtaken is not None else ""
