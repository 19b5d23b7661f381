"""`value open` at the terminal: what is assumed and asked, confirmed one by one or together."""

import json
from pathlib import Path

import pytest

from app.cli.exit_codes import Exit
from app.cli.main import run
from tests.services.conftest import template as template
from tests.services.ward import Ward


def test_what_is_open_is_listed_and_confirmed(
    tmp_path: Path, template: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ward = Ward(tmp_path, template)
    ward.study.close()

    def say(*words: str) -> str:
        capsys.readouterr()
        assert run(["-f", str(ward.path), *words], ward.environment) is Exit.DONE
        return capsys.readouterr().out

    text = say("value", "open", "--protocol", "nct06873178")
    assert "NCT06873178 2025-04-16.2: 19 questions open, " in text
    assert "  CJ-R02.after               P0D + 2 cycles     assumed [R3]\n" in text
    assert "\n  CJ-R01.every" not in text, "it is public"
    said = ("--protocol", "nct06873178", "--by", "Sponsor", "--on", "20 nov")
    say("value", "confirm", "questions.pumps", "CJ-R02.after", *said)
    text = say("value", "open", "--protocol", "nct06873178")
    assert "18 questions open" in text
    assert "P0D + 2 cycles     assumed [R3]; confirmed by Sponsor on Fri 20 Nov 2026\n" in text
    rows = json.loads(say("value", "open", "--json"))
    settings = {one["key"]: one for one in rows[1]["settings"]}
    assert settings["CJ-R02.after"]["confirmed_on"] == "2026-11-20"
    assert settings["CJ-R01.every"]["mark"] == "verified"
    assert "confirmed by Sponsor" in say("value", "list")
    # a value that is set afterwards opens its question again
    say("value", "confirm", "questions.four_cycles", *said)
    say("value", "set", "CJ-R01.first", "3")
    text = say("value", "open", "--protocol", "nct06873178")
    overtaken = "changed after it was confirmed by Sponsor on Fri 20 Nov 2026"
    assert sum(overtaken in line for line in text.splitlines()) == 2
    assert "18 questions open" in text
    rows = json.loads(say("value", "open", "--json"))
    asked = {one["key"]: one for one in rows[1]["questions"]}["questions.four_cycles"]
    assert (asked["confirmed_by"], asked["overtaken_by"], asked["overtaken_on"]) == (None, "Sponsor", "2026-11-20")
    assert overtaken in say("value", "list")
    # numbers and durations are typed as they are
    say("value", "set", "NAL.cycle_days", "14", "--protocol", "scanpan")
    say("value", "set", "SP-R04.offset", "-P1D")
