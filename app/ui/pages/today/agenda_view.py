"""The view of the agenda: one line for each visit, with the next step as a button, and its keys and mouse."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QToolTip, QTreeView, QWidget

from app.domain.calendar.agenda import AgendaRow, DoneRow, ReportDue
from app.ui.pages.today.agenda_delegate import AgendaDelegate, Form, heading_button_rect
from app.ui.pages.today.agenda_groups import Group, Line, visit_of
from app.ui.pages.today.agenda_lines import Column
from app.ui.pages.today.agenda_model import AgendaModel
from app.ui.style import tokens
from app.ui.visit.event_menu import EVENTS
from app.ui.visit.mends import POSTPONED
from app.ui.widgets.code_column import code_width, longest_code
from app.ui.widgets.text import tip

Index = QModelIndex | QPersistentModelIndex
_WIDTHS = {Column.CODE: 84, Column.DAY: 127, Column.WINDOW: 108, Column.STATE: 148, Column.STEP: 86}
_COLUMNS, _WITH_WINDOW, _WITH_CODE, _WITH_STEP = 705, 800, 410, 320
"""The least widths of the list for columns, for the window among them, for a column of codes, and for the button.

In a narrower list a line has two lines of text: the visit and its day never give way.
"""


_KEYS = {
    Qt.Key.Key_Space: "performed",
    Qt.Key.Key_R: "rebooked",
    Qt.Key.Key_B: "booked",
    Qt.Key.Key_M: "moved",
    Qt.Key.Key_P: "print",
    Qt.Key.Key_N: "note",
    Qt.Key.Key_E: EVENTS,
    Qt.Key.Key_W: POSTPONED,
    Qt.Key.Key_O: "open",
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

_WIDEST_NAME = 360
_SHARING = (Column.DAY, Column.WINDOW, Column.STATE)
"""The columns that share what a wide list has beyond the widest name, so that the day is never far from the name."""


@dataclass(frozen=True, slots=True)
class Place:
    """What is chosen in the list: a line by its kind, participant and visit, or a heading by its title."""

    kind: type[Line] | None = None
    visit: tuple[str, str] = ("", "")
    heading: str = ""


class AgendaView(QTreeView):
    """The list of visits. Enter and the button do the next step; letters act only while the list has the focus."""

    stepped = Signal(object)
    """A `Line` whose next step is asked for."""
    headed = Signal(str)
    """What the button of a heading does."""
    keyed = Signal(str, object)
    """A command by its key, and the `AgendaRow`."""

    def __init__(self, model: AgendaModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._pressed: Line | str | None = None
        self._delegate = AgendaDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
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
        header.setMinimumSectionSize(1)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Column.VISIT, QHeaderView.ResizeMode.Stretch)
        model.modelReset.connect(self._laid_out)
        self._laid_out()

    def _laid_out(self) -> None:
        self._longest = longest_code({line.participant for group in self._model.groups for line in group.lines})
        self.expandAll()
        for number, group in enumerate(self._model.groups):
            self.setFirstColumnSpanned(number, QModelIndex(), True)
            if self._model.is_folded(group):
                self.collapse(self._model.index(number, 0))
        self.fit_columns()

    def fit_columns(self) -> None:
        """Set the widths by the text size; in a narrow list put the day and the status below the visit's name."""
        width = self.viewport().width()
        if width >= tokens.px(_COLUMNS):
            form = Form.COLUMNS
        else:
            form = Form.TWO_LINES if width >= tokens.px(_WITH_CODE) else Form.NARROW
        hidden = {
            Column.DAY: form is not Form.COLUMNS,
            Column.WINDOW: width < tokens.px(_WITH_WINDOW),
            Column.STATE: form is not Form.COLUMNS,
            Column.STEP: width < tokens.px(_WITH_STEP),
        }
        for column, gives_way in hidden.items():
            self.setColumnHidden(column, gives_way)
        wide_code = code_width(self._longest, _WIDTHS[Column.CODE])
        rest = width - sum(tokens.px(wide) for column, wide in _WIDTHS.items() if not hidden.get(column))
        rest -= wide_code - tokens.px(_WIDTHS[Column.CODE])
        spare = max(rest - tokens.px(_WIDEST_NAME), 0) // len(_SHARING)
        for column, wide in _WIDTHS.items():
            # A heading spans the columns from the first, which therefore is never hidden.
            narrow = column is Column.CODE and form is Form.NARROW
            share = spare if column in _SHARING else 0
            usual = wide_code if column is Column.CODE else tokens.px(wide)
            self.setColumnWidth(column, 1 if narrow else usual + share)
        if self._delegate.lay_out(form):
            # Headings are lower than lines of two lines; where all are the same, Qt need not ask each.
            self.setUniformRowHeights(form is Form.COLUMNS)
            self.doItemsLayout()

    def fold(self, index: Index) -> None:
        """Hide the lines below a heading, or show them again."""
        self._model.unfolded = not self._model.unfolded
        self.setExpanded(self._model.index(index.row(), 0), self._model.unfolded)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.fit_columns()

    @property
    def form(self) -> Form:
        """How the lines are laid out."""
        return self._delegate.form

    def chosen_line(self) -> Line | None:
        """Return what the chosen line is about; None for none, and for a heading."""
        return self._model.line_at(self.currentIndex())

    def chosen_heading(self) -> Group | None:
        """Return the group whose heading is chosen; None for none."""
        return self._model.group_at(self.currentIndex())

    def choose(self, code: str, visit: str) -> bool:
        """Choose a visit; return whether the list has it."""
        found = self._model.index_of(code, visit)
        if found.isValid():
            self.setCurrentIndex(found)
        return found.isValid()

    def choose_heading(self, act: str) -> None:
        """Choose the heading whose button does that."""
        for number, group in enumerate(self._model.groups):
            if group.act == act:
                self.setCurrentIndex(self._model.index(number, 0))
                return

    def place(self) -> Place | None:
        """Return what is chosen, to be found again in another agenda; None for nothing."""
        line, heading = self.chosen_line(), self.chosen_heading()
        if line is not None:
            return Place(type(line), visit_of(line))
        return Place(heading=heading.title) if heading is not None else None

    def go_to(self, place: Place) -> bool:
        """Choose the same line or heading again; return whether the list has it.

        A visit is found in whatever group it is now, but rather among what was done where it was.
        """
        if place.heading:
            numbers = (number for number, group in enumerate(self._model.groups) if group.title == place.heading)
            found = next((self._model.index(number, 0) for number in numbers), QModelIndex())
        else:
            found = self._model.index_where(lambda line: type(line) is place.kind and visit_of(line) == place.visit)
            found = found if found.isValid() else self._model.index_of(*place.visit)
        group = self._model.group_at(found)
        if not found.isValid() or (group is not None and not group.stops):
            return False
        self.setCurrentIndex(found)
        return True

    def choose_first(self) -> None:
        """Choose the first line."""
        for number, group in enumerate(self._model.groups):
            if group.lines:
                self.setCurrentIndex(self._model.index(0, 0, self._model.index(number, 0)))
                return

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Skip the headings at which nothing can be done: the keyboard goes from line to line."""
        found = super().moveCursor(action, modifiers)
        group = self._model.group_at(found)
        if group is None or group.stops:
            return found
        up = (QAbstractItemView.CursorAction.MoveUp, QAbstractItemView.CursorAction.MovePageUp)
        neighbour = self._model.neighbour(found.row(), before=action in up)
        return neighbour if neighbour.isValid() else self.currentIndex()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line, heading = self.chosen_line(), self.chosen_heading()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() == Qt.Key.Key_Q:
            self.headed.emit("older")
            return
        done = (plain and self._line_key(line, event.key())) if line is not None else False
        if heading is not None and plain:
            done = self._heading_key(heading, event.key())
        if not done and isinstance(line, AgendaRow) and event.key() == Qt.Key.Key_Return:
            self.keyed.emit("performed", line)
        elif not done:
            super().keyPressEvent(event)

    def _line_key(self, line: Line, key: int) -> bool:
        """Do what a key means on a line; return whether it means anything."""
        if key in _ENTER or (key == Qt.Key.Key_U and isinstance(line, DoneRow)):
            self.stepped.emit(line)
        elif isinstance(line, AgendaRow) and (command := _KEYS.get(Qt.Key(key))):
            self.keyed.emit(command, line)
        else:
            return False
        return True

    def _heading_key(self, group: Group, key: int) -> bool:
        """Do what a key means on a heading; return whether it means anything."""
        enters = key in (*_ENTER, Qt.Key.Key_Space)
        arrow = Qt.Key.Key_Right if self._model.is_folded(group) else Qt.Key.Key_Left
        if group.folds and (enters or key == arrow):
            self.fold(self.currentIndex())
        elif group.act and (key == Qt.Key.Key_U if group.act == "undo" else enters):
            self.headed.emit(group.act)
        else:
            return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember which button is pressed."""
        self._pressed = self._button_at(event)
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take a click on a button only if it was pressed there as well."""
        super().mouseReleaseEvent(event)
        found, pressed = self._button_at(event), self._pressed
        self._pressed = None
        index = self.indexAt(event.position().toPoint())
        group = self._model.group_at(index)
        if found is None and pressed is None and group is not None and group.folds:
            self.fold(index)
        if found is None or pressed is None or _named(found) != _named(pressed):
            return
        if isinstance(found, str):
            self.headed.emit(found)
        else:
            self.stepped.emit(found)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ignore a second click on a button; elsewhere a double click opens the participant."""
        if self._button_at(event) is None:
            super().mouseDoubleClickEvent(event)

    def _button_at(self, event: QMouseEvent) -> Line | str | None:
        """Return the line whose button is under a left click, or what the button of a heading does."""
        at = event.position().toPoint()
        index = self.indexAt(at)
        if event.button() != Qt.MouseButton.LeftButton:
            return None
        group = self._model.group_at(index)
        if group is not None:
            return group.act if group.act and self.heading_button(index).contains(at) else None
        return self._model.line_at(index) if index.column() == Column.STEP else None

    def heading_button(self, index: Index) -> QRect:
        """Return where the button of a heading is."""
        group = self._model.group_at(index)
        rect = self.visualRect(index.sibling(index.row(), 0))
        rect.setRight(self.viewport().width() - 1)
        return heading_button_rect(rect, group.button) if group is not None else QRect()

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the complete text of a cell that is cut short, as a tooltip."""
        if event.type() == QEvent.Type.ToolTip:
            if isinstance(event, QHelpEvent):
                index = self.indexAt(event.pos())
                line = self._model.line_at(index)
                QToolTip.showText(event.globalPos(), tip(self._told(index, line) if line is not None else ""), self)
            return True
        return super().viewportEvent(event)

    def _told(self, index: Index, line: Line) -> str:
        """Return the text of a cell; of one that holds several, everything in the line."""
        several = index.column() == Column.VISIT and self._delegate.form is not Form.COLUMNS
        return self._model.words.spoken(line) if several else str(index.data() or "")


def _named(pressed: Line | str) -> object:
    """Return what a button belongs to, which stays the same when the list is read again."""
    if isinstance(pressed, AgendaRow):
        return visit_of(pressed)
    if isinstance(pressed, str):
        return pressed
    return pressed.event.seq if isinstance(pressed, ReportDue) else pressed.seq
