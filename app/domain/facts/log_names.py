"""The names of the logs: those that list facts of some kinds, and those worked out from facts and calendars."""

from app.domain.facts.kinds import logs
from app.domain.folding import known_identifier, nearest_identifier
from app.domain.refusal import Refused

DEVIATIONS = "deviations"
SURVIVAL = "survival"
FLOW = "flow"
SURGERY = "surgery"
OPEN = "open"
HISTORY = "history"
"""Every fact, printed and saved as a log is; it has commands of its own."""
SCREENING = "screening"
DERIVED_LOGS = (DEVIATIONS, OPEN, SURVIVAL, SURGERY, FLOW, SCREENING)
"""The logs that list no kind of fact: each of their rows follows from several facts and the calendar."""


_PARTS = {"enrolment": SCREENING}
"""What is a part of another log, by the name of that."""


def log_names() -> tuple[str, ...]:
    """Return the names of all logs."""
    return tuple(dict.fromkeys((*DERIVED_LOGS, *logs())))


def log_name(typed: str) -> str:
    """Return the name of a log, however it was typed.

    Raises:
        Refused: there is no such log.
    """
    known = log_names()
    found = known_identifier(typed, known) or known_identifier(typed, _PARTS)
    if found in _PARTS:
        return _PARTS[found]
    if not found:
        near = nearest_identifier(typed, known)
        raise Refused("one_of", "log", value=typed[:40], known=", ".join(known), near=near)
    return found
