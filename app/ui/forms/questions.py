"""What a form for one kind of fact asks, and no more: the table of kinds, with the options that the protocol names."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from app.domain.facts.kind import Field, Kind, Type
from app.domain.facts.kinds import KINDS
from app.ui.forms.protocol_options import WITH_COMMON_REASONS, Option, options_of
from app.wording.fact_values import field_name
from app.wording.language import gettext as _
from app.wording.language import marked

if TYPE_CHECKING:
    from app.services.queries.participant import ParticipantView

TODAY = "t"
"""As a default: the day on which the form is filled in."""


@dataclass(frozen=True)
class Question:
    """One question of a form. `options`: what may be answered, each with its words; `free`: or anything else.

    `default` stands there from the beginning. `long`: over several lines. `start`: the day at which a calendar opens.
    `when`: asked only when that other field has that answer. `rare`: kept behind “More”.
    """

    field: Field
    label: str
    options: tuple[Option, ...] = ()
    default: object = None
    hint: str = ""
    long: bool = False
    free: bool = False
    start: date | None = None
    when: tuple[str, object] | None = None
    rare: bool = False


def questions_of(kind: str, look: "ParticipantView | None", visit: str = "") -> tuple[Question, ...]:
    """The questions for a fact of that kind, about that visit where one is given."""
    return tuple(_questions(KINDS[kind], look, visit))


def _questions(kind: Kind, look: "ParticipantView | None", visit: str) -> Iterator[Question]:
    for field in _fields(kind):
        options = options_of(kind.id, field, look, visit)
        if not _is_asked(kind, field, look, visit) or (field.type in _FROM_PROTOCOL and not options):
            continue
        yield Question(
            field,
            label_of(kind.id, field),
            options,
            _default(kind, field, look, visit),
            _hint(kind.id, field.name),
            (kind.id, field.name) in _LONG or field.name == "detail",
            (kind.id, field.name) in _FREE,
            _start(field, look, visit),
            _WHEN.get((kind.id, field.name)),
            (kind.id, field.name) in _RARE,
        )


def _fields(kind: Kind) -> Iterator[Field]:
    """An extra visit is asked for with its day, which the service makes a fact of its own."""
    if kind.id == "unscheduled":
        yield from _EXTRA_VISIT
    for field in kind.fields:
        yield replace(field, required=True) if (kind.id, field.name) in _NEEDED_WHEN_ASKED else field


def _is_asked(kind: Kind, field: Field, look: "ParticipantView | None", visit: str) -> bool:
    if field.inner or field.type in (Type.PLAIN, Type.WINDOW, Type.WEEKDAYS):
        return False
    if field.type is Type.VISIT:
        return not visit and kind.id != "unscheduled"
    # An enrolled participant has its code and its protocol.
    return look is None or field.name not in ("code", "protocol")


def label_of(kind: str, field: Field) -> str:
    """The label of a field, in sentence case."""
    own = _LABELS.get((kind, field.name))
    return sentence_case(_(own) if own is not None else field_name(field.name, kind))


def sentence_case(text: str) -> str:
    """The text with its first letter as at the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def mid_sentence(label: str) -> str:
    """The label as it stands in the middle of a sentence; names and abbreviations stay as they are."""
    is_name = label[1:2].isupper() or label.startswith(_NAMES)
    return label if is_name else label[:1].lower() + label[1:]


def _default(kind: Kind, field: Field, look: "ParticipantView | None", visit: str) -> object:
    """The day of today where it happened today; nothing that would be a finding."""
    if field.name != "on" or kind.id not in _ON_TODAY:
        return None
    planned = _planned_day(look, visit)
    if kind.id in ("missed", "omitted") and planned is not None and look is not None and planned < look.calendar.today:
        return planned
    return TODAY


def _hint(kind: str, name: str) -> str:
    known = _HINTS.get((kind, name)) or _HINTS.get(("", name))
    return _(known) if known else ""


def _start(field: Field, look: "ParticipantView | None", visit: str) -> date | None:
    return _planned_day(look, visit) if field.type is Type.DAY else None


def _planned_day(look: "ParticipantView | None", visit: str) -> date | None:
    entry = look.calendar.by_key.get(visit) if look is not None else None
    return entry.assumed if entry is not None else None


_EXTRA_VISIT = (Field("on", Type.DAY, ahead=True), Field("at", Type.TIME, False))
_ON_TODAY = frozenset(
    {
        "screened",
        "enrolled",
        "performed",
        "missed",
        "omitted",
        "decided",
        "chosen",
        "regimen_changed",
        "stopped",
        "operation",
        "treatment",
        "specimen",
        "questionnaire",
        "contact",
        "withdrawn",
        "lost",
        "found_again",
    }
)
_FROM_PROTOCOL = frozenset({Type.ANSWERS, Type.TICKS})
_LONG = frozenset({("note", "text")})
_FREE = frozenset((kind, "reason") for kind in WITH_COMMON_REASONS) | {("enrolled", "country"), ("enrolled", "centre")}
"""Answers that are chosen from a list or written."""
_WHEN: dict[tuple[str, str], tuple[str, object]] = {
    ("screened", "reason"): ("outcome", "failure"),
    ("treatment", "percent"): ("given", "reduced"),
    ("specimen", "mg"): ("taken", True),
    ("specimen", "label"): ("taken", True),
    ("specimen", "kept"): ("taken", True),
    ("specimen", "reason"): ("taken", False),
    ("questionnaire", "language"): ("done", True),
    ("questionnaire", "reason"): ("done", False),
}
_NEEDED_WHEN_ASKED = frozenset({("screened", "reason"), ("specimen", "reason"), ("questionnaire", "reason")})
_RARE = frozenset(("complication", name) for name in ("popf", "pph", "dge", "liver_failure", "bile_leak", "cci"))
_LABELS: dict[tuple[str, str], str] = {
    ("complication", "on"): marked("day it began"),
    ("complication", "ended"): marked("day it ended"),
    ("adverse_event", "on"): marked("day it began"),
    ("adverse_event", "ended"): marked("day it ended"),
    ("adverse_event", "action"): marked("action with the treatment"),
    ("progression", "on"): marked("day it was found"),
    ("progression", "basis"): marked("found by"),
    ("died", "on"): marked("day of death"),
    ("enrolled", "on"): marked("day of enrolment"),
    ("enrolled", "choices"): marked("questions of the protocol"),
    ("screened", "on"): marked("day of screening"),
    ("operation", "detail"): marked("further detail"),
    ("chosen", "on"): marked("from this day"),
    ("regimen_changed", "on"): marked("from this day"),
    ("withdrawn", "last_medication_on"): marked("last medication"),
}
_NAMES = ("Clavien",)
_HINTS: dict[tuple[str, str], str] = {
    ("", "code"): marked("Never a name, initials or a hospital number."),
    ("treatment", "reason"): marked("Needed for a reduced dose."),
    ("treatment", "drug"): marked("Where it concerns only one."),
    ("performed", "reason"): marked("Why outside its window."),
    ("complication", "cci"): marked("0 to 100."),
    ("treatment", "percent"): marked("1 to 100."),
    ("adverse_event", "grade"): marked("1 to 5."),
    ("unscheduled", "reason"): marked("What the visit is for."),
}
