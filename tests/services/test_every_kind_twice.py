"""Every kind of fact with an impossible or unlikely day, and twice: refused, asked about or remarked.

The kinds and their fields come from the table of kinds, so that a new one is tried as well.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import pytest

from app.domain.facts.kind import DayRule, Kind, Subject, Type
from app.domain.facts.kinds import KINDS
from app.domain.facts.records import NewFact
from app.domain.refusal import Doubted, Refused
from app.services.commands import configure_site, enrol
from app.services.commands.consent_forms import consent_form_facts, identified_not_screened
from app.wording.fact_sentences import repeat_text
from tests.services.ward import TODAY, Ward, refused

Fields = Mapping[str, object]
CHANGES = [kind for kind in KINDS.values() if kind.is_change]
EXAMPLES: Mapping[str, Fields] = {
    "booked": {"visit": "SP-C02#2", "on": "2026-12-29", "at": "09:30"},
    "booking_cancelled": {"visit": "SP-C02#2"},
    "moved": {"visit": "SP-C02#2", "to": "2026-12-29", "reason": "holiday"},
    "performed": {"visit": "SP-C01", "on": "2026-11-30"},
    "missed": {"visit": "SP-S02", "on": "2026-11-20", "reason": "scanner down"},
    "omitted": {"visit": "SP-C03#1.8", "on": "2026-12-07", "reason": "low counts"},
    "decided": {"visit": "SP-R01", "outcome": "response", "on": "2026-12-18"},
    "chosen": {"choice": "staged", "value": True, "on": "2026-12-18"},
    "regimen_changed": {"to": "GEM", "on": "2026-12-18"},
    "stopped": {"phase": "preop_chemo", "on": "2026-12-18", "reason": "toxicity"},
    "operation": {"visit": "SP-P03", "on": "2026-12-18", "pancreas": "distal_pancreatectomy", "liver": "ablation"},
    "treatment": {"visit": "SP-C01", "on": "2026-11-30", "given": "full"},
    "specimen": {"visit": "SP-P03", "on": "2026-12-18", "specimen": "metastasis_tissue", "taken": True, "label": "T1"},
    "complication": {"on": "2026-12-18", "what": "bile leak", "grade": "IIIa", "ended": "2026-12-19"},
    "safety_report": {"what": "initial", "on": "2026-12-02", "at": "09:30", "recipient": "sponsor"},
    "adverse_event": {"term": "nausea", "grade": 2, "on": "2026-12-01", "serious": False, "ended": "2026-12-03"},
    "progression": {"on": "2026-12-18", "what": "progression", "site": "lung"},
    "questionnaire": {"visit": "SP-S08", "questionnaire": "eq5d", "on": "2026-11-23", "done": True},
    "contact": {"on": "2026-12-18", "at": "10:00", "reached": False, "how": "telephone"},
    "note": {"visit": "SP-C01", "text": "port painful"},
    "deviation_classed": {"visit": "SP-S02", "class": "minor"},
    "unscheduled": {"reason": "fever", "on": "2026-12-18"},
    "withdrawn": {"scope": "treatment", "on": "2026-12-18", "reason": "tired", "last_medication_on": "2026-12-14"},
    "lost": {"on": "2026-12-18", "reason": "moved abroad"},
    "found_again": {"on": "2026-12-18"},
    "died": {"on": "2026-12-18"},
    "consent": {
        "answer": "given",
        "on": "2026-11-23",
        "version": "1.0",
        "language": "Swedish",
        "copy": True,
        "biobank": False,
    },
    "included": {"on": "2026-11-30"},
}
BEFORE: Mapping[str, tuple[str, Fields]] = {
    "complication": ("operation", {**EXAMPLES["operation"], "on": "2026-12-17"}),
    "booking_cancelled": ("booked", EXAMPLES["booked"]),
    "safety_report": ("adverse_event", {"term": "sepsis", "grade": 4, "on": "2026-12-01", "serious": True}),
    "found_again": ("lost", {"on": "2026-12-17", "reason": "moved abroad"}),
}
"""What is recorded first where a kind needs it."""


def prepared(ward: Ward, kind: Kind) -> Ward:
    if kind.id in BEFORE:
        first, fields = BEFORE[kind.id]
        ward.do(first, **fields)
    if kind.id == "included":
        ward.not_included()
    return ward


def fields_with(rule: DayRule) -> list[tuple[Kind, str]]:
    return [(kind, field.name) for kind in CHANGES for field in kind.typed_fields if field.rule is rule]


def test_every_kind_has_an_example() -> None:
    assert EXAMPLES.keys() == {kind.id for kind in CHANGES}


@pytest.mark.parametrize("kind", CHANGES, ids=lambda kind: kind.id)
def test_the_examples_are_likely(ward: Ward, kind: Kind) -> None:
    prepared(ward, kind).ask(kind.id, **EXAMPLES[kind.id])


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.id)
def test_every_day_time_and_year_has_a_rule(kind: Kind) -> None:
    for field in (*kind.fields, *kind.extra):
        assert field.says_when == (field.rule is not None), field.name
        if field.type is Type.TIME:
            assert field.rule is DayRule.HOUR
        # A day of the site may be to come, as one that is closed, or may not, as that of a confirmation.
        if field.type is Type.DAY and field.rule not in (DayRule.FREE, DayRule.SITE):
            assert field.may_be_future == (field.rule is DayRule.PLANNED), field.name


@pytest.mark.parametrize("far", ["2014-03-03", "1996-02-29", "2021-06-01"])
@pytest.mark.parametrize(("kind", "name"), fields_with(DayRule.EVENT), ids=lambda one: getattr(one, "id", one))
def test_an_event_long_ago_is_refused_or_asked_about(ward: Ward, kind: Kind, name: str, far: str) -> None:
    prepared(ward, kind)
    state = ward.state()
    with pytest.raises(Refused):
        ward.ask(kind.id, **{**EXAMPLES[kind.id], name: far})
    assert ward.state() == state


@pytest.mark.parametrize(("kind", "name"), fields_with(DayRule.EVENT), ids=lambda one: getattr(one, "id", one))
def test_an_event_to_come_is_refused(ward: Ward, kind: Kind, name: str) -> None:
    prepared(ward, kind)
    refused("future", ward.ask, kind.id, **{**EXAMPLES[kind.id], name: "2026-12-21"})


@pytest.mark.parametrize("far", ["2014-03-03", "2026-12-19", "2041-03-04"])
@pytest.mark.parametrize(
    ("kind", "name"),
    [(kind, name) for kind, name in fields_with(DayRule.PLANNED) if kind.id != "unscheduled"],
    ids=lambda one: getattr(one, "id", one),
)
def test_a_plan_of_the_past_or_of_years_ahead_is_refused_or_asked_about(
    ward: Ward, kind: Kind, name: str, far: str
) -> None:
    with pytest.raises(Refused):
        ward.ask(kind.id, **{**EXAMPLES[kind.id], name: far})


@pytest.mark.parametrize("far", ["2014-03-03", "2041-03-04"])
def test_an_extra_visit_years_away_is_refused_or_asked_about(ward: Ward, far: str) -> None:
    with pytest.raises(Refused):
        ward.ask("unscheduled", reason="fever", on=far)


@pytest.mark.parametrize(
    ("day", "kind"),
    [("2014-03-03", "enrolled_long_ago"), ("2026-12-21", "future"), ("2025-12-18", "enrolled_long_ago")],
)
@pytest.mark.parametrize("entry", ["screened", "enrolled"])
def test_an_entry_long_ago_or_to_come_is_asked_about_or_refused(ward: Ward, entry: str, day: str, kind: str) -> None:
    fields = {"code": "LI-9", "protocol": "scanpan", "on": day, "outcome": "pending"}
    if entry == "screened":
        refused(kind, enrol.screen, ward.study, fields, TODAY)
    else:
        refused(kind, ward.enrol, code="LI-9", on=day)


# One trial takes nobody below 18, the other (the last enrolment) nobody below 18 or above 75: that limit is named.
@pytest.mark.parametrize(
    ("born", "kind", "enrolled", "corrected"),
    [
        (2015, "age_unlikely", "age_outside", "age_outside"),
        (1920, "age_unlikely", "age_unlikely", "age_outside"),
        (2027, "birth_in_future", "birth_in_future", "birth_in_future"),
    ],
)
def test_a_year_of_birth_is_asked_about_at_each_entry_and_when_it_is_corrected(
    ward: Ward, born: int, kind: str, enrolled: str, corrected: str
) -> None:
    fields = {"code": "LI-9", "protocol": "scanpan", "on": "2026-12-01", "outcome": "pending", "year_of_birth": born}
    refused(kind, enrol.screen, ward.study, fields, TODAY)
    refused(enrolled, ward.enrol, code="LI-9", year_of_birth=born)
    refused(corrected, ward.correct, ward.seq("enrolled"), year_of_birth=born)


def test_a_screening_after_the_enrolment_is_refused(ward: Ward) -> None:
    fields = {"code": "LI-9", "protocol": "scanpan", "on": "2026-12-10", "outcome": "eligible"}
    enrol.screen(ward.study, fields, TODAY)
    refused("screened_after", ward.enrol, code="LI-9", on="2026-12-09")
    ward.enrol(code="LI-9", on="2026-12-10")
    refused("screened_after", ward.correct, ward.seq("enrolled"), on="2026-12-09")
    refused("screened_after", ward.correct, ward.seq("screened"), on="2026-12-11")


# Twice


@pytest.mark.parametrize("kind", CHANGES, ids=lambda kind: kind.id)
def test_the_same_once_more_is_refused_or_asked_about_with_its_fact(ward: Ward, kind: Kind) -> None:
    prepared(ward, kind).ask(kind.id, **EXAMPLES[kind.id])
    before = ward.seq(kind.id)
    with pytest.raises(Refused) as caught:
        ward.ask(kind.id, **EXAMPLES[kind.id])
    if isinstance(caught.value, Doubted):
        assert caught.value.kind == "repeats"
        assert caught.value.values["seq"] == before


SITE: Mapping[str, Callable[[Ward], Sequence[NewFact]]] = {
    "site_set": lambda ward: configure_site.site_facts(ward.study, {"name": "Umeå", "country": "SE"}, TODAY),
    "day_closed": lambda ward: days(ward, "day_closed"),
    "day_opened": lambda ward: days(ward, "day_opened"),
    "value_set": lambda ward: configure_site.value_facts(ward.study, "", "SP-R01.after", "P21D", "", TODAY),
    "identified": lambda ward: identified_not_screened(
        ward.study, {"on": "2026-12-18", "count": 3, "failed_for": "declined"}, "scanpan", TODAY
    ),
    "consent_form": lambda ward: consent_form_facts(ward.study, "2.0", TODAY, "scanpan", "", "", TODAY),
    "value_confirmed": lambda ward: configure_site.confirm_facts(ward.study, "", ["SP-R01.after"], "PI", TODAY),
}
REFUSED_TWICE = {
    "study_made", "protocol_taken", "holidays_taken", "agenda_printed", "log_printed", "deviations_printed", "restored",
    "migrated", "rescued", "fact_lost", "planning_accepted", "loss_settled",
}  # fmt: skip
"""Kinds that only the program adds, or of which a second one is refused as nothing new."""


def days(ward: Ward, kind: str) -> Sequence[NewFact]:
    return configure_site.day_facts(ward.study, kind, date(2026, 12, 23), None, "conference", "", TODAY)


def test_every_kind_about_the_study_is_remarked_or_refused() -> None:
    known = {kind.id for kind in KINDS.values() if kind.subject is Subject.STUDY}
    assert known == SITE.keys() | REFUSED_TWICE
    assert {kind.id for kind in KINDS.values() if kind.thing} == SITE.keys()


@pytest.mark.parametrize("kind", SITE)
def test_the_same_of_the_site_is_remarked_and_recorded(ward: Ward, kind: str) -> None:
    ward.set_study(SITE[kind](ward))
    before = ward.last
    proposal = configure_site.propose_study(ward.study, SITE[kind](ward), TODAY)
    assert proposal.doubt is None
    assert [one.seq for one in proposal.repeats] == [before]
    said = repeat_text(proposal.repeats[0])
    assert said.startswith(f"The same was recorded on Sun 20 Dec 2026 by nurse (fact {before}): ")
    assert configure_site.save_study(ward.study, proposal).command


def test_what_was_something_else_in_between_is_no_repeat(ward: Ward) -> None:
    for kind in ("day_closed", "day_opened"):
        ward.set_study(days(ward, kind))
    assert configure_site.propose_study(ward.study, days(ward, "day_closed"), TODAY).repeats == ()
    ward.set_study(SITE["value_confirmed"](ward))
    ward.set_study(SITE["value_set"](ward))
    assert configure_site.propose_study(ward.study, SITE["value_confirmed"](ward), TODAY).repeats == ()
    ward.site(country="SE")
    ward.site(country="FI")
    again = configure_site.site_facts(ward.study, {"name": "Linköping", "country": "SE"}, TODAY)
    assert configure_site.propose_study(ward.study, again, TODAY).repeats == ()
    ward.undo()
    assert len(configure_site.propose_study(ward.study, again, TODAY).repeats) == 1


@pytest.mark.parametrize("on", ["2014-12-24", "2041-12-24"])
@pytest.mark.parametrize("kind", ["day_closed", "day_opened"])
def test_a_day_of_the_site_years_away_is_asked_about_also_when_corrected(ward: Ward, kind: str, on: str) -> None:
    facts = configure_site.day_facts(ward.study, kind, date.fromisoformat(on), None, "", "", TODAY)
    proposal = configure_site.propose_study(ward.study, facts, TODAY)
    refused("site_day_far", configure_site.save_study, ward.study, proposal)
    configure_site.save_study(ward.study, proposal, sure=True)
    ward.set_study(days(ward, kind))
    refused("site_day_far", ward.correct, ward.seq(kind), on=on)
    ward.correct(ward.seq(kind), reason="other words")
