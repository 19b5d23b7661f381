"""The sites of the page Study: country, time zone, closed weekdays, telephones, and the paper of their printer."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.facts.study_record import SiteRow
from app.services.commands import configure_site
from app.ui.forms.unsaved import ask_before_losing
from app.ui.pages.study.preview import StudyChange, new_facts
from app.ui.pages.study.section import BoxDraft, FormBox, Section
from app.ui.pages.study.site_questions import site_fields, site_questions
from app.ui.style import tokens
from app.ui.widgets.buttons import Button
from app.ui.widgets.flow import flow_of
from app.ui.widgets.rows_of_text import TextRowsModel, table_of
from app.ui.widgets.text import Label
from app.ui.widgets.two_columns import TwoColumns
from app.wording.countries import country_name
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.services.study.study import Study
    from app.ui.pages.study.preview import StudyPreview
    from app.ui.session.session import StudySession
    from app.ui.session.worker import Job

_LEAST_ROWS = 132
"""The least height of the list, at a text size of 100 %."""


class Sites(Section):
    """The sites as they are described, and a form to describe one again or another one."""

    def __init__(self, session: "StudySession", preview: "StudyPreview", parent: QWidget | None = None) -> None:
        """Show an empty list until the file has answered."""
        super().__init__(session, preview, parent)
        self.name: str | None = None
        self._site: SiteRow | None = None
        words = (_("Site"), _("Country"), _("Time zone"), _("By day"))
        self.sites = TextRowsModel(words, _words, self)
        self.list = table_of(self.sites, _("Sites"), {1: 84, 2: 132, 3: 118})
        self.list.selectionModel().currentRowChanged.connect(lambda _now, _before: self._follow())
        self.none = self.nothing(_("No site was described yet. Each calendar has the weekend of its country closed."))
        self.about = Label("", "strong")
        self.box = FormBox(session, preview)
        self.new_button = Button(_("&Describe another site…"), self.describe_new)
        self.show_button = Button(_("Show what &changes"), self.show_what_changes, "primary")
        self._build()
        self.first = self.list

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        columns = TwoColumns()
        self.list.setMinimumHeight(tokens.px(_LEAST_ROWS))
        columns.left.addWidget(Label(_("Sites"), "strong"))
        columns.left.addWidget(self.none)
        columns.left.addWidget(self.list, 1)
        columns.left.addWidget(flow_of(self.new_button))
        for widget in (self.about, self.box, flow_of(self.show_button)):
            columns.right.addWidget(widget)
        columns.right.addStretch(1)
        outer.addWidget(columns)

    # What is known

    def read(self) -> None:
        """Ask for the sites."""

        def read(study: "Study", _job: "Job") -> list[SiteRow]:
            return list(study.facts.sites.values())

        self._session.ask(read, self._show, owner=self)

    def _show(self, sites: list[SiteRow]) -> None:
        with QSignalBlocker(self.list.selectionModel()):
            self.sites.show_rows(sites)
        self.none.setVisible(not sites)
        if not self.box.has_typed():
            self._choose(self.name)
        self.allow()

    def _choose(self, name: str | None) -> None:
        """Show a site by its name, else the first one; with an empty name, a new one."""
        names = [one.name for one in self.sites.rows]
        row = -1 if name == "" else names.index(name) if name in names else 0 if names else -1
        with QSignalBlocker(self.list.selectionModel()):
            self.list.setCurrentIndex(self.sites.index(row, 0))
        self.list.viewport().update()
        site = self.sites.rows[row] if row >= 0 else None
        if self.box.form is None or site != self._site or self.name is None:
            self.box.show_questions(site_questions(site))
        self._site, self.name = site, site.name if site is not None else ""
        self.about.setText(site.name if site is not None else _("A new site"))
        self.allow()

    def _follow(self) -> None:
        """Show the site that was chosen in the list; ask first where something is typed about another one."""
        row = self.list.currentIndex().row()
        if not 0 <= row < len(self.sites.rows) or self.sites.rows[row].name == self.name:
            return
        self._change_to(self.sites.rows[row].name)

    def describe_new(self) -> None:
        """Show an empty form for another site."""
        self._change_to("")

    def _change_to(self, name: str) -> None:
        if not self.box.has_typed():
            self._chosen(name)
            return
        names = [one.name for one in self.sites.rows]
        with QSignalBlocker(self.list.selectionModel()):
            self.list.setCurrentIndex(self.sites.index(names.index(self.name) if self.name in names else -1, 0))
        ask_before_losing(self, [BoxDraft(self.box, _("The site that you typed"))], lambda: self._chosen(name))

    def _chosen(self, name: str) -> None:
        self._preview.forget()
        self._choose(name)
        if not name and self.box.form is not None and self.isVisible():
            self.box.form.setFocus(Qt.FocusReason.OtherFocusReason)
            self.box.form.focus_first()

    # What would change

    def go_on(self) -> None:
        """Show what the typed description changes."""
        self.show_what_changes()

    def show_what_changes(self) -> None:
        """Show what the typed description changes, over all participants."""
        form, today = self.box.form, self._session.today
        if form is None or not self._preview.free:
            return
        form.clear_refusals()
        if form.refuse_missing():
            return
        fields = site_fields(form.typed(), self._site)
        name = str(fields["name"])
        self._preview.ask(
            StudyChange(
                new_facts(lambda study: configure_site.site_facts(study, fields, today)),
                lambda _number: _("the site {name} as it is typed").format(name=name),
                lambda error: self.box.refused_at("closed_weekdays", error),
                lambda: self._saved(name),
            )
        )

    def _saved(self, name: str) -> None:
        self.box.take_as_saved()
        self.name = name

    def allow(self) -> None:
        """Enable what can be done now."""
        self.show_button.setEnabled(self._preview.free and self.box.form is not None)
        self.new_button.setEnabled(self._session.can_write)

    # What is typed

    def has_typed(self) -> bool:
        """Whether a description is typed that is not saved."""
        return self.box.has_typed()

    def discard(self) -> None:
        """Show the site as it is."""
        self.box.show_questions(site_questions(self._site))


def _words(site: SiteRow) -> tuple[str, ...]:
    return site.name, country_name(site.country), site.time_zone, site.contact.day_phone
