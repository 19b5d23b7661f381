"""The values and open questions of the page Study: what is to be confirmed, changed here, or has been confirmed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QCheckBox, QVBoxLayout, QWidget

from app.domain.facts.typed_values import site_value
from app.services.commands import configure_site
from app.services.queries.value_rows import ValueRow, value_rows
from app.ui.forms.unsaved import ask_before_losing
from app.ui.pages.study.preview import StudyChange, new_facts
from app.ui.pages.study.section import BoxDraft, FormBox, Section
from app.ui.pages.study.value_questions import confirm_questions, value_questions
from app.ui.pages.study.values_list import ValuesList
from app.ui.pages.study.values_model import id_of
from app.ui.widgets.buttons import Button
from app.ui.widgets.flow import flow_of
from app.ui.widgets.text import Label, Wrapped
from app.ui.widgets.two_columns import TwoColumns
from app.wording.language import counted
from app.wording.language import gettext as _

if TYPE_CHECKING:
    from app.domain.facts.records import NewFact
    from app.services.study.study import Study
    from app.ui.pages.study.preview import StudyPreview
    from app.ui.session.session import StudySession
    from app.ui.session.worker import Job


class Values(Section):
    """All that is assumed or asked; a value is changed with its preview, and many are confirmed at once."""

    printed = Signal()
    """The list for the sponsor is to be printed."""
    counted = Signal(int)
    """How many are to be confirmed."""

    def __init__(self, session: "StudySession", preview: "StudyPreview", parent: QWidget | None = None) -> None:
        """Show an empty list until the file has answered."""
        super().__init__(session, preview, parent)
        self.kinds = ("value_set", "value_confirmed")
        self.row: ValueRow | None = None
        self.list = ValuesList()
        self.model = self.list.model
        self.all = QCheckBox(_("&Tick all that are shown"))
        self.about, self.more = Wrapped("", "strong"), Wrapped("", "small")
        self.value_box, self.confirm_box = FormBox(session, preview), FormBox(session, preview)
        self.change_button = Button(_("Show what &changes"), self.change, "primary")
        self.clear_button = Button(_("&Back to the protocol's own…"), self.clear)
        self.confirm_button = Button(_("C&onfirm"), self.confirm, "primary")
        self.print_button = Button(_("Print the &list for the sponsor…"), self.printed.emit)
        self._build()
        self.first = self.list.table
        self.model.ticked.connect(self._ticked)
        self.all.clicked.connect(self.model.tick_all)
        self.list.chosen.connect(self._follow)
        self.list.narrowed.connect(self._narrowed)

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        columns = TwoColumns()
        columns.top.addWidget(self.list, 1)
        for widget in (self.about, self.more, self.value_box, flow_of(self.change_button, self.clear_button)):
            columns.left.addWidget(widget)
        columns.left.addStretch(1)
        columns.right.addWidget(Label(_("Confirm what is ticked, as it is now"), "strong"))
        for widget in (self.all, self.confirm_box, flow_of(self.confirm_button, self.print_button)):
            columns.right.addWidget(widget)
        columns.right.addStretch(1)
        columns.stretch_top()
        outer.addWidget(columns)
        self.confirm_box.show_questions(confirm_questions())

    # What is known

    def read(self) -> None:
        """Ask for all that is assumed or asked."""

        def read(study: "Study", _job: "Job") -> list[ValueRow]:
            return value_rows(study)

        self._session.ask(read, self._show, owner=self)

    def _show(self, rows: list[ValueRow]) -> None:
        if self.row is not None:
            # What is typed stays about its row, whether that is shown or not.
            self.row = next((one for one in rows if id_of(one) == id_of(self.row)), None)
        self.list.show_values(rows)
        self.counted.emit(self.model.count(False))

    def _narrowed(self) -> None:
        if not self.value_box.has_typed():
            self._show_row(self.list.choose(self.row))

    # The chosen row

    def _follow(self, found: ValueRow) -> None:
        """Show the row that was chosen in the list; ask first where something is typed about another one."""
        before = self.row
        if before is not None and id_of(found) == id_of(before):
            return
        if not self.value_box.has_typed():
            self._show_row(found)
            return
        self.list.choose(before, or_first=False)
        draft = BoxDraft(self.value_box, _("The value that you typed"))
        ask_before_losing(self, [draft], lambda: self._show_row(self.list.choose(found)))

    def _show_row(self, row: ValueRow | None) -> None:
        self.row = row
        self.about.setText(f"{row.title}, {row.key}: {row.what}" if row is not None else "")
        said = (
            [_("now: {value}").format(value=row.now or "-"), row.source, row.mark, row.more] if row is not None else []
        )
        self.more.setText("; ".join(filter(None, said)))
        is_value = row is not None and row.value is not None
        self.value_box.setVisible(is_value)
        self.change_button.setVisible(is_value)
        self.clear_button.setVisible(row is not None and row.own)
        if row is not None and is_value:
            self.value_box.show_questions(value_questions(row))
        self.allow()

    def change(self) -> None:
        """Show what changes when the chosen value is the typed one, over all participants."""
        row, form = self.row, self.value_box.form
        if row is None or row.value is None or form is None or not self._preview.free:
            return
        form.clear_refusals()
        if form.refuse_missing():
            return
        fields, today = form.fields(), self._session.today
        typed, reason = str(fields["value"]), str(fields.get("reason", ""))
        self._preview.ask(
            StudyChange(
                new_facts(
                    lambda study: configure_site.value_facts(
                        study, row.protocol, row.key, site_value(row.key, typed), reason, today
                    )
                ),
                lambda _number: _("{key} set to {value}").format(key=row.key, value=typed),
                lambda error: self.value_box.refused_at("value", error),
                self.value_box.take_as_saved,
            )
        )

    def clear(self) -> None:
        """Show what changes when the protocol's own value holds again."""
        row = self.row
        if row is not None and row.own and self._preview.free:
            self._preview.ask(
                StudyChange(
                    new_facts(lambda study: configure_site.clear_value_facts(study, row.protocol, row.key)),
                    lambda _number: _("{key} is the protocol's own again").format(key=row.key),
                    saved=self.value_box.take_as_saved,
                )
            )

    # Confirming

    def confirm(self) -> None:
        """Confirm what is ticked, each value as it is now."""
        rows, form = self.model.ticked_rows(), self.confirm_box.form
        if not rows or form is None or not self._preview.free:
            return
        form.clear_refusals()
        if form.refuse_missing():
            return
        fields, today = form.fields(), self._session.today
        by, on, reason = (str(fields.get(name, "")) for name in ("by", "on", "reason"))
        keys: dict[str, list[str]] = {}
        for one in rows:
            keys.setdefault(one.protocol, []).append(one.key)

        def facts(study: "Study") -> "list[NewFact]":
            every = [configure_site.confirm_facts(study, of, some, reason, today, by, on) for of, some in keys.items()]
            return [fact for found in every for fact in found]

        def said(number: int) -> str:
            return counted("{n} value or question confirmed", "{n} values and questions confirmed", number)

        self._preview.ask(StudyChange(new_facts(facts), said, self.confirm_box.refused, self._confirmed, at_once=True))

    def _confirmed(self) -> None:
        self.model.tick_all(False)
        self.confirm_box.take_as_saved()
        if self.isVisible():
            self.list.table.setFocus()

    def _ticked(self) -> None:
        ticked = set(map(id_of, self.model.ticked_rows()))
        text = _("C&onfirm {n}").format(n=len(ticked)) if ticked else _("C&onfirm")
        self.confirm_button.setText(text)
        self.confirm_button.setAccessibleName(text.replace("&", ""))
        self.all.setChecked(bool(self.model.rows) and all(id_of(one) in ticked for one in self.model.rows))
        self.allow()

    def go_on(self) -> None:
        """Confirm what is ticked, unless a value is being typed; then show what it changes. Else begin to type one."""
        focused = QApplication.focusWidget()
        boxes = (self.confirm_box, self.value_box)
        confirms, changes = (focused is not None and box.isAncestorOf(focused) for box in boxes)
        if confirms or (self.model.ticked_rows() and not changes):
            self.confirm()
        elif changes or self.value_box.has_typed():
            self.change()
        elif self.value_box.form is not None:
            # The value as it is would be recorded once more.
            self.value_box.form.focus_first()

    def allow(self) -> None:
        """Enable what can be done now."""
        free = self._preview.free
        for button in (self.change_button, self.clear_button):
            button.setEnabled(free)
        self.confirm_button.setEnabled(free and bool(self.model.ticked_rows()))
        self.print_button.setEnabled(self._session.can_print)
        self.all.setEnabled(self._session.can_write)

    def follow_day(self) -> None:
        """Count days from the session's day."""
        if self.confirm_box.form is not None:
            self.confirm_box.form.set_today(self._session.today)

    def leave_study(self) -> None:
        """Show the values of another study from the first one on."""
        super().leave_study()
        self.row = None
        self.list.search.clear()

    # What is typed

    def has_typed(self) -> bool:
        """Whether a value, a name or a tick is not saved."""
        return self.value_box.has_typed() or self.confirm_box.has_typed() or bool(self.model.ticked_rows())

    def discard(self) -> None:
        """Show the value as it is, and nothing ticked."""
        self.model.tick_all(False)
        self.confirm_box.show_questions(confirm_questions())
        self._show_row(self.row)
