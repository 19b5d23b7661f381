"""The desktop program and the Qt that it runs on."""

from app.ui.shell.application import unfit_qt


def test_this_release_of_qt_can_be_used() -> None:
    assert unfit_qt() == ""
