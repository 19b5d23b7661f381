"""The band that says that nobody is real."""

from dataclasses import replace
from pathlib import Path

from app.services.commands import study_file
from app.services.study.demo_mark import DEMO_NAME, DEMO_WHO
from tests.services.ward import TODAY, nurse
from tests.ui.conftest import Make, copied


def test_a_copy_of_the_demo_study_keeps_its_band(make_nurse: Make, tmp_path: Path) -> None:
    path = tmp_path / "demo.studyday"
    study_file.new(path, replace(nurse(), who=DEMO_WHO), TODAY, DEMO_NAME, anywhere=True).close()
    assert make_nurse(copied(path, tmp_path / "elsewhere")).window.band.isVisible()


def test_another_study_has_none(make_nurse: Make, study_path: Path) -> None:
    assert not make_nurse(study_path).window.band.isVisible()
