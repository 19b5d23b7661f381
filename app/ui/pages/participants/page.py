"""The page with the list of all participants: where each is, what comes next, what is overdue."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.facts.participant_record import Stage
from app.services.queries.agenda_filter import EVERYTHING, Filter
from app.services.queries.people import PersonRow, people
from app.services.queries.standing import Standings, standings
from app.services.study.study import Study
from app.ui.forms.choice_editors import Combo
from app.ui.pages.page_base import LongPage
from app.ui.pages.participants.people_model import PeopleModel, PersonLine, person_line, phases
from app.ui.pages.participants.people_view import PeopleView
from app.ui.session.session import StudySession
from app.ui.session.worker import Job
from app.ui.widgets.buttons import Button
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.search_box import search_box
from app.ui.widgets.text import Elided, Label, NothingHere, no_mnemonic
from app.wording.damage import cannot_be_planned_text
from app.wording.language import counted
from app.wording.language import gettext as _

_ENTERS = (Stage.SCREENED, Stage.IN_SCREENING, Stage.SCREEN_FAILURE)


class ParticipantsPage(LongPage):
    """The list of participants, by phase, with its filter."""

    opened = Signal(str)
    going_on = Signal(str)
    """Somebody enters the study: the code of who is on the way, or empty for somebody new."""
    asked = Signal(str, str, str)
    """A kind of fact, or what is to be printed; the code; no visit."""

    def __init__(self, session: StudySession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._model = PeopleModel(self)
        self.list = PeopleView(self._model)
        self.search = search_box(
            _("Code, phase, visit, protocol, regimen or centre"),
            _("Narrow the list: code, phase, visit, protocol, regimen or centre"),
        )
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self.list._open)
        self._count = Elided("", "muted")
        self._nobody = NothingHere()
        self._chips: list[tuple[Button, str]] = []
        self._wanted = ""
        self._is_read = False
        self._build()
        self.list.opened.connect(self._open)
        self.list.keyed.connect(self._ask)
        self.list.selectionModel().currentChanged.connect(lambda _new, _old: self._allow())

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Label(_("Participants"), "title"))
        row.addWidget(self._count, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        # The same with large text, where the button needs the room.
        self.search.setMinimumWidth(120)
        row.addWidget(self.search, 1)
        row.addWidget(Button(_("New participant…"), lambda: self.going_on.emit(""), icon="user-plus"))
        column.addLayout(row)
        column.addWidget(self.banner)
        self._chip_area = QWidget()
        self._chip_row = FlowLayout(self._chip_area, spacing=6)
        self.phase_list = Combo(_("Phase"))
        self.phase_list.activated.connect(lambda number: self.show_phase(self._chips[number][1]))
        column.addWidget(self._chip_area)
        column.addWidget(self.phase_list)
        column.addWidget(self._nobody)
        column.addWidget(self.list, 1)
        column.addWidget(self._actions())
        # Where the keyboard begins; as the page's focus proxy Qt would leave out what comes before it when Tab walks.
        self.first: QWidget = self.search

    def _actions(self) -> QWidget:
        """Return the row of what can be done with the chosen participant."""
        inside = QWidget()
        row = FlowLayout(inside)
        self.open_button = Button(_("Open"), self.list._open, icon="arrow-right")
        self.go_on_button = Button(_("Go on…"), lambda: self._ask("go_on", self.list.chosen()), icon="user-plus")
        self.print_button = Button(_("Calendar…"), self._asking("print_calendar"), icon="printer")
        self.contact_button = Button(_("Contact…"), self._asking("contact"), icon="phone")
        self.open_button.setToolTip(_("Enter"))
        for button, key in ((self.go_on_button, "G"), (self.print_button, "P"), (self.contact_button, "K")):
            button.setToolTip(key)
        for button in (self.open_button, self.go_on_button, self.print_button, self.contact_button):
            row.addWidget(button)
        return inside

    def _asking(self, kind: str) -> Callable[[], None]:
        return lambda: self._ask(kind, self.list.chosen())

    def _ask(self, kind: str, code: str) -> None:
        line = self.list.chosen_line()
        if line is None or line.row.code != code:
            return
        if kind == "go_on":
            if line.row.stage in _ENTERS:
                self.going_on.emit(code)
        elif line.row.stage is not Stage.SCREENED:
            self.asked.emit(kind, code, "")

    def _allow(self) -> None:
        """Enable what can be done with the chosen participant."""
        line = self.list.chosen_line()
        stage = line.row.stage if line is not None else None
        has_calendar = line is not None and line.phase != "" and stage is not Stage.SCREENED
        self.open_button.setEnabled(line is not None)
        self.go_on_button.setEnabled(stage in _ENTERS and self._session.can_write)
        self.print_button.setEnabled(has_calendar and self._session.can_print)
        self.contact_button.setEnabled(has_calendar and self._session.can_write)

    # What is shown

    def read(self) -> None:
        """Ask the file for all participants, and where they are."""
        today, view = self._session.today, self._session.view
        titles, regimens = (dict(view.titles), dict(view.regimens)) if view is not None else ({}, {})

        def read_people(study: Study, job: Job) -> tuple[list[PersonLine], Standings]:
            found = standings(study, today, job.progress)
            return [person_line(one, found, titles, regimens) for one in people(study)], found

        self.ask_for(read_people, self._answer, _("Reading the participants"))

    def _answer(self, found: tuple[list[PersonLine], Standings]) -> None:
        lines, standing = found
        self._is_read = True
        chosen, self._wanted = self._wanted or self.list.chosen(), ""
        self._show_chips(phases(lines, standing))
        self._model.show_people(lines)
        self._tell(chosen)

    def _show_chips(self, found: Sequence[tuple[str, str, int]]) -> None:
        """Show the phases in which somebody is, each with its number."""
        if self._model.phase not in {phase for phase, _words, _count in found}:
            self._model.show_phase("")
        while (item := self._chip_row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        total = sum(count for _phase, _words, count in found)
        self._chips = []
        for phase, words, count in (("", _("All"), total), *found):
            button = Button(no_mnemonic(f"{words} {count}"), self._choosing(phase), "chip")
            button.setChecked(phase == self._model.phase)
            self._chip_row.addWidget(button)
            self._chips.append((button, phase))

        self.phase_list.clear()
        for button, _phase in self._chips:
            self.phase_list.add(button.text().replace("&&", "&"))
        # A chip that has not been shown yet does not know its font.
        QTimer.singleShot(0, self, self._fit_phases)

    def _fit_phases(self) -> None:
        """Show the phases as chips on at most two lines, else as a list that opens."""
        high = max((button.sizeHint().height() for button, _phase in self._chips), default=0)
        fits = self._chip_row.heightForWidth(max(self.width() - 32, 1)) <= 2 * high + self._chip_row.spacing()
        self._chip_area.setVisible(fits)
        self.phase_list.setVisible(not fits)
        number = next((n for n, (_button, phase) in enumerate(self._chips) if phase == self._model.phase), 0)
        self.phase_list.setCurrentIndex(number)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_phases()

    def _choosing(self, phase: str) -> Callable[[], None]:
        return lambda: self.show_phase(phase)

    def show_phase(self, phase: str) -> None:
        """Show those of a phase alone; empty for everybody."""
        chosen = self.list.chosen()
        self._model.show_phase(phase)
        for button, own in self._chips:
            button.setChecked(own == phase)
        self._fit_phases()
        self._tell(chosen)

    def show_person(self, code: str) -> None:
        """Show everybody, with one of them chosen, now or as soon as they were read."""
        self.search.clear()
        self.show_phase("")
        self._wanted = "" if code in {one.row.code for one in self._model.rows} else code
        self.list.choose(code)
        view = self._session.view
        if view is not None and code in view.left_out:
            self.banner.tell(cannot_be_planned_text(code), "notice", closable=False)

    def _open(self, code: str) -> None:
        """Open a participant; one who was only screened has no calendar yet and goes on into the study."""
        line = self.list.chosen_line()
        only_screened = line is not None and line.row.code == code and not _has_calendar(line.row)
        (self.going_on if only_screened else self.opened).emit(code)

    def _narrow(self, text: str) -> None:
        chosen = self.list.chosen()
        self._model.narrow(text)
        self._tell(chosen)

    def chosen_filter(self) -> Filter:
        """Return the filter of the list: a list of visits that is printed from here has these participants."""
        typed = self.search.text().strip()
        phase = next((button.text() for button, own in self._chips if own and own == self._model.phase), "")
        said = ", ".join(filter(None, (typed, phase)))
        return Filter(people=tuple(one.row.code for one in self._model.rows), people_text=said) if said else EVERYTHING

    def _tell(self, chosen: str) -> None:
        """Say how many fit what was typed, or that nobody does; nothing of it before anybody was read."""
        if not self._is_read:
            return
        shown = len(self._model.rows)
        self._count.setText(counted("{n} participant", "{n} participants", shown))
        self._nobody.take_place_of(self.list, self.search, shown == 0)
        self.list.fit_columns()
        typed = self.search.text().strip()
        self._nobody.setText(
            _(
                "Nobody's code, phase, visit, protocol, regimen or centre has “{text}”. Empty the box to see all."
            ).format(text=typed)
            if typed
            else _("Nobody is here yet. “New participant…” lays out the first one's calendar.")
        )
        if shown:
            self.list.choose(chosen)
        self._allow()


def _has_calendar(row: PersonRow) -> bool:
    """Whether somebody has a calendar: not before the consent."""
    return row.stage is not Stage.SCREENED
