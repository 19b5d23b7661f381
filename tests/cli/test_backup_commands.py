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


def test_a_second_place_is_set_filled_said_and_given_up(
    tmp_path: Path, template: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ward = Ward(tmp_path, template)
    number = ward.study.head().seq
    ward.study.close()
    stick = tmp_path / "stick"
    stick.mkdir()
    folder = stick / f"{ward.path.stem}-backups"

    def say(*words: str, ends: Exit = Exit.DONE) -> tuple[str, str]:
        capsys.readouterr()
        assert run(["-f", str(ward.path), *words], ward.environment) is ends
        said = capsys.readouterr()
        return said.out, said.err

    assert "Second place     none; a broken disk would take" in say("backup", "--state")[0]
    document = json.loads(say("backup", "--second", str(stick), "--json")[0])
    assert (Path(document["backup"]).parent, document["facts"]) == (folder, number)
    second = json.loads(say("backup", "--state", "--json")[0])["second"]
    assert (second["folder"], second["there"], second["recorded_since"]) == (str(folder), True, 0)
    assert (second["same_disk"], second["trouble"]) == (True, None)
    say("record", "LI-001", "SP-C01", "--on", "2026-11-30")
    assert json.loads(say("backup", "--state", "--json")[0])["second"]["recorded_since"] == 1, "not ten minutes later"
    say("backup")
    assert json.loads(say("backup", "--state", "--json")[0])["second"]["recorded_since"] == 0
    assert f"No backup is made in {folder} any more" in say("backup", "--no-second")[0]
    assert json.loads(say("backup", "--state", "--json")[0])["second"] is None
    assert "there is no second place" in say("backup", "--no-second", ends=Exit.REFUSED)[1]
    assert "does not exist" in say("backup", "--second", str(tmp_path / "none"), ends=Exit.REFUSED)[1]


def test_a_second_place_that_is_away_is_named_by_a_backup_that_is_asked_for(
    tmp_path: Path, template: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ward = Ward(tmp_path, template)
    ward.study.close()
    (tmp_path / "stick").mkdir()
    assert run(["-f", str(ward.path), "backup", "--second", str(tmp_path / "stick")], ward.environment) is Exit.DONE
    (tmp_path / "stick").rename(tmp_path / "drawer")
    capsys.readouterr()
    assert run(["-f", str(ward.path), "backup"], ward.environment) is Exit.DONE
    said = capsys.readouterr()
    assert ".studyday: " in said.out
    assert "is not there. Plug it in, or name another with `backup --second FOLDER`" in said.err
