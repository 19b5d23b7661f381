"""The program as a process: what it prints, what it leaves behind, and how it ends."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pypdf
import pytest

from app import __main__ as program
from app import __version__
from tests import in_process

ROOT = Path(__file__).resolve().parents[2]
CODE = "LI-SECRET-7"
STORY: dict[str, Any] = {
    "protocol": "scanpan",
    "today": "2026-12-01",
    "participant": {"code": CODE, "enrolled_on": "2026-11-23", "country": "SE", "regimen": "MFFX"},
    "facts": [{"kind": "performed", "visit": "SP-C01", "on": "2026-11-30", "at": "08:00", "pump_at": "10:15"}],
}


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A machine of its own: an empty home, and the program found from anywhere."""
    home = tmp_path_factory.mktemp("home")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "PYTHON"))}
    return {**kept, "HOME": str(home), "PYTHONPATH": str(ROOT), "LC_ALL": "C", "LANG": "C"}


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """The story as a file."""
    path = tmp_path / "story.json"
    path.write_text(json.dumps(STORY), encoding="utf-8")
    return path


Ended = subprocess.CompletedProcess[bytes]
posix = pytest.mark.skipif(os.name == "nt", reason="Windows has other pipes")
linux = pytest.mark.skipif(sys.platform != "linux", reason="the home folder is told in another way")


def process(machine: dict[str, str], *arguments: str | Path, given: bytes = b"", folder: Path = ROOT) -> Ended:
    """Run the program to its end in a process of its own."""
    command = [sys.executable, "-m", "app", *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True, cwd=folder, env=machine, check=False, timeout=60)


def run(machine: dict[str, str], *arguments: str | Path, given: bytes = b"", folder: Path = ROOT) -> Ended:
    """Run the program from its start to its end in this process, where nothing is asked about processes."""
    return in_process.ended(tuple(map(str, arguments)), machine, folder, given)


def refused(ended: Ended, *told: str) -> None:
    """It was refused with one line that says so, and printed nothing."""
    message = ended.stderr.decode("utf-8")
    assert (ended.returncode, ended.stdout) == (2, b""), message
    assert message.startswith("studyday: ")
    assert message.count("\n") == 1
    assert "Traceback" not in message
    for text in told:
        assert text in message


# rehearse


def test_rehearse_prints_each_visit_with_its_day_and_why(machine: dict[str, str], story: Path) -> None:
    ended = process(machine, "rehearse", story)
    assert (ended.returncode, ended.stderr) == (0, b"")
    lines = ended.stdout.decode("utf-8").splitlines()
    assert lines[0].startswith(f"{CODE}   ScanPan 2025-07-19.2   as of ")
    assert lines[1].startswith("67 visits: ")
    assert any("Mon 30 Nov 2026" in line and line.endswith("SP-C01") for line in lines)


def test_rehearse_gives_the_same_as_json(machine: dict[str, str], story: Path) -> None:
    ended = run(machine, "rehearse", story, "--json")
    assert (ended.returncode, ended.stderr) == (0, b"")
    document = json.loads(ended.stdout)
    known = [
        "protocol",
        "version",
        "participant",
        "today",
        "entries",
        "problems",
        "left_out",
        "deviations",
        "after_surgery",
    ]
    assert list(document) == known
    assert (document["protocol"], document["participant"], document["today"]) == ("scanpan", CODE, "2026-12-01")
    first = next(entry for entry in document["entries"] if entry["visit"] == "SP-C01")
    wanted: dict[str, Any] = {
        "target": "2026-11-30", "earliest": "2026-11-23", "latest": "2026-12-14", "proposed": "2026-11-30",
        "booked": None, "moved": None, "performed": "2026-11-30", "basis": "recorded", "status": "performed",
        "window_result": "inside", "judged": {"earliest": "2026-11-23", "latest": "2026-12-14"}, "due_at": None,
        "epoch": "preop_chemo", "problems": [],
    }  # fmt: skip
    assert {name: first[name] for name in wanted} == wanted
    assert {"visit", "name", "why", "reasons"} <= first.keys()
    pump = next(entry for entry in document["entries"] if entry["visit"] == "SP-C03#1.3")
    assert pump["due_at"] == "2026-12-02T08:15:00+01:00"
    assert all(text.partition(":")[0] for text in document["problems"])


def test_a_story_may_come_through_a_pipe_from_any_folder(machine: dict[str, str], story: Path, tmp_path: Path) -> None:
    piped = process(machine, "rehearse", "-", "--json", given=story.read_bytes(), folder=tmp_path)
    assert piped.returncode == 0
    assert piped.stdout == process(machine, "rehearse", "story.json", "--json", folder=tmp_path).stdout


def test_a_story_saved_with_a_byte_order_mark_is_read(machine: dict[str, str], story: Path) -> None:
    ended = process(machine, "rehearse", "-", "--json", given=b"\xef\xbb\xbf" + story.read_bytes())
    assert ended.returncode == 0


def test_names_beyond_ascii_are_printed_whatever_the_machine_speaks(machine: dict[str, str]) -> None:
    named = {**STORY, "participant": {**STORY["participant"], "code": "ÅÄÖ-中-1"}}
    for option in ((), ("--json",)):
        ended = process(machine, "rehearse", "-", *option, given=json.dumps(named).encode())
        assert ended.returncode == 0
        assert "ÅÄÖ-中-1" in ended.stdout.decode("utf-8")


def test_half_a_character_in_the_code_does_not_break_the_output(machine: dict[str, str]) -> None:
    given = json.dumps(STORY).replace(CODE, r"LI-\ud800").encode()
    refused(process(machine, "rehearse", "-", "--json", given=given), "participant.code", "half")


@pytest.mark.parametrize("kind", ["sheets", "calendar"])
def test_printing_gives_a_pdf_and_the_same_one_again(
    kind: str, machine: dict[str, str], story: Path, tmp_path: Path
) -> None:
    one, two = tmp_path / "one.pdf", tmp_path / "two.pdf"
    first = run(machine, "rehearse", story, "--print", kind, "-o", one)
    assert (first.returncode, first.stderr) == (0, b"")
    second = run(machine, "rehearse", story, "--print", kind, "--output", two, "--json", folder=tmp_path)
    assert second.returncode == 0
    assert one.read_bytes() == two.read_bytes()
    pages = len(pypdf.PdfReader(one).pages)
    assert pages > 0
    assert f"{one}: {pages} page" in first.stdout.decode()
    assert json.loads(second.stdout) == {"file": str(two), "pages": pages}
    text = "".join(page.extract_text() for page in pypdf.PdfReader(one).pages)
    assert CODE in text.replace("\n", "")
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["one.pdf", "story.json", "two.pdf"]


def test_printing_replaces_another_file_only_when_asked_to(
    machine: dict[str, str], story: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.pdf"
    out.write_bytes(b"old")
    refused(run(machine, "rehearse", story, "--print", "calendar", "-o", out), f"{out} exists already", "--force")
    assert out.read_bytes() == b"old"
    assert run(machine, "rehearse", story, "--print", "calendar", "-o", out, "--force").returncode == 0
    assert out.read_bytes().startswith(b"%PDF")


def test_a_place_that_cannot_be_written_is_refused_and_left_alone(
    machine: dict[str, str], story: Path, tmp_path: Path
) -> None:
    missing = tmp_path / "no" / "out.pdf"
    ended = run(machine, "rehearse", story, "--print", "calendar", "-o", missing)
    refused(ended, f"{missing.parent} does not exist")
    folder = tmp_path / "folder"
    folder.mkdir()
    refused(run(machine, "rehearse", story, "--print", "calendar", "-o", folder), f"{folder} names a folder")
    assert list(folder.iterdir()) == []
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["folder", "story.json"]


def test_what_to_print_and_where_go_together(machine: dict[str, str], story: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    refused(run(machine, "rehearse", story, "-o", out), "--print")
    refused(run(machine, "rehearse", story, "--print", "sheets"), "-o")
    assert not out.exists()


def test_no_sheet_is_made_when_nothing_is_open(machine: dict[str, str], tmp_path: Path) -> None:
    given = {**STORY, "facts": [], "today": "2026-11-23", "protocol": "nct06873178"}
    given["participant"] = {**STORY["participant"], "regimen": "FFX", "choices": {"cohort": "retrospective"}}
    out = tmp_path / "out.pdf"
    ended = run(machine, "rehearse", "-", "--print", "sheets", "-o", out, given=json.dumps(given).encode())
    refused(ended, "no sheet to print")
    assert not out.exists()


# what is refused


def test_a_missing_file_is_refused(machine: dict[str, str], tmp_path: Path) -> None:
    refused(process(machine, "rehearse", tmp_path / "none.json"), "none.json", "cannot be read")


def test_a_folder_is_no_story(machine: dict[str, str], tmp_path: Path) -> None:
    refused(run(machine, "rehearse", tmp_path), str(tmp_path), "a folder")


def test_a_text_that_is_not_utf_8_is_refused(machine: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "latin.json"
    path.write_bytes(json.dumps(STORY).replace(CODE, "LI-Ö").encode("latin-1"))
    refused(run(machine, "rehearse", path), "UTF-8")
    refused(run(machine, "rehearse", "-", given="{}".encode("utf-16")), "UTF-8")


@pytest.mark.parametrize("option", [(), ("--json",)])
@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("", "this is no JSON: line 1, column 1"),
        ("{", "this is no JSON"),
        ("[" * 100_000, "this is no JSON"),
        ("[]", "this must be an object"),
        (json.dumps({**STORY, "protocol": "other"}), "other"),
        (json.dumps({**STORY, "today": "2026-02-30"}), "2026-02-30 is a day that no calendar has"),
        (json.dumps({**STORY, "facts": [{"kind": "performed", "visit": "SP-X", "on": "2026-12-01"}]}), "fact 1: "),
    ],
)
def test_a_refusal_says_what_and_where_and_prints_nothing_else(
    given: str, told: str, option: tuple[str, ...], machine: dict[str, str]
) -> None:
    refused(run(machine, "rehearse", "-", *option, given=given.encode()), "standard input", told)


def test_a_refused_story_makes_no_pdf(machine: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    refused(run(machine, "rehearse", "-", "--print", "calendar", "-o", out, given=b"{}"))
    assert not out.exists()


def test_large_type_is_for_the_calendar(machine: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    told = json.dumps(STORY).encode()
    refused(run(machine, "rehearse", "-", "--print", "sheets", "--large", "-o", out, given=told), "--print calendar")
    assert not out.exists()
    assert run(machine, "rehearse", "-", "--print", "calendar", "--large", "-o", out, given=told).returncode == 0
    in_finnish = ("--language", "fi", "-o", out)
    refused(run(machine, "rehearse", "-", "--print", "sheets", *in_finnish, given=told), "--print calendar")
    assert run(machine, "rehearse", "-", "--print", "calendar", "--force", *in_finnish, given=told).returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["rehearse"],
        ["unknown"],
        ["rehearse", "a", "b"],
        ["rehearse", "--js", "-"],
        ["rehearse", "-", "--print", "x"],
    ],
)
def test_a_command_line_that_is_none_is_refused(arguments: Sequence[str], machine: dict[str, str]) -> None:
    ended = run(machine, *arguments)
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert b"usage: studyday" in ended.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["rehearse", "--help"], ["check", "-h"], ["--version"]])
def test_help_and_version_are_given(arguments: Sequence[str], machine: dict[str, str]) -> None:
    ended = run(machine, *arguments)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert ended.stdout.strip()
    if arguments == ["--version"]:
        assert ended.stdout.decode().strip() == f"studyday {__version__}"


# check and protocols


def test_the_shipped_protocols_are_listed_and_pass_their_own_check(machine: dict[str, str], tmp_path: Path) -> None:
    told = run(machine, "protocols", folder=tmp_path)
    rows = json.loads(run(machine, "protocols", "--json", folder=tmp_path).stdout)
    assert [row["id"] for row in rows] == ["nct06873178", "scanpan"]
    for row in rows:
        line = next(line for line in told.stdout.decode().splitlines() if line.startswith(row["id"]))
        assert row["version"] in line
        assert row["title"] in line
        assert set(row["regimens"]) >= {"AG", "FFX", "MFFX", "NAL"}
        checked = run(machine, "check", row["file"], folder=tmp_path)
        assert (checked.returncode, checked.stderr) == (0, b""), checked.stdout.decode()
        assert checked.stdout.decode().strip().endswith("nothing found")


def test_a_mistake_in_a_protocol_is_found_with_its_line(machine: dict[str, str], tmp_path: Path) -> None:
    folder = ROOT / "resources" / "protocols"
    text = (folder / "scanpan.yaml").read_text(encoding="utf-8")
    (tmp_path / "regimens.yaml").write_bytes((folder / "regimens.yaml").read_bytes())
    path = tmp_path / "mine.yaml"
    path.write_text(text.replace("offset: P7D, window", "offset: seven, window", 1), encoding="utf-8")
    line = next(n for n, row in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if "offset: seven" in row)
    ended = run(machine, "check", path)
    assert (ended.returncode, ended.stderr) == (1, b"")
    assert f":{line}:" in ended.stdout.decode()


@pytest.mark.parametrize("name", ["none.yaml", "."])
def test_a_protocol_that_cannot_be_read_is_refused(name: str, machine: dict[str, str], tmp_path: Path) -> None:
    ended = run(machine, "check", tmp_path / name)
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert ended.stderr.startswith(b"studyday: ")


# pipes, bugs, and what is loaded


@posix
def test_a_reader_that_leaves_early_is_no_bug(machine: dict[str, str], story: Path) -> None:
    command = f'"{sys.executable}" -m app rehearse "{story}" --json | head -1'
    ended = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        capture_output=True,
        cwd=ROOT,
        env=machine,
        check=False,
        timeout=60,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"{\n", b"")


@posix
def test_a_reader_that_never_listened_is_no_bug_either(machine: dict[str, str], story: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "app", "rehearse", str(story), "--json"],
            stdout=writing,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env=machine,
            check=False,
            timeout=60,
        )
    finally:
        os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_a_bug_ends_with_3_and_a_report_without_the_participant(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], story: Path, tmp_path: Path
) -> None:
    def broken(*_arguments: object) -> None:
        raise RuntimeError(f"something about {CODE}")

    monkeypatch.setattr("app.paths.state_dir", lambda: tmp_path / "state")
    monkeypatch.setattr("app.services.queries.rehearsal.plan", broken)
    monkeypatch.setattr(sys, "argv", ["studyday", "rehearse", str(story), "--json"])
    assert program.main() == 3
    shown = capsys.readouterr()
    assert shown.out == ""
    assert (shown.err.count("\n"), "Traceback" in shown.err, CODE in shown.err) == (1, False, False)
    (report,) = (tmp_path / "state").rglob("studyday-bug-*.txt")
    assert str(report) in shown.err
    text = report.read_text(encoding="utf-8")
    assert CODE not in text
    assert str(tmp_path) not in text
    assert "RuntimeError" in text
    assert "broken" in text


def test_a_bug_on_a_machine_without_a_place_for_reports_still_ends_with_3(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], story: Path, tmp_path: Path
) -> None:
    def broken(*_arguments: object) -> None:
        raise MemoryError

    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be", encoding="utf-8")
    monkeypatch.setattr("app.paths.state_dir", lambda: blocked)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(blocked))
    monkeypatch.setattr("app.services.queries.rehearsal.plan", broken)
    monkeypatch.setattr(sys, "argv", ["studyday", "rehearse", str(story)])
    assert program.main() == 3
    assert "a bug in the program" in capsys.readouterr().err


HEAVY = ("PySide6", "shiboken6", "sqlmodel", "sqlalchemy", "sqlcipher3", "sqlite3", "reportlab")
LOADED = """
import sys
from app.bootstrap import environment
from app.cli.main import run
code = run(sys.argv[1:], environment())
print(sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.parametrize("command", ["rehearse", "check", "protocols"])
def test_no_command_loads_the_desktop_the_study_file_or_the_printer(
    command: str, machine: dict[str, str], story: Path
) -> None:
    arguments = {
        "rehearse": [str(story), "--json"],
        "check": [str(ROOT / "resources" / "protocols" / "scanpan.yaml")],
        "protocols": ["--json"],
    }[command]
    ended = subprocess.run(
        [sys.executable, "-c", LOADED, command, *arguments],
        capture_output=True,
        cwd=ROOT,
        env=machine,
        check=False,
        timeout=60,
    )
    assert ended.returncode == 0, ended.stderr.decode()
    loaded = ended.stderr.decode().strip().splitlines()[-1]
    assert "'app'" in loaded
    assert [name for name in HEAVY if f"'{name}'" in loaded] == []


@linux
def test_the_working_folder_and_the_home_are_left_as_they_were(
    machine: dict[str, str], story: Path, tmp_path: Path
) -> None:
    assert run(machine, "rehearse", story, "--json", folder=tmp_path).returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["story.json"]
    inside = {path.relative_to(machine["HOME"]).parts[0] for path in Path(machine["HOME"]).rglob("*")}
    assert inside <= {".cache"}, "only what can be derived again"


@linux
def test_a_home_that_cannot_be_written_does_not_matter(machine: dict[str, str], story: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be", encoding="utf-8")
    ended = run({**machine, "HOME": str(blocked), "XDG_CACHE_HOME": str(blocked)}, "rehearse", story, "--json")
    assert (ended.returncode, ended.stderr) == (0, b"")


IGNORED = """\
studyday: 1
id: ignored
version: "1"
title: Ignored
short_title: Ignored
epochs: [{id: e, name: Everything}]
enrolment_visit: E0
visits:
  E0:
    name: Entry
    epoch: e
    timing: {from: enrolment, window: {before: P0D, after: P0D}, roll: none}
    marks: {event: assumed, offset: assumed, window: assumed}
  S:
    name: Call {number}
    epoch: e
    timing: {from: E0, offset: P10D, window: {before: P1D, after: P1D}}
    repeat: {series: [{every: P30D, count: 2}]}
    marks: {event: assumed, offset: assumed, window: assumed}
"""


def test_who_plans_by_a_file_is_told_what_changes_its_days(machine: dict[str, str], tmp_path: Path) -> None:
    protocol, story, study = tmp_path / "ignored.yaml", tmp_path / "story.json", tmp_path / "s.studyday"
    protocol.write_text(IGNORED, "utf-8")
    person = {"code": "A-1", "enrolled_on": "2026-03-02", "country": "SE"}
    story.write_text(json.dumps({"protocol": "ignored", "today": "2026-03-02", "participant": person, "facts": []}))
    told = f"{protocol}:17:32: A series has its own distances, so this offset counts for nothing. Leave it out."
    ended = run(machine, "rehearse", story, "--json", "--protocol", protocol)
    assert (ended.returncode, json.loads(ended.stdout)["protocol"]) == (0, "ignored")
    assert told in ended.stderr.decode()
    assert run(machine, "-f", study, "new").returncode == 0
    enrolled = run(
        machine, "-f", study, "--today", "2026-03-02", "enrol", "--code", "A-1", "--protocol", protocol, "--on",
        "2026-03-02", "--country", "SE",
    )  # fmt: skip
    assert (enrolled.returncode, told in enrolled.stdout.decode()) == (0, True), enrolled
    protocol.write_text(IGNORED.replace("offset: P10D, ", ""), "utf-8")
    assert run(machine, "rehearse", story, "--protocol", protocol).stderr == b""


def test_a_check_can_show_an_invented_participant(machine: dict[str, str], tmp_path: Path) -> None:
    protocol = tmp_path / "ignored.yaml"
    protocol.write_text(IGNORED, "utf-8")
    ended = run(machine, "check", protocol, "--calendar")
    said = ended.stdout.decode()
    # Enrolled on 12 January: the first call 30 days later, on 11 February, with a window to the 12th; a week after it
    assert ended.returncode == 1
    assert "[ignored-offset]" in said
    assert "An invented participant: Call 1 Thu 19 Feb 2026, late by 7 d." in said
    assert run(machine, "check", protocol, "--calendar").stdout == ended.stdout
    other = run(machine, "check", protocol, "--calendar", "--enrolled", "2026-03-02").stdout.decode()
    assert "Call 1 Thu 9 Apr 2026, late by 7 d" in other, "1 April, with a window to the 2nd"
    refused(run(machine, "check", protocol, "--calendar", "--enrolled", "2026-02-30"), "--enrolled", "no calendar has")
    refused(run(machine, "check", protocol, "--enrolled", "2026-03-02"), "--enrolled", "without --calendar")
    protocol.write_text(IGNORED.replace("id: ignored", "id: 5"), "utf-8")
    broken = run(machine, "check", protocol, "--calendar")
    assert "No calendar can be shown until the errors are corrected." in broken.stdout.decode()


def test_the_language_is_explained_without_a_study(machine: dict[str, str]) -> None:
    ended = run(machine, "protocol", "language")
    assert ended.returncode == 0
    assert ended.stdout.decode().startswith("# The language of protocol files\n")


def test_a_withdrawal_is_asked_for_its_last_medication_where_the_protocol_needs_it(
    machine: dict[str, str], tmp_path: Path
) -> None:
    def study(line: str) -> Ended:
        return run(machine, "-f", tmp_path / "s.studyday", "--today", "2027-02-01", *line.split())

    study("new")
    study("enrol --code CJ-001 --protocol nct06873178 --on 2026-11-23 --country CN --regimen MFFX")
    study("record CJ-001 CJ-C01 --on 2026-11-30")
    wish = "withdraw CJ-001 all --on 2026-12-01 --reason wish"
    asked = study(wish)
    assert (asked.returncode, b"last dose recorded: Mon 30 Nov 2026" in asked.stderr) == (2, True)
    told = study(f"{wish} --last-medication-on None")
    assert (told.returncode, b"last medication: none" in told.stdout) == (0, True), told
    late = study("book CJ-001 CJ-C02#2 --on 2027-03-02")
    assert (late.returncode, b"Correct the withdrawal, or take it back" in late.stderr) == (2, True)
    pump = study("record CJ-001 CJ-C03#1.3 --on 2026-12-02")
    assert pump.returncode == 0, "a pump that was started is disconnected"
