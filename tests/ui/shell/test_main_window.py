"""The main window: small in its code, and where it was the last time."""

from tests.architecture.imports import CHECKOUT
from tests.ui.conftest import Make


def test_the_place_of_the_window_is_kept(make_nurse: Make) -> None:
    nurse = make_nurse()
    nurse.window.setGeometry(30, 40, 950, 600)
    nurse.window.close()
    kept = nurse.window.preferences.geometry
    assert kept is not None
    assert kept.getRect() == (30, 40, 950, 600)
    nurse.window.setGeometry(0, 0, 700, 500)
    nurse.window.restore_geometry()
    assert nurse.window.geometry().width() <= nurse.window.screen().availableGeometry().width()


def test_the_window_is_small() -> None:
    assert len((CHECKOUT / "app/ui/shell/main_window.py").read_text("utf-8").splitlines()) < 250
