"""Labels: always plain text; text that does not fit is elided, and complete in tooltip and accessible name."""

import html
from collections.abc import Iterable

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.wording.visible import visible, visible_line


class Label(QLabel):
    """Plain text. `role`: muted, small, strong, heading, title or code; `tone`: alarm, due, done, accent or muted."""

    def __init__(self, text: str = "", role: str = "", tone: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setProperty("tone", tone)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(visible(text))

    def set_tone(self, tone: str) -> None:
        """Use another colour of the theme."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)


def tallest(texts: Iterable[str], label: QLabel, width: int) -> int:
    """Return the height in pixels of the tallest of these texts, wrapped to that width in the font of a label."""
    # A label breaks its lines a little before its edge.
    room, wrap = QRect(0, 0, max(width - 12, 1), 10_000), int(Qt.TextFlag.TextWordWrap)
    metrics = label.fontMetrics()
    return max((metrics.boundingRect(room, wrap, text).height() for text in texts if text), default=0)


_OTHER_SIZE = (QEvent.Type.FontChange, QEvent.Type.StyleChange)
"""What changes the size of a text that stays the same."""
_LATIN_END = "\u2e7f"
"""Before the scripts of East Asia."""


class Wrapped(Label):
    """Plain text over several lines."""

    def __init__(self, text: str = "", role: str = "", tone: str = "", parent: QWidget | None = None) -> None:
        self._heights: dict[int, int] = {}
        super().__init__(text, role, tone, parent)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def setText(self, text: str) -> None:
        before = self.text()
        super().setText(text)
        if self.text() != before:
            self._heights = {}

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _OTHER_SIZE:
            self._heights = {}

    def heightForWidth(self, width: int) -> int:
        """Return the height, which a layout asks for several times; Qt would break the lines each time."""
        found = self._heights.get(width)
        if found is None:
            found = self._heights[width] = super().heightForWidth(width)
        return found

    def sizeHint(self) -> QSize:
        """Return the height at the present width; Qt would guess a narrow column."""
        width = max(self.width() if self.isVisible() else 0, self.fontMetrics().averageCharWidth() * 24)
        return QSize(width, max(self.heightForWidth(width), 0))

    def minimumSizeHint(self) -> QSize:
        """Return one line; the layout asks for the height at its width."""
        return QSize(1, self.fontMetrics().height())


class NothingHere(Wrapped):
    """A muted sentence in the place of a list: it takes the room of the list, so that all else stays where it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "muted", parent=parent)
        policy = self.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.MinimumExpanding)
        policy.setVerticalStretch(1)
        self.setSizePolicy(policy)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)

    def take_place_of(self, list_: QWidget, search: QWidget, empty: bool) -> None:
        """Show this sentence where the list is empty, else the list; the search box gets the list's keyboard."""
        self.setVisible(empty)
        if empty and list_.hasFocus():
            # Else Qt gives the keyboard to something far away.
            search.setFocus()
        list_.setVisible(not empty)


class Elided(Label):
    """One line of plain text that ends with … where it does not fit.

    It measures a text once: Qt would form its letters for each question about its width.
    """

    _shorter: tuple[str, ...] = ()

    def __init__(self, text: str = "", role: str = "", tone: str = "", parent: QWidget | None = None) -> None:
        self._widths: dict[str, int] = {}
        self._shown: dict[int, str] = {}
        super().__init__(text, role, tone, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        self.set_forms(text)

    def set_forms(self, text: str, *shorter: str) -> None:
        """Set the complete text and its shorter forms, the longest first; the first one that fits is shown."""
        text, shorter = visible_line(text), tuple(map(visible_line, shorter))
        if text and (text, shorter) == (self.text(), self._shorter):
            return
        self._shorter = shorter
        self._widths, self._shown = {}, {}
        super().setText(text)
        self.setAccessibleName(text)
        self._tell()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _OTHER_SIZE:
            self._widths, self._shown = {}, {}

    def sizeHint(self) -> QSize:
        margins = self.contentsMargins()
        return QSize(self.width_of(self.text()) + margins.left() + margins.right(), self._high())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 4, self._high())

    def _high(self) -> int:
        margins, metrics = self.contentsMargins(), self.fontMetrics()
        # The letters of other scripts come from other fonts, which may be higher.
        foreign = max(self.text(), default="") > _LATIN_END
        high = metrics.boundingRect(self.text()).height() if foreign else 0
        return max(high, metrics.height()) + margins.top() + margins.bottom()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def width_of(self, text: str) -> int:
        """Return the width in pixels that a text needs here."""
        found = self._widths.get(text)
        if found is None:
            found = self._widths[text] = self.fontMetrics().horizontalAdvance(text) + 1
        return found

    def shown_in(self, width: int) -> str:
        """Return the part of the text that is shown in that width."""
        found = self._shown.get(width)
        if found is None:
            found = self._shown[width] = self._fitting(width)
        return found

    def _fitting(self, width: int) -> str:
        """Return the longest form that has room in that width, else the beginning of the shortest one."""
        forms = (self.text(), *self._shorter)
        fitting = next((form for form in forms if self.width_of(form) <= width + 1), "")
        return fitting or self.fontMetrics().elidedText(forms[-1], Qt.TextElideMode.ElideRight, width)

    def _tell(self) -> None:
        fits = self.width_of(self.text()) <= max(self.contentsRect().width(), 1) + 1
        told = "" if fits else tip(self.text())
        if told != self.toolTip():
            self.setToolTip(told)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, room = QPainter(self), self.contentsRect()
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, int(self.alignment()), self.shown_in(room.width()))


def tip(text: str) -> str:
    """Return a person's own text as a tooltip; Qt would read it as HTML where it looks like HTML."""
    return f"<span>{html.escape(visible(text))}</span>".replace("\n", "<br>") if text else ""


def no_mnemonic(text: str) -> str:
    """Return a person's own text for a button or menu, in which & is no mark of a key."""
    return visible_line(text).replace("&", "&&")
