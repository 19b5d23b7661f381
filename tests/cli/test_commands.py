"""Commands on a study, in this process: how typed days and times are read and said back."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.cli.exit_codes import Exit
from app.cli.main import run
from app.services.study.environment import Environment
from tests.domain.facts.typed_forms import COMING, NO_TIMES, PAST, REFUSED, TIMES

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
Told = Callable[..., tuple[Exit, str, str]]


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study with LI-001, enrolled on Mon 2 Nov 2026, three weeks ago; for AG, of 28 days a cycle."""
    path = tmp_path_factory.mktemp("typed") / "study.studyday"
    environment = Environment("nurse", "WARD-3", "Europe/Stockholm", lambda: NOW)
    for line in (
        ["new", "--anywhere"],
        ["site", "Linköping", "--country", "SE", "--zone", "Europe/Stockholm"],
        [
            "enrol",
            "--protocol",
            "scanpan",
            "--code",
            "LI-001",
            "--on",
            "26-11-02",
            "--country",
            "SE",
            "--regimen",
            "AG",
        ],
    ):
        assert run(["-f", str(path), *line], environment) is Exit.DONE
    return path


@pytest.fixture
def told(study: Path, capsys: pytest.CaptureFixture[str]) -> Told:
    """Run a command line; its exit code, answer and message."""
    environment = Environment("nurse", "WARD-3", "Europe/Stockholm", lambda: NOW)

    def tell(*arguments: str) -> tuple[Exit, str, str]:
        capsys.readouterr()
        code = run(["-f", str(study), *arguments], environment)
        said = capsys.readouterr()
        return code, said.out, said.err

    return tell


@pytest.mark.parametrize(("text", "meant"), COMING)
def test_a_booking_reads_what_every_surface_reads(text: str, meant: str, told: Told) -> None:
    code, answer, message = told("preview", "book", "LI-001", "SP-C02#2", "--on", text, "--json")
    assert (code, message) == (Exit.DONE, "")
    assert json.loads(answer)["facts"][0]["fields"]["on"] == meant


@pytest.mark.parametrize(("text", "meant"), PAST[:-4])
def test_what_was_done_reads_what_every_surface_reads(text: str, meant: str, told: Told) -> None:
    code, answer, message = told("preview", "contact", "LI-001", "--on", text, "--no-reached", "--json")
    assert (code, message) == (Exit.DONE, "")
    assert json.loads(answer)["facts"][0]["fields"]["on"] == meant


@pytest.mark.parametrize(("text", "_kind"), REFUSED)
def test_what_no_surface_reads_is_refused_with_its_place(text: str, _kind: str, told: Told) -> None:
    code, answer, message = told("preview", "book", "LI-001", "SP-C02#2", "--on", text)
    assert (code, answer) == (Exit.REFUSED, "")
    assert message.startswith("studyday: book: on: ") or ": on: " in message


@pytest.mark.parametrize(("text", "meant"), TIMES)
def test_a_time_is_read_as_everywhere(text: str, meant: str, told: Told) -> None:
    code, answer, message = told("preview", "book", "LI-001", "SP-C02#2", "--on", "30 nov", f"--at={text}", "--json")
    assert (code, message) == (Exit.DONE, "")
    assert json.loads(answer)["facts"][0]["fields"]["at"] == meant


@pytest.mark.parametrize(("text", "_kind"), NO_TIMES)
def test_what_is_no_time_is_refused_as_everywhere(text: str, _kind: str, told: Told) -> None:
    code, answer, message = told("preview", "book", "LI-001", "SP-C02#2", "--on", "30 nov", f"--at={text}")
    assert (code, answer) == (Exit.REFUSED, "")
    assert ": at: " in message


def test_a_day_with_its_time_fills_both(told: Told) -> None:
    code, answer, _message = told("preview", "book", "LI-001", "SP-C02#2", "--on", "Mon 30 Nov 2026, 09:30", "--json")
    fields = json.loads(answer)["facts"][0]["fields"]
    assert (code, fields["on"], fields["at"]) == (Exit.DONE, "2026-11-30", "09:30")


def test_a_distance_says_from_which_day_it_was_counted(told: Told) -> None:
    """Day 1 of cycle 1 is a week after enrolment, on 9 November, and that of cycle 2 on 7 December."""
    _code, answer, _message = told("preview", "move", "LI-001", "SP-C02#2", "--to", "+7", "--reason", "holiday")
    assert "+7: Monday 30 November 2026, 7 days from today." in answer
    assert " p+7 would be 7 days from the planned day: Mon 14 Dec 2026." in answer
    _code, answer, _message = told("preview", "move", "LI-001", "SP-C02#2", "--to", "p+7", "--reason", "holiday")
    assert "p+7: Monday 14 December 2026, 7 days from the planned day." in answer


@pytest.mark.parametrize("text", ["-1w", "-7d", "-7"])
def test_a_day_counted_back_is_no_option(text: str, told: Told) -> None:
    code, answer, _message = told("preview", "contact", "LI-001", "--on", text, "--no-reached", "--json")
    assert code is Exit.DONE
    assert json.loads(answer)["facts"][0]["fields"]["on"] == "2026-11-16"


@pytest.mark.parametrize(("at", "code"), [("01:59", Exit.DONE), ("02:30", Exit.REFUSED), ("03:00", Exit.DONE)])
def test_an_hour_that_does_not_exist_is_refused(at: str, code: Exit, told: Told) -> None:
    """The clocks of Sweden go from 02:00 to 03:00 on Sun 28 March 2027."""
    found, _answer, message = told("preview", "book", "LI-001", "SP-C02#2", "--on", "2027-03-28", "--at", at)
    assert found is code
    if code is Exit.REFUSED:
        assert "02:30 does not exist on Sun 28 Mar 2027" in message
        assert "03:00" in message


@pytest.mark.parametrize("text", ["2026-12-01", "1 dec", "+8", "Tue 1 Dec 2026"])
def test_the_day_to_plan_as_of_is_read_as_any_other(text: str, told: Told) -> None:
    code, answer, _message = told("agenda", "--today", text, "--json")
    assert code is Exit.DONE
    assert json.loads(answer)["today"] == "2026-12-01"
