"""`backup` at the terminal: how the backups are, and a restore on trial."""

import json
from pathlib import Path

import pytest

from app.cli.exit_codes import Exit
from app.cli.main import run
from tests.services.conftest import template as template
from tests.services.ward import Ward


def test_the_backups_are_said_and_the_last_one_is_tried(
    tmp_path: Path, template: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ward = Ward(tmp_path, template)
    number = ward.study.head().seq
    ward.study.close()

    def say(*words: str, ends: Exit = Exit.DONE) -> str:
        capsys.readouterr()
        assert run(["-f", str(ward.path), *words], ward.environment) is ends
        return capsys.readouterr().out

    # The first opening of the day has made one.
    state = say("backup", "--state")
    assert "Last             Sun 20 Dec 2026, 09:00, " in state
    assert "Restore tried    not yet on this computer" in state
    said = say("backup", "--test")
    assert (
        f"can be restored: 2 participants, {number} facts, each as it was recorded.\nIt is equal to this study." in said
    )
    document = json.loads(say("backup", "--state", "--json"))
    assert (document["kept"], document["overdue"], document["recorded_since"]) == (1, None, 0)
    assert document["restore_tried"]["participants"] == 2
    last = document["last"]
    say("record", "LI-001", "SP-C01", "--on", "2026-11-30")
    found = json.loads(say("backup", "--test", last, "--json"))
    assert (found["equal"], found["recorded_since"], found["participants"]) == (True, 1, 2)
    (tmp_path / "other").mkdir()
    other = Ward(tmp_path / "other")
    other.study.close()
    assert "It is not equal to this study" in say("backup", "--test", str(other.path), ends=Exit.NOT_SO)
