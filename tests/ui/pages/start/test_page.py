"""The page without a study: what it offers, and what it says while one is opened."""

from pathlib import Path

from tests.ui.conftest import Make
from tests.ui.nurse import texts


def test_while_a_study_loads_only_its_name_is_shown(make_nurse: Make, study_path: Path) -> None:
    nurse = make_nurse()
    start = nurse.window.start
    assert "Look around first" in texts(start)
    nurse.files.announce_last(study_path, False)
    assert texts(start) == ["Opening study.studyday…"]
    assert not start.make_button.isVisible()
    nurse.files.open_last(study_path, False)
    assert texts(start) == ["Opening study.studyday…"]
    nurse.wait_for_today()
    assert not start.isVisible()


def test_a_study_that_cannot_be_opened_gives_the_offers_back(make_nurse: Make, tmp_path: Path) -> None:
    nurse = make_nurse()
    nurse.files.open_last(tmp_path / "gone.studyday", False)
    start = nurse.window.start
    nurse.wait(start.make_button.isVisible)
    assert start.opening.isHidden()


def test_without_a_study_the_offers_are_there_at_once(make_nurse: Make) -> None:
    nurse = make_nurse()
    nurse.files.announce_last(None, False)
    assert nurse.window.start.make_button.isVisible()
