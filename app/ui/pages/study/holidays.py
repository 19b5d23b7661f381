"""The holidays of the study's countries on the page Study: a year at a time, with their names and their source."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.commands import configure_site
from app.services.queries.site_holidays import HolidayPage, countries_of, holiday_page
from app.services.study.holidays import FIRST_YEAR, LAST_YEAR
from app.ui.forms.choice_editors import Combo
from app.ui.pages.study.preview import StudyChange, new_facts
from app.ui.session.error_text import error_text
from app.ui.style import tokens
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.flow import flow_of
from app.ui.widgets.rows_of_text import TextRowsModel, table_of
from app.ui.widgets.text import Label, Wrapped
from app.wording.countries import country_name
from app.wording.dates import day
from app.wording.language import gettext as _
from app.wording.language import sentence_case
from app.wording.site_words import holiday_rows, source_text

if TYPE_CHECKING:
    from app.services.study.study import Study
    from app.ui.pages.study.preview import StudyPreview
    from app.ui.session.session import StudySession
    from app.ui.session.worker import Job

_LEAST_ROWS = 132
"""The least height of the list, at a text size of 100 %."""


class Holidays(QWidget):
    """The holidays of one country in one year, years to page through, and taking them as the program knows them now."""

    opening = Signal(object, str)
    """The site is to be open on a holiday: the day, and its name."""
    kind = "holidays_taken"
    """The kind of fact that is recorded in it."""

    def __init__(self, session: "StudySession", preview: "StudyPreview", parent: QWidget | None = None) -> None:
        """Show none until the file has answered."""
        super().__init__(parent)
        self._session, self._preview = session, preview
        self._countries: list[str] = []
        self._page: HolidayPage | None = None
        self.year = session.today.year
        self._follows = True
        self.days = TextRowsModel((_("Day"), _("Holiday")), _day_words, self)
        self.list = table_of(self.days, _("Holidays of the year"), {0: 140})
        self.country = Combo(_("Country"))
        self.country.currentIndexChanged.connect(lambda _now: self._ask())
        self.before_button = IconButton("chevron-left", _("The year before"), lambda: self.turn(-1))
        self.after_button = IconButton("chevron-right", _("The year after"), lambda: self.turn(1))
        self.shown_year = Label("", "strong")
        self.source = Wrapped("", "small")
        self.take_button = Button(_("Ta&ke them as the program knows them now…"), self.take)
        self.open_button = Button(_("Be ope&n on the chosen day…"), self._open)
        self.list.selectionModel().selectionChanged.connect(lambda *_rows: self.allow())
        self._build()
        self.allow()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        label = Label(_("Holidays"), "strong")
        label.setBuddy(self.list)
        row.addWidget(label)
        row.addWidget(self.country, 1)
        for widget in (self.before_button, self.shown_year, self.after_button):
            row.addWidget(widget)
        column.addLayout(row)
        self.list.setMinimumHeight(tokens.px(_LEAST_ROWS))
        column.addWidget(self.list, 1)
        column.addWidget(self.source)
        column.addWidget(flow_of(self.open_button, self.take_button))
        self.take_button.hide()

    def _open(self) -> None:
        rows = self.list.selectionModel().selectedRows()
        if rows:
            self.opening.emit(*self.days.rows[rows[0].row()])

    # What is known

    def read(self) -> None:
        """Ask for the countries, and the holidays of the one that is shown."""

        def read(study: "Study", _job: "Job") -> list[tuple[str, str]]:
            return [(one, country_name(one)) for one in countries_of(study)]

        if self._follows:
            self.year = self._session.today.year
        self._session.ask(read, self._show_countries, owner=self)

    def _show_countries(self, found: list[tuple[str, str]]) -> None:
        if [one for one, _name in found] != self._countries:
            self._countries = [one for one, _name in found]
            chosen = self.country.currentData()
            with QSignalBlocker(self.country):
                self.country.clear()
                for letters, name in found:
                    self.country.addItem(name, letters)
                self.country.setCurrentIndex(max(self.country.findData(chosen), 0))
        self.country.setVisible(bool(found))
        self._ask()

    def _ask(self) -> None:
        country, year = self.country.currentData(), self.year
        self.shown_year.setText(str(year))
        self.before_button.setEnabled(year > FIRST_YEAR)
        self.after_button.setEnabled(year < LAST_YEAR)
        if country is None:
            self.source.setText(_("No site, no participant and no protocol names a country yet."))
            return

        def read(study: "Study", _job: "Job") -> HolidayPage:
            return holiday_page(study, str(country), year)

        self._session.ask(read, self._show, lambda error: self.source.setText(error_text(error)), owner=self)

    def _show(self, page: HolidayPage) -> None:
        if (page.found.country, page.found.year) != (self.country.currentData(), self.year):
            return
        self._page = page
        self.days.show_rows(holiday_rows(page.found))
        self.source.setText(f"{sentence_case(source_text(page.found, page.recorded, page.differs))}.")
        self.take_button.setVisible(page.differs)
        self.allow()

    def turn(self, years: int) -> None:
        """Show the holidays of so many years later, or before."""
        self._follows = False
        self.year = min(max(self.year + years, FIRST_YEAR), LAST_YEAR)
        self._ask()

    def follow_today(self) -> None:
        """Show the holidays of the year of today from now on."""
        self._follows = True

    # What would change

    def take(self) -> None:
        """Show what changes when the study has the holidays of this year as the program knows them now."""
        page = self._page
        if page is None or not self._preview.free:
            return
        country, year = page.found.country, page.found.year
        said = _("Holidays of {country}, {year}").format(country=page.name, year=year)
        self._preview.ask(
            StudyChange(
                new_facts(lambda study: configure_site.holiday_facts(study, country, year)), lambda _number: said
            )
        )

    def allow(self) -> None:
        """Enable what can be done now."""
        self.take_button.setEnabled(self._preview.free)
        self.open_button.setEnabled(self._preview.free and self.list.selectionModel().hasSelection())


def _day_words(row: tuple[date, str]) -> tuple[str, ...]:
    return day(row[0]), row[1]
