"""The table of deviations: its keys, and the form that lies in the room below the opened row."""

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.domain.deviation_rule import DeviationClass
from app.services.queries.deviation_row import Deviation
from app.ui.pages.monitor.deviation_form import DeviationForm, class_of_key
from app.ui.pages.monitor.deviation_model import (
    ACTUAL,
    CAUSE,
    CLASS,
    HOW_MUCH,
    NUMBER,
    PLANNED,
    REASON,
    SIGNED,
    VISIT,
    WHO,
    DeviationModel,
    Identity,
)
from app.ui.style import tokens
from app.ui.widgets.code_column import code_width, longest_code
from app.ui.widgets.name_column import name_column
from app.ui.widgets.row_table import set_up_rows
from app.wording.language import gettext as _

_WIDTHS = {NUMBER: 42, WHO: 86, PLANNED: 116, ACTUAL: 100, CLASS: 126, SIGNED: 96}
_SHARES = {VISIT: 0.32, HOW_MUCH: 0.2, REASON: 0.27, CAUSE: 0.21}
"""The widths of columns at a text size of 100 %, and the shares of the others of what these leave."""
_GIVES_WAY = ((CAUSE, 960), (SIGNED, 900), (PLANNED, 820), (HOW_MUCH, 620), (ACTUAL, 520), (NUMBER, 440))
"""The columns that are hidden below a width; the form of the row has what they say."""
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class DeviationList(QTableView):
    """Enter opens a row, a number opens it with that class, N goes to the next one without a class."""

    opening = Signal(object)
    """The chosen row is to be opened: the class that was chosen with it, or None."""
    going_on = Signal()
    going_to = Signal()
    """The participant of the chosen row is to be shown."""

    def __init__(self, model: DeviationModel, form: DeviationForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self.form = model, form
        self._room_at = -1
        self.setModel(model)
        set_up_rows(self)
        name_column(self, VISIT)
        form.setParent(self.viewport())
        form.hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Deviations"))
        self.doubleClicked.connect(lambda _index: self.opening.emit(None))
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.place_form())
        model.modelReset.connect(self._make_room)
        model.modelReset.connect(self._fit_columns)
        form.focused.connect(self._show_field)

    # The chosen row

    def chosen(self) -> Deviation | None:
        """Return the chosen row; None for none."""
        return self._model.row_at(self.currentIndex().row())

    def choose(self, wanted: Identity | None) -> None:
        """Choose a row, or the first one where it is not shown."""
        found = self._model.index_of(wanted)
        self.setCurrentIndex(found if found.isValid() else self._model.index(0, 0))

    # The form

    def _make_room(self) -> None:
        """Give every row its height; the rows are others now."""
        rows = self.verticalHeader()
        rows.setDefaultSectionSize(tokens.row_height())
        place = self._model.place_of_form
        if 0 <= self._room_at < rows.count():
            # Qt keeps the size of a row over a reset.
            rows.resizeSection(self._room_at, tokens.row_height())
        self._room_at = place
        self.form.setVisible(place >= 0)
        if place >= 0:
            rows.resizeSection(place, self._height_of_form())
            self.place_form()

    def _height_of_form(self) -> int:
        layout = self.form.layout()
        wide = max(self.viewport().width(), 1)
        high = layout.totalHeightForWidth(wide) if layout is not None and layout.hasHeightForWidth() else 0
        return max(high, self.form.sizeHint().height() if not high else 0, 1)

    def place_form(self) -> None:
        """Lay the form into its room."""
        place = self._model.place_of_form
        if place >= 0:
            top = self.rowViewportPosition(place)
            self.form.setGeometry(0, top, self.viewport().width(), self.rowHeight(place) - 1)

    def fit_form(self) -> None:
        """Give the form another height, as when it has something to say."""
        place = self._model.place_of_form
        if place >= 0:
            self.verticalHeader().resizeSection(place, self._height_of_form())
            self.place_form()

    def show_form(self) -> None:
        """Scroll until the opened row and its form are seen."""
        place = self._model.place_of_form
        if place >= 0:
            self.scrollTo(self._model.index(place, 0), QAbstractItemView.ScrollHint.EnsureVisible)
            self.scrollTo(self._model.index(place - 1, 0), QAbstractItemView.ScrollHint.EnsureVisible)
            self.place_form()

    def _show_field(self, field: QWidget) -> None:
        """Scroll until a field of the form is seen, as when Tab goes to it."""
        top = field.mapTo(self.viewport(), QPoint(0, 0)).y()
        below = top + field.height() - self.viewport().height()
        bar = self.verticalScrollBar()
        if below > 0:
            bar.setValue(bar.value() + min(below + tokens.px(8), top))
        elif top < 0:
            bar.setValue(bar.value() + top - tokens.px(8))

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()
        QTimer.singleShot(0, self, self.fit_form)

    def _fit_columns(self) -> None:
        for column, least in _GIVES_WAY:
            self.setColumnHidden(column, self.viewport().width() < tokens.px(least))
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, tokens.px(width))
        self.setColumnWidth(WHO, code_width(longest_code({one.participant for one in self._model.rows}), _WIDTHS[WHO]))
        shown = {column: share for column, share in _SHARES.items() if not self.isColumnHidden(column)}
        rest = self.viewport().width() - sum(map(self.columnWidth, _WIDTHS))
        for column, share in shown.items():
            self.setColumnWidth(column, max(int(rest * share / sum(shown.values())), tokens.px(60)))

    def sizeHint(self) -> QSize:
        return QSize(400, 200)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in _PLAIN
        chosen: DeviationClass | None = class_of_key(event.key()) if plain else None
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or chosen is not None:
            self.opening.emit(chosen)
        elif plain and event.key() == Qt.Key.Key_N:
            self.going_on.emit()
        elif plain and event.key() == Qt.Key.Key_O:
            self.going_to.emit()
        else:
            super().keyPressEvent(event)
