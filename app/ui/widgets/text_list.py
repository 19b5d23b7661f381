"""A list of texts that change often: the labels stay, and only their words change."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.widgets.text import Label, Wrapped


class TextList(QWidget):
    """Texts under a heading; hidden while there are none."""

    def __init__(self, title: str, roles: Sequence[str] = ("",), parent: QWidget | None = None) -> None:
        """`roles`: the roles of the labels, which take turns."""
        super().__init__(parent)
        self._roles = roles
        self._labels: list[Wrapped] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(Label(title, "strong", parent=self))
        self.hide()

    def show_texts(self, texts: Sequence[tuple[str, str]]) -> None:
        """Show these texts, each with its tone, instead of the previous ones."""
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
        self._column.addWidget(label)
