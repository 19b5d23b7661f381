"""What is said of a study file at each command, and the commands that settle it."""

import json
from pathlib import Path

import pytest

from app.cli.exit_codes import Exit
from app.cli.file_state import unbacked_lines
from app.cli.main import run
from app.domain.refusal import Refused
from app.services.commands import study_file
from tests.services.conftest import template as template
from tests.services.ward import TODAY, Ward
from tests.storage.study_files import tampering


@pytest.fixture
def ward(tmp_path: Path, template: Path) -> Ward:
    """A study that was rescued without the first dose of LI-001."""
    ward = Ward(tmp_path, template)
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    seq = ward.last
    ward.study.close()
    with tampering(ward.path) as connection:
        connection.execute("UPDATE fact SET who = 'somebody' WHERE seq = ?", (seq,))
    target = tmp_path / "rescued.studyday"
    study_file.rescue(ward.path, target, ward.environment, TODAY)
    ward.path = target
    return ward


def told(ward: Ward, capsys: pytest.CaptureFixture[str], line: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = run(["-f", str(ward.path), *line.split()], ward.environment)
    said = capsys.readouterr()
    return int(code), said.out, said.err


@pytest.mark.parametrize("line", ["agenda", "calendar LI-001", "history", "note LI-001 x"])
def test_each_command_says_what_a_rescue_could_not_read(
    ward: Ward, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    code, _out, err = told(ward, capsys, line)
    assert code == Exit.DONE
    assert "This study was rescued from a damaged file, and not all of it could be read" in err
    assert "The days of LI-001 are uncertain. Record again what they said" in err


def test_it_is_settled(ward: Ward, capsys: pytest.CaptureFixture[str]) -> None:
    assert "uncertain: facts of the study could not be read" in told(ward, capsys, "calendar LI-001")[1].lower()
    code, out, err = told(ward, capsys, "settle LI-001 --reason sheet")
    assert (code, err) == (0, "")
    assert out.startswith("Settled: one fact that could not be read (")
    assert "The days of LI-001 are certain again." in out
    _code, out, err = told(ward, capsys, "calendar LI-001")
    assert err == ""
    assert "uncertain" not in out.lower()
    code, _out, err = told(ward, capsys, "settle LI-001")
    assert (code, "no fact that could not be read is left to settle: LI-001." in err) == (2, True)
    last = json.loads(told(ward, capsys, "history --json")[1])[-1]
    assert (last["kind"], last["fields"]["reason"]) == ("loss_settled", "sheet")


def test_it_is_settled_as_plain_data(ward: Ward, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(told(ward, capsys, "settle --json")[1])
    assert (len(found["settled"]), found["participants"]) == (1, ["LI-001"])


def test_what_kept_a_backup_is_said_once_and_a_second_place_that_is_away_kept_none() -> None:
    full, away = Refused("no_room_for_backups", path="s-backups"), Refused("second_gone", path="/media/stick")
    said = unbacked_lines([full, away, full])
    assert said == [
        "no backup was made: s-backups is no folder, and its name is needed for the backups of the study. Move it "
        "away, then do it again",
        "the second place for backups, /media/stick, is not there. Plug it in, or name another with "
        "`backup --second FOLDER`",
    ]
