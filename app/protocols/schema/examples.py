"""How the parts of a protocol file are written: one example of each, for messages and for the page of the language."""

from collections.abc import Mapping

from pydantic import BaseModel

from app.protocols.schema import about, anchors, base, decisions, deviations, protocol_file, regimens, timing

_ASSUMED = "{event: assumed, offset: assumed, window: assumed}"

EXAMPLES: Mapping[type[BaseModel], str] = {
    about.CentreModel: "{name: Linköping University Hospital, country: SE, time_zone: Europe/Stockholm}",
    about.RegistryModel: "{name: ClinicalTrials.gov, id: NCT00000000, updated: 2026-11-23}",
    about.CohortModel: "{id: prospective, name: Prospective cohort}",
    about.AlternativeModel: "{text: Age 18 years or more, source: [R1]}",
    about.AgeModel: "{least: 18, most: 75}",
    about.CriterionModel: "{id: I01, text: Age 18 years or more, age: {least: 18}, mark: verified, source: [R1]}",
    about.CriteriaModel: "{inclusion: [{id: I01, text: Age 18 years or more}], exclusion: []}",
    about.EndpointModel: "{id: P1, text: Overall survival, time_frame: 24 months}",
    about.TimeCountModel: "{from: [V1], until: [progression, death]}",
    about.EndpointsModel: "{primary: [{id: P1, text: Overall survival}]}",
    about.SpecimenModel: "{id: plasma, name: Plasma, visit: V1, amount_mg: 5000}",
    about.QuestionnaireModel: "{id: eq5d, name: EQ-5D-5L, visits: [V1]}",
    about.EventModel: f"{{name: Fall, records: [place], marks: {_ASSUMED}}}",
    about.QuestionModel: "{id: Q1, question: Is the window in days, options: [days, weeks], default: days}",
    anchors.OutcomeAtModel: "{at: [R1], outcome: continue}",
    anchors.DecidingModel: "{at: [R1, R2], outcome: response, forecast: R1, unless: [continue]}",
    anchors.AnchorModel: "{last_dose: [chemo]}",
    anchors.ElseWhenModel: "{turn: no_operation, stopped: [chemo]}",
    anchors.BoundModel: "{from: enrolment, offset: P14D}",
    base.MarksModel: _ASSUMED,
    decisions.SelectionModel: "{epochs: [follow_up], keep: [V9]}",
    decisions.CoursePlanModel: "{course: adjuvant, count: {P14D: 6}, regimen: changed}",
    decisions.EffectModel: "{end: [chemo], cancel: {visits: [V9]}}",
    decisions.OutcomeModel: "{label: Response, end: [chemo]}",
    decisions.DecisionModel: "{forecast: response, outcomes: {response: {label: Response}, halt: {label: Halt}}}",
    decisions.NewDayModel: "{from: enrolment, offset: P14D}",
    decisions.EarlyEndModel: "{course: chemo, when: stopped, then: cancel}",
    decisions.ChoiceModel: "{question: Is the operation done in two stages, default: false}",
    decisions.WithdrawalModel: "{last_medication: required}",
    decisions.RegimenChangeModel: "{allowed: true, at_most: 1}",
    protocol_file.ActivityModel: "{text: Weight, plain: You are weighed}",
    protocol_file.ActivityRowModel: f"{{name: Bloods, at: [V1], procedures: [Haemoglobin], marks: {_ASSUMED}}}",
    protocol_file.PartModel: "{day: 2, name: Second day}",
    protocol_file.VisitModel: (
        "{name: Check, epoch: treatment, "
        f"timing: {{from: enrolment, offset: P7D, window: {{before: P2D, after: P2D}}}}, marks: {_ASSUMED}}}"
    ),
    protocol_file.CyclesModel: "{count: {P14D: 6, P28D: 4}}",
    protocol_file.CourseModel: "{name: Chemotherapy, first: C1, next: C2, cycles: {count: {P14D: 6}}}",
    protocol_file.ReturnModel: "{default: false}",
    deviations.DeviationsModel: "{minor_days: 7, important: [performed_too_near, ineligible], mark: assumed}",
    protocol_file.EpochModel: "{id: treatment, name: Treatment}",
    regimens.CycleRangeModel: "{first: 2, last: 6}",
    regimens.DayWindowModel: "{before: 0, after: 3}",
    regimens.ConditionModel: "{text: Neutrophils at least 1.5, mark: assumed, complete: false}",
    regimens.RegimenDayModel: "{day: 1, kind: infusion, what: Gemcitabine, window: {before: 0, after: 3}}",
    regimens.RegimenModel: "{name: GEM, cycle_days: 28, drugs: [GEM], days: [{day: 1, kind: infusion, what: GEM}]}",
    timing.WindowModel: "{before: P3D, after: P3D}",
    timing.AnyDayModel: "{first: P1D, last: P28D}",
    timing.TimingModel: "{from: enrolment, offset: P7D, window: {before: P2D, after: P2D}}",
    timing.StretchModel: "{every: P3M, count: 8}",
    timing.RepeatModel: "{series: [{every: P8W, count: 4}]}",
}
"""An example of each part; written for its own model, each is valid there."""

FIELD_EXAMPLES: Mapping[str, str] = {
    "studyday": "1",
    "id": "trial-1",
    "version": '"1"',
    "title": "A trial of surgery",
    "short_title": "Trial",
    "name": "Check",
    "enrolment_visit": "V1",
    "epoch": "treatment",
    "from": "enrolment",
    "before": "P2D",
    "after": "P2D",
    "text": "Weight",
    "day": "1",
    "country": "SE",
    "label": "Response",
    "first": "P1D",
    "last": "P28D",
    "every": "P8W",
    "at": "[V1]",
    "question": "Is the operation done in two stages",
    "course": "chemo",
    "what": "Gemcitabine",
    "cycle_days": "28",
}
"""Examples of single fields, where a part that lacks one is told how it is written."""
