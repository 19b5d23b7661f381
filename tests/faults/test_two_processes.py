"""Two processes and one study: the second is told who has it, and the death of the first opens it again."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.client import ROOT, Server, environment, state
from tests.faults.stories import STUDY
from tests.faults.studies import content, leftovers, snapshot


@pytest.fixture
def home(tmp_path: Path) -> Path:
    found = tmp_path / "home"
    found.mkdir()
    return found


def log_of(home: Path) -> list[dict[str, object]]:
    path = state(home) / "studyday.log"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def test_the_second_is_told_who_has_it_where_and_since_when(server: Server, folder: Path, home: Path) -> None:
    holder = server.hold(folder)
    try:
        before = snapshot(folder, ())
        study = str(folder / STUDY)
        for arguments in (
            ("note", "LI-001", "SP-C01", "second"), ("verify",), ("agenda",), ("backup",),
            ("restore", study, f"{study}.new"), ("rescue", study, f"{study}.new"),
        ):  # fmt: skip
            ended = server.run(folder, *arguments, home=home)
            assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1), ended.err
            assert "is open: by Eva Ek on WS-7 since Wed 10 Feb 2027, 08:05. Close it there first." in ended.err
            assert STUDY in ended.err
        assert snapshot(folder, ()) == before
        assert {row["event"] for row in log_of(home)} == {"command"}
    finally:
        server.kill(holder)


def test_a_note_of_somebody_who_died_opens_again_and_one_line_says_so(server: Server, folder: Path, home: Path) -> None:
    before = content(folder / STUDY).told
    holder = server.hold(folder)
    server.kill(holder)
    assert leftovers(folder) == [f"{STUDY}-journal", f"{STUDY}.open"] or leftovers(folder) == [f"{STUDY}.open"]
    ended = server.run(folder, "note", "LI-001", "SP-C01", "the next one", home=home)
    assert (ended.code, ended.err.count("\n")) == (0, 1)
    assert "the program ended before it had closed this study" in ended.err
    assert content(folder / STUDY).told[:-1] == before
    rows = log_of(home)
    assert [(row["event"], row["command"]) for row in rows] == [("lock_taken_over", "note"), ("command", "note")]
    assert leftovers(folder) == []
    assert server.run(folder, "verify", home=home).code == 0
    assert [row["event"] for row in log_of(home)[2:]] == ["command"], "only once"


def test_the_log_has_what_was_done_and_how_it_ended_and_nothing_else(server: Server, folder: Path, home: Path) -> None:
    lines = (
        (("note", "LI-001", "SP-C01", "canary"), 0),
        (("undo", "99"), 2),
        (("verify",), 0),
        (("preview", "undo"), 0),
        (("record", "LI-001", "SP-NOT", "--on", "2027-01-01"), 2),
    )
    for arguments, code in lines:
        assert server.run(folder, *arguments, home=home).code == code
    rows = log_of(home)
    assert [(row["command"], row["exit"]) for row in rows] == [(words[0], code) for words, code in lines]
    for row in rows:
        assert set(row) == {"at", "event", "command", "exit", "ms"}
        assert isinstance(row["ms"], int)
        assert 0 <= row["ms"] < 60_000


def test_a_bug_stands_in_the_log_as_one(server: Server, folder: Path, home: Path) -> None:
    bug = {"where": "app.services.commands.record:save", "kind": "RuntimeError", "says": "x"}
    assert server.run(folder, "note", "LI-001", "SP-C01", "x", home=home, bug=bug).code == 3
    assert [(row["command"], row["exit"]) for row in log_of(home)] == [("note", 3)]


def test_a_log_that_cannot_be_written_hinders_nothing(server: Server, folder: Path, home: Path) -> None:
    state(home).parent.mkdir(parents=True)
    state(home).write_text("a file where the folder should be")
    ended = server.run(folder, "verify", home=home)
    assert (ended.code, ended.err) == (0, "")


def test_what_reads_no_study_writes_no_log(server: Server, tmp_path: Path, home: Path) -> None:
    assert server.run(tmp_path, "protocols", file="", today="", home=home).code == 0
    assert log_of(home) == []


@pytest.mark.parametrize("together", [4, pytest.param(8, marks=pytest.mark.slow)])
def test_many_at_once_take_turns_or_are_told(folder: Path, home: Path, together: int) -> None:
    """Whole interpreters of the installed program, all at the same study."""
    before = content(folder / STUDY).told
    running = [
        subprocess.Popen(
            [
                sys.executable, "-m", "app", "-f", str(folder / STUDY), "--today", "2027-02-10",
                "note", "LI-001", "SP-C01", f"number {number}",
            ],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=environment(home),
        )
        for number in range(together)
    ]  # fmt: skip
    saved = set()
    for number, process in enumerate(running):
        out, err = process.communicate(timeout=100)
        assert process.returncode in (0, 2), err
        if process.returncode == 0:
            assert out.startswith("Saved as command ")
            saved.add(f"number {number}")
        else:
            assert "is open" in err
            assert "Close it there first" in err
    found = content(folder / STUDY)
    assert found.told[: len(before)] == before
    assert {fact.fields["text"] for fact in found.facts[len(before) :]} == saved
    assert saved
    assert leftovers(folder) == []
