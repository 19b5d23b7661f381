"""A list of the study on its page, such as the versions of the consent form: a line is added, corrected, taken back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.facts.kind import reason_field
from app.domain.facts.kinds import KINDS
from app.domain.facts.records import NewFact, Recorded
from app.services.queries.study_entries import protocols_of, study_entries
from app.ui.forms.questions import Question, questions_of
from app.ui.forms.unsaved import ask_before_losing
from app.ui.pages.study.preview import StudyChange, correcting, new_facts, taking_back
from app.ui.pages.study.section import BoxDraft, FormBox, Section
from app.ui.style import tokens
from app.ui.widgets.buttons import Button
from app.ui.widgets.flow import flow_of
from app.ui.widgets.rows_of_text import TextRowsModel, table_of
from app.ui.widgets.text import Label, Wrapped
from app.ui.widgets.two_columns import TwoColumns
from app.wording.fact_sentences import fact_text
from app.wording.language import gettext as _
from app.wording.language import sentence_case

if TYPE_CHECKING:
    from datetime import date

    from app.services.study.study import Study
    from app.ui.pages.study.preview import StudyPreview
    from app.ui.session.session import StudySession
    from app.ui.session.worker import Job

_LEAST_ROWS = 132
"""The least height of a list, at a text size of 100 %."""
_WHY = "why_corrected"
"""The question why a line is corrected."""


@dataclass(frozen=True)
class EntryKind:
    """What a list of the study is: its kind of fact, its titles and words.

    `columns`: titles and widths, None for one that shares the rest; `words` puts a fact into them, with the title of
    its protocol; `add` makes the facts of a new line; `said` says what the fields of one are.
    """

    kind: str
    title: str
    add_title: str
    nothing: str
    columns: Mapping[str, int | None]
    words: Callable[[Recorded, str], Sequence[str]]
    add: Callable[["Study", Mapping[str, object], "date"], list[NewFact]]
    said: Callable[[Mapping[str, object]], str]


class Entries(Section):
    """The lines, and one form: for a new line, or to correct the chosen one."""

    def __init__(
        self, session: "StudySession", preview: "StudyPreview", of: EntryKind, parent: QWidget | None = None
    ) -> None:
        """Show an empty list until the file has answered."""
        super().__init__(session, preview, parent)
        self._of = of
        self.kinds = (of.kind,)
        self.corrected: Recorded | None = None
        self._protocols: list[tuple[str, str]] | None = None
        self.lines = TextRowsModel(tuple(of.columns), self._words, self)
        widths = {number: width for number, width in enumerate(of.columns.values()) if width is not None}
        self.list = table_of(self.lines, of.title, widths)
        self.list.selectionModel().selectionChanged.connect(lambda *_rows: self.allow())
        self.none = self.nothing(of.nothing)
        self.about = Wrapped(of.add_title, "strong")
        self.box = FormBox(session, preview)
        self.correct_button = Button(_("Co&rrect…"), self.correct)
        self.take_back_button = Button(_("Take &back…"), self.take_back)
        self.new_button = Button(_("Add a&nother"), self.add_another)
        self.save_button = Button(_("Show what &changes"), self.show_what_changes, "primary")
        self.columns = TwoColumns()
        self._build()
        self.first = self.list
        QShortcut(QKeySequence("Delete"), self.list, self.take_back, context=Qt.ShortcutContext.WidgetShortcut)
        self.list.doubleClicked.connect(lambda _index: self.correct())

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.list.setMinimumHeight(tokens.px(_LEAST_ROWS))
        self.columns.left.addWidget(Label(self._of.title, "strong"))
        self.columns.left.addWidget(self.none)
        self.columns.left.addWidget(self.list, 1)
        self.columns.left.addWidget(flow_of(self.correct_button, self.take_back_button))
        for widget in (self.about, self.box, flow_of(self.save_button, self.new_button)):
            self.columns.right.addWidget(widget)
        outer.addWidget(self.columns)

    # What is known

    def _words(self, record: Recorded) -> Sequence[str]:
        titles = dict(self._protocols or ())
        return self._of.words(record, titles.get(record.text("protocol"), record.text("protocol")))

    def read(self) -> None:
        """Ask for the lines."""
        kind = self._of.kind

        def read(study: "Study", _job: "Job") -> tuple[list[Recorded], list[tuple[str, str]]]:
            return study_entries(study, kind), protocols_of(study)

        self._session.ask(read, lambda found: self._show(*found), owner=self)

    def leave_study(self) -> None:
        """Show no line of the study before."""
        super().leave_study()
        self.lines.show_rows([])

    def _show(self, lines: list[Recorded], protocols: list[tuple[str, str]]) -> None:
        others, self._protocols = protocols != self._protocols, protocols
        with QSignalBlocker(self.list.selectionModel()):
            self.lines.show_rows(lines)
        self.list.selectionModel().clearSelection()
        self.none.setVisible(not lines)
        gone = self.corrected is not None and all(one.seq != self.corrected.seq for one in lines)
        if (others or gone) and not self.has_typed():
            self._ask(None)
        self.allow()

    def chosen(self) -> Recorded | None:
        """Return the chosen line."""
        rows = self.list.selectionModel().selectedRows()
        return self.lines.rows[rows[0].row()] if rows else None

    # The form

    def _ask(self, line: Recorded | None) -> None:
        """Ask for a new line, or for other values of a line."""
        self.corrected = line
        self.about.setText(
            self._of.add_title if line is None else _("Correct: {what}").format(what=sentence_case(fact_text(line)))
        )
        self.box.show_questions(self._questions(line))
        self.allow()

    def _questions(self, line: Recorded | None) -> list[Question]:
        protocols = tuple(self._protocols or ())
        found = []
        for question in questions_of(self._of.kind, None):
            name = question.field.name
            if name == "protocol":
                if len(protocols) < 2:
                    continue
                question = replace(question, options=protocols)
            value = line.fields.get(name) if line is not None else question.default
            found.append(replace(question, default=value))
        if line is not None:
            found.append(Question(replace(reason_field(), name=_WHY), _("Why it is corrected")))
        return found

    def correct(self) -> None:
        """Fill the form with the chosen line; ask first where something else is typed."""
        line = self.chosen()
        if line is None or not self._session.can_write:
            return

        def fill() -> None:
            self._preview.forget()
            self._ask(line)
            if self.box.form is not None and self.isVisible():
                self.box.form.focus_first()

        ask_before_losing(self, [BoxDraft(self.box, _("The line that you typed"))], fill)

    def add_another(self) -> None:
        """Show an empty form for a new line; ask first where something is typed."""

        def empty() -> None:
            self._preview.forget()
            self._ask(None)
            if self.box.form is not None and self.isVisible():
                self.box.form.focus_first()

        ask_before_losing(self, [BoxDraft(self.box, _("The line that you typed"))], empty)

    # What would change

    def go_on(self) -> None:
        """Record what is typed, after what it changes was shown."""
        self.show_what_changes()

    def show_what_changes(self) -> None:
        """Show what the typed line changes; where no visit changes it is saved at once."""
        form, line, today = self.box.form, self.corrected, self._session.today
        if form is None or not self._preview.free:
            return
        form.clear_refusals()
        if form.refuse_missing():
            return
        fields = form.fields()
        if line is None:
            add = self._of.add
            proposed = new_facts(lambda study: add(study, fields, today))
            said = self._of.said(fields)
        else:
            why = str(fields.pop(_WHY, ""))
            changes = self._changes(line, fields)
            proposed = correcting(line, changes, why)
            said = _("Corrected: {what}").format(what=fact_text(line))
        self._preview.ask(StudyChange(proposed, lambda _number: said, self._refused, self._saved, at_once=line is None))

    def _changes(self, line: Recorded, fields: Mapping[str, object]) -> dict[str, object]:
        """Return the fields that differ from those of a line; one that was emptied is None."""
        names = [field.name for field in KINDS[self._of.kind].fields if field.name in self._asked()]
        typed = {name: fields.get(name) for name in names}
        return {name: value for name, value in typed.items() if _plain(value) != _plain(line.fields.get(name))}

    def _asked(self) -> set[str]:
        return set(self.box.form.typed()) if self.box.form is not None else set()

    def _refused(self, error: BaseException) -> bool:
        return self.box.refused(error)

    def _saved(self) -> None:
        self._ask(None)

    def take_back(self) -> None:
        """Show what changes when the chosen line is taken back."""
        line = self.chosen()
        if line is None or not self._preview.free:
            return
        self._preview.ask(taking_back(line, self._taken_back))

    def _taken_back(self) -> None:
        if self.isVisible():
            self.list.setFocus()

    def allow(self) -> None:
        """Enable what can be done now."""
        free, chosen = self._preview.free, bool(self.list.selectionModel().selectedRows())
        self.save_button.setEnabled(free and self.box.form is not None)
        self.new_button.setVisible(self.corrected is not None)
        self.take_back_button.setEnabled(free and chosen)
        self.correct_button.setEnabled(free and chosen)

    def follow_day(self) -> None:
        """Count days from the session's day."""
        if self.box.form is not None:
            self.box.form.set_today(self._session.today)

    # What is typed

    def has_typed(self) -> bool:
        """Whether a line is typed that is not saved."""
        return self.box.has_typed()

    def discard(self) -> None:
        """Show an empty form."""
        self._ask(None)


def _plain(value: object) -> object:
    """Return a value as a fact keeps it."""
    iso = getattr(value, "isoformat", None)
    return iso() if iso is not None else value or None
