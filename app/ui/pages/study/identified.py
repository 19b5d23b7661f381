"""Those who were identified at the conference and not screened, on the page Study, with the numbers of the study."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.domain.facts.records import NewFact, Recorded
from app.services.commands.consent_forms import identified_not_screened
from app.services.queries.identified import IdentifiedRow, identified, identified_text
from app.ui.pages.study.entries import Entries, EntryKind
from app.ui.widgets.text import Label, Wrapped
from app.wording.dates import day
from app.wording.field_catalogue import OPTION_WORDS
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.services.study.study import Study
    from app.ui.pages.study.preview import StudyPreview
    from app.ui.session.session import StudySession
    from app.ui.session.worker import Job


class Identified(Entries):
    """The lines of each conference, and the numbers from identification to enrolment."""

    def __init__(self, session: "StudySession", preview: "StudyPreview", parent: QWidget | None = None) -> None:
        """Show an empty list until the file has answered."""
        of = EntryKind(
            "identified",
            _("Identified at the conference and not screened"),
            _("A new line; nothing is recorded about a person"),
            _("Nobody was identified and not screened yet."),
            {_("Day"): 132, _("How many"): 92, _("Why not"): None, _("Centre"): None, _("Protocol"): 110},
            _line_words,
            _line_facts,
            lambda fields: _("{count} identified and not screened").format(count=fields.get("count", "")),
        )
        super().__init__(session, preview, of, parent)
        self.numbers = Wrapped("")
        self.columns.right.addWidget(Label(_("From identification to enrolment"), "strong"))
        self.columns.right.addWidget(self.numbers)
        self.columns.right.addStretch(1)

    def read(self) -> None:
        """Ask for the lines and the numbers."""
        super().read()

        def read(study: "Study", _job: "Job") -> list[IdentifiedRow]:
            return identified(study)

        self._session.ask(read, self._show_numbers, owner=self)

    def leave_study(self) -> None:
        """Show no number of the study before."""
        super().leave_study()
        self.numbers.setText("")

    def _show_numbers(self, rows: list[IdentifiedRow]) -> None:
        titles = dict(self._protocols or ())
        said = [f"{titles.get(one.protocol, one.protocol)}: {identified_text(one)}: {one.count}" for one in rows]
        self.numbers.setText("\n".join(said) or _("Nobody was identified yet."))


def _line_words(record: Recorded, protocol: str) -> Sequence[str]:
    on = record.day("on")
    why = _(OPTION_WORDS[record.text("failed_for")])
    return day(on) if on is not None else "", record.text("count"), why, record.text("centre"), protocol


def _line_facts(study: "Study", fields: Mapping[str, object], today: date) -> list[NewFact]:
    typed = {name: value for name, value in fields.items() if name != "protocol"}
    return identified_not_screened(study, typed, str(fields.get("protocol", "")), today)
