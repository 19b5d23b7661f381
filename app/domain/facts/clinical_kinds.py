"""The kinds of facts about what happened to a participant, and of notes and unscheduled visits."""

from collections.abc import Mapping

from app.domain.facts.controlled_terms import (
    ACTIONS,
    ALIVE,
    CLAVIEN_DINDO,
    EVENT_OUTCOMES,
    GRADES_ABC,
    HOW,
    LIVER,
    LIVER_SIDES,
    MOST_MG,
    PANCREAS,
    POPF,
    RELATED,
    REPORTS,
    RESIDUAL,
    SERIOUSNESS,
)
from app.domain.facts.kind import (
    DayRule,
    Field,
    FirstDay,
    Json,
    Kind,
    Menu,
    Offer,
    OptionSource,
    Subject,
    Type,
    VisitScope,
    When,
    always,
    day_field,
    detail_field,
    protocol_field,
    reason_field,
    time_field,
    visit_field,
)
from app.domain.facts.planner_facts import Contacted, Operated
from app.domain.facts.pump_field import pump_field
from app.domain.refusal import Refused

_REDUCED = When("given", "reduced")
_SERIOUS = When("serious", True)

# Checks of the fields of one fact with each other


def _has_a_procedure(fields: Mapping[str, Json]) -> None:
    if fields.get("pancreas") == "none" and fields.get("liver") == "none":
        raise Refused("no_procedure", "operation")


def _lesions_were_treated(fields: Mapping[str, Json]) -> None:
    """Refuse lesions where nothing was done in the liver, and a margin where nothing was resected."""
    if fields.get("liver") == "none":
        for name in ("lesions", "largest_mm", "side"):
            if name in fields:
                raise Refused("not_treated", name)
    if fields.get("liver") == "ablation" and fields.get("pancreas") == "none":
        for name in ("residual", "margin_mm"):
            if name in fields:
                raise Refused("nothing_resected", name)


def _takes_time(fields: Mapping[str, Json]) -> None:
    if "start" in fields and fields["start"] == fields.get("end"):
        raise Refused("no_length", "end")


def _full_is_all(fields: Mapping[str, Json]) -> None:
    if fields.get("given") == "full" and fields.get("percent", 100) != 100:
        raise Refused("full_dose", "percent")


def _only_what_was_taken_is_kept(fields: Mapping[str, Json]) -> None:
    if fields.get("taken") is False and fields.keys() & {"mg", "kept", "label"}:
        raise Refused("not_taken", "specimen")


# What shows that the participant lived


def _was_taken(fields: Mapping[str, Json]) -> bool:
    return fields.get("taken") is True


def _was_done(fields: Mapping[str, Json]) -> bool:
    return fields.get("done") is True


def _brought_news_of_life(fields: Mapping[str, Json]) -> bool:
    """Whether the participant was reached, or somebody knew them to be alive."""
    return fields.get("alive") == "yes" or (fields.get("reached") is True and "alive" not in fields)


CLINICAL_KINDS = (
    Kind(
        "operation",
        Subject.PARTICIPANT,
        (
            visit_field(planned=True),
            day_field("the day of the operation", True),
            Field("pancreas", Type.ONE_OF, options=PANCREAS, planned=True, help="the procedure on the pancreas"),
            Field("liver", Type.ONE_OF, options=LIVER, planned=True, help="the procedure on the liver"),
            Field("start", Type.TIME, False, planned=True, help="when it began, as 08:30", rule=DayRule.HOUR),
            Field("end", Type.TIME, False, help="when it ended", rule=DayRule.HOUR),
            Field("splenectomy", Type.YES_NO, False, rare=True),
            Field("lesions", Type.WHOLE, False, low=1, high=99, help="how many lesions in the liver", rare=True),
            Field("largest_mm", Type.NUMBER, False, low=0.1, high=500, help="the largest, in millimetres", rare=True),
            Field("side", Type.ONE_OF, False, LIVER_SIDES, help="the side of the liver", rare=True),
            Field("residual", Type.ONE_OF, False, RESIDUAL, help="R0 by the pathologist", rare=True),
            Field("margin_mm", Type.NUMBER, False, low=0, high=500, help="the margin, in millimetres", rare=True),
            detail_field(),
        ),
        planner_fact=Operated,
        performs_visit=True,
        requires_participation=True,
        checks=(_has_a_procedure, _takes_time, _lesions_were_treated),
        first_day=FirstDay.VISIT,
        visits=VisitScope.OPERATIONS,
        requires_consent=True,
        log="operations",
        told=True,
        offers=(Offer(Menu.EVENTS, 1),),
        positional=("visit",),
        sign_of_life=always,
    ),
    Kind(
        "treatment",
        Subject.PARTICIPANT,
        (
            visit_field(),
            day_field("the day on which it was given"),
            Field("given", Type.ONE_OF, options=("full", "reduced"), help="the whole dose or less"),
            protocol_field("drug", "the drug, where it concerns only one", OptionSource.DRUGS, False, free=True),
            Field("percent", Type.NUMBER, False, low=1, high=100, help="of the planned dose", asked_when=_REDUCED),
            pump_field(),
            reason_field(False, what="why it was reduced", common=True, needed_when=_REDUCED, always_asked=True),
        ),
        performs_visit=True,
        requires_participation=True,
        checks=(_full_is_all,),
        first_day=FirstDay.VISIT,
        visits=VisitScope.DOSES,
        requires_consent=True,
        log="treatments",
        offers=(Offer(Menu.EVENTS, 2),),
        positional=("visit",),
        same=("visit", "drug"),
        sign_of_life=always,
    ),
    Kind(
        "specimen",
        Subject.PARTICIPANT,
        (
            visit_field(),
            day_field("the day"),
            protocol_field("specimen", "which, as the protocol calls it", OptionSource.SPECIMENS),
            Field("taken", Type.YES_NO),
            Field(
                "mg",
                Type.NUMBER,
                False,
                low=0.001,
                high=MOST_MG,
                help="its weight in milligrams",
                asked_when=When("taken", True),
            ),
            Field("label", Type.TEXT, False, help="the number on the tube", asked_when=When("taken", True)),
            Field("kept", Type.TEXT, False, help="where it is kept", asked_when=When("taken", True)),
            reason_field(False, what="why it was not taken", common=True, needed_when=When("taken", False)),
        ),
        requires_participation=True,
        came_to_nothing=When("taken", False),
        checks=(_only_what_was_taken_is_kept,),
        first_day=FirstDay.VISIT,
        log="specimens",
        told=True,
        offers=(Offer(Menu.EVENTS, 3),),
        positional=("visit", "specimen"),
        same=("visit", "specimen", "label"),
        sign_of_life=_was_taken,
    ),
    Kind(
        "complication",
        Subject.PARTICIPANT,
        (
            day_field("the day on which it began"),
            Field("what", Type.TEXT, help="the complication"),
            Field("grade", Type.ONE_OF, options=CLAVIEN_DINDO, help="Clavien-Dindo"),
            Field("popf", Type.ONE_OF, False, POPF, help="pancreatic fistula, ISGPS grade", rare=True),
            Field("pph", Type.ONE_OF, False, GRADES_ABC, help="haemorrhage, ISGPS grade", rare=True),
            Field("dge", Type.ONE_OF, False, GRADES_ABC, help="delayed gastric emptying, ISGPS grade", rare=True),
            Field("liver_failure", Type.ONE_OF, False, GRADES_ABC, help="ISGLS grade", rare=True),
            Field("bile_leak", Type.ONE_OF, False, GRADES_ABC, help="ISGLS grade", rare=True),
            # It was typed once; now it is computed from the grades, and what was typed stays as it was.
            Field("cci", Type.NUMBER, False, low=0, high=100, assigned=True, help="Comprehensive Complication Index"),
            Field("ended", Type.DAY, False, help="the day on which it ended", rule=DayRule.EVENT),
        ),
        requires_consent=True,
        follows_operation=True,
        log="complications",
        told=True,
        offers=(Offer(Menu.EVENTS, 4),),
        positional=("what",),
        same=("on", "what"),
        requires_participation=True,
        sign_of_life=always,
    ),
    Kind(
        "adverse_event",
        Subject.PARTICIPANT,
        (
            Field("term", Type.TEXT, help="the CTCAE term"),
            Field("grade", Type.WHOLE, low=1, high=5, help="CTCAE grade, 1 to 5"),
            day_field("the day on which it began"),
            Field("ended", Type.DAY, False, help="the day on which it ended", rule=DayRule.EVENT),
            Field("serious", Type.YES_NO),
            Field("related", Type.ONE_OF, False, RELATED, help="to the treatment"),
            Field("action", Type.ONE_OF, False, ACTIONS, help="what was done with the treatment"),
            Field("criterion", Type.ONE_OF, False, SERIOUSNESS, help="why it is serious", asked_when=_SERIOUS),
            Field("expected", Type.YES_NO, False, help="by the safety information", asked_when=_SERIOUS),
            Field("aware_on", Type.DAY, False, help="the day the site knew", asked_when=_SERIOUS, rule=DayRule.EVENT),
            Field("aware_at", Type.TIME, False, help="the time of that", asked_when=_SERIOUS, rule=DayRule.HOUR),
            Field("outcome", Type.ONE_OF, False, EVENT_OUTCOMES, help="how it ended so far"),
            detail_field(),
        ),
        requires_consent=True,
        log="adverse-events",
        offers=(Offer(Menu.PARTICIPANT, 3), Offer(Menu.EVENTS, 5)),
        positional=("term",),
        same=("term", "on"),
        requires_participation=True,
        sign_of_life=always,
    ),
    Kind(
        "safety_report",
        Subject.PARTICIPANT,
        (
            Field("what", Type.ONE_OF, options=REPORTS, help="the first report, or a later one"),
            Field("event", Type.WHOLE, False, low=1, high=10**12, help="the number of the serious event's fact"),
            day_field("the day it was sent"),
            time_field(),
            Field("recipient", Type.TEXT, False, help="to whom, as the sponsor"),
            detail_field(),
        ),
        first_day=FirstDay.TODAY,
        log="safety-reports",
        offers=(Offer(Menu.EVENTS, 5),),
        positional=("what",),
        same=("what", "event", "on", "at"),
    ),
    Kind(
        "progression",
        Subject.PARTICIPANT,
        (
            day_field("the day on which it was found"),
            Field("what", Type.ONE_OF, options=("progression", "recurrence")),
            Field("site", Type.TEXT, help="where, as liver or lung"),
            Field("basis", Type.TEXT, False, help="how it was found, as RECIST or biopsy"),
            detail_field("more about it, as the next treatment"),
        ),
        requires_participation=True,
        requires_consent=True,
        log="progressions",
        offers=(Offer(Menu.EVENTS, 6),),
        positional=("what",),
        same=("on", "what", "site"),
        sign_of_life=always,
    ),
    Kind(
        "questionnaire",
        Subject.PARTICIPANT,
        (
            visit_field(),
            protocol_field("questionnaire", "which, as the protocol calls it", OptionSource.QUESTIONNAIRES),
            day_field("the day"),
            Field("done", Type.YES_NO),
            Field("language", Type.TEXT, False, help="the language of the form", asked_when=When("done", True)),
            reason_field(False, what="why it was not done", common=True, needed_when=When("done", False)),
        ),
        performs_visit=When("done", True),
        performs_sorts=("questionnaire",),
        first_day=FirstDay.VISIT,
        log="questionnaires",
        told=True,
        offers=(Offer(Menu.EVENTS, 7),),
        positional=("visit", "questionnaire"),
        same=("visit", "questionnaire"),
        requires_participation=True,
        came_to_nothing=When("done", False),
        sign_of_life=_was_done,
    ),
    Kind(
        "contact",
        Subject.PARTICIPANT,
        (
            visit_field(False),
            day_field("the day of the attempt", planned=True),
            time_field(),
            Field("reached", Type.YES_NO),
            Field("alive", Type.ONE_OF, False, ALIVE, planned=True, help="what was learnt"),
            Field("how", Type.ONE_OF, False, HOW),
            detail_field(),
        ),
        extra=(
            Field(
                "died_on",
                Type.DAY,
                False,
                help="the day of death, where it was learnt",
                asked_when=When("alive", "no"),
                rule=DayRule.EVENT,
            ),
        ),
        planner_fact=Contacted,
        planned_with="alive",
        performs_visit=When("reached", True),
        requires_participation=True,
        tells_of_death=When("alive", "no"),
        came_to_nothing=When("reached", False),
        first_day=FirstDay.TODAY,
        log="contacts",
        offers=(Offer(Menu.PARTICIPANT, 2), Offer(Menu.EVENTS, 8)),
        same=("visit", "on", "at", "reached", "how"),
        sign_of_life=_brought_news_of_life,
    ),
    Kind(
        "note",
        Subject.PARTICIPANT,
        (visit_field(False), Field("text", Type.TEXT, help="the note", long=True)),
        log="notes",
        offers=(Offer(Menu.VISIT, 7), Offer(Menu.EVENTS, 10)),
        positional=("visit", "text"),
        same=("visit", "text"),
    ),
    Kind(
        "unscheduled",
        Subject.PARTICIPANT,
        (
            visit_field(assigned=True),
            reason_field(what="what it is for"),
            Field("repeats", Type.TEXT, False, help="the visit whose finding it repeats, as SP-S02", rare=True),
        ),
        extra=(day_field("the day; booked if it is to come", may_be_future=True), time_field()),
        replans=True,
        told=True,
        log="unscheduled",
        offers=(Offer(Menu.PARTICIPANT, 1), Offer(Menu.EVENTS, 9)),
        same=("reason", "on"),
    ),
)
