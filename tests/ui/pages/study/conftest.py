"""One window for all tests of the page Study: each finds the page without anything typed, and what others recorded."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from tests.ui.conftest import shared_window
from tests.ui.nurse import Nurse


@pytest.fixture(scope="package")
def _study_window(
    qapp: QApplication, template: Path, tmp_path_factory: pytest.TempPathFactory, cache: Path
) -> Iterator[Nurse]:
    with shared_window(qapp, template, tmp_path_factory.mktemp("study page"), cache) as nurse:
        nurse.wait_for_today()
        yield nurse


@pytest.fixture
def nurse(_study_window: Nurse) -> Iterator[Nurse]:
    """A nurse before that window."""
    nurse = _study_window
    nurse.come_to_the_front()
    yield nurse
    for dialog in nurse.window.findChildren(QDialog):
        nurse.leave(dialog)
    page = nurse.study
    page.preview.forget()
    page.discard()
    page.banner.hide()
    page.values.list.search.clear()
    page.values.list._choosing(False, "")()
    nurse.settle()


@pytest.fixture
def reader(nurse: Nurse) -> Nurse:
    """The same, who only looks."""
    return nurse
