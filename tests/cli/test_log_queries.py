"""Logs and the history at the terminal: a part of them, on paper, and for a spreadsheet."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli.main import run
from tests.documents.calendars import pages_of
from tests.services.conftest import template as template
from tests.services.ward import Ward

Tell = Callable[..., str]


@pytest.fixture
def tell(tmp_path: Path, template: Path, capsys: pytest.CaptureFixture[str]) -> Tell:
    """Give a command to a study with a late first dose of one participant and a note on the other."""
    ward = Ward(tmp_path, template)
    ward.do("performed", visit="SP-C01", on="2026-12-18", reason="no chair")
    ward.do("note", "CJ-001", visit="CJ-C01", text="=1+1")
    ward.study.close()

    def give(*words: str, code: int = 0) -> str:
        capsys.readouterr()
        ended = int(run(["-f", str(ward.path), "--today", "2026-12-20", *words], ward.environment))
        said = capsys.readouterr()
        assert ended == code, said
        return said.err if code else said.out

    return give


def test_a_part_of_a_log_is_listed_as_lines_and_as_data(tell: Tell) -> None:
    december = ("log", "deviations", "--from", "2026-12-18", "--to", "2026-12-18", "--protocol", "scanpan")
    assert "no chair" in tell(*december)
    # The dose of that day, and its bloods, whose window closed on that day without a record.
    assert {row["visit"] for row in json.loads(tell(*december, "--json"))} == {"SP-C01", "SP-C04#1.1"}
    assert tell("log", "deviations", "--to", "2026-01-01") == "Nothing is in the part that was chosen.\n"
    assert "=1+1" in tell("log", "notes", "--protocol", "NCT06873178")
    assert tell("log", "notes", "--protocol", "scanpan") == "Nothing is in the part that was chosen.\n"


def test_the_history_is_of_a_period_and_goes_to_paper_and_to_a_file(tell: Tell, tmp_path: Path) -> None:
    assert len(json.loads(tell("history", "CJ-001", "--by", "nurse", "--from", "2026-12-20", "--json"))) == len(
        json.loads(tell("history", "CJ-001", "--json"))
    )
    assert json.loads(tell("history", "--to", "2026-01-01", "--json")) == []
    out, paper = tmp_path / "h.csv", tmp_path / "h.pdf"
    tell("history", "CJ-001", "--csv", str(out))
    assert "=1+1" in out.read_text("utf-8-sig")
    assert "\n=" not in out.read_text("utf-8-sig")
    tell("history", "CJ-001", "--csv", str(out), code=2)
    tell("print", "history", "CJ-001", "--from", "2026-12-20", "-o", str(paper))
    assert "only from Sun 20 Dec 2026" in " ".join(pages_of(paper.read_bytes())[0].split())


def test_signatures_are_recorded_and_undone_as_one_command(tell: Tell) -> None:
    tell("classify", "LI-001", "SP-C01", "minor")
    assert "signed by M Hansson on Sat 19 Dec 2026" in tell("sign", "--by", "M Hansson", "--on", "2026-12-19", "--sure")
    assert "every deviation that has a class is signed already" in tell("sign", "--by", "x", "--on", "t", code=2)
    assert "“--on” is missing" in tell("sign", "NOBODY", "--by", "x", code=2)  # said before anybody is looked for
    tell("undo")
    assert "signed by" in tell("preview", "sign", "LI-001", "sp-c01", "--by", "M Hansson", "--on", "t")


def test_the_deviation_log_has_one_way_at_the_terminal(tell: Tell) -> None:
    with pytest.raises(SystemExit):
        tell("deviations")
