"""The kinds of facts about a participant."""

from app.domain.facts.controlled_terms import (
    ACTIONS,
    CLAVIEN_DINDO,
    GRADES_ABC,
    HOW,
    LIVER,
    MOST_MG,
    OUTCOMES,
    PANCREAS,
    POPF,
    RELATED,
    TIMINGS,
)
from app.domain.facts.kind import (
    FIRST_YEAR,
    LAST_YEAR,
    SEXES,
    About,
    Field,
    Kind,
    Type,
    day_field,
    reason_field,
    time_field,
    visit_field,
)

_PLANNED_VISIT = visit_field(planned=True)


_WHO = (
    Field("year_of_birth", Type.WHOLE, False, low=FIRST_YEAR, high=LAST_YEAR, help="four digits"),
    Field("sex", Type.ONE_OF, False, SEXES),
)


PARTICIPANT_KINDS = (
    Kind(
        "screened",
        About.PARTICIPANT,
        (
            Field("code", Type.CODE, help="the study code; never a name, initials or a hospital number"),
            Field("protocol", Type.TEXT, help="the protocol's id"),
            day_field("the day of screening"),
            Field("outcome", Type.ONE_OF, options=OUTCOMES),
            reason_field(False, what="why it failed"),
            Field("criteria", Type.TICKS, False, help="each criterion's id with yes or no"),
            *_WHO,
        ),
    ),
    Kind(
        "enrolled",
        About.PARTICIPANT,
        (
            Field("code", Type.CODE, help="the study code; never a name, initials or a hospital number"),
            Field("protocol", Type.TEXT, help="the protocol's id"),
            Field("hash", Type.TEXT, inner=True, help="the hash of the protocol version"),
            day_field("the day of enrolment"),
            Field("country", Type.TEXT, help="two letters, as SE"),
            Field("regimen", Type.TEXT, False, help="the regimen's id, where the protocol offers some"),
            Field("centre", Type.TEXT, False, help="the centre"),
            Field("cohort", Type.TEXT, False, help="the cohort, where the protocol has some"),
            Field("timing", Type.ONE_OF, False, TIMINGS, help="of the metastases"),
            Field("choices", Type.ANSWERS, False, help="answers that differ from the protocol's defaults"),
            *_WHO,
        ),
    ),
    Kind(
        "booked",
        About.PARTICIPANT,
        (_PLANNED_VISIT, day_field("the day arranged", True, True), time_field(True), reason_field(False)),
        plans=True,
    ),
    Kind("booking_cancelled", About.PARTICIPANT, (visit_field(), reason_field(False))),
    Kind(
        "moved",
        About.PARTICIPANT,
        (
            _PLANNED_VISIT,
            Field("to", Type.DAY, planned=True, ahead=True, help="the new day"),
            reason_field(planned=True),
        ),
        plans=True,
    ),
    Kind(
        "performed",
        About.PARTICIPANT,
        (
            _PLANNED_VISIT,
            day_field(planned=True),
            time_field(True),
            reason_field(False, what="why outside its window"),
            Field("judged", Type.WINDOW, False, inner=True, help="the window in force when it was recorded"),
        ),
        plans=True,
        alive=True,
    ),
    Kind(
        "missed", About.PARTICIPANT, (_PLANNED_VISIT, day_field(planned=True), reason_field(planned=True)), plans=True
    ),
    Kind(
        "omitted", About.PARTICIPANT, (_PLANNED_VISIT, day_field(planned=True), reason_field(planned=True)), plans=True
    ),
    Kind(
        "decided",
        About.PARTICIPANT,
        (
            _PLANNED_VISIT,
            Field("outcome", Type.TEXT, planned=True, help="what was decided, as the protocol calls it"),
            day_field("the day of the decision", True),
            reason_field(False, what="the reasons"),
        ),
        plans=True,
    ),
    Kind(
        "chosen",
        About.PARTICIPANT,
        (
            Field("choice", Type.TEXT, planned=True, help="the choice's id"),
            Field("value", Type.ANSWER, planned=True, help="yes, no, or the answer"),
            day_field("from this day", True),
            reason_field(False),
        ),
        plans=True,
    ),
    Kind(
        "regimen_changed",
        About.PARTICIPANT,
        (
            Field("to", Type.TEXT, planned=True, help="the new regimen's id"),
            day_field("from this day", True),
            reason_field(False),
        ),
        plans=True,
    ),
    Kind(
        "stopped",
        About.PARTICIPANT,
        (
            Field("phase", Type.TEXT, planned=True, help="the phase of treatment"),
            day_field("the day", True),
            reason_field(planned=True),
        ),
        plans=True,
    ),
    Kind(
        "operation",
        About.PARTICIPANT,
        (
            visit_field(),
            day_field("the day of the operation"),
            Field("pancreas", Type.ONE_OF, options=PANCREAS, help="the procedure on the pancreas"),
            Field("liver", Type.ONE_OF, options=LIVER, help="the procedure on the liver"),
            Field("start", Type.TIME, False, help="when it began, as 08:30"),
            Field("end", Type.TIME, False, help="when it ended"),
            Field("detail", Type.TEXT, False, help="more about it"),
        ),
        alive=True,
    ),
    Kind(
        "treatment",
        About.PARTICIPANT,
        (
            visit_field(),
            day_field("the day on which it was given"),
            Field("given", Type.ONE_OF, options=("full", "reduced"), help="the whole dose or less"),
            Field("drug", Type.TEXT, False, help="the drug, where it concerns only one"),
            Field("percent", Type.NUMBER, False, low=1, high=100, help="of the planned dose"),
            reason_field(False, what="why it was reduced"),
        ),
        alive=True,
    ),
    Kind(
        "specimen",
        About.PARTICIPANT,
        (
            visit_field(),
            day_field("the day"),
            Field("specimen", Type.TEXT, help="which, as the protocol calls it"),
            Field("taken", Type.YES_NO),
            Field("mg", Type.NUMBER, False, low=0.001, high=MOST_MG, help="its weight in milligrams"),
            Field("label", Type.TEXT, False, help="the number on the tube"),
            Field("kept", Type.TEXT, False, help="where it is kept"),
            reason_field(False, what="why it was not taken"),
        ),
    ),
    Kind(
        "complication",
        About.PARTICIPANT,
        (
            day_field("the day on which it began"),
            Field("what", Type.TEXT, help="the complication"),
            Field("grade", Type.ONE_OF, options=CLAVIEN_DINDO, help="Clavien-Dindo"),
            Field("popf", Type.ONE_OF, False, POPF, help="pancreatic fistula, ISGPS grade"),
            Field("pph", Type.ONE_OF, False, GRADES_ABC, help="haemorrhage, ISGPS grade"),
            Field("dge", Type.ONE_OF, False, GRADES_ABC, help="delayed gastric emptying, ISGPS grade"),
            Field("liver_failure", Type.ONE_OF, False, GRADES_ABC, help="ISGLS grade"),
            Field("bile_leak", Type.ONE_OF, False, GRADES_ABC, help="ISGLS grade"),
            Field("cci", Type.NUMBER, False, low=0, high=100, help="Comprehensive Complication Index"),
            Field("ended", Type.DAY, False, help="the day on which it ended"),
        ),
    ),
    Kind(
        "adverse_event",
        About.PARTICIPANT,
        (
            Field("term", Type.TEXT, help="the CTCAE term"),
            Field("grade", Type.WHOLE, low=1, high=5, help="CTCAE grade, 1 to 5"),
            day_field("the day on which it began"),
            Field("ended", Type.DAY, False, help="the day on which it ended"),
            Field("serious", Type.YES_NO),
            Field("related", Type.ONE_OF, False, RELATED, help="to the treatment"),
            Field("action", Type.ONE_OF, False, ACTIONS, help="what was done with the treatment"),
            Field("detail", Type.TEXT, False, help="more about it"),
        ),
    ),
    Kind(
        "progression",
        About.PARTICIPANT,
        (
            day_field("the day on which it was found"),
            Field("what", Type.ONE_OF, options=("progression", "recurrence")),
            Field("site", Type.TEXT, help="where, as liver or lung"),
            Field("basis", Type.TEXT, False, help="how it was found, as RECIST or biopsy"),
            Field("detail", Type.TEXT, False, help="more about it, as the next treatment"),
        ),
        alive=True,
    ),
    Kind(
        "questionnaire",
        About.PARTICIPANT,
        (
            visit_field(),
            Field("questionnaire", Type.TEXT, help="which, as the protocol calls it"),
            day_field("the day"),
            Field("done", Type.YES_NO),
            Field("language", Type.TEXT, False, help="the language of the form"),
            reason_field(False, what="why it was not done"),
        ),
    ),
    Kind(
        "contact",
        About.PARTICIPANT,
        (
            visit_field(False),
            day_field("the day of the attempt"),
            time_field(),
            Field("reached", Type.YES_NO),
            Field("alive", Type.ONE_OF, False, ("yes", "no", "unknown"), help="what was learnt"),
            Field("how", Type.ONE_OF, False, HOW),
            Field("detail", Type.TEXT, False, help="more about it"),
        ),
    ),
    Kind("unscheduled", About.PARTICIPANT, (visit_field(), reason_field(what="what it is for"))),
    Kind("note", About.PARTICIPANT, (visit_field(False), Field("text", Type.TEXT, help="the note"))),
    Kind(
        "withdrawn",
        About.PARTICIPANT,
        (
            Field("scope", Type.ONE_OF, options=("treatment", "all"), planned=True, help="of what"),
            day_field("the day", True),
            reason_field(planned=True),
            Field("last_medication_on", Type.DAY, False, planned=True, help="the day of the last medication"),
        ),
        plans=True,
    ),
    Kind("lost", About.PARTICIPANT, (day_field("the day", True), reason_field(planned=True)), plans=True),
    Kind("found_again", About.PARTICIPANT, (day_field("the day", True), reason_field(False)), plans=True),
    Kind(
        "died",
        About.PARTICIPANT,
        (day_field("the day of death", True), Field("cause", Type.TEXT, False, help="the cause of death")),
        plans=True,
    ),
    Kind(
        "printed",
        About.PARTICIPANT,
        (
            Field("what", Type.ONE_OF, options=("sheet", "calendar")),
            Field("visits", Type.PLAIN, False, help="the visits on it"),
            Field("head", Type.TEXT, help="the head of the chain that stands on the paper"),
        ),
        for_good=True,
    ),
)
