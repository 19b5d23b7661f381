"""`find` at the terminal."""

import json
from pathlib import Path

import pytest

from app.cli.exit_codes import Exit
from app.cli.main import run
from tests.services.conftest import template as template
from tests.services.ward import Ward


def test_words_find_participants_visits_and_events(
    tmp_path: Path, template: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ward = Ward(tmp_path, template)
    ward.do("note", "LI-001", visit="SP-C01", text="port \x1b[31m painful")
    ward.study.close()

    def find(*words: str) -> str:
        capsys.readouterr()
        assert run(["-f", str(ward.path), "find", *words], ward.environment) is Exit.DONE
        return capsys.readouterr().out

    assert find("li1") == "Participants\n  LI-001         ScanPan\n"
    said = find("LI-001", "reassessment", "1")
    assert said.startswith("Visits\n  LI-001         Mon 1 Feb 2027           Reassessment 1 (SP-R01)\n"), said
    assert "port \\u001b[31m painful" in find("painful")
    assert find("zzz", "q") == (
        "Nothing was found for “zzz q”. Found are codes, visits by name and activity, events by their words, "
        "and days.\n"
    )
    few, everything = find("LI-001", "bloods"), find("LI-001", "bloods", "--all")
    assert "… and more: add a word, or --all" in few
    assert "and more" not in everything
    assert len(everything.splitlines()) > len(few.splitlines())
    # Its target, 30 January, is a Saturday.
    for typed in (("1", "feb"), ("2027-02-01",), ("mon", "1", "feb", "2027")):
        said = find(*typed)
        assert said.startswith("Visits on Mon 1 Feb 2027\n  Mon 1 Feb 2027          LI-001 "), said
        assert "Reassessment 1 (SP-R01)" in said
    assert find("6", "jan", "2027") == "No visit is on Wed 6 Jan 2027.\n", "a holiday in Sweden"
    assert json.loads(find("6", "jan", "2027", "--json"))["days"] == [{"on": "2027-01-06", "visits": []}]
    assert find("30", "feb").startswith("Nothing was found for “30 feb”.")
    document = json.loads(find("painful", "--json"))
    assert [one["visit"] for one in document["events"]] == ["SP-C01"]
    assert (document["participants"], document["visits"], document["more"]) == ([], [], False)
