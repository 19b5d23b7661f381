"""The agenda as a tree: headings, and below them the lines of visits and of reports that are to be sent."""

from collections.abc import Callable
from datetime import date
from enum import IntEnum

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.calendar.agenda import Agenda, AgendaRow
from app.services.queries.agenda_filter import Filter
from app.ui.pages.today.agenda_groups import Group, Line, groups_of, visit_of
from app.ui.pages.today.agenda_lines import Column, LineWords
from app.wording.language import gettext as _

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """Data of a cell other than its text."""

    LINE = Qt.ItemDataRole.UserRole + 1
    MARK = Qt.ItemDataRole.UserRole + 2
    STEP = Qt.ItemDataRole.UserRole + 3
    REPEATED = Qt.ItemDataRole.UserRole + 4
    GROUP = Qt.ItemDataRole.UserRole + 5


class AgendaModel(QAbstractItemModel):
    """The tree of headings and lines; a cell's words are made when it is shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.groups: list[Group] = []
        self.unfolded = False
        self.words = LineWords(date.min, lambda _row: False)

    def show_agenda(
        self, agenda: Agenda, chosen: Filter, decides: Callable[[AgendaRow], bool], by_participant: bool = False
    ) -> None:
        """Show an agenda. `decides` returns whether something is decided at a visit."""
        self.beginResetModel()
        self.words = LineWords(agenda.today, decides)
        self.groups = groups_of(agenda, chosen, by_participant)
        self.endResetModel()

    def line_at(self, index: Index) -> Line | None:
        """Return what a line is about; None for a heading."""
        if not index.isValid() or index.internalId() == 0:
            return None
        return self.groups[index.internalId() - 1].lines[index.row()]

    def group_at(self, index: Index) -> Group | None:
        """Return the group of a heading; None for a line."""
        return self.groups[index.row()] if index.isValid() and index.internalId() == 0 else None

    def index_of(self, code: str, visit: str) -> QModelIndex:
        """Return the index of an open visit; an invalid one where the list does not have it."""
        return self.index_where(lambda line: isinstance(line, AgendaRow) and visit_of(line) == (code, visit))

    def index_where(self, wanted: Callable[[Line], bool]) -> QModelIndex:
        """Return the index of the first line that is wanted; an invalid one where there is none."""
        for number, group in enumerate(self.groups):
            for number_in_group, line in enumerate(group.lines):
                if wanted(line):
                    return self.createIndex(number_in_group, 0, number + 1)
        return QModelIndex()

    def is_folded(self, group: Group) -> bool:
        """Return whether the lines of a group are hidden."""
        return group.folds and not self.unfolded

    def neighbour(self, heading: int, before: bool) -> QModelIndex:
        """Return what the keyboard reaches next to a heading: a line, or a heading at which it stops."""
        numbers = range(heading - 1, -1, -1) if before else range(heading, len(self.groups))
        for number in numbers:
            group = self.groups[number]
            if number != heading and group.stops and not (before and group.lines and not self.is_folded(group)):
                return self.createIndex(number, 0, 0)
            if group.lines and not self.is_folded(group):
                return self.createIndex(len(group.lines) - 1 if before else 0, 0, number + 1)
        return QModelIndex()

    def step_of(self, line: Line) -> str:
        """Return the next step of a line."""
        return self.words.step(line)

    # Qt

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        number = index.internalId() if index.isValid() else 0
        return self.createIndex(number - 1, 0, 0) if number else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self.groups)
        return len(self.groups[parent.row()].lines) if parent.internalId() == 0 and parent.column() == 0 else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (_("Participant"), _("Visit"), _("Day"), _("Window"), _("Status"), _("Next step"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.line_at(index)
        if line is None:
            return self._heading(self.groups[index.row()], index.column(), role)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.words.text(line, Column(index.column()))
            case Qt.ItemDataRole.AccessibleTextRole:
                first = index.column() == Column.CODE
                return self.words.spoken(line) if first else self.words.text(line, Column(index.column()))
            case Role.LINE:
                return line
            case Role.MARK:
                return self.words.mark(line)
            case Role.STEP:
                return self.words.step(line)
            case Role.REPEATED:
                lines = self.groups[index.internalId() - 1].lines
                return index.row() > 0 and lines[index.row() - 1].participant == line.participant
            case _:
                return None

    def _heading(self, group: Group, column: int, role: int) -> object:
        if column != 0:
            return None
        said = f"{group.title}  {group.said}"
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return said
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken_heading(group, said)
            case Role.GROUP:
                return group
            case _:
                return None

    def _spoken_heading(self, group: Group, said: str) -> str:
        """Return a heading with what its keys do, for a screen reader and the side of the page."""
        if group.folds:
            enter = _("Enter shows them") if self.is_folded(group) else _("Enter hides them")
            return _("{heading}. {enter}, U takes the last one back.").format(heading=said, enter=enter)
        if group.act == "older":
            return _("{heading}. Enter or Q: {button}").format(heading=said, button=group.button)
        return _("{heading}. Enter: {button}").format(heading=said, button=group.button) if group.act else said
