"""The tab of the deviations: those of one class or without something, decided on in their rows, and signed."""

from collections.abc import Sequence
from typing import get_args

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.deviation_rule import DeviationClass
from app.domain.facts.log_names import DEVIATIONS
from app.services.queries.deviation_row import Deviation
from app.services.queries.deviations import rule_texts
from app.ui.forms.unsaved import ask_before_losing
from app.ui.pages.monitor.deviation_form import DeviationForm
from app.ui.pages.monitor.deviation_list import DeviationList
from app.ui.pages.monitor.deviation_model import DeviationModel, Identity, Part, identity
from app.ui.pages.monitor.log_view import LOW
from app.ui.session.session import StudySession
from app.ui.style import tokens
from app.ui.widgets.buttons import Button
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.lines_below import lines_below
from app.ui.widgets.search_box import search_box
from app.ui.widgets.text import NothingHere, Wrapped, no_mnemonic
from app.wording.deviations import class_name
from app.wording.language import gettext as _
from app.wording.language import sentence_case
from app.wording.log_words import empty_text
from app.wording.visible import visible_line


class DeviationTab(QWidget):
    """The deviations with their chips, their search and the buttons to sign and to open the participant."""

    opened = Signal(str, str)
    """A participant is to be shown, with a visit."""
    deciding = Signal(str, str, dict)
    """All fields of a decision are wanted: the participant's code, the visit's key, and what is typed so far."""
    signing = Signal(object, object)
    """Deviations are to be signed: the chosen one or none, and all with a class and without a signature."""

    def __init__(self, session: StudySession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model = DeviationModel(self)
        self.form = DeviationForm(session)
        self.list = DeviationList(self.model, self.form)
        self.search = search_box(_("Code, visit, reason or cause"), _("Narrow the deviations: code, visit, reason"))
        self.search.textChanged.connect(lambda _text: self._narrow(self.model.part))
        self.chips: dict[Part, Button] = {one: Button("", variant="chip") for one in get_args(Part)}
        self.decide_button = Button(_("Decide"), lambda: self.open_row(None), "primary")
        self.sign_button = Button(_("Sign…"), self._sign)
        self.open_button = Button(_("Open the participant"), self._go_to)
        self._nothing, self._rules = NothingHere(), Wrapped("", "muted")
        self._empty = empty_text(DEVIATIONS)
        self._wanted: Identity | None = None
        self._opens = self._is_read = False
        self._build()
        self._connect()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        chips = QWidget()
        flow = FlowLayout(spacing=6)
        for part, button in self.chips.items():
            button.clicked.connect(lambda _checked=False, part=part: self._narrow(part))
            flow.addWidget(button)
        chips.setLayout(flow)
        column.addWidget(chips)
        row = QHBoxLayout()
        row.setSpacing(8)
        for one in (self.decide_button, self.sign_button, self.open_button):
            row.addWidget(one)
        row.addStretch(1)
        self.search.setMinimumWidth(tokens.px(80))
        row.addWidget(self.search, 2)
        column.addLayout(row)
        column.addWidget(self._nothing)
        column.addWidget(self.list, 3)
        self._below = lines_below(self._rules)
        column.addWidget(self._below)
        self._name_chips()

    def _connect(self) -> None:
        self.list.opening.connect(self.open_row)
        self.list.going_on.connect(self._next)
        self.list.going_to.connect(self._go_to)
        self.list.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_chosen())
        self.form.left.connect(self.leave)
        self.form.saved.connect(self._saved)
        self.form.wanted.connect(self._all_fields)
        self.form.sizes_changed.connect(self.list.fit_form)

    # What is shown

    def selection(self) -> tuple[str, str] | None:
        """Return the participant and the visit of the chosen row."""
        row = self.list.chosen()
        return (row.participant, row.visit) if row is not None else None

    def show_deviations(self, rows: Sequence[Deviation], narrowed: bool = False) -> None:
        """Show the deviations as they are now; what is typed in the form of one of them stays.

        `narrowed`: they are a part of those of the study.
        """
        chosen, self._empty = self._chosen(), empty_text(DEVIATIONS, narrowed)
        self._rules.setText("\n".join(map(visible_line, rule_texts(rows))))
        self.model.show_deviations(rows, self._session.today)
        self._is_read = True
        self._name_chips()
        self._show_rules()
        if self.model.opened is not None and self.model.place(self.model.opened) < 0:
            self._close()
        self._tell(self._wanted or chosen)
        opens, self._wanted, self._opens = self._opens, None, False
        if opens:
            self.open_row(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what is below the table where there is little room."""
        super().resizeEvent(event)
        self._show_rules()

    def _show_rules(self) -> None:
        has_room = self.height() >= tokens.px(LOW) and self.model.opened is None
        self._below.setVisible(bool(self.model.rows) and has_room)

    def _name_chips(self) -> None:
        names: dict[Part, str] = {
            "all": _("All"),
            **{part: sentence_case(class_name(part)) for part in ("important", "minor", "allowed")},
            "undecided": _("Not classed"),
            "reason": _("Reason missing"),
            "unsigned": _("Not signed"),
        }
        for part, button in self.chips.items():
            # Before anything was read there are not none of them.
            text = f"{names[part]} {self.model.count(part)}" if self._is_read else names[part]
            button.setText(no_mnemonic(text))
            button.setAccessibleName(text)
            button.setChecked(part == self.model.part)

    def _narrow(self, part: Part) -> None:
        chosen = self._chosen()
        self.model.narrow(self.search.text(), part)
        self._name_chips()
        if self._is_read:
            self._tell(chosen)

    def _chosen(self) -> Identity | None:
        row = self.list.chosen()
        return identity(row) if row is not None else self.model.opened

    def _tell(self, chosen: Identity | None) -> None:
        shown = bool(self.model.rows)
        self._nothing.take_place_of(self.list, self.search, not shown)
        narrowed = bool(self.search.text().strip()) or self.model.part != "all"
        self._nothing.setText(
            _("No deviation fits. Choose “All” and empty the box to see every one.") if narrowed else self._empty
        )
        if shown:
            self.list.choose(chosen)
        self._show_chosen()

    def _show_chosen(self) -> None:
        row = self.list.chosen()
        can_write = self._session.can_write
        self.open_button.setEnabled(row is not None and row.entry is not None)
        self.decide_button.setEnabled(row is not None and row.entry is not None and can_write)
        self.sign_button.setEnabled(bool(self.model.unsigned()) and can_write)

    # The form in the row

    def open_row(self, class_: DeviationClass | None) -> None:
        """Open the form of the chosen row; `class_`: chosen in it already."""
        row = self.list.chosen()
        if row is None or not self.decide_button.isEnabled():
            return
        if self.model.opened == identity(row):
            if class_ is not None:
                self.form.choose(class_)
            self.form.take_keyboard()
            return
        ask_before_losing(self, [self], lambda: self._open(row, class_))

    def _open(self, row: Deviation, class_: DeviationClass | None) -> None:
        self.form.show_row(row, class_)
        self.model.open_row(identity(row))
        self._show_rules()
        self.list.choose(identity(row))
        self.list.show_form()
        self.form.take_keyboard()

    def leave(self) -> None:
        """Close the form; ask first where something was typed in it."""
        ask_before_losing(self, [self], self._close)

    def _close(self) -> None:
        opened = self.model.opened
        self.form.row = None
        self.model.open_row(None)
        self._show_rules()
        if self.model.rows:
            self.list.choose(opened)
        self.list.setFocus()

    def _saved(self, goes_on: bool) -> None:
        """Close the form; the row is chosen again, or the next one opened, once the file has answered."""
        self._wanted = self.model.opened
        following = self.model.next_undecided(self._wanted) if goes_on else None
        if following is not None:
            self._wanted, self._opens = identity(following), True
        self._close()

    def _next(self) -> None:
        """Open the next row without a class."""
        row = self.model.next_undecided(self._chosen())
        if row is not None:
            self.list.choose(identity(row))
            self.open_row(None)

    def _all_fields(self) -> None:
        row = self.form.row
        if row is not None:
            typed = dict(self.form.request(row).fields)
            self._close()
            self.deciding.emit(row.participant, row.visit, typed)

    def draft_name(self) -> str:
        """Return what is being typed, for a question."""
        return _("Class of a deviation")

    def has_typed(self) -> bool:
        """Whether something is typed in the form of a row and not saved."""
        return self.form.has_typed()

    def discard(self) -> None:
        """Forget what was typed."""
        self._close()

    # The buttons

    def _go_to(self) -> None:
        row = self.list.chosen()
        if row is not None and row.entry is not None:
            self.opened.emit(row.participant, row.visit)

    def _sign(self) -> None:
        row = self.list.chosen()
        unsigned = self.model.unsigned()
        chosen = row if row is not None and identity(row) in map(identity, unsigned) else None
        self.signing.emit(chosen, unsigned)
