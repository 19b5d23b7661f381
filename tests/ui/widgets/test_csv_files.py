"""A list is saved for a spreadsheet."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from app.domain.refusal import Refused
from app.ui.widgets.csv_files import ask_csv_path, save_csv


class Banner:
    """What was told."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def tell(self, text: str, *_more: object) -> None:
        self.said.append(text)


class Session:
    """Does at once what it is asked."""

    def ask(
        self, work: Callable[..., int], then: Callable[[int], object], on_error: Callable[..., object], *_: object
    ) -> None:
        try:
            then(work(None, None))
        except Refused as refused:
            on_error(refused)


@pytest.mark.parametrize(
    ("name", "asked", "written", "replace"),
    [
        ("visits.csv", True, "visits.csv", "any"),
        ("visits.csv", False, "visits.csv", "never"),
        # Nobody was asked about the name with its ending.
        ("visits.txt", True, "visits.txt.csv", "never"),
        ("VISITS.CSV", True, "VISITS.CSV", "any"),
    ],
)
def test_the_ending_is_added_and_only_a_name_that_was_asked_about_is_replaced(
    name: str, asked: bool, written: str, replace: str
) -> None:
    banner, seen = Banner(), []

    def write(_study: object, path: Path, how: str, _job: object) -> int:
        seen.append((path.name, how))
        return 3

    save_csv(Session(), banner, Path("/x") / name, asked, write, lambda rows: f"{rows} visits")  # type: ignore[arg-type]
    assert seen == [(written, replace)]
    assert banner.said == [f"Saved 3 visits to /x/{written}"]


def test_a_file_that_cannot_be_written_is_told() -> None:
    banner = Banner()

    def write(*_what: object) -> int:
        raise Refused("over_file", path="/x/visits.csv")

    save_csv(Session(), banner, Path("/x/visits.csv"), False, write, str)  # type: ignore[arg-type]
    assert len(banner.said) == 1
    assert "/x/visits.csv" in banner.said[0]


def test_nobody_has_to_save(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    proposed: list[str] = []
    answers = iter(["", "/x/other.csv"])

    def asked(_parent: object, _title: str, start: str, _kinds: str) -> tuple[str, str]:
        proposed.append(Path(start).name)
        return next(answers), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", asked)
    parent = QWidget()
    assert ask_csv_path(parent, "visits.csv") is None
    assert ask_csv_path(parent, "visits.csv") == Path("/x/other.csv")
    assert proposed == ["visits.csv", "visits.csv"]
