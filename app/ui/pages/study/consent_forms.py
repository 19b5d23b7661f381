"""The versions of the consent form on the page Study, and who is to be asked for consent to one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.facts.records import NewFact, Recorded
from app.services.commands.consent_forms import consent_form_facts
from app.services.queries.consents import ConsentRow, consents_to_ask
from app.ui.pages.study.entries import Entries, EntryKind
from app.ui.style import tokens
from app.ui.widgets.buttons import Button
from app.ui.widgets.flow import flow_of
from app.ui.widgets.rows_of_text import TextRowsModel, table_of
from app.ui.widgets.text import Label
from app.wording.dates import day
from app.wording.field_catalogue import OPTION_WORDS
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.services.study.study import Study
    from app.ui.pages.study.preview import StudyPreview
    from app.ui.session.session import StudySession
    from app.ui.session.worker import Job

_LEAST_ROWS = 132
"""The least height of the list, at a text size of 100 %."""


class ConsentForms(Entries):
    """The versions, and the list of those who are to be asked."""

    opened = Signal(str, str)
    """A participant is to be shown, with the visit at which to ask."""

    def __init__(self, session: "StudySession", preview: "StudyPreview", parent: QWidget | None = None) -> None:
        """Show empty lists until the file has answered."""
        of = EntryKind(
            "consent_form",
            _("Versions of the consent form"),
            _("A new version"),
            _("No version of the consent form was recorded."),
            {_("Version"): None, _("From"): 132, _("Concerns"): 140, _("Protocol"): 110},
            _form_words,
            _form_facts,
            lambda fields: _("Version {version} of the consent form").format(version=fields.get("version", "")),
        )
        super().__init__(session, preview, of, parent)
        self.people = TextRowsModel((_("Code"), _("Version"), _("Visit"), _("Day")), _person_words, self)
        self.asked = table_of(self.people, _("Who is to be asked for consent"), {0: 80, 1: 90, 3: 132})
        self.asked.setMinimumHeight(tokens.px(_LEAST_ROWS))
        self.asked.doubleClicked.connect(lambda _index: self._open())
        self.asked.selectionModel().selectionChanged.connect(lambda *_rows: self.allow())
        self.nobody = self.nothing(_("Nobody is to be asked for consent."))
        self.open_button = Button(_("&Open the participant"), self._open)
        self.columns.right.addWidget(Label(_("To be asked"), "strong"))
        self.columns.right.addWidget(self.nobody)
        self.columns.right.addWidget(self.asked, 1)
        self.columns.right.addWidget(flow_of(self.open_button))
        self.allow()

    def read(self) -> None:
        """Ask for the versions and for those who are to be asked."""
        super().read()
        today = self._session.today

        def read(study: "Study", job: "Job") -> list[ConsentRow]:
            return consents_to_ask(study, today, progress=job.progress)

        self.nobody.hide()
        self._session.ask(read, self._show_people, owner=self, label=_("Reading who is to be asked"))

    def leave_study(self) -> None:
        """Show nobody of the study before."""
        super().leave_study()
        self.people.show_rows([])

    def _show_people(self, rows: list[ConsentRow]) -> None:
        self.people.show_rows(rows)
        self.nobody.setVisible(not rows)
        self.open_button.setVisible(bool(rows))
        self.allow()

    def _open(self) -> None:
        rows = self.asked.selectionModel().selectedRows()
        if rows:
            found: ConsentRow = self.people.rows[rows[0].row()]
            self.opened.emit(found.participant, found.due.visit)

    def allow(self) -> None:
        """Enable what can be done now."""
        super().allow()
        if hasattr(self, "open_button"):
            self.open_button.setEnabled(bool(self.asked.selectionModel().selectedRows()))


def _form_words(record: Recorded, protocol: str) -> Sequence[str]:
    on = record.day("on")
    concerns = _(OPTION_WORDS[record.text("concerns")])
    return record.text("version"), day(on) if on is not None else "", concerns, protocol


def _form_facts(study: "Study", fields: Mapping[str, object], today: date) -> list[NewFact]:
    version, protocol, concerns, reason = (
        str(fields.get(name, "")) for name in ("version", "protocol", "concerns", "reason")
    )
    return consent_form_facts(study, version, fields.get("on"), protocol, concerns, reason, today)


def _person_words(row: ConsentRow) -> tuple[str, ...]:
    on = day(row.day) if row.day is not None else ""
    declined = _("declined on {day}").format(day=day(row.due.declined)) if row.due.declined is not None else ""
    return row.participant, row.due.form.version, row.name or declined, on
