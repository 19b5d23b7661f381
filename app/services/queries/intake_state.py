"""How far somebody has come who enters the study, for the form that goes on with it."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.facts.consent_kinds import GIVEN
from app.domain.facts.kind import Json
from app.domain.facts.participant_record import ParticipantRecord, Stage
from app.domain.protocol.version import ProtocolVersion
from app.services.study.study import Study


@dataclass(frozen=True, slots=True)
class IntakeState:
    """What is recorded of somebody: the fields of the last screening and of the enrolment, empty where there is none.

    `has_consent`: whether a consent to a version of the form is recorded.
    """

    code: str
    stage: Stage
    screened: Mapping[str, Json]
    enrolled: Mapping[str, Json]
    has_consent: bool

    @property
    def protocol(self) -> str:
        """The id of the protocol."""
        return str((self.enrolled or self.screened).get("protocol", ""))

    @property
    def goes_on(self) -> bool:
        """Whether there is a step to come."""
        return self.stage in (Stage.SCREENED, Stage.SCREEN_FAILURE, Stage.IN_SCREENING)

    @property
    def given(self) -> dict[str, Json]:
        """The answers that are known and asked again, or belong to the next step as well."""
        known = self.enrolled or self.screened
        found = {name: known[name] for name in ("year_of_birth", "sex", "cohort") if name in known}
        return {**found, "code": self.code, "protocol": self.protocol}

    @property
    def is_eligible(self) -> bool:
        """Whether a screening is recorded by which somebody may be enrolled."""
        return self.screened.get("outcome") == "eligible"


def intake_state(study: Study, code: str) -> IntakeState:
    """Return how far a participant has come.

    Raises:
        Refused: there is no such participant.
    """
    case = study.case(study.subject(code))
    consents = (one for one in case.records if one.kind == "consent")
    return IntakeState(
        case.code,
        case.stage,
        case.screened.fields if case.screened is not None else {},
        case.enrolled.fields if case.enrolled is not None else {},
        any(one.text("answer") == GIVEN for one in consents),
    )


def protocol_entered(study: Study, case: ParticipantRecord) -> ProtocolVersion:
    """Return the protocol version of somebody who is enrolled, or the newest one of whoever was only screened."""
    if case.enrolled is not None or case.screened is None:
        return study.protocol(case)
    taken = study.facts.latest(case.screened.text("protocol"))
    return study.protocol_with_values(taken.hash if taken is not None else "", study.facts)
