"""What enrolling asks of the study file; all of it is done by the worker."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from app.domain.refusal import Refused

if TYPE_CHECKING:
    from app.services.commands.record import Proposal, Saved
    from app.services.study.study import Study


def proposed(study: "Study", fields: Mapping[str, object], today: date) -> "Proposal | Refused":
    """The enrolment with its calendar, or why it cannot be."""
    from app.services.commands.enrol import propose_enrolment

    try:
        return propose_enrolment(study, fields, today)
    except Refused as refused:
        return refused


def saved(
    study: "Study", fields: Mapping[str, object], today: date, ready: "Proposal | None", caught: list[Refused]
) -> "Saved":
    """Save what was proposed; where the study has changed since, it is proposed again first.

    Raises:
        Refused: it cannot be; `caught` has it, too, for who must know the field that it means.
    """
    from app.services.commands import enrol, record

    try:
        stands = ready is not None and ready.head == study.head() and ready.today == today
        proposal = ready if ready is not None and stands else enrol.propose_enrolment(study, fields, today)
        return record.save(study, proposal)
    except Refused as refused:
        caught.append(refused)
        raise


def saved_words(saved: "Saved") -> str:
    """What was saved, for the bar below."""
    from app.services.queries.overview import saved_text

    return saved_text(saved.facts, "")
