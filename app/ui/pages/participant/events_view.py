"""The table of a participant's events: how a line and the heading of a day are painted, and the keys and the menu."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.services.queries.participant_events import EventLine
from app.ui.pages.participant.events_model import Column, EventsModel, EventTexts, Role
from app.ui.style import tokens
from app.ui.visit.event_menu import EVENTS
from app.ui.visit.mends import CORRECT, TAKE_BACK
from app.ui.widgets.row_table import set_up_rows
from app.wording.short_names import short_name, shortest_name

Index = QModelIndex | QPersistentModelIndex
MEND_KEYS = {Qt.Key.Key_C: CORRECT, Qt.Key.Key_T: TAKE_BACK, Qt.Key.Key_E: EVENTS}
"""The keys that ask for something about the chosen line, in a list that has the focus."""
_PAD, _DOTS = 9, "⋯"
_MANY = 300
_WIDTHS = {Column.KIND: 118, Column.AMOUNT: 186, Column.BY: 172, Column.MORE: 34}
_GIVES_WAY = ((Column.BY, 640), (Column.AMOUNT, 430), (Column.KIND, 330))
"""The columns that are hidden below a width; the side shows all that they say."""
_CENTRE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class EventsDelegate(QStyledItemDelegate):
    """Paints the cell of a line, or its part of a heading. What no longer counts is struck through."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40, tokens.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        texts = index.data(Role.TEXTS)
        if isinstance(texts, EventTexts):
            self._line(painter, option, index, texts)
        else:
            self._heading(painter, option, index)
        painter.restore()

    def _heading(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the part of the heading that is in this cell: it goes across all of them."""
        painter.fillRect(option.rect, tokens.color("ground"))
        painter.setPen(tokens.color("line"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        title, counted = index.data(Role.HEADING) or ("", "")
        painter.setClipRect(option.rect)
        strong = tokens.font(tokens.BODY, strong=True)
        across = QRect(_PAD, option.rect.top(), 4000, option.rect.height())
        _draw(painter, across, title, "text", strong)
        across.setLeft(across.left() + QFontMetrics(strong).horizontalAdvance(title) + tokens.px(8))
        _draw(painter, across, counted, "muted", tokens.font(tokens.SMALL))

    def _line(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, texts: EventTexts) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(option.rect, tokens.color("selection" if selected else "surface"))
        painter.setPen(tokens.color("line"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        column = Column(index.column())
        if selected and column is Column.KIND:
            painter.fillRect(QRect(0, option.rect.top(), 3, option.rect.height()), tokens.color("accent"))
        rect = option.rect.adjusted(_PAD if column is Column.KIND else 6, 0, -6, 0)
        if column is Column.WHAT and texts.below:
            self._two_lines(painter, rect, texts)
            return
        strong = column is Column.WHAT and texts.counts
        font = tokens.font(tokens.BODY, strong=strong)
        font.setStrikeOut(not texts.counts and column in (Column.WHAT, Column.AMOUNT))
        tone = "text" if column in (Column.WHAT, Column.AMOUNT) and texts.counts else "muted"
        text = _DOTS if column is Column.MORE else str(index.data())
        _draw(painter, rect, text, tone, font, is_name=column is Column.WHAT)

    def _two_lines(self, painter: QPainter, rect: QRect, texts: EventTexts) -> None:
        strong = tokens.font(tokens.BODY, strong=texts.counts)
        strong.setStrikeOut(not texts.counts)
        small = tokens.font(tokens.SMALL)
        above, below = QFontMetrics(strong).height(), QFontMetrics(small).height()
        top = rect.top() + max((rect.height() - above - below) // 2, 0)
        upper = QRect(rect.left(), top, rect.width(), above)
        _draw(painter, upper, texts.title, _tone(texts), strong, is_name=True)
        place = QRect(rect.left(), top + above, rect.width(), below)
        _draw(painter, place, texts.below, texts.tone or "muted", small)


def _tone(texts: EventTexts) -> str:
    return "text" if texts.counts else "muted"


def _draw(painter: QPainter, rect: QRect, text: str, tone: str, font: QFont, is_name: bool = False) -> None:
    """Draw a text that is cut at its end; the name of a visit is shortened first."""
    painter.setFont(font)
    painter.setPen(tokens.color(tone))
    metrics = QFontMetrics(font)
    short = text
    if is_name and metrics.horizontalAdvance(text) > rect.width():
        short = next((one for one in (short_name(text), shortest_name(text)) if _fits(one, metrics, rect)), text)
    painter.drawText(rect, _CENTRE, metrics.elidedText(short, Qt.TextElideMode.ElideRight, rect.width()))


def _fits(text: str, metrics: QFontMetrics, rect: QRect) -> bool:
    return metrics.horizontalAdvance(text) <= rect.width()


class EventsView(QTableView):
    """The lines by day. Letters act only while the table has the focus; the dots and the menu key open a menu."""

    chosen = Signal()
    """Another line was chosen."""
    keyed = Signal(str)
    """What a key asks for about the chosen line."""
    menu_asked = Signal(QPoint)
    """The menu of the chosen line is asked for, at this place of the screen."""

    def __init__(self, model: EventsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setItemDelegate(EventsDelegate(self))
        set_up_rows(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(24)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Column.WHAT, QHeaderView.ResizeMode.Stretch)
        model.modelReset.connect(self.fit)
        self.doubleClicked.connect(lambda _index: self.keyed.emit(CORRECT))
        self.fit()

    def fit(self) -> None:
        """Set widths and heights by the text size: two lines of text where there are two.

        Of very many rows each has room for two, so that the words of those out of sight need not be made.
        """
        rows = self.verticalHeader()
        low = tokens.row_height()
        high = max(tokens.px(42), QFontMetrics(tokens.font()).height() * 2 + tokens.px(8))
        count = self._model.rowCount()
        exact = count <= _MANY
        with QSignalBlocker(rows):
            rows.setDefaultSectionSize(low if exact else high)
            for row in range(count):
                line = self._model.line_at(row)
                wanted = high if line is not None and (not exact or self._model.texts(line).below) else low
                if rows.sectionSize(row) != wanted:
                    rows.resizeSection(row, wanted)
        self.updateGeometries()
        self.fit_columns()

    def fit_columns(self) -> None:
        """Set the widths of the columns, and hide some in a narrow window for what happened."""
        for column, needed in _GIVES_WAY:
            self.setColumnHidden(column, self.viewport().width() < tokens.px(needed))
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, tokens.px(width))

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.fit_columns()

    def line(self) -> EventLine | None:
        """Return the chosen line; None for none."""
        return self._model.line_at(self.currentIndex().row())

    def choose(self, row: int) -> None:
        """Choose the line of a row, and have it in sight; none for -1."""
        index = self._model.index(row, Column.WHAT) if row >= 0 else QModelIndex()
        self.setCurrentIndex(index)
        if row >= 0:
            self.scrollTo(index)
        self.chosen.emit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.chosen.emit()

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Skip the headings: the keyboard goes from line to line."""
        found = super().moveCursor(action, modifiers)
        if not found.isValid() or self._model.line_at(found.row()) is not None:
            return found
        up = (QAbstractItemView.CursorAction.MoveUp, QAbstractItemView.CursorAction.MovePageUp)
        row = found.row() - 1 if action in up and found.row() > 0 else found.row() + 1
        return self._model.index(row, found.column()) if self._model.line_at(row) else self.currentIndex()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        asked = MEND_KEYS.get(Qt.Key(event.key())) if plain else None
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            asked = CORRECT
        if asked is None:
            super().keyPressEvent(event)
        elif asked == EVENTS or self.line() is not None:
            self.keyed.emit(asked)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu of the line under the mouse, or of the chosen one."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        else:
            place = event.globalPos()
        if self.line() is not None:
            self.menu_asked.emit(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the menu of a line at a click on its dots."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        on_dots = index.column() == Column.MORE and event.button() == Qt.MouseButton.LeftButton
        if on_dots and self._model.line_at(index.row()) is not None:
            self.menu_asked.emit(event.globalPosition().toPoint())
