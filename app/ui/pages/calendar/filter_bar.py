"""The filters of the calendar: trial, kind of visit, booked or not, and words."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.services.queries.agenda_filter import BOOKED, CATEGORIES, EVERYTHING, Filter
from app.ui.style import tokens
from app.ui.widgets.buttons import Button
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.search_box import search_box
from app.ui.widgets.text import no_mnemonic
from app.wording.agenda import CATEGORIES as NAMES
from app.wording.language import gettext as _

_SETTLES_MS = 150
_ROOM_FOR_ALL = 360
Choice = tuple[str, str]
"""What is kept of a choice, empty for everything, and its words."""


class ChoiceChip(Button):
    """A chip with a menu of which one line is chosen; the first is everything."""

    def __init__(self, name: str, chosen: Callable[[str], object], parent: QWidget) -> None:
        """`name`: what is chosen by it; `chosen` is called with what is kept of the choice."""
        super().__init__("", variant="chip", icon="chevron-down", parent=parent)
        self._name, self._chosen = name, chosen
        self._choices: Sequence[Choice] = ()
        self.setMenu(QMenu(self))
        self.value = ""

    def offer(self, choices: Sequence[Choice]) -> None:
        """Offer these choices; one that is no longer there is everything."""
        if list(choices) != list(self._choices):
            self._choices = choices
            menu = QMenu(self)
            group = QActionGroup(menu)
            for value, text in choices:
                action = QAction(no_mnemonic(text), menu)
                action.setCheckable(True)
                action.setActionGroup(group)
                action.triggered.connect(partial(self._take, value))
                menu.addAction(action)
            self.menu().deleteLater()
            self.setMenu(menu)
        self.show_value(self.value if self.value in dict(choices) else "")

    def _take(self, value: str, _checked: bool = False) -> None:
        self.show_value(value)
        self._chosen(value)

    def show_value(self, value: str) -> None:
        """Show a choice."""
        self.value = value
        text = dict(self._choices).get(value, "")
        self.setText(no_mnemonic(text))
        self.setAccessibleName(_("{name}: {choice}").format(name=self._name, choice=text))
        for action, (known, _words) in zip(self.menu().actions(), self._choices, strict=False):
            action.setChecked(known == value)
        self.setChecked(bool(value))

    def nextCheckState(self) -> None:
        """Do nothing: the chip is pressed in while something is chosen, whatever is clicked."""


class FilterBar(QWidget):
    """The filters in a row, which continues on the next line where it is full."""

    changed = Signal()
    """Another choice has settled."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.filter = EVERYTHING
        self.trial = ChoiceChip(_("Trial"), lambda value: self._choose(protocol=value), self)
        self.participant = ChoiceChip(_("Participant"), lambda value: self._choose(participant=value), self)
        self.kind = ChoiceChip(_("Kind of visit"), lambda value: self._choose(category=value), self)
        self.booked = ChoiceChip(_("Booked or not"), lambda value: self._choose(booked=value), self)
        self.search = search_box(
            _("Code, visit or activity"), _("Only visits with these words in code, name or activity")
        )
        self.search.setFixedWidth(tokens.px(160))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_SETTLES_MS)
        self._later.timeout.connect(lambda: self._choose(text=self.search.text().strip()))
        self.search.textChanged.connect(lambda _text: self._later.start())
        row = FlowLayout(self, spacing=6)
        for widget in (self.trial, self.kind, self.participant, self.booked, self.search):
            row.addWidget(widget)
        kinds = [(name, _(NAMES[name])) for name in CATEGORIES if name != "unbooked"]
        self.kind.offer([("", _("Every kind")), *kinds])
        words = {"yes": _("Booked"), "no": _("Not booked")}
        self.booked.offer([("", _("Booked or not")), *((one, words[one]) for one in BOOKED)])
        self.offer_trials(())
        self.offer_participant("")

    def offer_trials(self, titles: Sequence[Choice]) -> None:
        """Offer these trials, each by its id and its title; with one trial there is no choice."""
        self.trial.offer([("", _("Every trial")), *titles])
        self.trial.setVisible(len(titles) > 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the participant in a narrow window with large text, unless one is chosen: a code can be typed."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.participant.setVisible(self.width() >= tokens.px(_ROOM_FOR_ALL) or bool(self.participant.value))

    def offer_participant(self, code: str) -> None:
        """Offer the participant of the chosen visit, and the one who is chosen already."""
        codes = dict.fromkeys(filter(None, (self.filter.participant, code)))
        self.participant.offer([("", _("Everybody")), *((one, _("Only {code}").format(code=one)) for one in codes)])

    def _choose(self, **what: str) -> None:
        wanted = replace(self.filter, **what)  # type: ignore[arg-type]
        if wanted != self.filter:
            self.filter = wanted
            self.changed.emit()

    def show_filter(self, chosen: Filter) -> None:
        """Show a filter and take it."""
        self.trial.show_value(chosen.protocol)
        self.kind.show_value(chosen.category)
        self.participant.show_value(chosen.participant)
        self.booked.show_value(chosen.booked)
        self.search.setText(chosen.text)
        self._later.stop()
        if chosen != self.filter:
            self.filter = chosen
            self.changed.emit()
