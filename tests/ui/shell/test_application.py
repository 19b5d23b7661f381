"""The desktop program as a whole."""

from app.ui.shell.application import unfit_qt


def test_this_release_of_qt_can_be_used() -> None:
    assert unfit_qt() == ""
