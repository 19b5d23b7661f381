"""Turns a checked protocol file into the domain's protocol version; knows nothing about YAML."""

from collections.abc import Mapping
from typing import Any

from app.domain.dates import Period
from app.domain.deviation_rule import DeviationRule
from app.domain.protocol.delays import DelayRule
from app.domain.protocol.finding_ages import FindingAge
from app.domain.protocol.safety_rule import SafetyRule
from app.domain.protocol.site_values import value_keys
from app.domain.protocol.version import PARTICIPANT_REGIMENS, Centre, Epoch, ProtocolVersion
from app.protocols.builder.anchors import Anchors
from app.protocols.builder.courses import course
from app.protocols.builder.decisions import choice, decision, effect, procedure, regimen_change, withdrawal
from app.protocols.builder.forms import forms_of
from app.protocols.builder.references import References
from app.protocols.builder.regimens import regimens_of
from app.protocols.builder.visits import visits_of
from app.protocols.findings import FaultyDocument, PartPath, did_you_mean
from app.protocols.schema.base import Sourced
from app.protocols.schema.protocol_file import FindingAgeModel, ProtocolFile
from app.protocols.schema.regimens import RegimenModel

PLANNED_FIELDS = frozenset({
    "studyday", "id", "version", "title", "short_title", "epochs", "visits", "courses", "decisions", "turns", "choices",
    "regimens", "enrolment_visit", "consent_visit", "offered", "recorded_only", "withdrawal", "regimen_change",
    "return_to_weekday", "open_pump_day", "delays", "safety", "ages",
    "centres", "anchors", "deviations", "procedures", "form_files", "sections",
    "forms",
})  # fmt: skip
"""The fields of a file that the domain has types for; the others are kept in `about` as plain data."""


def build(file: ProtocolFile, regimens: Mapping[str, RegimenModel]) -> ProtocolVersion:
    """Return the protocol version that a file describes, with the regimens of the regimen files that it names.

    Raises:
        FaultyDocument: with every reference that leads nowhere and every part that does not fit.
    """
    refs = References(file, {**regimens, **file.regimens})
    for name in file.regimens:
        if name in regimens:
            says = f"`{name}` is in a regimen file too"
            refs.fault(("regimens", name), "repeated-regimen", says, "Rename one", True)
    version = _version(file, refs, Anchors(refs))
    _check_settings(file, refs, version)
    if refs.faults:
        raise FaultyDocument(refs.faults)
    return version


def _check_settings(file: ProtocolFile, refs: References, version: ProtocolVersion) -> None:
    """Check that the open questions name settings that the protocol has."""
    for index, question in enumerate(file.open_questions):
        for place, key in enumerate(question.settings):
            if key not in value_keys(version):
                path: PartPath = ("open_questions", index, "settings", place)
                says = f"`{key}` is no setting of this protocol"
                refs.fault(path, "unknown-setting", says, did_you_mean(key, value_keys(version)))


def _version(file: ProtocolFile, refs: References, anchors: Anchors) -> ProtocolVersion:
    _check_about(file, refs)
    return ProtocolVersion(
        id=file.id,
        version=file.version,
        title=file.title,
        short_title=file.short_title,
        epochs=_epochs(file, refs),
        visits=visits_of(refs, anchors),
        courses=tuple(course(refs, anchors, name, model) for name, model in file.courses.items()),
        decisions={name: decision(refs, name, model) for name, model in file.decisions.items()},
        milestones={name: effect(refs, model, ("turns", name)) for name, model in file.turns.items()},
        choices={name: choice(refs, name, model) for name, model in file.choices.items()},
        regimens=regimens_of(refs),
        enrolment_visit=refs.once(file.enrolment_visit, ("enrolment_visit",)),
        consent_visit=_consent_visit(file, refs),
        offered=_offered(file, refs),
        recorded_only=refs.single_answers(file.recorded_only, ("recorded_only",)),
        withdrawal=withdrawal(refs, file.withdrawal),
        regimen_change=regimen_change(refs, file.regimen_change),
        return_to_weekday=file.return_to_weekday.default,
        return_at_most_days=file.return_to_weekday.at_most,
        open_pump_day=file.open_pump_day,
        delays=DelayRule(
            refs.days(file.delays.ask, ("delays", "ask")) if file.delays.ask else 0,
            refs.days(file.delays.off_protocol, ("delays", "off_protocol")) if file.delays.off_protocol else 0,
            file.delays.mark,
        ),
        safety=SafetyRule(file.safety.report_hours, file.safety.mark, tuple(file.safety.source)),
        ages=tuple(_age(refs, name, one) for name, one in file.ages.items()),
        deviations=DeviationRule(file.deviations.minor_days, tuple(file.deviations.important), file.deviations.mark),
        centres=tuple(Centre(one.name, one.country, one.time_zone, one.mark) for one in file.centres),
        procedures={name: procedure(name, model) for name, model in file.procedures.items()},
        events={name: event.name for name, event in file.events.items()},
        forms=forms_of(refs),
        about=file.model_dump(mode="json", by_alias=True, exclude=set(PLANNED_FIELDS)) | {"marks": _marks(refs)},
    )


def _epochs(file: ProtocolFile, refs: References) -> tuple[Epoch, ...]:
    seen: set[str] = set()
    for index, epoch in enumerate(file.epochs):
        if epoch.id in seen:
            refs.fault(("epochs", index, "id"), "repeated-id", f"`{epoch.id}` is an epoch already", "Rename one")
        seen.add(epoch.id)
    return tuple(Epoch(epoch.id, epoch.name, epoch.plain) for epoch in file.epochs)


def _age(refs: References, name: str, model: FindingAgeModel) -> FindingAge:
    path: PartPath = ("ages", name)
    of, at = refs.visits(model.of, (*path, "of")), refs.once(model.at, (*path, "at"))
    return FindingAge(name, of, at, Period.parse(model.at_most), model.mark, tuple(model.source))


def _consent_visit(file: ProtocolFile, refs: References) -> str:
    """Return the visit of informed consent, which every path has; empty where the file names none."""
    if file.consent_visit is None:
        return ""
    path: PartPath = ("consent_visit",)
    if file.consent_visit == file.enrolment_visit:
        says = "Consent and enrolment are two visits"
        refs.fault(path, "same-visit", says, "Name another visit, or leave `consent_visit` out")
    visit = file.visits.get(file.consent_visit)
    if visit is not None and visit.when:
        says = f"`{file.consent_visit}` is not on every path, as it has a `when`"
        refs.fault(path, "optional-visit", says, "Take its `when` out")
    return refs.once(file.consent_visit, path)


def _offered(file: ProtocolFile, refs: References) -> tuple[str, ...]:
    if not file.offered and any(course.regimen in PARTICIPANT_REGIMENS for course in file.courses.values()):
        refs.fault(
            ("offered",),
            "none-offered",
            "A protocol with courses offers at least one regimen",
            "Fill `offered`, or name each course's regimen",
        )
    return tuple(refs.known("regimen", name, ("offered", i), refs.regimens) for i, name in enumerate(file.offered))


def _check_about(file: ProtocolFile, refs: References) -> None:
    """Check the references of the parts that planning does not need."""
    for index, specimen in enumerate(file.specimens):
        refs.visit(specimen.visit, ("specimens", index, "visit"))
        refs.single_answers(specimen.when, ("specimens", index, "when"))
        refs.procedures(specimen.left_out_after, ("specimens", index, "left_out_after"))
    for index, questionnaire in enumerate(file.questionnaires):
        path: PartPath = ("questionnaires", index)
        refs.visits(questionnaire.visits, (*path, "visits"))
        refs.answers(questionnaire.when, (*path, "when"))
    groups = file.endpoints
    for side, endpoints in (("primary", groups.primary), ("secondary", groups.secondary)) if groups is not None else ():
        for index, endpoint in enumerate(endpoints):
            if endpoint.counts is not None:
                refs.visits(endpoint.counts.start, ("endpoints", side, index, "counts", "from"))
    if file.criteria is None:
        return
    cohorts = [cohort.id for cohort in file.cohorts]
    for side, criteria in (("inclusion", file.criteria.inclusion), ("exclusion", file.criteria.exclusion)):
        for index, criterion in enumerate(criteria):
            for place, name in enumerate(criterion.cohorts):
                refs.known("cohort", name, ("criteria", side, index, "cohorts", place), cohorts)


def _marks(refs: References) -> dict[str, Any]:
    """Return the marks and sources of parts whose domain types have no field for them."""
    return {
        "courses": _sources(refs.file.courses),
        "choices": _sources(refs.file.choices),
        "procedures": _sources(refs.file.procedures),
        "regimens": {
            name: source | {"note": refs.regimens[name].note} for name, source in _sources(refs.regimens).items()
        },
    }


def _sources(parts: Mapping[str, Sourced]) -> dict[str, dict[str, Any]]:
    return {name: {"mark": part.mark, "source": part.source} for name, part in parts.items()}
