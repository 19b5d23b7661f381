"""The agenda as a tree: groups with their counts, and their visits, with those of a participant together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.calendar.agenda import Agenda, AgendaRow
from app.services.queries.agenda_filter import Filter
from app.ui.style.status_marks import Mark, mark_of
from app.wording import agenda as words
from app.wording.dates import day_long, day_short
from app.wording.language import gettext as _
from app.wording.names import visit_name
from app.wording.visible import visible_line

Index = QModelIndex | QPersistentModelIndex
NEAR_DAYS, FAR_DAYS = 7, 14


class Column(IntEnum):
    """The columns of the list."""

    CODE = 0
    VISIT = 1
    DAY = 2
    WINDOW = 3
    STATE = 4
    STEP = 5


class Role(IntEnum):
    """Data of a cell other than its text."""

    ROW = Qt.ItemDataRole.UserRole + 1
    MARK = Qt.ItemDataRole.UserRole + 2
    STEP = Qt.ItemDataRole.UserRole + 3
    REPEATED = Qt.ItemDataRole.UserRole + 4


@dataclass(slots=True)
class Group:
    """Visits that need the same attention."""

    title: str
    empty: str
    rows: list[AgendaRow] = field(default_factory=list)


def groups_of(agenda: Agenda, chosen: Filter) -> list[Group]:
    """Return the groups in the order in which a nurse needs them, each with the visits of a participant together."""
    near = agenda.today + timedelta(NEAR_DAYS)
    coming = [row for row in agenda.coming if row.entry.assumed is not None]
    found = [
        Group(_("Needs rebooking"), _("no booking was left behind"), list(agenda.rebooking)),
        Group(_("Overdue and closing"), _("nothing is overdue"), list(agenda.pressing)),
        Group(_("Today"), _("no visits today"), list(agenda.now)),
        Group(
            _("Next 7 days"), _("nothing in the next 7 days"), [r for r in coming if (r.entry.assumed or near) <= near]
        ),
        Group(_("Days 8 to 14"), _("nothing"), [r for r in coming if (r.entry.assumed or near) > near]),
        Group(_("Waiting for a date"), _("nothing waits"), agenda.undated),
        Group(_("Counted from a day that is not recorded"), _("nothing"), agenda.uncertain),
    ]
    for group in found:
        group.rows = _together([row for row in group.rows if chosen.accepts(row)])
    return found


def _together(rows: Sequence[AgendaRow]) -> list[AgendaRow]:
    """Return the rows with those of a participant together, at the position of the first of them."""
    by_code: dict[str, list[AgendaRow]] = {}
    for row in rows:
        by_code.setdefault(row.participant, []).append(row)
    return [row for own in by_code.values() for row in own]


class AgendaModel(QAbstractItemModel):
    """The tree of groups and visits; a cell's words are made when it is shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.today = date.min
        self.groups: list[Group] = []
        self._decides: Callable[[AgendaRow], bool] = lambda _row: False

    def show_agenda(self, agenda: Agenda, chosen: Filter, decides: Callable[[AgendaRow], bool]) -> None:
        """Show an agenda. `decides` returns whether something is decided at a visit."""
        self.beginResetModel()
        self.today, self._decides = agenda.today, decides
        self.groups = groups_of(agenda, chosen)
        self.endResetModel()

    def row_at(self, index: Index) -> AgendaRow | None:
        """Return the visit of an index; None for a group."""
        if not index.isValid() or index.internalId() == 0:
            return None
        return self.groups[index.internalId() - 1].rows[index.row()]

    def index_of(self, code: str, visit: str) -> QModelIndex:
        """Return the index of a visit; an invalid one where the list does not have it."""
        for number, group in enumerate(self.groups):
            for number_in_group, row in enumerate(group.rows):
                if row.participant == code and row.entry.key == visit:
                    return self.createIndex(number_in_group, 0, number + 1)
        return QModelIndex()

    def neighbouring_visit(self, group: int, before: bool) -> QModelIndex:
        """Return the visit next to a heading: the last one above it, or the first one below."""
        numbers = range(group - 1, -1, -1) if before else range(group, len(self.groups))
        for number in numbers:
            if rows := self.groups[number].rows:
                return self.createIndex(len(rows) - 1 if before else 0, 0, number + 1)
        return QModelIndex()

    def step_of(self, row: AgendaRow) -> str:
        """Return the next step of a visit."""
        return words.next_step(row.entry, self.today, self._decides(row))

    # Qt

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        number = index.internalId() if index.isValid() else 0
        return self.createIndex(number - 1, 0, 0) if number else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self.groups)
        return len(self.groups[parent.row()].rows) if parent.internalId() == 0 and parent.column() == 0 else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (_("Participant"), _("Visit"), _("Day"), _("Window"), _("Status"), _("Next step"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index)
        if row is None:
            return self._group_data(self.groups[index.row()], index.column(), role)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(row, Column(index.column()))
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row) if index.column() == 0 else self._text(row, Column(index.column()))
            case Role.ROW:
                return row
            case Role.MARK:
                presses = row.entry.to_check or words.is_closing(row, self.today)
                return Mark.CLOSING if presses else mark_of(row.entry)
            case Role.STEP:
                return self.step_of(row)
            case Role.REPEATED:
                rows = self.groups[index.internalId() - 1].rows
                return index.row() > 0 and rows[index.row() - 1].participant == row.participant
            case _:
                return None

    def _group_data(self, group: Group, column: int, role: int) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and column == 0:
            said = f"{group.title}  {len(group.rows)}"
            return said if group.rows else f"{said} · {group.empty}"
        return None

    def _text(self, row: AgendaRow, column: Column) -> str:
        entry = row.entry
        match column:
            case Column.CODE:
                return visible_line(row.participant)
            case Column.VISIT:
                return visit_name(entry)
            case Column.DAY:
                at = entry.appointment_time
                return day_short(entry.assumed, self.today, at) if entry.assumed else _("no date yet")
            case Column.WINDOW:
                return words.window_text(entry, self.today)
            case Column.STATE:
                return words.state_text(row, self.today)
            case _:
                return _(words.NEXT[self.step_of(row)])

    def _spoken(self, row: AgendaRow) -> str:
        """Return everything in a row, for a screen reader."""
        entry = row.entry
        on = day_long(entry.assumed) if entry.assumed is not None else _("no date yet")
        parts = (row.participant, visit_name(entry), on, words.state_text(row, self.today))
        return ", ".join(parts)
