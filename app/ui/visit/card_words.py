"""What the card of a visit says, in words."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from app.ui.style.status_marks import Mark, mark_of
from app.ui.visit.action_buttons import Action, actions_for
from app.ui.visit.detail_widgets import Remark
from app.ui.visit.remarks import remarks_of
from app.wording import visit_details as words
from app.wording.fact_sentences import who_text
from app.wording.language import gettext as _
from app.wording.language import sentence_case
from app.wording.names import visit_name
from app.wording.reasons import reason_texts

if TYPE_CHECKING:
    from app.services.queries.participant import VisitView


class CardWords(NamedTuple):
    """The texts of the card from top to bottom."""

    name: str
    lead: str
    """The day, as large as a title."""
    mark: Mark
    state: str
    dates: Sequence[tuple[str, str]]
    """Each date of the visit, and its outcome, with its name."""
    reasons: str
    """Why the day is as it is, a sentence on each line; empty where there is nothing to say."""
    remarks: list[Remark]
    actions: Sequence[Action]
    more: Sequence[Action]
    """The entries of the menu."""
    activities: Sequence[tuple[str, str]]
    notes: Sequence[tuple[str, str]]
    history: Sequence[tuple[str, str]]
    """For each fact, the last first, what was recorded and by whom; each text with its tone."""


def card_words(view: "VisitView") -> CardWords:
    """Put a visit into words."""
    person, entry = view.participant, view.entry
    outcome = [(_("Outcome"), sentence_case(view.outcome))] if view.outcome else []
    actions, more = actions_for(entry, view)
    notes = [(one.text("text") or _("(redacted)"), who_text(one)) for one in view.notes]
    return CardWords(
        name=visit_name(entry),
        lead=words.lead_text(entry, person.calendar.today),
        mark=mark_of(entry),
        state=words.state_words(entry),
        dates=[*words.visit_dates(entry), *outcome],
        reasons="\n".join(f"{text}." for text in reason_texts(entry, person.calendar)),
        remarks=list(remarks_of(person, entry)),
        actions=actions,
        more=more,
        # Plain bullets: a square would look as if it could be ticked, and what was done is ticked on paper.
        activities=[(f"· {text}", "") for text in view.activities],
        notes=[(text, "") for pair in notes for text in pair],
        history=_history(view),
    )


def _history(view: "VisitView") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for row in reversed(view.history):
        found.append((words.history_line(row.past, view.participant.names), "" if row.stands else "muted"))
        found.append((who_text(row.record), ""))
    return found or [(_("Nothing was recorded of this visit yet."), "muted")]
