"""The program as a person or another program starts it: processes, exit codes, what it prints and what it loads."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests import in_process

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of its own, so that caches and reports are neither found nor left."""
    return tmp_path_factory.mktemp("home")


def surroundings(home: Path) -> dict[str, str]:
    """The machine of that home."""
    folders = {"XDG_CACHE_HOME": str(home / "cache"), "XDG_STATE_HOME": str(home / "state")}
    return os.environ | folders | {"PYTHONPATH": str(ROOT), "LC_ALL": "C"}


def process(home: Path, *arguments: str, given: str | bytes = "") -> subprocess.CompletedProcess[bytes]:
    """Run the program to its end in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        input=given.encode() if isinstance(given, str) else given,
        capture_output=True,
        check=False,
        cwd=ROOT,
        env=surroundings(home),
    )


def studyday(
    home: Path, *arguments: str, given: str | bytes = "", cwd: Path = ROOT
) -> subprocess.CompletedProcess[bytes]:
    """Run the program to its end in this process."""
    return in_process.ended(arguments, surroundings(home), cwd, given.encode() if isinstance(given, str) else given)


def story(**changes: Any) -> dict[str, Any]:
    """The patient of the worked example, in Sweden, on the day of enrolment."""
    person = {"code": "LI-001", "enrolled_on": "2026-11-23", "country": "SE", "regimen": "MFFX"}
    return {"protocol": "scanpan", "today": "2026-11-23", "participant": person, "facts": []} | changes


def test_the_worked_example_has_67_visits_in_json(home: Path, tmp_path: Path) -> None:
    done = studyday(home, "rehearse", "-", "--json", given=json.dumps(story()), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    calendar = json.loads(done.stdout)
    assert (calendar["protocol"], calendar["participant"], calendar["today"]) == ("scanpan", "LI-001", "2026-11-23")
    rows = {entry["visit"]: entry for entry in calendar["entries"]}
    assert len(calendar["entries"]) == len(rows) == 67
    # Expected days read off the calendar of 2027: Easter Monday is 29 March, 30 January a Saturday, 4 July a Sunday.
    dates = {
        "SP-C01": ("2026-11-30", "2026-11-23", "2026-12-14", "2026-11-30"),
        "SP-C04#3.1": ("2026-12-27", "2026-12-25", "2026-12-28", "2026-12-28"),
        "SP-C03#3.3": ("2026-12-30", "2026-12-30", "2026-12-30", "2026-12-30"),
        "SP-R01": ("2027-01-30", "2027-01-30", "2027-02-13", "2027-02-01"),
        "SP-C02#8": ("2027-03-08", "2027-03-08", "2027-03-11", "2027-03-08"),
        "SP-R04": ("2027-03-25", "2027-03-25", "2027-04-01", "2027-03-25"),
        "SP-P01": ("2027-03-29", "2027-03-25", "2027-04-04", "2027-03-30"),
        "SP-P03": ("2027-04-05", "2027-03-29", "2027-05-03", "2027-04-05"),
        "SP-O03": ("2027-04-10", "2027-04-10", "2027-04-11", "2027-04-10"),
        "SP-O08": ("2027-07-04", "2027-07-04", "2027-07-18", "2027-07-05"),
        "SP-F24": ("2029-04-05", "2029-03-06", "2029-05-05", "2029-04-05"),
    }
    for key, expected in dates.items():
        assert tuple(rows[key][name] for name in ("target", "earliest", "latest", "proposed")) == expected, key
    assert rows["SP-S06"]["status"] == "performed"
    assert rows["SP-O03"]["problems"] == ["Closed day: Sat 10 Apr 2027 is a Saturday, and this visit keeps its day."]
    assert rows["SP-R01"]["why"] == [
        "2 months after Preoperative cycle 1 day 1 (Mon 30 Nov 2026); "
        "that is a Saturday, so Mon 1 Feb 2027 is proposed."
    ]
    assert all(entry["why"] and entry["reasons"] for entry in calendar["entries"])


def test_the_text_tells_each_visit_and_why(home: Path) -> None:
    done = process(home, "rehearse", "-", given=json.dumps(story()))
    text = done.stdout.decode()
    assert "67 visits" in text
    assert "that is Easter Monday, so Tue 30 Mar 2027 is proposed" in text


def test_chinese_holidays_that_are_not_official_yet_are_said(home: Path) -> None:
    person = {"code": "BJ-1", "enrolled_on": "2026-11-23", "country": "CN", "regimen": "AG"}
    done = studyday(
        home, "rehearse", "-", "--json", given=json.dumps(story(protocol="nct06873178", participant=person))
    )
    problems = json.loads(done.stdout)["problems"]
    assert any(problem.startswith("CN-2027: the holiday list of 2027 is not official yet") for problem in problems)


REFUSED = [
    ({"facts": [{"kind": "performed", "visit": "SP-XX", "on": "2026-11-23"}]}, "fact 1: unknown visit “SP-XX”"),
    ({"facts": [{"kind": "performed", "visit": "SP-R03#1", "on": "2026-11-23"}]}, "path does not have the visit"),
    ({"facts": [{"kind": "performed", "visit": "SP-C01", "on": "2026-11-24"}]}, "lies after today"),
    ({"facts": [{"kind": "performed", "visit": "SP-C01", "on": "2026-02-30"}]}, "fact 1, on: 2026-02-30"),
    ({"facts": [{"kind": "performed", "visit": "SP-C01", "on": "2026-11-23", "at": "25:30"}]}, "fact 1, at"),
    ({"facts": [{"kind": "performed", "visit": "SP-C01", "on": "2026-11-23", "by": "me"}]}, "unknown field “by”"),
    ({"facts": [{"kind": "done", "visit": "SP-C01", "on": "2026-11-23"}]}, "unknown kind “done”"),
    ({"facts": [{"kind": "moved", "visit": "SP-C01", "to": "2026-12-01"}]}, "“reason” is missing"),
    ({"facts": [{"kind": "omitted", "visit": "SP-R01", "on": "2026-11-23", "reason": "x"}]}, "only infusions are"),
    ({"facts": [{"kind": "decided", "visit": "SP-R01", "on": "2026-11-23", "outcome": "maybe"}]}, "“maybe” cannot be"),
    ({"facts": [{"kind": "stopped", "phase": "chemo", "on": "2026-11-23", "reason": "x"}]}, "unknown phase “chemo”"),
    ({"protocol": "nobody"}, "unknown protocol “nobody”"),
    ({"site": {"time_zone": "Mars/Base"}}, "unknown time zone"),
    ({"site": {"values": {"SP-R01.later": "P1D"}}}, "unknown site value"),
    ({"site": {"closed_weekdays": [0, 1, 2, 3, 4, 5, 6]}}, "all seven weekdays are closed"),
    ({"colour": "red"}, "unknown field “colour”"),
]


@pytest.mark.parametrize(("changes", "says"), REFUSED)
def test_bad_input_is_refused_with_the_place_and_nothing_printed(
    changes: dict[str, Any], says: str, home: Path
) -> None:
    done = studyday(home, "rehearse", "-", "--json", given=json.dumps(story(**changes)))
    assert done.returncode == 2
    assert done.stdout == b""
    assert says in done.stderr.decode()


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"{", "no JSON"),
        (b"\xff\xfe{", "not UTF-8"),
        (b'{"protocol": 1, "protocol": 2}', "is there twice"),
        (b"[]", "object"),
    ],
)
def test_what_is_no_story_is_refused(raw: bytes, says: str, home: Path) -> None:
    done = process(home, "rehearse", "-", given=raw)
    assert (done.returncode, done.stdout) == (2, b"")
    assert says in done.stderr.decode()


def test_files_that_cannot_be_read_or_written_are_named(home: Path, tmp_path: Path) -> None:
    for name in (str(tmp_path / "nothing.json"), str(tmp_path)):
        done = studyday(home, "rehearse", name)
        assert done.returncode == 2
        assert name in done.stderr.decode()
    out = tmp_path / "no folder" / "x.pdf"
    done = studyday(home, "rehearse", "-", "--print", "calendar", "-o", str(out), given=json.dumps(story()))
    assert done.returncode == 2
    assert f"the folder {out.parent} does not exist" in done.stderr.decode()
    assert studyday(home, "rehearse", "-", "--print", "sheets", given=json.dumps(story())).returncode == 2


def test_sheets_and_calendar_are_printed_the_same_each_time(home: Path, tmp_path: Path) -> None:
    for kind, least in (("sheets", 60), ("calendar", 1)):
        once, again = tmp_path / f"{kind}.pdf", tmp_path / f"{kind}-again.pdf"
        for path in (once, again):
            done = studyday(home, "rehearse", "-", "--print", kind, "-o", str(path), given=json.dumps(story()))
            assert done.returncode == 0, done.stderr
        assert once.read_bytes() == again.read_bytes()
        assert len(PdfReader(once).pages) >= least
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "calendar-again.pdf", "calendar.pdf", "sheets-again.pdf", "sheets.pdf",
    ]  # fmt: skip


def test_shipped_protocols_are_listed_and_found_clean(home: Path) -> None:
    listed = json.loads(studyday(home, "protocols", "--json").stdout)
    assert [row["id"] for row in listed] == ["nct06873178", "scanpan"]
    for row in listed:
        done = studyday(home, "check", row["file"])
        assert (done.returncode, done.stderr) == (0, b"")


def test_check_tells_findings_by_1_and_an_unreadable_file_by_2(home: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("studyday: 1\nid: x\nvisits: {}\n", encoding="utf-8")
    assert process(home, "check", str(broken)).returncode == 1
    assert process(home, "check", str(tmp_path / "none.yaml")).returncode == 2


def test_a_bug_is_reported_in_a_file_without_the_participant(home: Path) -> None:
    code = (
        "import sys, app.services.queries.rehearsal as room, app.__main__ as program\n"
        "def broken(text, *more, **named): raise KeyError(text)\n"
        "room.rehearse = broken\n"
        "sys.argv = ['studyday', 'rehearse', '-']\n"
        "sys.exit(program.main())\n"
    )
    environment = os.environ | {"XDG_STATE_HOME": str(home / "bug")}
    given = json.dumps(story()).encode()
    done = subprocess.run(
        [sys.executable, "-c", code], input=given, capture_output=True, check=False, cwd=ROOT, env=environment
    )
    assert done.returncode == 3
    report = Path(done.stderr.decode().strip().rpartition(" is in ")[2])
    text = report.read_text(encoding="utf-8")
    assert "KeyError" in text
    assert "LI-001" not in text


def test_a_reader_that_leaves_early_is_no_bug(home: Path) -> None:
    command = f"'{sys.executable}' -m app rehearse resources/examples/scanpan.json | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""


HEAVY = ("PySide6", "sqlmodel", "sqlalchemy", "sqlcipher3", "reportlab")


@pytest.mark.parametrize(
    "arguments",
    [
        ["rehearse", "resources/examples/scanpan.json", "--json"],
        ["rehearse", "resources/examples/nct06873178.json"],
        ["check", "resources/protocols/scanpan.yaml"],
    ],
)
def test_rehearse_and_check_load_no_window_no_database_and_no_printer(arguments: list[str]) -> None:
    code = (
        "import sys, app.__main__ as program\n"
        f"sys.argv = ['studyday', *{arguments!r}]\n"
        "program.main()\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT)
    assert done.stderr.decode().strip() == "[]"
