"""A section of the page Study: it reads when it is shown after a change, and what is typed in it is not lost."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.refusal import Refused
from app.ui.forms.fact_form import FactForm
from app.ui.widgets.scroll_column import ColumnContent
from app.ui.widgets.text import Wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.forms.questions import Question
    from app.ui.pages.study.preview import StudyPreview
    from app.ui.session.session import StudySession


class Section(QWidget):
    """One tab of the page. What is changed in it goes through the preview of the page."""

    def __init__(self, session: "StudySession", preview: "StudyPreview", parent: QWidget | None = None) -> None:
        """Read nothing before it is shown."""
        super().__init__(parent)
        self._session, self._preview = session, preview
        self.stale = True
        self.reads_whenever_shown = False
        self.kinds: tuple[str, ...] = ()
        """The kinds of facts that are recorded in it."""
        self.first: QWidget = self
        self._said_of_nothing: list[Wrapped] = []

    def nothing(self, text: str) -> Wrapped:
        """Return the words for an empty list: they are shown once the file has answered that it is empty."""
        found = Wrapped(text, "muted", parent=self)
        found.hide()
        self._said_of_nothing.append(found)
        return found

    def read(self) -> None:
        """Ask the file for what the section shows."""
        raise NotImplementedError

    def allow(self) -> None:
        """Enable what can be done now."""

    def go_on(self) -> None:
        """Take the next step with what is typed: show what it changes."""

    def follow_day(self) -> None:
        """Count days from the session's day."""

    def leave_study(self) -> None:
        """Forget what is shown of a study that is no longer open."""
        for one in self._said_of_nothing:
            one.hide()

    def has_typed(self) -> bool:
        """Whether something is typed that is not saved."""
        return False

    def discard(self) -> None:
        """Forget what was typed."""


class FormBox(ColumnContent):
    """A form that can be put in the place of another one, and forgets what was typed once it is saved."""

    def __init__(self, session: "StudySession", preview: "StudyPreview", parent: QWidget | None = None) -> None:
        """Show no form yet."""
        super().__init__(parent)
        self._session, self._preview = session, preview
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.form: FactForm | None = None
        self._fresh: dict[str, object] = {}

    def show_questions(self, questions: "Sequence[Question]") -> None:
        """Show an empty form for these questions; the keyboard goes to it where it was in the one before."""
        before = self.form
        focused = before is not None and before.focusWidget() is not None and before.isAncestorOf(before.focusWidget())
        form = FactForm(questions, self._session.today, self)
        form.set_enabled(self._session.can_write)
        form.changed.connect(self._preview.forget)
        self.form, self._fresh = form, form.typed()
        if before is not None:
            self._column.removeWidget(before)
            before.hide()
            before.deleteLater()
        self._column.addWidget(form)
        # A layout shows it a moment later, and what is hidden takes no keyboard.
        form.show()
        if focused:
            form.focus_first()

    def take_as_saved(self) -> None:
        """Take what the form shows now as what is saved."""
        if self.form is not None:
            self._fresh = self.form.typed()

    def has_typed(self) -> bool:
        """Whether the form differs from what it showed at first."""
        return self.form is not None and self.form.typed() != self._fresh

    def refused(self, refused: BaseException) -> bool:
        """Show a refusal at the field that it means; return whether there is one."""
        return isinstance(refused, Refused) and self.form is not None and self.form.show_refusal(refused)

    def refused_at(self, name: str, refused: BaseException) -> bool:
        """Show a refusal at the field that it means, else at the one of that name."""
        if self.refused(refused) or not isinstance(refused, Refused) or self.form is None:
            return isinstance(refused, Refused)
        return self.form.show_refusal(Refused(refused.kind, name, **refused.values))


class BoxDraft:
    """What is typed in one form of a section, as long as it is asked about alone."""

    def __init__(self, box: FormBox, name: str) -> None:
        """`name`: for the question."""
        self._box, self._name = box, name

    def draft_name(self) -> str:
        """Return its name for the question."""
        return self._name

    def has_typed(self) -> bool:
        """Whether it differs from what it showed at first."""
        return self._box.has_typed()

    def discard(self) -> None:
        """Forget it."""
        self._box.take_as_saved()
