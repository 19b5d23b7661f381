"""The deviations as a table: narrowed by a class or by what is missing, with room for the form of the opened row."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.search import Search
from app.services.queries.deviation_row import Deviation
from app.ui.style import icons, tokens
from app.ui.widgets.text import tip
from app.wording.dates import day_narrow, window_short
from app.wording.deviations import class_name, deviation_text
from app.wording.language import gettext as _
from app.wording.visible import visible_line

Index = QModelIndex | QPersistentModelIndex
NUMBER, WHO, VISIT, PLANNED, ACTUAL, HOW_MUCH, CLASS, REASON, CAUSE, SIGNED = range(10)
Part = Literal["all", "important", "minor", "allowed", "undecided", "reason", "unsigned"]
PARTS: Mapping[Part, Callable[[Deviation], bool]] = {
    "all": lambda _row: True,
    "important": lambda row: row.decided_class == "important",
    "minor": lambda row: row.decided_class == "minor",
    "allowed": lambda row: row.decided_class == "allowed",
    "undecided": lambda row: row.decided_class is None,
    "reason": lambda row: row.lacks_reason,
    "unsigned": lambda row: row.decided_class is not None and not row.is_signed,
}
"""The parts that are chosen with one click: by the class that a person decided on, or by what is missing."""
Identity = tuple[str, str, str]
"""The participant, the visit and the sort of a deviation: one of that sort is there only once."""


def identity(row: Deviation) -> Identity:
    """Return what is the same before and after a decision."""
    return row.participant, row.visit, row.what


def cells_of(row: Deviation, today: date) -> tuple[str, ...]:
    """Return one deviation in words, column by column."""
    planned = window_short(row.earliest, row.latest, today) if row.earliest and row.latest else ""
    told = "; ".join(filter(None, (row.told("cause"), row.told("action"))))
    signed = _signed_text(row, today)
    texts = (
        str(row.number or ""),
        row.participant,
        row.name,
        planned,
        _actual_text(row, today),
        _how_much(row),
        class_name(row.decided_class) if row.decided_class is not None else _("not classed"),
        row.reason or ("" if row.gone else _("missing")),
        told or "–",
        signed,
    )
    return tuple(map(visible_line, texts))


def _newest_first(row: Deviation) -> tuple[bool, int, int]:
    on = row.on or row.latest or date.min
    return row.number > 0, -row.number, -on.toordinal()


def _how_much(row: Deviation) -> str:
    """Return by how much; of what was not recorded, which another column says, that its window has passed."""
    if row.what == "unrecorded" and row.latest is not None:
        return _("window closed")
    return deviation_text(row.what, row.days, row.detail)


def _actual_text(row: Deviation, today: date) -> str:
    if row.what in ("unrecorded", "unrecorded_before_end"):
        return _("not recorded")
    if row.what in ("missed", "omitted"):
        return _("not done")
    return day_narrow(row.on, today) if row.on is not None else ""


def _signed_text(row: Deviation, today: date) -> str:
    if row.decided is None:
        return "–"
    if not row.is_signed:
        return _("not signed")
    on = row.decided.day("signed_on")
    return f"{row.told('signed_by')}, {day_narrow(on, today)}" if on is not None else row.told("signed_by")


class DeviationModel(QAbstractTableModel):
    """The deviations that the chosen part leaves; below the opened one is an empty row for its form."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[Deviation] = ()
        self._today = date.min
        self._text = ""
        self.part: Part = "all"
        self.rows: list[Deviation] = []
        self._places: dict[Identity | None, int] = {}
        self.opened: Identity | None = None

    # What is shown

    def show_deviations(self, rows: Sequence[Deviation], today: date) -> None:
        """Show other deviations, narrowed as before: without a number first, then the newest number."""
        self._all = sorted(rows, key=_newest_first)
        self._today = today
        self.narrow(self._text, self.part)

    def narrow(self, text: str, part: Part) -> None:
        """Show the rows of a part in which the text is found, in any column or in the key."""
        self.beginResetModel()
        self._text, self.part = text, part
        search = Search(text)
        self.rows = [
            row
            for row in filter(PARTS[part], self._all)
            if search.is_empty or search.finds(*cells_of(row, self._today), row.visit)
        ]
        # A view asks for the place of the form with each cell; the first of two equal rows counts.
        self._places = {identity(row): place for place, row in reversed([*enumerate(self.rows)])}
        self.endResetModel()

    def open_row(self, wanted: Identity | None) -> None:
        """Make room for a form below that row, or take the room away."""
        self.beginResetModel()
        self.opened = wanted
        self.endResetModel()

    def count(self, part: Part) -> int:
        """Return how many deviations a part has, whatever is typed."""
        return sum(map(PARTS[part], self._all))

    def unsigned(self) -> list[Deviation]:
        """Return the shown rows with a class and without a signature."""
        return [*filter(PARTS["unsigned"], self.rows)]

    # Rows

    @property
    def place_of_form(self) -> int:
        """The number of the empty row; -1 for none."""
        place = self.place(self.opened)
        return place + 1 if place >= 0 else -1

    def place(self, wanted: Identity | None) -> int:
        """Return the number of a row, not counting the empty one; -1 where it is not shown."""
        return self._places.get(wanted, -1)

    def row_at(self, place: int) -> Deviation | None:
        """Return the deviation in a row of the table; None in the empty one."""
        form = self.place_of_form
        if place == form or not 0 <= place < self.rowCount():
            return None
        return self.rows[place - 1 if 0 <= form < place else place]

    def index_of(self, wanted: Identity | None) -> QModelIndex:
        """Return the first cell of a row; an invalid index where it is not shown."""
        place, form = self.place(wanted), self.place_of_form
        return self.index(place + 1 if 0 <= form <= place else place, 0) if place >= 0 else QModelIndex()

    def next_undecided(self, after: Identity | None) -> Deviation | None:
        """Return the next row that can be classed and is not, after a row, beginning again after the last one.

        Who is not enrolled has no visit that a class could be recorded on.
        """
        start = self.place(after) + 1
        turned = [*self.rows[start:], *self.rows[:start]]
        return next((row for row in turned if _waits(row) and identity(row) != after), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows) + (self.place(self.opened) >= 0)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else SIGNED + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.row_at(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        names = (
            _("No."), _("Participant"), _("Visit"), _("Planned"), _("Actual"), _("By how much"), _("Class"),
            _("Reason"), _("Cause and action"), _("Signed"),
        )  # fmt: skip
        return names[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index.row())
        if row is None:
            return None
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return cells_of(row, self._today)[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(row.class_text if column == CLASS else cells_of(row, self._today)[column])
        if role == Qt.ItemDataRole.FontRole and (
            column == WHO or (column == CLASS and row.decided_class == "important")
        ):
            return tokens.font(strong=True)
        tone = _tone(row, column)
        if role == Qt.ItemDataRole.ForegroundRole and tone:
            return tokens.color(tone)
        if role == Qt.ItemDataRole.DecorationRole and (icon := _icon(row, column)):
            return icons.icon(icon, tone)
        return None


def _waits(row: Deviation) -> bool:
    return row.decided_class is None and row.entry is not None


def _tone(row: Deviation, column: int) -> str:
    """Return the colour of a cell that asks for something or is done; empty for the usual one."""
    if column == CLASS:
        return "due" if row.decided_class is None else "alarm" if row.decided_class == "important" else ""
    if column == REASON and row.lacks_reason:
        return "due"
    if column == SIGNED:
        return "done" if row.is_signed else "muted"
    return ""


def _icon(row: Deviation, column: int) -> str:
    if column == CLASS and row.decided_class is None:
        return "circle-half"
    if column == CLASS and row.decided_class == "important":
        return "diamond"
    return "circle-check" if column == SIGNED and row.is_signed else ""
