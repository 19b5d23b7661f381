"""What was typed and is not saved: nothing of it is thrown away before a person has said so."""

from collections.abc import Callable, Iterable
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from app.ui.widgets.on_screen import keep_on_screen
from app.ui.widgets.question import ask_whether
from app.wording.language import gettext as _

QUESTION = "unsaved"
"""The object name of the question, by which a second one is avoided."""


@runtime_checkable
class Draft(Protocol):
    """A dialog or a page in which something is typed before it is saved."""

    def draft_name(self) -> str:
        """Return its name for the question."""

    def has_typed(self) -> bool:
        """Whether it differs from what it showed at first, so that leaving it loses something."""

    def discard(self) -> None:
        """Forget what was typed."""


def ask_before_losing(over: QWidget, drafts: Iterable[Draft], then: Callable[[], object]) -> QMessageBox | None:
    """Call `then`, which loses what was typed in the drafts; where there is something, only if a person agrees.

    Return the question, if one is asked. `over`: the page or the window above which it is asked, unless one of
    the drafts is a dialog.
    """
    typed = [one for one in drafts if one.has_typed()]
    if not typed:
        then()
        return None
    over = next((one for one in typed if isinstance(one, FormDialog)), over)
    asked = over.findChild(QMessageBox, QUESTION)
    if asked is not None:
        return asked

    def lose() -> None:
        for one in typed:
            one.discard()
        then()

    text = _("What you typed is not saved. Shall it be thrown away?")
    elsewhere = [one.draft_name() for one in typed if not (isinstance(one, QWidget) and one is over)]
    text = f"{'; '.join(elsewhere)}\n\n{text}" if elsewhere else text
    box = ask_whether(over, text, _("Throw it away"), lose, _("Go on typing"))
    box.setObjectName(QUESTION)
    return box


def drafts_in(window: QWidget, pages: Iterable[QWidget]) -> list[Draft]:
    """Return the open dialogs of a window, the topmost first, and those of its pages in which something is typed."""
    dialogs = [one for one in window.findChildren(FormDialog) if one.isVisible()]
    return [one for one in (*reversed(dialogs), *pages) if isinstance(one, Draft)]


class FormDialog(QDialog):
    """A dialog in which something is typed. Cancel, Escape and closing it ask before any of that is lost."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, lambda: keep_on_screen(self))

    def open_over_window(self) -> None:
        """Open over its window, which waits for it; once it is closed nothing of it is left."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.open()

    def draft_name(self) -> str:
        """Return its title."""
        return self.windowTitle().replace("[*][*]", "[*]")

    def has_typed(self) -> bool:
        """Whether a field, a tick or a choice differs from what the dialog showed at first."""
        raise NotImplementedError

    def may_close(self) -> bool:
        """Whether it can be closed now; not while something is being saved."""
        return True

    def reject(self) -> None:
        """Close without saving; ask first where something was typed. Qt calls this for Escape and for closing too."""
        if self.may_close():
            ask_before_losing(self, [self], self.discard)

    def discard(self) -> None:
        """Close without saving and without asking."""
        super().reject()
