"""The demo study is known by what is in its file."""

from dataclasses import replace
from pathlib import Path

from app.services.commands import study_file
from app.services.study.demo_mark import DEMO_NAME, DEMO_WHO, is_demo
from tests.services.ward import TODAY, Ward, nurse


def made(path: Path, who: str, name: str) -> bool:
    study = study_file.new(path, replace(nurse(), who=who), TODAY, name, anywhere=True)
    try:
        return is_demo(study)
    finally:
        study.close()


def test_only_what_the_demo_makes_is_one(tmp_path: Path, ward: Ward) -> None:
    assert made(tmp_path / "a.studyday", DEMO_WHO, DEMO_NAME)
    assert not made(tmp_path / "b.studyday", "anna", DEMO_NAME)
    assert not made(tmp_path / "c.studyday", DEMO_WHO, "ScanPan")
    assert not is_demo(ward.study)
