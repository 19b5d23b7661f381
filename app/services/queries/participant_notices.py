"""What a person should look at about a participant, and which belongs to none of the open visits, in words."""

from dataclasses import dataclass

from app.domain.calendar.entries import Calendar
from app.domain.facts.participant_record import ParticipantRecord
from app.domain.protocol.version import ProtocolVersion
from app.services.queries.eligibility_checks import operation_differs
from app.wording.language import sentence_case
from app.wording.problems import problem_text

_OF_THE_SITE = frozenset({"holidays_unknown", "holidays_unofficial"})


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice: what it is about, the key of a visit or of a question of the protocol, and its sentence."""

    about: str
    text: str


def differences_from_screening(case: ParticipantRecord, protocol: ProtocolVersion) -> list[Notice]:
    """Return where an operation found something else than the screening said, by the sentence of the question."""
    operations = (one for one in case.records if one.kind == "operation")
    return [
        Notice(one.text("visit"), text)
        for one in operations
        for text in operation_differs(protocol, case.screened, case.enrolled, one.fields)
    ]


def participant_notices(case: ParticipantRecord, protocol: ProtocolVersion, calendar: Calendar) -> list[Notice]:
    """Return the problems of a calendar that belong to no visit, and what differs from the screening.

    What concerns everybody, such as holidays that are not known yet, is left out.
    """
    own = [one for one in calendar.problems if one.kind not in _OF_THE_SITE]
    found = [Notice(one.key, problem_text(one, calendar)) for one in own]
    return found + differences_from_screening(case, protocol)


def notice_text(notice: Notice) -> str:
    """Return a notice as a sentence."""
    return f"{sentence_case(notice.text)} ({notice.about})."
