"""The list of values and questions: chips and a box to narrow it, and a tick for each row."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.queries.value_rows import ValueRow
from app.ui.pages.study.values_model import KEY, MARK, NOW, SOURCE, TICK, WHAT, ValuesModel, id_of
from app.ui.style import tokens
from app.ui.widgets.buttons import Button
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.rows_of_text import RowsTable
from app.ui.widgets.search_box import search_box
from app.ui.widgets.text import NothingHere, no_mnemonic
from app.wording.language import gettext as _

_LEAST_ROWS = 150
"""The least height of the table, at a text size of 100 %."""
_ALL_COLUMNS = 760
"""The least width of a table with all its columns, at a text size of 100 %."""
_WIDTHS = {TICK: 32, NOW: 150, SOURCE: 118, MARK: 150, KEY: 160}


class ValuesTable(RowsTable):
    """The rows with their ticks; Space ticks the chosen one wherever in the row the keyboard is.

    In little room it has neither key nor source: both are said of the chosen row below it.
    """

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for column in (SOURCE, KEY):
            self.setColumnHidden(column, self.width() < tokens.px(_ALL_COLUMNS))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        model, row = self.model(), self.currentIndex().row()
        if event.key() == Qt.Key.Key_Space and isinstance(model, ValuesModel) and row >= 0:
            model.tick(row)
        else:
            super().keyPressEvent(event)


class ValuesList(QWidget):
    """The rows that the filter leaves."""

    chosen = Signal(object)
    """Somebody chose another row: a `ValueRow`."""
    narrowed = Signal()
    """Other rows are shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.model = ValuesModel(self)
        self.table = ValuesTable(self.model, _("Values and questions"), _WIDTHS)
        self.search = search_box(_("Key, words, source or name"), _("Narrow the list: key, words, source or name"))
        self.none = NothingHere()
        self._chip_row = FlowLayout(spacing=6)
        self._chips: list[tuple[Button, bool | None, str]] = []
        self._confirmed: bool | None = False
        self._protocol = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(12)
        chips = QWidget()
        chips.setLayout(self._chip_row)
        row.addWidget(chips, 2)
        self.search.setMinimumWidth(tokens.px(80))
        row.addWidget(self.search, 1)
        column.addLayout(row)
        column.addWidget(self.none)
        self.table.setMinimumHeight(tokens.px(_LEAST_ROWS))
        column.addWidget(self.table, 1)
        self.search.textChanged.connect(lambda _text: self._narrow())
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._tell())

    def show_values(self, rows: Sequence[ValueRow]) -> None:
        """Show these rows instead of those before."""
        with QSignalBlocker(self.table.selectionModel()):
            self.model.show_values(rows)
        self._after()

    def row(self) -> ValueRow | None:
        """Return the chosen row; None where there is none."""
        number = self.table.currentIndex().row()
        return self.model.rows[number] if 0 <= number < len(self.model.rows) else None

    def choose(self, wanted: ValueRow | None, or_first: bool = True) -> ValueRow | None:
        """Choose a row by what it is about, else the first one; return it. Nobody is told."""
        name = id_of(wanted) if wanted is not None else None
        found = next(
            (number for number, one in enumerate(self.model.rows) if id_of(one) == name), 0 if or_first else -1
        )
        with QSignalBlocker(self.table.selectionModel()):
            self.table.setCurrentIndex(self.model.index(found, WHAT))
        self.table.viewport().update()
        return self.row()

    def show_found(self, text: str) -> None:
        """Show what a text finds, confirmed or not, of any protocol."""
        self._confirmed, self._protocol = None, ""
        self.search.setText(text)
        self._show_chips()
        self._narrow()

    def _tell(self) -> None:
        found = self.row()
        if found is not None:
            self.chosen.emit(found)

    # The filter

    def _narrow(self) -> None:
        with QSignalBlocker(self.table.selectionModel()):
            self.model.narrow(self._confirmed, self._protocol, self.search.text())
        self._after()

    def _after(self) -> None:
        self._show_chips()
        self.none.take_place_of(self.table, self.search, not self.model.rows)
        if not self.model.every:
            self.none.setText(_("The study has no protocol yet."))
        elif self.search.text().strip():
            self.none.setText(_("No line fits. Empty the box to see all."))
        else:
            self.none.setText(_("Nothing is to be confirmed.") if self._confirmed is False else _("Nothing yet."))
        self.narrowed.emit()

    def _show_chips(self) -> None:
        titles = {one.protocol: one.title for one in self.model.every}
        count = self.model.count
        wanted: list[tuple[str, bool | None, str]] = [
            (f"{_('To confirm')} {count(False)}", False, ""),
            (f"{_('Confirmed')} {count(True)}", True, ""),
            (f"{_('All')} {count(None)}", None, ""),
        ]
        if len(titles) > 1:
            wanted += [(f"{title} {count(self._confirmed, name)}", None, name) for name, title in titles.items()]
        if len(self._chips) != len(wanted):
            self._make_chips(wanted)
        for (button, confirmed, protocol), (text, *_rest) in zip(self._chips, wanted, strict=True):
            button.setText(no_mnemonic(text))
            button.setAccessibleName(text)
            button.setChecked(protocol == self._protocol if protocol else confirmed is self._confirmed)

    def _make_chips(self, wanted: Sequence[tuple[str, bool | None, str]]) -> None:
        while (item := self._chip_row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._chips = []
        for text, confirmed, protocol in wanted:
            button = Button(no_mnemonic(text), variant="chip")
            button.clicked.connect(self._choosing(confirmed, protocol))
            self._chip_row.addWidget(button)
            button.show()
            self._chips.append((button, confirmed, protocol))

    def _choosing(self, confirmed: bool | None, protocol: str) -> Callable[[], None]:
        def choose() -> None:
            if protocol:
                self._protocol = "" if self._protocol == protocol else protocol
            else:
                self._confirmed = confirmed
            self._narrow()

        return choose
