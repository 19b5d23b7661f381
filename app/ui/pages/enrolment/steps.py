"""The steps of entering the study: which field is asked in which, and what is recorded from the answers."""

from collections.abc import Mapping
from typing import Literal

from app.domain.refusal import Refused
from app.services.commands.intake import CONSENT, SCREENING, Intake
from app.services.queries.intake_state import IntakeState
from app.wording.language import gettext as _
from app.wording.language import marked

Step = Literal["who", "consent", "screening", "inclusion"]
STEPS: tuple[Step, ...] = ("who", "consent", "screening", "inclusion")
_TITLES: Mapping[Step, str] = {
    "who": marked("Code and protocol"),
    "consent": marked("Consent"),
    "screening": marked("Screening"),
    "inclusion": marked("Inclusion and calendar"),
}
FIELDS: Mapping[Step, tuple[str, ...]] = {
    "who": ("protocol", "code", "centre", "country", "regimen", "cohort", "year_of_birth", "sex"),
    "consent": ("consented", "consent_at", "version", "language", "copy", "biobank", "informed_by"),
    "screening": (
        "screened_on", "metastases", "largest_mm", "liver", "ecog", "confirmed_by", "criteria", "outcome", "failed_for",
        "reason", "investigator",
    ),
    "inclusion": ("timing", "on", "choices"),
}  # fmt: skip
"""The fields by step; their names are those of the facts, but for the days and the time that several facts have."""
_CALLED = {(SCREENING, "on"): "screened_on", (CONSENT, "on"): "consented", (CONSENT, "at"): "consent_at"}
_OF_SCREENING = ("protocol", "code", "cohort", "year_of_birth", "sex")
_OF_ENROLMENT = (*_OF_SCREENING, "centre", "country", "regimen", "timing", "choices")
_OF_CONSENT = ("version", "language", "copy", "biobank", "informed_by")
Fields = Mapping[str, object]


def step_title(step: Step) -> str:
    """Return the name of a step."""
    return _(_TITLES[step])


def name_in_form(place: str) -> str:
    """Return the field of the form that a place in an intake means: ``consent.at`` is ``consent_at``."""
    part, _dot, name = place.rpartition(".") if place.partition(".")[0] in (SCREENING, CONSENT) else ("", "", place)
    return _CALLED.get((part, name), name)


def name_in_fact(name: str) -> str:
    """Return the name that a field of the form has in its fact."""
    return next((own for (_part, own), called in _CALLED.items() if called == name), name)


def reached(fields: Fields, step: Step) -> dict[str, object]:
    """Return the answers of a step and of those before it."""
    names = {name for one in STEPS[: STEPS.index(step) + 1] for name in FIELDS[one]}
    return {name: value for name, value in fields.items() if name in names}


def intake_of(fields: Fields, step: Step, known: IntakeState | None = None) -> Intake:
    """Return what is recorded when one stops after a step, from the answers given so far.

    `known`: what is recorded already of somebody who goes on.
    """
    given = reached(fields, step)
    country = given.get("country")
    if isinstance(country, str):
        given["country"] = country.upper()
    code = str(given.get("code", "")).strip()
    screening = _with(given, _OF_SCREENING, on="screened_on")
    screening |= {name: given[name] for name in FIELDS["screening"][1:] if name in given}
    has_calendar = known is not None and bool(known.enrolled)
    if given.get("outcome") == "failure":
        given.pop("on", None)
    enters = "consented" in given or "on" in given
    enrolment = _with(given, _OF_ENROLMENT, on="on", consented="consented") if enters and not has_calendar else {}
    consent = _with(given, _OF_CONSENT, on="consented", at="consent_at") | {"answer": "given"}
    return Intake(
        code,
        screening if "outcome" in given else {},
        enrolment,
        consent if "consented" in given and "version" in given else {},
        {"on": given["on"]} if has_calendar and "on" in given else {},
    )


def _with(given: Fields, names: tuple[str, ...], **called: str) -> dict[str, object]:
    found = {name: given[name] for name in names if name in given}
    return found | {own: given[name] for own, name in called.items() if name in given}


def is_screening_begun(fields: Fields) -> bool:
    """Whether anything is answered in the step of the screening, in which the day alone is there from the beginning."""
    return any(name in fields for name in FIELDS["screening"][1:])


def needed(intake: Intake, fields: Fields, step: Step) -> tuple[str, ...]:
    """Return the fields without which that cannot be recorded, in the order of the steps."""
    names = ["protocol", "code"]
    if intake.enrolment:
        names += ["country", "regimen"]
    if intake.consent:
        names += ["language", "copy"]
    if STEPS.index(step) >= STEPS.index("screening") and is_screening_begun(reached(fields, step)):
        names.append("outcome")
    failed = intake.screening.get("outcome") == "failure"
    if step == "inclusion" and not (intake.enrolment or intake.inclusion or failed):
        names.append("on")
    order = [name for one in STEPS for name in FIELDS[one]]
    return tuple(sorted(names, key=order.index))


def not_recorded(intake: Intake) -> str:
    """Return why these parts cannot be recorded together; empty where they can."""
    if not (intake.screening or intake.enrolment or intake.further):
        return _("There is nothing to record yet: go on to the next step.")
    if intake.screening.get("outcome") == "failure" and intake.enrolment:
        return _("Record the consent first: stop at its step. Then record the failed screening.")
    return ""


def in_form(refused: Refused) -> Refused:
    """Return a refusal with the name that its field has in the form."""
    values = dict(refused.values)
    if refused.kind == "field_missing":
        values["name"] = name_in_form(refused.place)
    return Refused(refused.kind, name_in_form(refused.place), **values)
