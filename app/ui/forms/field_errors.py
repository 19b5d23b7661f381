"""Which field of a form a refusal means, and its error text there."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from app.domain.refusal import Refused
from app.ui.forms.questions import mid_sentence
from app.wording.field_catalogue import FIELD_WORDS
from app.wording.language import gettext as _
from app.wording.language import sentence_case
from app.wording.protocol_names import NO_NAMES, Names
from app.wording.refusals import refusal_text

_MEANT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "not_taken": ("taken",),
        "no_procedure": ("pancreas",),
        "future": ("on", "last_medication_on"),
        "after_death": ("on", "to"),
        "after_lost": ("on", "to"),
        "after_stop": ("on", "to"),
        "after_treatment": ("on", "to"),
        "after_withdrawal": ("on", "to"),
        "end_before_consent": ("on",),
        "end_before_enrolment": ("on",),
        "end_before_event": ("on",),
        "included_already": ("on",),
        "no_consent": ("consented", "on"),
        "consent_is_recorded": ("visit",),
        "end_before_visit": ("on",),
        "ended_after_death": ("on",),
        "found_before_lost": ("on",),
        "died_twice": ("on",),
        "regimen": ("to", "regimen"),
        "regimen_fixed": ("to",),
        "regimen_before_turn": ("to",),
        "regimen_too_often": ("to",),
        "choice": ("choice", "choices"),
        "choice_value": ("value", "choices"),
        "outcome": ("outcome",),
        "phase": ("phase",),
        "stopped_twice": ("phase",),
        "withdrawn_twice": ("scope",),
        "lost_twice": ("on",),
        "not_lost": ("on",),
        "no_decision": ("visit",),
        "decided_twice": ("visit", "outcome"),
        "outcome_closed": ("outcome",),
        "outcome_withdrawn": ("outcome",),
        "unknown_visit": ("visit",),
        "off_path": ("visit",),
        "two_results": ("visit",),
        "not_booked": ("visit",),
        "only_infusions": ("visit",),
        "enrolment_is_recorded": ("visit",),
        "screen_failure": ("code",),
        "screened_already": ("code",),
        "country": ("country",),
        "protocol": ("protocol",),
    }
)
"""The fields that a refusal of an entire fact may mean, the likeliest first."""
_PLACES = MappingProxyType({"enrolled_on": "on", "consented_on": "consented"})


def field_of(refused: Refused, names: Collection[str]) -> str:
    """Return the field, of those named, that a refusal means; empty for none."""
    if refused.kind == "field_missing":
        candidates: tuple[str, ...] = (str(refused.values.get("name", "")),)
    else:
        first, _dot, rest = refused.place.partition(".")
        place = _PLACES.get(refused.place, "")
        candidates = (*_MEANT.get(refused.kind, ()), place, refused.place, first, rest)
    return next((one for one in candidates if one in names), "")


def error_text(refused: Refused, label: str, names: Names = NO_NAMES) -> str:
    """Return the error and its remedy, to be shown below the field of that label; `names`: those to say for ids."""
    if refused.kind == "field_missing":
        words = FIELD_WORDS.get(str(refused.values.get("name")))
        # A question of a form alone, such as why a line is corrected, has no words in the catalogue.
        if words is None or not words.is_noun:
            return _("Fill in “{field}”.").format(field=label)
        return _("Fill in the {field}.").format(field=mid_sentence(label))
    return sentence_case(refusal_text(Refused(refused.kind, "", **refused.values), True, names)) + "."
