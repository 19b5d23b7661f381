"""The page with the list of all participants, and a box to filter it."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from app.domain.search import Search
from app.services.queries.agenda_filter import EVERYTHING, Filter
from app.services.queries.people import PersonRow, people
from app.services.study.study import Study
from app.ui.pages.page_base import Page
from app.ui.session.session import StudySession
from app.ui.session.worker import Job
from app.ui.style import tokens
from app.ui.widgets.buttons import Button
from app.ui.widgets.row_table import set_up_rows
from app.ui.widgets.search_box import search_box
from app.ui.widgets.text import Elided, Label, Wrapped, tip
from app.wording.dates import day
from app.wording.fact_sentences import stage_text
from app.wording.language import counted
from app.wording.language import gettext as _
from app.wording.visible import visible_line

Index = QModelIndex | QPersistentModelIndex
_WIDTHS = {0: 120, 1: 132, 4: 132, 5: 200}
"""The widths of the columns that do not share the rest."""


class PeopleModel(QAbstractTableModel):
    """The participants that match the filter."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[PersonRow] = ()
        self.rows: list[PersonRow] = []
        self._titles: dict[str, str] = {}
        self._regimens: dict[str, str] = {}

    def show_people(
        self, people: Sequence[PersonRow], titles: dict[str, str], regimens: dict[str, str], text: str
    ) -> None:
        """Show the participants that the text finds by code, protocol, regimen, centre, day or state."""
        self.beginResetModel()
        self._all, self._titles, self._regimens = people, titles, regimens
        search = Search(text)
        self.rows = [one for one in people if search.finds(*self._cells(one))]
        self.endResetModel()

    def narrow(self, text: str) -> None:
        """Filter by another text."""
        self.show_people(self._all, self._titles, self._regimens, text)

    def _cells(self, row: PersonRow) -> tuple[str, ...]:
        on = day(row.enrolled_on) if row.enrolled_on is not None else ""
        protocol = self._titles.get(row.protocol, row.protocol)
        regimen = self._regimens.get(row.regimen, row.regimen)
        texts = (row.code, protocol, regimen, row.centre, on, stage_text(row.stage))
        return tuple(map(visible_line, texts))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 6

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (_("Code"), _("Protocol"), _("Regimen"), _("Centre"), _("Enrolled"), _("State"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cells(self.rows[index.row()])[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._cells(self.rows[index.row()])[index.column()])
        if role == Qt.ItemDataRole.FontRole and index.column() == 0:
            return tokens.font(strong=True)
        return None


class PeopleView(QTableView):
    """The list of participants; Enter or a double click opens one."""

    opened = Signal(str)

    def __init__(self, model: PeopleModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        set_up_rows(self)
        header = self.horizontalHeader()
        for column, width in _WIDTHS.items():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, tokens.px(width))
        for column in (2, 3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.setAccessibleName(_("Participants"))
        self.doubleClicked.connect(lambda _index: self._open())

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.verticalHeader().setDefaultSectionSize(tokens.row_height())
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, tokens.px(width))

    def chosen(self) -> str:
        """Return the chosen code; empty for none."""
        row = self.currentIndex().row()
        return self._model.rows[row].code if 0 <= row < len(self._model.rows) else ""

    def choose(self, code: str) -> None:
        """Choose a code, or the first one where the list does not have it."""
        row = next((row for row, one in enumerate(self._model.rows) if one.code == code), 0)
        self.setCurrentIndex(self._model.index(row, 0))

    def _open(self) -> None:
        code = self.chosen()
        if code:
            self.opened.emit(code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)


class ParticipantsPage(Page):
    """The list of participants with its filter."""

    opened = Signal(str)
    going_on = Signal(str)
    """Somebody enters the study: the code of who is on the way, or empty for somebody new."""

    def __init__(self, session: StudySession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._model = PeopleModel(self)
        self.list = PeopleView(self._model)
        self.search = search_box(
            _("Code, protocol, regimen, centre or state"),
            _("Narrow the list: code, protocol, regimen, centre or state"),
        )
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self.list._open)
        self._count = Elided("", "muted")
        self._nobody = Wrapped("", "muted")
        self._build()
        self.list.opened.connect(self._open)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Label(_("Participants"), "title"))
        row.addWidget(self._count, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        # The same with large text, where the buttons need the room.
        self.search.setMinimumWidth(120)
        row.addWidget(self.search, 1)
        row.addWidget(Button(_("New participant…"), lambda: self.going_on.emit(""), icon="user-plus"))
        column.addLayout(row)
        column.addWidget(self._nobody)
        column.addWidget(self.list, 1)
        # Where the keyboard begins; as the page's focus proxy Qt would leave out what comes before it when Tab walks.
        self.first: QWidget = self.search

    def read(self) -> None:
        """Ask the file for all participants."""

        def read_people(study: Study, _job: Job) -> list[PersonRow]:
            return people(study)

        self._session.ask(read_people, self._answer, owner=self)

    def _answer(self, people: list[PersonRow]) -> None:
        view, chosen = self._session.view, self.list.chosen()
        titles, regimens = (dict(view.titles), dict(view.regimens)) if view is not None else ({}, {})
        self._model.show_people(people, titles, regimens, self.search.text())
        self.list.setColumnHidden(3, not any(one.centre for one in people))
        self._tell(chosen)

    def _open(self, code: str) -> None:
        """Open a participant; one who was only screened has no calendar yet and is enrolled first."""
        row = next((one for one in self._model.rows if one.code == code), None)
        if row is not None and row.stage == "screened":
            self.going_on.emit(code)
        else:
            self.opened.emit(code)

    def _narrow(self, text: str) -> None:
        chosen = self.list.chosen()
        self._model.narrow(text)
        self._tell(chosen)

    def chosen_filter(self) -> Filter:
        """Return the filter of the list: a list of visits that is printed from here has these participants."""
        typed = self.search.text().strip()
        return Filter(people=tuple(one.code for one in self._model.rows), people_text=typed) if typed else EVERYTHING

    def _tell(self, chosen: str) -> None:
        shown = len(self._model.rows)
        self._count.setText(counted("{n} participant", "{n} participants", shown))
        self._nobody.setVisible(shown == 0)
        self.list.setVisible(shown > 0)
        typed = self.search.text().strip()
        self._nobody.setText(
            _("Nobody's code, protocol, regimen, centre or state has “{text}”. Empty the box to see everybody.").format(
                text=typed
            )
            if typed
            else _("Nobody is here yet. “New participant…” lays out the first one's calendar.")
        )
        if shown:
            self.list.choose(chosen)
