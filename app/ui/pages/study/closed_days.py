"""The closed days of the page Study: the list, a range to close or open, and the holidays."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from app.services.commands import configure_site
from app.services.queries.closed_days import DayRange, day_ranges
from app.ui.forms.unsaved import ask_before_losing
from app.ui.pages.study.closed_days_form import range_facts, range_questions, range_words
from app.ui.pages.study.holidays import Holidays
from app.ui.pages.study.preview import StudyChange, new_facts
from app.ui.pages.study.section import BoxDraft, FormBox, Section
from app.ui.style import tokens
from app.ui.widgets.buttons import Button
from app.ui.widgets.rows_of_text import TextRowsModel, table_of
from app.ui.widgets.text import Label
from app.ui.widgets.two_columns import TwoColumns
from app.wording.dates import window
from app.wording.language import counted
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.domain.facts.records import NewFact
    from app.services.study.study import Study
    from app.ui.pages.study.preview import StudyPreview
    from app.ui.session.session import StudySession
    from app.ui.session.worker import Job

LEAST_ROWS = 76
"""The least height of a list, at a text size of 100 %."""


class ClosedDays(Section):
    """Closes or opens a range of days, or takes that back. Nothing is saved before its effect is shown."""

    def __init__(self, session: "StudySession", preview: "StudyPreview", parent: QWidget | None = None) -> None:
        """Show an empty list until the file has answered."""
        super().__init__(session, preview, parent)
        self.kinds = ("day_closed", "day_opened")
        self._sites: list[str] | None = None
        words = (_("Day"), _("Is"), _("Site"), _("Why"))
        self.days = TextRowsModel(words, self._words, self)
        self.list = table_of(self.days, _("Days that the site closed or opened"), {0: 190, 1: 92})
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.selectionModel().selectionChanged.connect(lambda *_rows: self.allow())
        self.none = self.nothing(_("No day was closed or opened by the site."))
        self.box = FormBox(session, preview)
        self.take_away_button = Button(_("Take a&way…"), self.take_away)
        self.show_button = Button(_("Show what &changes"), self.show_what_changes, "primary")
        self.holidays = Holidays(session, preview)
        self.kinds += (self.holidays.kind,)
        self._build()
        self.first = self.list
        self.holidays.opening.connect(self._open_holiday)
        QShortcut(QKeySequence("Delete"), self.list, self.take_away, context=Qt.ShortcutContext.WidgetShortcut)

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        columns = TwoColumns()
        label = Label(_("&Days that the site closed or opened"), "strong")
        label.setBuddy(self.list)
        label.setMinimumHeight(self.holidays.country.sizeHint().height())
        self.list.setMinimumHeight(tokens.px(LEAST_ROWS))
        left = columns.left
        for widget in (label, self.none):
            left.addWidget(widget)
        left.addWidget(self.list, 1)
        left.addWidget(self.take_away_button, 0, Qt.AlignmentFlag.AlignLeft)
        left.addWidget(Label(_("Close or open days"), "strong"))
        left.addWidget(self.box)
        left.addWidget(self.show_button, 0, Qt.AlignmentFlag.AlignLeft)
        columns.right.addWidget(self.holidays)
        outer.addWidget(columns)

    @property
    def today(self) -> date:
        """The day of the session."""
        return self._session.today

    def _words(self, row: DayRange) -> tuple[str, ...]:
        is_so = _("open") if row.is_open else _("closed")
        when = f"{is_so}, {_('past')}" if row.last < self.today else is_so
        return window(row.first, row.last), when, row.site or _("every site"), row.reason

    # What is known

    def read(self) -> None:
        """Ask for the days and the sites."""

        def read(study: "Study", _job: "Job") -> "tuple[list[DayRange], list[str]]":
            return day_ranges(study), list(study.facts.sites)

        self._session.ask(read, lambda found: self._show_known(*found), owner=self)
        self.holidays.read()

    def _show_known(self, days: list[DayRange], sites: list[str]) -> None:
        if self.days.rows != days:
            self.days.show_rows(days)
            # A list that was just filled has no rows to scroll to before it has been laid out.
            QTimer.singleShot(0, self.list, self._scroll_to_coming)
        self.none.setVisible(not days)
        self.list.setColumnHidden(2, not any(one.site for one in days))
        if self._sites is None or (sites != self._sites and not self.has_typed()):
            self._sites = sites
            self.box.show_questions(range_questions(sites))
        self.allow()

    def _scroll_to_coming(self) -> None:
        """Show the first days that are not past near the top, with the last past ones above them."""
        rows = self.days.rows
        coming = next((number for number, one in enumerate(rows) if one.last >= self.today), len(rows) - 1)
        above = self.days.index(max(coming - 1, 0), 0)
        self.list.doItemsLayout()
        self.list.scrollTo(above, QAbstractItemView.ScrollHint.PositionAtTop)

    def follow_day(self) -> None:
        """Count days from the session's day."""
        if self.box.form is not None:
            self.box.form.set_today(self.today)

    def focus_form(self) -> None:
        """Go to the form; it is there once the file has answered."""
        if self._sites is None:
            self._sites = []
            self.box.show_questions(range_questions(()))
        if self.box.form is not None:
            self.box.form.focus_first()

    def _open_holiday(self, on: date, name: str) -> None:
        """Fill the form with a holiday on which the site is open; ask first where something is typed."""

        def fill() -> None:
            self.discard()
            if self.box.form is not None:
                self.box.form.set_fields({"on": on, "closed": False, "reason": name})
                self.box.form.focus_first()

        ask_before_losing(self, [BoxDraft(self.box, _("The days that you typed"))], fill)

    # What would change

    def go_on(self) -> None:
        """Show what the typed range changes."""
        self.show_what_changes()

    def show_what_changes(self) -> None:
        """Show what the typed range changes, over all participants."""
        form = self.box.form
        if form is None or not self._preview.free:
            return
        form.clear_refusals()
        if form.refuse_missing():
            return
        fields = form.fields()
        self._preview.ask(
            StudyChange(
                new_facts(range_facts(fields, self.today)),
                lambda number: range_words(fields, number),
                self.box.refused,
                self._saved,
            )
        )

    def _saved(self) -> None:
        self.discard()
        if self.box.form is not None and self.isVisible():
            self.box.form.focus_first()

    def take_away(self) -> None:
        """Show what changes when nothing is said any more of the days chosen in the list."""
        chosen = self._chosen()
        if not chosen or not self._preview.free:
            return

        def facts(study: "Study") -> "list[NewFact]":
            every = [configure_site.usual_day_facts(study, one.first, one.last, one.site) for one in chosen]
            return [fact for facts in every for fact in facts]

        days = sum((one.last - one.first).days + 1 for one in chosen)

        def said(_number: int) -> str:
            if len(chosen) == 1:
                days_text = window(chosen[0].first, chosen[0].last)
                return counted("{days} is as usual again", "{days} are as usual again", days).replace(
                    "{days}", days_text
                )
            return counted("{n} day is as usual again", "{n} days are as usual again", days)

        self._preview.ask(StudyChange(new_facts(facts), said, saved=self.list.setFocus))

    def _chosen(self) -> list[DayRange]:
        rows = sorted(index.row() for index in self.list.selectionModel().selectedRows())
        return [self.days.rows[row] for row in rows]

    def allow(self) -> None:
        """Enable what can be done now."""
        free = self._preview.free
        self.show_button.setEnabled(free and self.box.form is not None)
        self.take_away_button.setEnabled(free and self.list.selectionModel().hasSelection())
        self.holidays.allow()

    def leave_study(self) -> None:
        """Show this year's holidays of another study."""
        super().leave_study()
        self.days.show_rows([])
        self.holidays.follow_today()

    # What is typed

    def has_typed(self) -> bool:
        """Whether a range is typed that is not saved."""
        return self.box.has_typed()

    def discard(self) -> None:
        """Show an empty form."""
        self.box.show_questions(range_questions(self._sites or ()))
