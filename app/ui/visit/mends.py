"""What is asked for about a recorded fact or a visit, in the place of a kind of fact."""

from typing import TYPE_CHECKING

from app.domain.facts.kinds import KINDS
from app.wording.fact_catalogue import KIND_WORDS
from app.wording.language import gettext as _
from app.wording.language import marked

if TYPE_CHECKING:
    from app.services.queries.history import HistoryRow

CORRECT, TAKE_BACK, REASSIGN, REDACT = "correct", "take_back", "reassign", "redact"
MENDS_IN_ORDER = (CORRECT, TAKE_BACK, REASSIGN, REDACT)
MENDS = frozenset(MENDS_IN_ORDER)
POSTPONED = "postponed"
"""The visit is moved to a week after its planned day."""
ANSWERED = "="
"""Between a kind of fact and the answer to its first question, where the menu asks for both."""
_TEXTS = {
    CORRECT: marked("Correct…"),
    TAKE_BACK: marked("Take back…"),
    REASSIGN: marked("Belongs to another participant…"),
    REDACT: marked("Redact…"),
}


def mend_text(mend: str) -> str:
    """Return the text of a button or a line of a menu."""
    return _(_TEXTS[mend])


def mends_of(row: "HistoryRow") -> list[str]:
    """Return what can be done to a fact, in the order of the buttons."""
    kind = (row.past.of or row.record).kind
    if not row.participant:
        # What is recorded of the study has its form on its page.
        can_be = {TAKE_BACK: row.may_be_taken_back, REDACT: row.may_be_redacted}
        return [mend for mend, possible in can_be.items() if possible]
    can = {
        CORRECT: row.may_be_corrected and has_form(kind),
        TAKE_BACK: row.may_be_taken_back and has_form(kind),
        REASSIGN: row.may_be_reassigned,
        REDACT: row.may_be_redacted,
    }
    return [mend for mend, possible in can.items() if possible]


def has_form(kind: str) -> bool:
    """Return whether a form shows facts of that kind: what a person records, and who somebody is."""
    return KIND_WORDS[kind].dialog is not None or KINDS[kind].field("code") is not None
