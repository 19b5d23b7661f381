"""What a form for one kind of fact asks, by the table of kinds, with the options that the protocol names."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from app.domain.calendar.visit_scope import is_in_scope
from app.domain.facts.kind import Field, FirstDay, Kind, Type, When
from app.domain.facts.kinds import KINDS
from app.ui.forms.protocol_options import Option, options_of
from app.wording import dates
from app.wording.fact_catalogue import KIND_WORDS
from app.wording.fact_values import field_name
from app.wording.field_catalogue import FIELD_WORDS
from app.wording.language import gettext as _
from app.wording.language import sentence_case

if TYPE_CHECKING:
    from app.services.queries.participant import ParticipantView

TODAY = "t"
"""As a default: the day on which the form is filled in."""
_NEVER_ASKED = frozenset({Type.PLAIN, Type.WINDOW, Type.WEEKDAYS})
_ONLY_WITH_OPTIONS = frozenset({Type.ANSWERS, Type.TICKS})
_NAMES = ("Clavien",)


@dataclass(frozen=True)
class Question:
    """One question of a form. `options`: the answers on offer, each with its words; `free`: other text is allowed too.

    `default`: the answer that a new form shows. `long`: over several lines. `start`: the day at which a month opens.
    `when`: the question is asked only under this condition. `rare`: it is behind “More”. `part`: of a form that shows
    one part at a time.
    """

    field: Field
    label: str
    options: tuple[Option, ...] = ()
    default: object = None
    hint: str = ""
    long: bool = False
    free: bool = False
    start: date | None = None
    when: When | None = None
    rare: bool = False
    part: str = ""


def questions_of(kind: str, view: "ParticipantView | None", visit: str = "") -> tuple[Question, ...]:
    """Return the questions for a fact of that kind, about that visit where one is given."""
    return tuple(_questions(KINDS[kind], view, visit))


def _questions(kind: Kind, view: "ParticipantView | None", visit: str) -> Iterator[Question]:
    # The day of an extra visit comes first; what is asked only after another answer comes last.
    for field in sorted((*kind.extra, *kind.fields), key=lambda one: one in kind.extra and one.asked_when is not None):
        options = options_of(kind, field, view, visit)
        if _is_asked(field, view, visit) and (options or field.type not in _ONLY_WITH_OPTIONS):
            yield Question(
                _as_asked(field),
                label_of(kind.id, field),
                options,
                default=_default(kind, field, view, visit),
                hint=_last_dose(view) if field.name == "last_medication_on" else hint_of(kind.id, field.name),
                long=field.long,
                free=field.free,
                start=_start(field, view, visit),
                when=field.asked_when,
                rare=field.rare,
            )


def _as_asked(field: Field) -> Field:
    """A field that is asked only when it is required is required in the form."""
    needed = field.required_when is not None and field.required_when == field.asked_when
    return replace(field, required=True) if needed else field


def _is_asked(field: Field, view: "ParticipantView | None", visit: str) -> bool:
    if field.internal or field.assigned or field.type in _NEVER_ASKED:
        return False
    if field.type is Type.VISIT:
        return not visit
    entry = view.calendar.by_key.get(visit) if view is not None else None
    if entry is not None and view is not None and not is_in_scope(field.asked_at, view.protocol, entry):
        return False
    # An enrolled participant has its code and its protocol.
    return view is None or field.name not in ("code", "protocol")


def label_of(kind: str, field: Field) -> str:
    """Return the label of a field in a form, in sentence case."""
    own = KIND_WORDS[kind].questions.get(field.name)
    return sentence_case(_(own) if own is not None else field_name(field.name, kind))


def hint_of(kind: str, name: str) -> str:
    """Return the hint under a field of a form; empty for none."""
    shared = FIELD_WORDS[name].hint if name in FIELD_WORDS else ""
    hint = KIND_WORDS[kind].hints.get(name) or shared
    return _(hint) if hint else ""


def _last_dose(view: "ParticipantView | None") -> str:
    """The proposal for the day of the last medication: the last dose recorded."""
    on = view.calendar.last_dose_given if view is not None else None
    if on is None:
        return _("No dose is recorded. Write none where none was given.")
    return _("The last dose recorded was on {day}. Write none where none was given.").format(day=dates.day(on))


def _start(field: Field, view: "ParticipantView | None", visit: str) -> date | None:
    """The day at which the month of a field opens."""
    if field.type is not Type.DAY:
        return None
    is_last_dose = view is not None and field.name == "last_medication_on"
    return view.calendar.last_dose_given if view is not None and is_last_dose else _planned_day(view, visit)


def mid_sentence(label: str) -> str:
    """Return the label as it is written within a sentence; names and abbreviations do not change."""
    is_name = label[1:2].isupper() or label.startswith(_NAMES)
    return label if is_name else label[:1].lower() + label[1:]


def _default(kind: Kind, field: Field, view: "ParticipantView | None", visit: str) -> object:
    """Return today for the day of what usually happened today; a finding has no default."""
    if field.name != kind.day_field or kind.first_day is FirstDay.TYPED:
        return None
    planned = _planned_day(view, visit)
    has_passed = planned is not None and view is not None and planned < view.calendar.today
    return planned if kind.first_day is FirstDay.PLANNED and has_passed else TODAY


def _planned_day(view: "ParticipantView | None", visit: str) -> date | None:
    entry = view.calendar.by_key.get(visit) if view is not None else None
    return entry.assumed if entry is not None else None
