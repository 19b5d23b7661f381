"""Every kind of reason has a sentence."""

from typing import get_args

from app.domain.calendar.entries import Calendar, Reason, ReasonKind
from app.domain.dates import Period, Value
from app.wording import reasons
from tests.domain.stories import ENROLLED, calendar, d


def test_every_kind_has_a_sentence_and_no_other() -> None:
    assert set(reasons._SENTENCES) == set(get_args(ReasonKind))


def say(calendar: Calendar, kind: ReasonKind, offset: str) -> str:
    values: dict[str, Value] = {
        "visit": "",
        "on": d("2027-02-01"),
        "offset": Period.parse(offset),
        "milestone": "no_operation",
    }
    return reasons.reason_text(Reason(kind, values), calendar)


def test_a_milestone_is_a_decision_in_words() -> None:
    story = calendar(today=ENROLLED)
    assert say(story, "milestone", "P6M") == "6 months after the decision (Mon 1 Feb 2027)"
    assert say(story, "milestone", "P0D") == "on the day of the decision (Mon 1 Feb 2027)"
    assert say(story, "enrolment", "-P7D") == "7 days before enrolment (Mon 1 Feb 2027)"
