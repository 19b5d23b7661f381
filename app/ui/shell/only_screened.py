"""Where the window shows somebody who was only screened: among all participants, as there is no calendar yet."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from app.services.queries.overview import StudyView


def is_only_screened(view: "StudyView | None", code: str) -> bool:
    """Whether that participant of the study has no calendar yet."""
    return view is not None and code in view.only_screened


def show_only_screened(
    view: "StudyView | None", code: str, page: Callable[[str], QWidget], go: Callable[[str], object]
) -> bool:
    """Show somebody who was only screened, and return whether that is so. `page` and `go` are those of the window."""
    if not is_only_screened(view, code):
        return False
    show: Callable[[str], object] | None = getattr(page("participants"), "show_person", None)
    go("participants")
    if show is not None:
        show(code)
    return True
