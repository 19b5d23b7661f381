"""The kinds of facts by which a participant enters and leaves the study, and of printouts."""

from collections.abc import Mapping

from app.domain.facts import planner_facts as f
from app.domain.facts.controlled_terms import (
    CONFIRMED_BY,
    FAILED_FOR,
    LIVER,
    OUTCOMES,
    TIMINGS,
)
from app.domain.facts.kind import (
    FIRST_YEAR,
    LAST_YEAR,
    SEXES,
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
    When,
    always,
    day_field,
    protocol_field,
    reason_field,
)
from app.domain.refusal import Refused

_FAILED = When("outcome", "failure")
_WHO = (
    Field("year_of_birth", Type.WHOLE, False, low=FIRST_YEAR, high=LAST_YEAR, help="four digits", rule=DayRule.BIRTH),
    Field("sex", Type.ONE_OF, False, SEXES),
)


def _has_a_day(fields: Mapping[str, Json]) -> None:
    """Refuse an enrolment with neither day."""
    if "on" not in fields and "consented" not in fields:
        raise Refused("no_consent", "consented")


ENTRY_KINDS = (
    Kind(
        "screened",
        Subject.PARTICIPANT,
        (
            Field("code", Type.CODE, help="the study code; never a name, initials or a hospital number"),
            Field("protocol", Type.TEXT, help="the protocol's id"),
            day_field("the day of screening", rule=DayRule.ENTRY),
            Field("outcome", Type.ONE_OF, options=OUTCOMES),
            reason_field(
                False, what="why it failed, or why eligible all the same", needed_when=_FAILED, always_asked=True
            ),
            Field(
                "criteria",
                Type.TICKS,
                False,
                help="each criterion's id with yes, no or unknown",
                options_from=OptionSource.CRITERIA,
            ),
            *_WHO,
            protocol_field("cohort", "the cohort, where the protocol has some", OptionSource.COHORTS, False),
            Field("metastases", Type.WHOLE, False, low=0, high=99, help="how many in the liver"),
            Field("largest_mm", Type.NUMBER, False, low=0.1, high=500, help="the largest of them, in millimetres"),
            Field("liver", Type.ONE_OF, False, LIVER, help="the procedure planned for them"),
            Field("ecog", Type.WHOLE, False, low=0, high=5, help="ECOG performance status"),
            Field("confirmed_by", Type.ONE_OF, False, CONFIRMED_BY, help="how the diagnosis is confirmed"),
            Field("failed_for", Type.ONE_OF, False, FAILED_FOR, help="the sort of reason", asked_when=_FAILED),
            Field("investigator", Type.TEXT, False, help="who judged, where something speaks against eligibility"),
        ),
        first_day=FirstDay.TODAY,
        log="screening",
        positional=("code",),
        same=("protocol", "on", "outcome"),
    ),
    Kind(
        "enrolled",
        Subject.PARTICIPANT,
        (
            Field("code", Type.CODE, help="the study code; never a name, initials or a hospital number"),
            Field("protocol", Type.TEXT, help="the protocol's id"),
            Field("hash", Type.TEXT, internal=True, help="the hash of the protocol version"),
            Field(
                "consented",
                Type.DAY,
                False,
                help="the day of informed consent; without it, that of enrolment",
                protected=True,
                rule=DayRule.ENTRY,
            ),
            Field(
                "on",
                Type.DAY,
                False,
                help="the day of enrolment; left out as long as somebody is in screening",
                protected=True,
                rule=DayRule.ENTRY,
            ),
            protocol_field("country", "two letters, as SE", OptionSource.COUNTRIES, free=True),
            protocol_field(
                "regimen",
                "the regimen's id, where the protocol offers some",
                OptionSource.REGIMENS,
                False,
                protected=True,
            ),
            protocol_field("centre", "the centre", OptionSource.CENTRES, False, protected=True, free=True),
            protocol_field("cohort", "the cohort, where the protocol has some", OptionSource.COHORTS, False),
            Field("timing", Type.ONE_OF, False, TIMINGS, help="of the metastases", protected=True),
            Field(
                "choices",
                Type.ANSWERS,
                False,
                help="answers that differ from the protocol's defaults",
                protected=True,
                options_from=OptionSource.QUESTIONS,
            ),
            *_WHO,
        ),
        checks=(_has_a_day,),
        first_day=FirstDay.TODAY,
        log="screening",
        sign_of_life=always,
    ),
    Kind(
        "included",
        Subject.PARTICIPANT,
        (day_field("the day of enrolment", True, rule=DayRule.ENTRY),),
        planner_fact=f.Included,
        first_day=FirstDay.TODAY,
        log="screening",
        offers=(Offer(Menu.PARTICIPANT, 1), Offer(Menu.PLAN, 1)),
    ),
)

EXIT_KINDS = (
    Kind(
        "withdrawn",
        Subject.PARTICIPANT,
        (
            Field("scope", Type.ONE_OF, options=("treatment", "all"), planned=True, help="of what"),
            day_field("the day", True),
            reason_field(planned=True, common=True),
            Field(
                "last_medication_on",
                Type.DAY,
                False,
                options=(f.NONE_GIVEN,),
                planned=True,
                help="the day of the last medication, or none",
                rule=DayRule.EVENT,
            ),
        ),
        planner_fact=f.Withdrawn,
        first_day=FirstDay.TODAY,
        log="withdrawals",
        offers=(Offer(Menu.PARTICIPANT, 6), Offer(Menu.ENDS, 1)),
        positional=("scope",),
        sign_of_life=always,
    ),
    Kind(
        "lost",
        Subject.PARTICIPANT,
        (day_field("the day", True), reason_field(planned=True)),
        planner_fact=f.Lost,
        first_day=FirstDay.TODAY,
        log="withdrawals",
        offers=(Offer(Menu.PARTICIPANT, 7), Offer(Menu.ENDS, 2)),
    ),
    Kind(
        "found_again",
        Subject.PARTICIPANT,
        (day_field("the day", True), reason_field(False)),
        planner_fact=f.FoundAgain,
        first_day=FirstDay.TODAY,
        log="withdrawals",
        offers=(Offer(Menu.ENDS, 3),),
        sign_of_life=always,
    ),
    Kind(
        "died",
        Subject.PARTICIPANT,
        (day_field("the day of death", True), Field("cause", Type.TEXT, False, help="the cause of death")),
        planner_fact=f.Died,
        log="withdrawals",
        offers=(Offer(Menu.PARTICIPANT, 8), Offer(Menu.ENDS, 4)),
    ),
    Kind(
        "printed",
        Subject.PARTICIPANT,
        (
            Field("what", Type.ONE_OF, options=("sheet", "calendar", "log", "deviations")),
            Field("visits", Type.PLAIN, False, help="the visits on it"),
            Field("days", Type.PLAIN, False, internal=True, help="of each visit: day, time and window as printed"),
            Field("log", Type.TEXT, False, help="which log"),
            Field("filter", Type.PLAIN, False, help="the part that was printed, by the name of each filter"),
            Field("head", Type.TEXT, help="the head of the chain that is on the paper"),
        ),
        permanent=True,
        log="printed",
    ),
)
