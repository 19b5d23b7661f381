"""Where the window shows somebody who has no calendar: among all participants, where it is said why."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from app.services.queries.overview import StudyView


def has_no_calendar(view: "StudyView | None", code: str) -> bool:
    """Whether that participant was only screened, or cannot be planned as the study is damaged."""
    return view is not None and (code in view.only_screened or code in view.left_out)


def show_without_calendar(
    view: "StudyView | None", code: str, page: Callable[[str], QWidget], go: Callable[[str], object]
) -> bool:
    """Show somebody who has no calendar, and return whether that is so. `page` and `go` are those of the window."""
    if not has_no_calendar(view, code):
        return False
    show: Callable[[str], object] | None = getattr(page("participants"), "show_person", None)
    go("participants")
    if show is not None:
        show(code)
    return True
