"""A list of texts that change often: the labels stay, and only their words change."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.widgets.buttons import Button
from app.ui.widgets.column_part import ColumnPart
from app.ui.widgets.text import Label, Wrapped
from app.wording.language import counted

AT_ONCE = 100
"""So many entries are shown before somebody asks for more; each takes a widget, and there may be thousands."""


class TextList(ColumnPart):
    """Texts under a heading; hidden while there are none."""

    def __init__(self, title: str, roles: Sequence[str] = ("",), parent: QWidget | None = None) -> None:
        """`roles`: the roles of the labels, which take turns."""
        super().__init__(parent)
        self._roles = roles
        self._labels: list[Wrapped] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._texts: Sequence[tuple[str, str]] = ()
        self._column.addWidget(Label(title, "strong", parent=self))
        self.more = Button("", self._show_more, "link", parent=self)
        self._column.addWidget(self.more)
        self.hide()

    def show_texts(self, texts: Sequence[tuple[str, str]]) -> None:
        """Show these texts, each with its tone, instead of the previous ones; the rest of many when they are asked for.

        A text for each role makes one entry.
        """
        self._texts = texts
        self._show(AT_ONCE)

    def _show_more(self) -> None:
        self._show(len([one for one in self._labels if not one.isHidden()]) // len(self._roles) + AT_ONCE)

    def _show(self, entries: int) -> None:
        most = entries * len(self._roles)
        texts, left = self._texts[:most], len(self._texts[most:]) // len(self._roles)
        self.more.setText(counted("Show {n} more", "Show {n} more", min(left, AT_ONCE)))
        self.more.setVisible(left > 0)
        while len(self._labels) < len(texts):
            self._add()
        for number, label in enumerate(self._labels):
            text, tone = texts[number] if number < len(texts) else ("", "")
            label.setText(text)
            label.set_tone(tone)
            label.setHidden(number >= len(texts))
        self.setHidden(not texts)

    def _add(self) -> None:
        role = self._roles[len(self._labels) % len(self._roles)]
        label = Wrapped("", role, parent=self)
        self._labels.append(label)
        self._column.insertWidget(self._column.count() - 1, label)
