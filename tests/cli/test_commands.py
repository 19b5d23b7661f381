"""Commands on a study, in this process: what is read, said back, answered and asked about."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.cli.exit_codes import Exit
from app.cli.main import run
from app.services.study.environment import Environment
from tests.domain.facts.typed_forms import COMING, NO_TIMES, PAST, REFUSED, TIMES
from tests.services.ward import Ward

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
    assert message.startswith("studyday: preview: on: ")


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
    _code, other_case, _message = told("preview", "move", "LI-001", "sp c02#2", "--to", "p+7", "--reason", "holiday")
    assert other_case == answer


def test_a_visit_that_there_is_not_is_refused_first(told: Told) -> None:
    assert told("note", "LI-001", "SP-C01", "port in place")[0] is Exit.DONE
    note = json.loads(told("history", "LI-001", "--json")[1])[-1]["fact"]
    for line, said in (
        ("move LI-001 SP-C99 --to p+7 --reason x", "unknown visit “SP-C99”"),
        ("move LI-001 SP-C02#99 --to p+7 --reason x", "does not have the visit “SP-C02#99” here"),
        ("cancel-booking LI-001 SP-X", "unknown visit “SP-X”"),
        ("cancel-booking LI-001 sp-c01", "SP-C01 is not booked, so there is nothing to cancel. See the visits with"),
        (f"correct {note} --set visit=SP-X --reason x", "unknown visit “SP-X”"),
    ):
        code, answer, message = told(*line.split())
        assert (code, answer) == (Exit.REFUSED, "")
        assert said in message


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


def test_an_hour_that_comes_twice_is_taken_and_said(told: Told) -> None:
    """The clocks of Sweden go from 03:00 back to 02:00 on Sun 31 October 2027."""
    said = "02:30 comes twice on that day: the first is meant, before the clocks are put back."
    line = ("preview", "book", "LI-001", "SP-C02#2", "--on", "2027-10-31", "--at")
    assert said in told(*line, "2.30")[1]
    assert "comes twice" not in told(*line, "3.00")[1]


@pytest.mark.parametrize("text", ["2026-12-01", "1 dec", "+8", "Tue 1 Dec 2026"])
def test_the_day_to_plan_as_of_is_read_as_any_other(text: str, told: Told) -> None:
    code, answer, _message = told("agenda", "--today", text, "--json")
    assert code is Exit.DONE
    assert json.loads(answer)["today"] == "2026-12-01"


# Undo, repeats and history

DOSE = "LI-001, Preoperative cycle 1 day 1 (SP-C01)"


class Desk:
    """A terminal on one study; its user and its day can be others."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.path, self._capsys = path, capsys
        self.environment = Environment(
            "anna", "WARD-3", "Europe/Stockholm", lambda: datetime(2026, 12, 20, 8, tzinfo=UTC)
        )

    def type(self, *arguments: str) -> tuple[int, str, str]:
        code = run(["-f", str(self.path), *arguments], self.environment)
        captured = self._capsys.readouterr()
        return int(code), captured.out, captured.err

    def done(self, *arguments: str) -> str:
        code, out, err = self.type(*arguments)
        assert (code, err) == (0, "")
        return out

    def asked(self, *arguments: str) -> str:
        code, out, err = self.type(*arguments)
        assert (code, out) == (2, "")
        return err


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    ward = Ward(tmp_path)
    ward.enrol()
    ward.study.close()
    return Desk(ward.path, capsys)


def test_undo_and_redo_name_participant_visit_kind_and_day(desk: Desk) -> None:
    desk.done("record", "LI-001", "SP-C01", "--on", "2026-11-30")
    number = json.loads(desk.done("history", "LI-001", "--json"))[-1]["fact"]
    lines = desk.done("undo").splitlines()
    assert lines[1:3] == [
        f"{DOSE}: visit done, Mon 30 Nov 2026",
        f"  fact {number} taken back: Preoperative cycle 1 day 1 (SP-C01) done on Mon 30 Nov 2026",
    ]
    lines = desk.done("redo").splitlines()
    assert lines[1:3] == [
        f"{DOSE}: visit done, Mon 30 Nov 2026",
        f"  fact {number} counts again: Preoperative cycle 1 day 1 (SP-C01) done on Mon 30 Nov 2026",
    ]


def test_undo_of_an_enrolment_says_what_is_taken_back_though_nobody_is_enrolled_then(desk: Desk) -> None:
    typed = "enrol --code LI-002 --on 2026-11-30 --protocol scanpan --country SE --regimen MFFX --sure"
    desk.done(*typed.split())
    lines = desk.done("undo", "--sure").splitlines()
    assert lines[1].startswith("LI-002: enrolment, Mon 30 Nov 2026")
    assert lines[2].startswith("  fact ")
    assert " taken back: enrolled LI-002 in ScanPan on Mon 30 Nov 2026" in lines[2]
    assert "LI-002: 67 visits disappear" in lines
    lines = desk.done("redo", "--sure").splitlines()
    assert " counts again: enrolled LI-002 in ScanPan on Mon 30 Nov 2026" in lines[2]
    assert "LI-002: 67 visits appear" in lines


@pytest.mark.parametrize("command", [("undo",), ("undo", "5")])
def test_undo_of_another_day_needs_sure(desk: Desk, command: tuple[str, ...]) -> None:
    desk.done("note", "LI-001", "SP-C01", "port")
    last = json.loads(desk.done("history", "LI-001", "--json"))[-1]
    numbered = command if len(command) == 1 else ("undo", str(last["command"]))
    later = ("--today", "2026-12-21")
    named = "LI-001, Preoperative cycle 1 day 1: note"
    assert f"{named}: command {last['command']}, by anna on Sun 20 Dec 2026." in desk.asked(*numbered, *later)
    assert "--sure" in desk.asked(*numbered, *later)
    assert "It is not your own of today" in desk.done("preview", *numbered, *later)
    assert json.loads(desk.done("preview", *numbered, *later, "--json"))["asked"]
    assert "taken back" in desk.done(*numbered, *later, "--sure")


def test_the_reason_of_an_undo_is_kept_in_the_history(desk: Desk) -> None:
    desk.done("note", "LI-001", "SP-C01", "port")
    desk.done("undo", "--reason", "another participant")
    last = json.loads(desk.done("history", "LI-001", "--json"))[-1]
    assert (last["kind"], last["fields"]["reason"]) == ("correction", "another participant")
    assert ": another participant" in desk.done("history", "LI-001")


def test_undo_of_somebody_else_needs_sure(desk: Desk) -> None:
    desk.done("note", "LI-001", "SP-C01", "port")
    desk.environment = replace(desk.environment, who="berit")
    assert "by anna on Sun 20 Dec 2026" in desk.asked("undo")
    desk.done("undo", "--sure")
    desk.environment = replace(desk.environment, who="anna")
    assert "by berit" in desk.asked("redo")
    desk.done("redo", "--sure")


@pytest.mark.parametrize(
    "command",
    [
        ("add", "LI-001", "--on", "2026-12-22", "--reason", "fever"),
        ("book", "LI-001", "SP-C01", "--on", "2026-12-21", "--at", "09:30"),
        ("adverse-event", "LI-001", "nausea", "--grade", "1", "--on", "2026-12-02", "--no-serious"),
        ("note", "LI-001", "SP-C01", "port"),
        ("contact", "LI-001", "--on", "2026-12-18", "--no-reached"),
    ],
)
def test_a_repeat_needs_sure(desk: Desk, command: tuple[str, ...]) -> None:
    desk.done(*command)
    before = desk.path.read_bytes()
    assert "the same was recorded on " in desk.asked(*command)
    assert desk.path.read_bytes() == before
    desk.done(*command, "--sure")


def test_the_history_shows_old_and_new_and_which_holds(desk: Desk) -> None:
    desk.done("record", "LI-001", "SP-C01", "--on", "2026-11-30")
    number = json.loads(desk.done("history", "LI-001", "--json"))[-1]["fact"]
    said = desk.done("correct", str(number), "--set", "on=2026-12-01", "--reason", "wrong day")
    dose = "Preoperative cycle 1 day 1 (SP-C01) done on Mon 30 Nov 2026"
    assert f"fact {number} corrected: {dose} -> Tue 1 Dec 2026; reason: wrong day" in said
    wanted = f"Mon 30 Nov 2026 -> Tue 1 Dec 2026 [the new value holds; corrected by {number + 1}: wrong day]"
    assert wanted in desk.done("history")
    assert wanted in desk.done("why", "LI-001", "SP-C01")
    row = json.loads(desk.done("history", "--json"))[number - 1]
    assert (row["fields"]["on"], row["holds"]["on"]) == ("2026-11-30", "2026-12-01")


def test_the_agenda_is_filtered_as_today_is(desk: Desk) -> None:
    everything = desk.done("agenda")
    assert "LI-001" in everything
    assert desk.done("agenda", "--participant", "LI-001", "--protocol", "scanpan") == everything
    doses = desk.done("agenda", "--only", "dose")
    assert 0 < len(doses.splitlines()) < len(everything.splitlines())
    assert "there is no participant" in desk.asked("agenda", "--participant", "XX-9")
    path = desk.path.with_name("week.pdf")
    assert "week.pdf: one page\n" in desk.done("print", "agenda", "--find", "SP-C01", "-o", str(path))
    assert "week.pdf: one page\n" in desk.done("print", "agenda", "--done", "--find", "SP-C01", "-o", str(path))
    table = desk.path.with_name("doses.csv")
    said = desk.done(
        "agenda", "--only", "dose", "--booked", "no", "--from", "1 dec", "--to", "31 dec", "--csv", str(table)
    )
    lines = table.read_text("utf-8-sig").splitlines()
    assert said == f"{table}: {len(lines) - 1} lines\n"
    assert all(",chemotherapy," in line and ",no," in line for line in lines[1:])
    assert "exists already" in desk.asked("agenda", "--csv", str(table))


def test_a_list_and_the_sheets_of_days_by_a_word(desk: Desk) -> None:
    path = desk.path.with_name("days.pdf")
    desk.done("print", "agenda", "--days", "next-week", "-o", str(path))
    desk.done("print", "day", "--on", "30 nov", "--protocol", "ScanPan", "-o", str(path))
    listed, day, sheet = [row["fields"] for row in json.loads(desk.done("history", "--json"))[-3:]]
    assert (listed["first"], listed["last"]) == ("2026-12-21", "2026-12-27")
    assert (day["first"], day["last"], day["filter"]) == ("2026-11-30", "2026-11-30", {"protocol": "scanpan"})
    assert "SP-C01" in sheet["visits"]
    twice = desk.asked("print", "day", "--days", "next-open", "--on", "30 nov", "-o", str(path))
    assert "the days are given twice: by --days and by --on. Leave one out" in twice
    nothing = desk.asked("print", "day", "--on", "2026-11-29", "-o", str(path))
    assert "no open visit is planned for Sun 29 Nov 2026" in nothing


@pytest.mark.parametrize(
    ("line", "told_of"),
    [
        ("book LI-001 SP-C02#2 --on 20/11/26", "Fri 20 Nov 2026 lies before Mon 23 Nov 2026"),
        ("move LI-001 SP-C02#2 --to -3 --reason holiday", "Fri 20 Nov 2026 lies before Mon 23 Nov 2026"),
        ("book LI-001 SP-C02#2 --on 2041-11-20", "Wed 20 Nov 2041 is years from every other day"),
        ("book LI-001 SP-C01 --on 2028-11-20", "Mon 20 Nov 2028 is more than a year from the window"),
        (
            "enrol --protocol scanpan --code LI-002 --on 26/11/14 --country SE --regimen AG",
            "Wed 26 Nov 2014 is more than a year before today, Mon 23 Nov 2026",
        ),
        ("screen LI-003 --protocol scanpan --on 26/11/14 --outcome eligible", "Wed 26 Nov 2014 is more than a year"),
        ("correct ENROLMENT --set on=26/11/14 --reason x", "Wed 26 Nov 2014 is more than a year"),
    ],
)
def test_an_unlikely_day_is_refused_until_somebody_is_sure(line: str, told_of: str, told: Told) -> None:
    """A day of 2014, a plan for last Friday, a day in 15 years: said with the reason and the option that confirms."""
    _code, facts, _message = told("history", "LI-001", "--json")
    line = line.replace("ENROLMENT", str(json.loads(facts)[0]["fact"]))
    code, answer, message = told(*line.split())
    assert (code, answer) == (Exit.REFUSED, "")
    assert told_of in message
    assert "say --sure if it is right" in message
    code, answer, message = told("preview", *line.split(), "--sure")
    assert (code, message) == (Exit.DONE, "")
    assert told_of in answer


SEVERAL = {
    "enrol --protocol scanpan --code LI-002 --on 26/11/14 --country SE --regimen AG --year-of-birth 2011": [
        "Wed 26 Nov 2014 is more than a year before today", "18 years or more, and the participant is at most 3",
    ],
    "screen LI-003 --protocol scanpan --on 26/11/14 --outcome eligible --year-of-birth 1905": [
        "Wed 26 Nov 2014 is more than a year before today", "born in 1905, the participant would be 109 years old",
    ],
    "correct ENROLMENT --set on=26/11/14 --set year_of_birth=2009 --reason x": [
        "Wed 26 Nov 2014 is more than a year before today", "born in 2009, the participant would be 5 years old",
    ],
    "closed add 2041-12-22 --to 2041-12-23": ["Sun 22 Dec 2041 is years", "Mon 23 Dec 2041 is years"],
}  # fmt: skip


@pytest.mark.parametrize("line", SEVERAL)
def test_all_that_is_doubted_is_said_at_once(line: str, told: Told) -> None:
    """In the refusal and in the preview; also as JSON."""
    _code, facts, _message = told("history", "LI-001", "--json")
    words = line.replace("ENROLMENT", str(json.loads(facts)[0]["fact"])).split()
    code, answer, message = told(*words)
    assert (code, answer) == (Exit.REFUSED, "")
    shown = [message, told("preview", *words)[1], json.loads(told("preview", *words, "--json")[1])["asked"]]
    for said in shown:
        assert [one for one in SEVERAL[line] if one not in said] == []
        assert said.count("Correct the day, or say --sure") == 1


def test_a_repeat_in_the_past_is_doubted_twice(desk: Desk) -> None:
    booking = ("book", "LI-001", "SP-C02#2", "--on", "2026-12-10")
    desk.done(*booking, "--sure")
    asked = desk.asked(*booking)
    assert "Thu 10 Dec 2026 lies before " in asked
    assert "The same was recorded on " in asked


def test_what_cannot_be_is_refused_also_where_somebody_is_sure(told: Told) -> None:
    code, _answer, message = told("preview", "record", "LI-001", "SP-C01", "--on", "1 nov", "--sure")
    assert code is Exit.REFUSED
    assert "SP-C01 on Sun 1 Nov 2026 lies before the enrolment on Mon 2 Nov 2026" in message
    entry = "--protocol scanpan --code LI-002 --on t --country SE --regimen AG --year-of-birth 2027"
    code, _answer, message = told("preview", "enrol", *entry.split(), "--sure")
    assert code is Exit.REFUSED
    assert "the year of birth 2027 lies after Mon 23 Nov 2026" in message


@pytest.mark.parametrize("on", ["2014-12-24", "24 dec 2041"])
def test_a_closed_day_years_away_needs_sure(desk: Desk, on: str) -> None:
    assert "is years from every day of the study; the nearest is " in desk.asked("closed", "add", on)
    assert "say --sure if it is right" in desk.done("preview", "closed", "add", on)
    desk.done("closed", "add", on, "--sure")


def test_a_year_of_holidays_far_away_needs_sure(desk: Desk) -> None:
    assert "2014 is years from the study" in desk.asked("holidays", "SE", "--year", "2014")
    desk.done("holidays", "SE", "--year", "2014", "--sure")


@pytest.mark.parametrize(
    "command",
    [
        ("closed", "add", "2026-12-23"),
        ("closed", "open", "2026-12-26", "--reason", "extra clinic"),
        ("value", "set", "SP-R01.after", "P21D"),
        ("value", "confirm", "SP-R01.after", "--reason", "the ward"),
        ("site", "Umeå", "--country", "SE"),
    ],
)
def test_a_repeat_about_the_site_is_remarked(desk: Desk, command: tuple[str, ...]) -> None:
    assert "The same was recorded" not in desk.done(*command)
    number = json.loads(desk.done("history", "--json"))[-1]["fact"]
    assert f"(fact {number}): " in desk.done("preview", *command)
    (remark,) = json.loads(desk.done(*command, "--json"))["remarks"]
    assert remark.startswith("The same was recorded on ")
    assert f"(fact {number}): " in remark


# The day on which a visit was performed


def test_the_answer_to_a_record_says_what_speaks_against_its_day(desk: Desk) -> None:
    desk.done("record", "LI-001", "SP-C01", "--on", "2026-11-30")
    answer = desk.done("record", "LI-001", "SP-C03#1.8", "--on", "2026-12-05")
    assert "early by 1 d" in answer
    assert "! SP-C03#1.8: performed on a closed day: Sat 5 Dec 2026 is a Saturday" in answer
    too_near = (
        "performed too near the last dose: Sat 5 Dec 2026 is 5 days after Preoperative cycle 1 day 1 of Mon 30 Nov"
    )
    assert too_near in answer
    assert "at least 6 days are kept" in answer
    calendar = desk.done("calendar", "LI-001")
    assert too_near in calendar


def test_the_plain_data_of_an_answer_have_the_same_sentences(desk: Desk) -> None:
    answer = json.loads(desk.done("record", "LI-001", "SP-C01", "--on", "2026-12-06", "--json"))
    assert answer["problems"] == ["SP-C01: performed on a closed day: Sun 6 Dec 2026 is a Sunday."]
    answer = json.loads(desk.done("record", "LI-001", "SP-S03", "--on", "2026-12-07", "--json"))
    assert answer["problems"] == []


def test_a_day_out_of_order_needs_sure(desk: Desk) -> None:
    desk.done("record", "LI-001", "SP-C01", "--on", "2026-12-07")
    asked = desk.asked("record", "LI-001", "SP-C03#1.8", "--on", "2026-12-04")
    assert "SP-C03#1.8 on Fri 4 Dec 2026 is not after SP-C01 on Mon 7 Dec 2026, which comes before it" in asked
    assert "--sure" in asked
    answer = desk.done("record", "LI-001", "SP-C03#1.8", "--on", "2026-12-04", "--sure")
    assert "performed out of order: Fri 4 Dec 2026 is not after Preoperative cycle 1 day 1" in answer


def test_a_day_out_of_order_is_in_the_agenda_until_its_class_is_decided(desk: Desk) -> None:
    desk.done("record", "LI-001", "SP-C01", "--on", "2026-12-07")
    desk.done("record", "LI-001", "SP-C03#1.8", "--on", "2026-12-04", "--sure")
    said = "recorded out of order (not after Preoperative cycle 1 day 1)"
    assert said in desk.done("agenda")
    rows = json.loads(desk.done("agenda", "--json"))["pressing"]
    assert next(row for row in rows if row["visit"] == "SP-C03#1.8")["unclassed"] == ["performed_before"]
    desk.done("classify", "LI-001", "SP-C03#1.8", "important", "--deviation", "performed_before")
    assert said not in desk.done("agenda")
    assert all(row["visit"] != "SP-C03#1.8" for row in json.loads(desk.done("agenda", "--json"))["pressing"])
    desk.done("undo")
    assert said in desk.done("agenda")


def test_a_booked_day_that_passed_is_overdue_on_every_list(desk: Desk) -> None:
    """Booked for the 29th, and due until the 31st by its window."""
    desk.done("book", "LI-001", "SP-C02#2", "--on", "2026-12-29")
    later = ("--today", "2026-12-30")
    asks = "overdue, booked: done, missed or moved?"
    assert asks in desk.done("agenda", *later)
    assert asks in desk.done("calendar", "LI-001", *later)
    entries = json.loads(desk.done("calendar", "LI-001", "--json", *later))["entries"]
    assert next(one for one in entries if one["visit"] == "SP-C02#2")["status"] == "overdue"


def test_a_dose_before_a_result_is_said_in_the_answer_the_agenda_and_the_calendar(desk: Desk) -> None:
    """Day 1 of cycle 3 on 25 January, so that reassessment 1, due from 30 January, comes before day 8."""
    for visit, on in (("SP-C01", "2026-11-30"), ("SP-C02#2", "2026-12-28"), ("SP-C02#3", "2027-01-25")):
        desk.done("record", "LI-001", visit, "--on", on, "--today", "2027-01-26")
    day = ("--today", "2027-02-01")
    said = "before the result: Reassessment 1 is due since Sat 30 Jan 2027, and neither its result nor its outcome is"
    answer = desk.done("book", "LI-001", "SP-C03#3.8", "--on", "2027-02-02", *day)
    assert f"! SP-C03#3.8: {said} recorded" in answer
    assert "due, booked; before the result of Reassessment 1" in desk.done("agenda", *day)
    assert said in desk.done("calendar", "LI-001", *day)
    rows = json.loads(desk.done("agenda", "--json", *day))
    assert "before_result" in next(row for row in rows["coming"] if row["visit"] == "SP-C03#3.8")["problems"]
    later = ("--today", "2027-02-02")
    # The booking said it already, so that the record brings up nothing new.
    assert said not in desk.done("record", "LI-001", "SP-C03#3.8", "--on", "2027-02-02", *later)
    assert said in desk.done("calendar", "LI-001", *later)
    desk.done("record", "LI-001", "SP-R01", "--on", "2027-02-01", *later)
    assert said not in desk.done("calendar", "LI-001", *later)


def test_a_fact_is_given_to_the_participant_it_belongs_to_as_it_was_shown(desk: Desk) -> None:
    desk.done(
        *[
            "enrol",
            "--protocol",
            "scanpan",
            "--code",
            "LI-002",
            "--on",
            "2026-11-23",
            "--country",
            "SE",
            "--regimen",
            "AG",
        ]
    )
    desk.done("record", "LI-001", "SP-C01", "--on", "2026-12-02")
    number = json.loads(desk.done("history", "LI-001", "--json"))[-1]["fact"]
    dose = "Preoperative cycle 1 day 1 (SP-C01) done on Wed 2 Dec 2026"
    given = ("reassign", str(number), "li-002", "--reason", "wrong folder")
    shown = desk.done("preview", *given).splitlines()
    assert shown[1:4] == [
        f"{DOSE}: visit done, Wed 2 Dec 2026",
        f"  fact {number} belongs to LI-002: {dose}: wrong folder",
        f"  {dose} [recorded for LI-001 before, as fact {number}]",
    ]
    assert [line[:7] for line in shown if line.startswith("LI-")] == ["LI-001,", "LI-001:", "LI-002:"]
    assert desk.done(*given).splitlines()[1:4] == shown[1:4]
    assert f"{dose} [belongs to LI-002, by {number + 1}: wrong folder]" in desk.done("history", "LI-001")
    assert f"{dose} [recorded for LI-001 before, as fact {number}]" in desk.done("history", "LI-002")
    desk.done("undo")
    performed = [json.loads(desk.done("why", code, "SP-C01", "--json"))["performed"] for code in ("LI-001", "LI-002")]
    assert performed == ["2026-12-02", None]


def test_a_visit_that_disappears_with_its_fact_is_still_said_by_its_name(desk: Desk) -> None:
    desk.done("add", "LI-001", "--on", "2026-12-10", "--reason", "fever")
    assert "taken back: Unscheduled visit 1 (U#1) added: fever" in desk.done("undo")
    assert "Unscheduled visit 1 (U#1) added: fever [taken back by" in desk.done("history", "LI-001")
