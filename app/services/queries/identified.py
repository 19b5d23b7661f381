"""How many were identified: those not screened by reason, those screened, those who failed and why, those enrolled."""

from collections import Counter
from dataclasses import dataclass

from app.domain.facts.participant_record import Stage
from app.services.study.everybody import everybody
from app.services.study.study import Study
from app.wording.field_catalogue import OPTION_WORDS
from app.wording.language import gettext as _
from app.wording.language import marked

NOT_SCREENED, FAILED, SCREENED, IN_SCREENING, ENROLLED = (
    "identified_not_screened", "failure", "screened", "in_screening", "enrolled",
)  # fmt: skip
_STEPS = {
    "identified_not_screened": marked("identified and not screened"),
    "screened": marked("screened"),
    "failure": marked("screen failure"),
    "in_screening": marked("in screening"),
    "enrolled": marked("enrolled"),
}


@dataclass(frozen=True, slots=True)
class IdentifiedRow:
    """One number. `why`: the sort of reason, of those not screened and of failures; empty where none is recorded."""

    protocol: str
    what: str
    why: str
    count: int


def identified(study: Study) -> list[IdentifiedRow]:
    """Return the numbers by protocol, in the order of the way into the study."""
    found: Counter[tuple[str, str, str]] = Counter()
    for record in study.study_records():
        if record.kind == "identified":
            count = record.fields.get("count")
            found[record.text("protocol"), NOT_SCREENED, record.text("failed_for")] += (
                count if isinstance(count, int) else 0
            )
    for case in everybody(study.store):
        first = case.enrolled or case.screened
        if first is None:
            continue
        protocol = first.text("protocol")
        if case.screened is not None:
            found[protocol, SCREENED, ""] += 1
        if case.stage is Stage.SCREEN_FAILURE and case.screened is not None:
            found[protocol, FAILED, case.screened.text("failed_for")] += 1
        elif case.stage is Stage.IN_SCREENING:
            found[protocol, IN_SCREENING, ""] += 1
        elif case.enrolled_on is not None:
            found[protocol, ENROLLED, ""] += 1
    order = (NOT_SCREENED, SCREENED, FAILED, IN_SCREENING, ENROLLED)
    keys = sorted(found, key=lambda one: (one[0], order.index(one[1]), one[2]))
    return [IdentifiedRow(*key, found[key]) for key in keys]


def identified_text(row: IdentifiedRow) -> str:
    """Return what a number is of: ``identified and not screened: declined``."""
    said = _(_STEPS[row.what])
    return f"{said}: {_(OPTION_WORDS[row.why])}" if row.why else said
