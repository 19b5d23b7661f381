"""The kinds of facts about visits and about the path through the protocol."""

from collections.abc import Mapping
from dataclasses import replace

from app.domain.deviation_rule import DEVIATION_CLASSES, DEVIATION_KINDS
from app.domain.facts import planner_facts as f
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
    day_field,
    protocol_field,
    reason_field,
    time_field,
    visit_field,
)
from app.domain.facts.pump_field import pump_field
from app.domain.refusal import Refused

_PLANNED_VISIT = visit_field(planned=True)
_WINDOW_THEN = Field(
    "window", Type.WINDOW, False, internal=True, help="the window in force when it was recorded", rule=DayRule.FREE
)

CLASS_KIND = "deviation_classed"
"""The kind of fact by which a person decides on the class of a deviation."""


def _is_signed_by_somebody(fields: Mapping[str, Json]) -> None:
    """Check that the day of a signature is that of somebody; without its day the paper still has a line for it."""
    if "signed_on" in fields and "signed_by" not in fields:
        raise Refused("field_missing", CLASS_KIND, name="signed_by")


VISIT_KINDS = (
    Kind(
        "booked",
        Subject.PARTICIPANT,
        (_PLANNED_VISIT, day_field("the day arranged", True, True), time_field(True), reason_field(False, common=True)),
        planner_fact=f.Booked,
        visits=VisitScope.OPEN,
        offers=(Offer(Menu.VISIT, 2),),
        positional=("visit",),
        same=("visit", "on", "at"),
    ),
    Kind(
        "booking_cancelled",
        Subject.PARTICIPANT,
        (visit_field(), reason_field(False, common=True)),
        replans=True,
        visits=VisitScope.OPEN,
        positional=("visit",),
    ),
    Kind(
        "moved",
        Subject.PARTICIPANT,
        (
            _PLANNED_VISIT,
            Field("to", Type.DAY, planned=True, may_be_future=True, help="the new day", rule=DayRule.PLANNED),
            reason_field(planned=True, common=True),
        ),
        planner_fact=f.Moved,
        visits=VisitScope.OPEN,
        offers=(Offer(Menu.VISIT, 3),),
        positional=("visit",),
        same=("visit", "to"),
    ),
    Kind(
        "performed",
        Subject.PARTICIPANT,
        (
            _PLANNED_VISIT,
            day_field(planned=True),
            replace(time_field(True), help="the time of arrival, as 09:30"),
            pump_field(True),
            reason_field(False, what="why outside its window", common=True),
            replace(_WINDOW_THEN, name="judged"),
            Field("judged_by", Type.TEXT, False, internal=True, help="the expected visit that the window counted from"),
            Field("judged_from", Type.DAY, False, internal=True, help="the day of that visit", rule=DayRule.FREE),
        ),
        planner_fact=f.Performed,
        settles=True,
        requires_participation=True,
        first_day=FirstDay.DUE,
        visits=VisitScope.OPEN,
        offers=(Offer(Menu.VISIT, 1),),
        positional=("visit",),
    ),
    Kind(
        "missed",
        Subject.PARTICIPANT,
        (_PLANNED_VISIT, day_field(planned=True), reason_field(planned=True, common=True), _WINDOW_THEN),
        planner_fact=f.Missed,
        settles=True,
        first_day=FirstDay.PLANNED,
        visits=VisitScope.OPEN,
        offers=(Offer(Menu.VISIT, 4),),
        positional=("visit",),
        same=("visit", "on"),
    ),
    Kind(
        "omitted",
        Subject.PARTICIPANT,
        (_PLANNED_VISIT, day_field(planned=True), reason_field(planned=True, common=True), _WINDOW_THEN),
        planner_fact=f.Omitted,
        settles=True,
        first_day=FirstDay.PLANNED,
        visits=VisitScope.OPEN,
        offers=(Offer(Menu.VISIT, 5),),
        positional=("visit",),
    ),
    Kind(
        "decided",
        Subject.PARTICIPANT,
        (
            _PLANNED_VISIT,
            protocol_field(
                "outcome", "what was decided, as the protocol calls it", OptionSource.OUTCOMES, planned=True
            ),
            day_field("the day of the decision", True),
            reason_field(False, what="the reasons"),
        ),
        planner_fact=f.Decided,
        settles=True,
        first_day=FirstDay.HELD,
        visits=VisitScope.UNDECIDED,
        offers=(Offer(Menu.VISIT, 6), Offer(Menu.PLAN, 1)),
        positional=("visit", "outcome"),
    ),
    Kind(
        "chosen",
        Subject.PARTICIPANT,
        (
            protocol_field("choice", "the choice's id", OptionSource.CHOICES, planned=True),
            Field(
                "value",
                Type.ANSWER,
                planned=True,
                help="yes, no, or the answer",
                options_from=OptionSource.ANSWERS,
            ),
            day_field("from this day", True),
            reason_field(False),
        ),
        planner_fact=f.Chosen,
        first_day=FirstDay.TODAY,
        offers=(Offer(Menu.PLAN, 4),),
        positional=("choice", "value"),
        same=("choice", "value"),
    ),
    Kind(
        "regimen_changed",
        Subject.PARTICIPANT,
        (
            protocol_field("to", "the new regimen's id", OptionSource.OTHER_REGIMENS, planned=True),
            day_field("from this day", True),
            reason_field(False),
        ),
        planner_fact=f.RegimenChanged,
        first_day=FirstDay.TODAY,
        offers=(Offer(Menu.PARTICIPANT, 4), Offer(Menu.PLAN, 2)),
        positional=("to",),
        same=("to",),
    ),
    Kind(
        "stopped",
        Subject.PARTICIPANT,
        (
            protocol_field("phase", "the phase of treatment", OptionSource.PHASES, planned=True),
            day_field("the day", True),
            reason_field(planned=True, common=True),
        ),
        planner_fact=f.Stopped,
        first_day=FirstDay.TODAY,
        offers=(Offer(Menu.PARTICIPANT, 5), Offer(Menu.PLAN, 3)),
        positional=("phase",),
    ),
    Kind(
        CLASS_KIND,
        Subject.PARTICIPANT,
        (
            replace(visit_field(), protected=True),
            Field("class", Type.ONE_OF, options=DEVIATION_CLASSES, protected=True, help="as it was decided"),
            Field(
                "deviation",
                Type.ONE_OF,
                False,
                options=DEVIATION_KINDS,
                protected=True,
                help="which, where the visit has more than one",
            ),
            Field("comment", Type.TEXT, False, long=True, help="why this class"),
            Field("cause", Type.TEXT, False, long=True, rare=True, help="what led to it"),
            Field("action", Type.TEXT, False, long=True, rare=True, help="what was done, and what prevents another"),
            Field("found_on", Type.DAY, False, rare=True, help="the day on which it was found", rule=DayRule.EVENT),
            Field("reported_on", Type.DAY, False, rare=True, help="the day of its report", rule=DayRule.EVENT),
            Field("reported_to", Type.TEXT, False, rare=True, help="to whom, as sponsor or ethics committee"),
            Field("signed_by", Type.TEXT, False, rare=True, help="the investigator who signed it on paper"),
            Field("signed_on", Type.DAY, False, rare=True, help="the day of that signature", rule=DayRule.EVENT),
            Field("row", Type.TEXT, False, internal=True, protected=True, help="the row of the log as it was then"),
            Field("number", Type.WHOLE, False, internal=True, protected=True, low=1, high=10**9, help="in the log"),
            Field(
                "frozen", Type.PLAIN, False, internal=True, protected=True, help="the days of the row as it was then"
            ),
        ),
        settles=True,
        checks=(_is_signed_by_somebody,),
        offers=(Offer(Menu.VISIT, 8),),
        positional=("visit", "class"),
        same=(
            "visit",
            "class",
            "deviation",
            "comment",
            "row",
            "cause",
            "action",
            "found_on",
            "reported_on",
            "reported_to",
            "signed_by",
            "signed_on",
        ),
    ),
)
