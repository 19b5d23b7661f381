"""The questions of entering the study, step by step: those that the protocol and what is recorded leave open."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from app.domain.facts.kind import Field, When
from app.domain.facts.kinds import KINDS
from app.domain.planning.eligibility import criteria_of
from app.domain.protocol.version import ProtocolVersion
from app.services.commands.intake import CONSENT, SCREENING
from app.services.queries.intake_state import IntakeState
from app.ui.forms.editor import Editor
from app.ui.forms.fact_form import FactForm
from app.ui.forms.protocol_offer import Offer, protocol_words
from app.ui.forms.protocol_options import Option, options_of, protocol_options
from app.ui.forms.questions import TODAY, Question, hint_of, label_of
from app.ui.pages.enrolment.steps import FIELDS, STEPS, Step, name_in_fact
from app.wording.countries import country_name
from app.wording.eligibility import limits_text
from app.wording.language import gettext as _

ENROLMENT = "enrolled"
_KIND_OF: Mapping[Step, str] = {"who": ENROLMENT, "consent": CONSENT, "screening": SCREENING, "inclusion": ENROLMENT}
_ONLY_WITH_OPTIONS = frozenset({"regimen", "cohort", "choices", "criteria"})
_OF_A_PROTOCOL = frozenset({"centre", "country", "timing", *FIELDS["consent"], *FIELDS["screening"]}) | {
    "regimen", "cohort", "choices",
}  # fmt: skip
_KEPT = frozenset({"timing", *FIELDS["consent"], *FIELDS["screening"]}) - {"criteria", "version"}
_REQUIRED = frozenset({"protocol", "code", "country", "regimen"})
_WITH_LIMITS = frozenset({"year_of_birth", "metastases", "largest_mm", "ecog"})


def enrolment_questions(offer: Offer, chosen: object, known: IntakeState | None = None) -> tuple[Question, ...]:
    """Return the questions for that protocol; before one is chosen, those that all protocols share.

    `known`: what is recorded already, which is not asked once more.
    """
    return tuple(_questions(offer, offer.protocol(chosen), known))


def asked_fields(step: Step, known: IntakeState | None) -> tuple[str, ...]:
    """Return the fields of a step that are asked of somebody."""
    names = FIELDS[step]
    if known is None:
        return names
    if step == "who":
        return ("protocol", "code") if known.enrolled else names
    if step == "consent":
        return () if known.has_consent else names
    if step == "screening":
        return () if known.is_eligible else names
    return ("on",) if known.enrolled else names


def first_step(known: IntakeState | None, wanted: Step) -> Step:
    """Return the step at which the form begins: the first from the wanted one on in which something is to be asked."""
    begin = max(STEPS.index(wanted), 1 if known is not None else 0)
    return next((one for one in STEPS[begin:] if asked_fields(one, known)), STEPS[-1])


def _questions(offer: Offer, protocol: ProtocolVersion | None, known: IntakeState | None) -> Iterator[Question]:
    for step in STEPS:
        fields = {field.name: field for field in KINDS[_KIND_OF[step]].fields}
        for name in asked_fields(step, known):
            if protocol is None and name in _OF_A_PROTOCOL:
                continue
            field = fields[name_in_fact(name)]
            options = tuple(_options(offer, protocol, _KIND_OF[step], field))
            if options or name not in _ONLY_WITH_OPTIONS:
                yield _question(step, name, field, options, offer, protocol)


def _question(
    step: Step, name: str, field: Field, options: tuple[Option, ...], offer: Offer, protocol: ProtocolVersion | None
) -> Question:
    kind = _KIND_OF[step]
    asked = replace(field, name=name, required=name in _REQUIRED)
    return Question(
        asked,
        label_of(kind, field) if name != "consented" else label_of(ENROLMENT, asked),
        options,
        _default(name, offer, protocol),
        _hint(name, kind, field, protocol),
        free=field.free,
        when=When("outcome", "failure") if name == "failed_for" else None,
        part=step,
    )


def _default(name: str, offer: Offer, protocol: ProtocolVersion | None) -> object:
    only = offer.sites[0] if len(offer.sites) == 1 else ("", "")
    version = offer.versions.get(protocol.id, "") if protocol is not None else ""
    found: Mapping[str, str] = {
        "on": TODAY, "screened_on": TODAY, "protocol": offer.usual, "centre": only[0], "country": only[1],
        "version": version, "language": offer.language,
    }  # fmt: skip
    return found.get(name) or None


def _hint(name: str, kind: str, field: Field, protocol: ProtocolVersion | None) -> str:
    if name == "consented":
        return _("Empty before the consent.")
    if name == "version":
        return _("Empty where the day alone is recorded.")
    hint = hint_of(kind, field.name)
    limits = limits_text(criteria_of(protocol), name) if protocol is not None and name in _WITH_LIMITS else ""
    return ". ".join(filter(None, (hint.rstrip("."), limits))) if limits else hint


def _options(offer: Offer, protocol: ProtocolVersion | None, kind: str, field: Field) -> Sequence[Option]:
    if field.name == "protocol":
        return [(one.id, protocol_words(one)) for one in offer.protocols]
    if protocol is None:
        return options_of(KINDS[kind], field, None)
    if field.name == "centre":
        return [(name, name) for name in offer.centres(protocol)]
    if field.name == "country":
        return [(one, country_name(one)) for one in dict.fromkeys(offer.centres(protocol).values())]
    return protocol_options(field, protocol) or options_of(KINDS[kind], field, None)


def kept_answers(fields: Mapping[str, object]) -> dict[str, object]:
    """Return the answers that stay when another protocol is chosen."""
    return {name: value for name, value in fields.items() if name not in _OF_A_PROTOCOL - _KEPT}


def link_centre(form: FactForm, offer: Offer, chosen: object) -> None:
    """Fill in the country of a chosen centre that is known, in a form that asks for one."""
    protocol = offer.protocol(chosen)
    centre = form.editor("centre") if protocol is not None and form.asks("centre") else None
    if protocol is None or not isinstance(centre, Editor):
        return
    centres, editor = offer.centres(protocol), centre

    def centre_chosen() -> None:
        country = centres.get(str(editor.value()))
        if country is not None:
            form.set_fields({"country": country})

    centre.changed.connect(centre_chosen)
