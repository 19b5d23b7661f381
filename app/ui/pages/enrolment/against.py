"""What the answers of a screening say against eligibility, while they are typed."""

from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.facts.kind import Json
from app.domain.planning.eligibility import contradictions
from app.domain.protocol.version import ProtocolVersion
from app.ui.forms.fact_form import FactForm
from app.ui.pages.enrolment.steps import FIELDS
from app.ui.widgets.notes import Note
from app.wording.eligibility import contradictions_text
from app.wording.language import gettext as _

_NAMES = (*FIELDS["screening"], "year_of_birth", "cohort")


class Against(Note):
    """A note with each answer that speaks against eligibility; hidden where none does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "notice", parent=parent)
        self.hide()

    def follow(self, protocol: ProtocolVersion | None, form: FactForm | None) -> None:
        """Show what the answers say; without a form nothing."""
        found = contradictions(protocol, _answers(form)) if protocol is not None and form is not None else ()
        if found:
            text = _("Against eligibility: {what}. Who is eligible all the same needs a reason and the investigator.")
            self.text.setText(text.format(what=contradictions_text(found)))
        self.setVisible(bool(found))


def _answers(form: FactForm) -> dict[str, Json]:
    """Return the answers by the names of a screening; what cannot be read is left out."""
    fields = {name: value for name, value in form.fields().items() if name in _NAMES}
    on = form.days().get("screened_on")
    found: dict[str, Json] = {
        name: one for name, one in fields.items() if isinstance(one, str | int | float | bool | dict)
    }
    if isinstance(on, date):
        found["on"] = on.isoformat()
    return found
