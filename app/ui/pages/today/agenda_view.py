"""The view of the agenda: one line for each visit, with the next step as a button, and its keys and mouse."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QTreeView,
    QWidget,
)

from app.domain.calendar.agenda import AgendaRow
from app.ui.pages.today.agenda_model import AgendaModel, Column, Role
from app.ui.style import tokens
from app.ui.style.status_marks import draw_mark, mark_in, tone_of
from app.ui.widgets.text import tip

Index = QModelIndex | QPersistentModelIndex
_PAD = 9
_WIDTHS = {Column.CODE: 84, Column.DAY: 132, Column.WINDOW: 112, Column.STATE: 146, Column.STEP: 82}
_GIVES_WAY = ((Column.WINDOW, 640), (Column.STEP, 600), (Column.DAY, 440))
"""The columns that are hidden below a width; the inspector shows all of them, and Enter does the next step."""


class AgendaDelegate(QStyledItemDelegate):
    """Paints a line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40, tokens.row_height() + tokens.px(4))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        row = index.data(Role.ROW)
        if isinstance(row, AgendaRow):
            self._visit(painter, option, index, row)
        elif index.column() == 0:
            self._group(painter, option, index)
        painter.restore()

    def _group(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        text = str(index.data())
        title, _space, rest = text.partition("  ")
        view = option.widget
        rect = QRect(option.rect)
        if isinstance(view, QTreeView):
            rect.setWidth(view.viewport().width())
            painter.fillRect(QRect(0, rect.top(), view.viewport().width(), rect.height()), tokens.color("ground"))
        rect.adjust(1, tokens.px(6), 0, 0)
        strong = tokens.font(tokens.BODY, strong=True)
        painter.setFont(strong)
        painter.setPen(tokens.color("text"))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter), title)
        rect.adjust(QFontMetrics(strong).horizontalAdvance(title) + tokens.px(8), 0, 0, 0)
        painter.setFont(tokens.font(tokens.SMALL))
        painter.setPen(tokens.color("muted"))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter), rest)
        painter.setPen(tokens.color("line"))
        painter.drawLine(0, option.rect.bottom(), option.rect.right() + 4000, option.rect.bottom())

    def _visit(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, row: AgendaRow) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(option.rect, tokens.color("selection" if selected else "surface"))
        painter.setPen(tokens.color("line"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        column = Column(index.column())
        if selected and column is Column.CODE:
            painter.fillRect(QRect(0, option.rect.top(), 3, option.rect.height()), tokens.color("accent"))
        rect = option.rect.adjusted(_PAD if column is Column.CODE else 4, 0, -8, 0)
        if column is Column.STEP:
            self._button(painter, rect, index, option)
        elif column is Column.STATE:
            self._state(painter, rect, index)
        else:
            self._cell(painter, rect, column, index, row)

    def _cell(self, painter: QPainter, rect: QRect, column: Column, index: Index, row: AgendaRow) -> None:
        repeated = column is Column.CODE and bool(index.data(Role.REPEATED))
        timed = column is Column.DAY and bool(row.entry.booked_at) and row.entry.is_booked
        strong = (column is Column.CODE and not repeated) or timed
        muted = repeated or column is Column.WINDOW
        # The end of a visit's name distinguishes one dose from the next.
        mode = Qt.TextElideMode.ElideMiddle if column is Column.VISIT else Qt.TextElideMode.ElideRight
        _draw_text(painter, rect, str(index.data()), "muted" if muted else "text", strong, mode)

    def _state(self, painter: QPainter, rect: QRect, index: Index) -> None:
        mark = mark_in(index.data(Role.MARK))
        size = tokens.px(11)
        draw_mark(painter, mark, QPointF(rect.left() + size / 2 + 1, rect.center().y() + 0.5), size)
        _draw_text(painter, rect.adjusted(size + tokens.px(8), 0, 0, 0), str(index.data()), tone_of(mark))

    def _button(self, painter: QPainter, rect: QRect, index: Index, option: QStyleOptionViewItem) -> None:
        box = button_rect(rect)
        view = option.widget
        current = isinstance(view, QTreeView) and view.currentIndex().sibling(
            view.currentIndex().row(), 0
        ) == index.sibling(index.row(), 0)
        primary = current and bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tokens.color("accent" if primary else "strong"), 1))
        painter.setBrush(tokens.color("accent" if primary else "surface"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(tokens.font(tokens.SMALL, strong=primary))
        painter.setPen(tokens.color("on_accent" if primary else "text"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(index.data()))


def button_rect(rect: QRect) -> QRect:
    """Return the rectangle of the button in a line."""
    height = min(rect.height() - 4, max(24, tokens.px(24)))
    return QRect(rect.left(), rect.center().y() - height // 2 + 1, rect.width(), height)


def _draw_text(
    painter: QPainter,
    rect: QRect,
    text: str,
    tone: str,
    strong: bool = False,
    mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    font = tokens.font(tokens.BODY, strong)
    painter.setFont(font)
    painter.setPen(tokens.color(tone))
    shown = QFontMetrics(font).elidedText(text, mode, rect.width())
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)


_KEYS = {
    Qt.Key.Key_Space: "performed",
    Qt.Key.Key_R: "rebooked",
    Qt.Key.Key_B: "booked",
    Qt.Key.Key_M: "moved",
    Qt.Key.Key_P: "print",
    Qt.Key.Key_N: "note",
    Qt.Key.Key_O: "open",
}


class AgendaView(QTreeView):
    """The list of visits. Enter and the button do the next step; letters act only while the list has the focus."""

    stepped = Signal(object)
    """An `AgendaRow` whose next step is asked for."""
    keyed = Signal(str, object)
    """A command by its key, and the `AgendaRow`."""

    def __init__(self, model: AgendaModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._pressed: tuple[str, str] | None = None
        self.setModel(model)
        self.setItemDelegate(AgendaDelegate(self))
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setItemsExpandable(False)
        self.setExpandsOnDoubleClick(False)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(24)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Column.VISIT, QHeaderView.ResizeMode.Stretch)
        model.modelReset.connect(self._laid_out)
        self._laid_out()

    def _laid_out(self) -> None:
        self.expandAll()
        for number in range(self._model.rowCount()):
            self.setFirstColumnSpanned(number, QModelIndex(), True)
        self.fit_columns()

    def fit_columns(self) -> None:
        """Set the widths by the text size, and hide some columns in a narrow window for the visit's name."""
        for column, needed in _GIVES_WAY:
            self.setColumnHidden(column, self.viewport().width() < tokens.px(needed))
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, tokens.px(width))

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.fit_columns()

    def chosen_row(self) -> AgendaRow | None:
        """Return the row of the chosen visit; None for none."""
        return self._model.row_at(self.currentIndex())

    def choose(self, code: str, visit: str) -> bool:
        """Choose a visit; return whether the list has it."""
        found = self._model.index_of(code, visit)
        if found.isValid():
            self.setCurrentIndex(found)
        return found.isValid()

    def choose_first(self) -> None:
        """Choose the first visit."""
        for number, group in enumerate(self._model.groups):
            if group.rows:
                self.setCurrentIndex(self._model.index(0, 0, self._model.index(number, 0)))
                return

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Skip the headings: the keyboard goes from visit to visit."""
        found = super().moveCursor(action, modifiers)
        if not found.isValid() or self._model.row_at(found) is not None:
            return found
        up = (QAbstractItemView.CursorAction.MoveUp, QAbstractItemView.CursorAction.MovePageUp)
        neighbour = self._model.neighbouring_visit(found.row(), before=action in up)
        return neighbour if neighbour.isValid() else self.currentIndex()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.chosen_row()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if row is not None and plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stepped.emit(row)
        elif row is not None and event.key() == Qt.Key.Key_Return:
            self.keyed.emit("performed", row)
        elif row is not None and plain and (command := _KEYS.get(Qt.Key(event.key()))):
            self.keyed.emit(command, row)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember whose button is pressed."""
        row = self._button_at(event)
        self._pressed = (row.participant, row.entry.key) if row is not None else None
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take a click on the button of a line only if it was pressed there as well."""
        super().mouseReleaseEvent(event)
        row, pressed = self._button_at(event), self._pressed
        self._pressed = None
        if row is not None and pressed == (row.participant, row.entry.key):
            self.stepped.emit(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ignore a second click on the button of a line; elsewhere a double click opens the participant."""
        if self._button_at(event) is None:
            super().mouseDoubleClickEvent(event)

    def _button_at(self, event: QMouseEvent) -> AgendaRow | None:
        """Return the row whose button is under a left click."""
        index = self.indexAt(event.position().toPoint())
        on_it = index.column() == Column.STEP and event.button() == Qt.MouseButton.LeftButton
        return self._model.row_at(index) if on_it else None

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the complete text of a cell that is cut short, as a tooltip."""
        if event.type() == QEvent.Type.ToolTip:
            if isinstance(event, QHelpEvent):
                index = self.indexAt(event.pos())
                text = str(index.data() or "") if self._model.row_at(index) is not None else ""
                QToolTip.showText(event.globalPos(), tip(text), self)
            return True
        return super().viewportEvent(event)
