"""What is printed: help, JSON, progress, and what happens when nobody listens."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli.parser import make_parser
from tests.faults.client import ROOT, Server, environment
from tests.faults.options import commands_of, every
from tests.faults.server import NOBODY_READS
from tests.faults.stories import STUDY
from tests.faults.studies import content, leftovers

WORDS = [words for words, _parser in every(make_parser())]
READING: tuple[tuple[str, ...], ...] = (
    ("verify",), ("history",), ("history", "LI-001"), ("backup", "--list"), ("protocol", "list"),
    ("protocol", "show", "scanpan"), ("participants",), ("calendar", "LI-001"), ("agenda",),
    ("find", "LI-001", "bloods"),
    ("agenda", "--from", "2027-03-01", "--to", "2027-03-31"), ("why", "LI-001", "SP-R01"), ("log", "open"),
    ("history", "--protocol", "scanpan"), ("history", "--from", "2027-01-01"), ("days", "LI-001", "SP-P01"),
    ("log", "notes"), ("log", "contacts", "--protocol", "scanpan"),
    ("log", "survival"), ("log", "flow"), ("log", "deviations", "LI-001"),
    ("scenario", "LI-001"), ("site",), ("closed",),
    ("value",), ("planning",), ("about",), ("preview", "undo"), ("consents",), ("consents", "LI-001"),
    ("identified", "list"),
    ("preview", "move", "LI-001", "SP-P01", "--to", "2027-04-19", "--reason", "x"),
)  # fmt: skip
ON, SOON = ("--on", "2027-02-01"), ("--reason", "x", "--on", "2027-02-09")
SCREENING = ("enrol", "--code", "LI-007", "--consented", "2027-02-01")
CONSENT = ("consent", "LI-001", "given", "--on", "2027-02-09")
# One of every kind that writes, in an order in which all of them can be.
WRITING: tuple[tuple[str, ...], ...] = (
    ("new",),
    ("screen", "LI-004", "--protocol", "scanpan", *ON, "--outcome", "failure", "--reason", "x"),
    ("enrol", "--protocol", "scanpan", "--code", "LI-003", *ON, "--country", "SE", "--regimen", "AG"),
    (*SCREENING, "--protocol", "scanpan", "--country", "SE", "--regimen", "AG"),
    ("include", "LI-007", "--on", "2027-02-09"),
    ("consent-form", "add", "2.0", "--from", "2027-02-01"),
    ("identified", "add", "3", *ON, "--why", "declined"),
    (*CONSENT, "--version", "2.0", "--language", "sv", "--copy", "--no-biobank"),
    ("site", "Huddinge", "--country", "SE"),
    ("closed", "add", "2027-04-12"), ("closed", "open", "2027-04-17"), ("closed", "clear", "2027-04-12"),
    ("value", "set", "SP-R01.after", "P21D"), ("value", "confirm", "SP-R01.after"), ("value", "clear", "SP-R01.after"),
    ("protocol", "take", "nct06873178"),
    ("print", "day", "--on", "2026-12-29", "-o", "g.pdf"),
    ("record", "LI-001", "SP-C02#2", "--on", "2026-12-29"),
    ("treatment", "LI-001", "SP-C03#2.8", "--on", "2027-01-05", "--given", "full"),
    ("omit", "LI-001", "SP-C03#2.15", "--on", "2027-01-12", "--reason", "x"),
    ("book", "LI-002", "SP-C01", "--on", "2027-02-12"), ("cancel-booking", "LI-002", "SP-C01"),
    ("move", "LI-002", "SP-C01", "--to", "2027-02-15", "--reason", "x"),
    ("miss", "LI-002", "SP-C01", *SOON),
    ("note", "LI-001", "SP-C01", "a note"),
    ("decide", "LI-001", "SP-R01", "response", *ON),
    ("adverse-event", "LI-001", "Nausea", "--grade", "2", *ON, "--no-serious"),
    ("adverse-event", "LI-001", "Sepsis", "--grade", "4", *ON, "--serious", "--aware-on", "2027-02-01"),
    ("report", "LI-001", "initial", *ON),
    ("complication", "LI-001", "leak", *ON, "--grade", "I", "--sure"),
    ("progression", "LI-001", "recurrence", *ON, "--site", "liver"),
    ("contact", "LI-001", *ON, "--reached"),
    ("add", "LI-001", *ON, "--reason", "x"),
    ("undo",), ("redo",),
    ("correct", "19", "--set", "on=2026-12-30", "--reason", "x", "--sure"),
    ("reassign", "20", "LI-002", "--reason", "x", "--sure"),
    ("redact", "20", "text", "--reason", "x"),
    ("lost", "LI-003", *SOON), ("found", "LI-003", "--on", "2027-02-10"), ("withdraw", "LI-003", "treatment", *SOON),
    ("died", "LI-003", "--on", "2027-02-10"),
    ("classify", "LI-002", "SP-C01", "minor"),
    ("sign", "--by", "M. Hansson", "--on", "2027-02-10"), ("print", "log", "deviations", "-o", "d.pdf"),
    ("print", "log", "survival", "-o", "e.pdf"), ("log", "adverse-events", "--csv", "f.csv"),
    ("print", "history", "LI-001", "-o", "h.pdf"), ("history", "--csv", "h.csv"),
    ("agenda", "--to", "2027-03-01", "--csv", "v.csv"),
    ("print", "sheet", "LI-001", "SP-P01", "-o", "a.pdf"), ("print", "calendar", "LI-001", "-o", "b.pdf"),
    ("print", "agenda", "-o", "c.pdf"),
    ("backup",), ("restore", STUDY, "restored.studyday"), ("rescue", STUDY, "rescued.studyday"),
)  # fmt: skip
# What they need (a path of the protocol, other holidays, a rescue with losses) would take a study of its own.
NOT_WRITTEN = {
    "choose",
    "regimen",
    "stop",
    "operation",
    "specimen",
    "questionnaire",
    "holidays",
    "demo",
    "go-on",
    "settle",
}


@pytest.mark.parametrize("words", WORDS, ids=lambda words: " ".join(words) or "studyday")
def test_help_is_given(server: Server, tmp_path: Path, words: tuple[str, ...]) -> None:
    ended = server.run(tmp_path, *words, "-h" if len(words) == 2 else "--help", file="", today="")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("usage: studyday")
    assert [line for line in ended.out.splitlines() if len(line) > 120] == []


def test_every_option_says_what_it_is() -> None:
    silent = [
        (*words, *action.option_strings)
        for words, parser in every(make_parser())
        for action in parser._actions
        if action.option_strings and len((action.help or "").replace("(needed)", "").strip()) < 3
    ]
    assert silent == []


def test_every_command_says_what_it_is_for() -> None:
    for words, parser in every(make_parser()):
        assert (parser.description or "").strip(), words
        assert all(len(line) <= 120 for line in (parser.description or "").splitlines()), words


@pytest.mark.parametrize(
    "words",
    [
        ("nothing",), ("verify", "--nothing"), ("note",), ("note", "a"), ("preview",), ("preview", "verify"),
        ("print",), ("print", "poster", "-o", "x"), ("print", "agenda"), ("log",), ("undo", "first"),
        ("verify", "--js"), ("closed", "shut"), ("adverse-event", "a", "b", "--related"), ("-f",),
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_is_no_command_line_is_refused(server: Server, folder: Path, words: tuple[str, ...]) -> None:
    ended = server.run(folder, *words, file="", today="")
    assert (ended.code, ended.out) == (2, "")
    assert "usage: studyday" in ended.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("log", "adverse-evens"), "Did you mean “adverse-events”?"),
        (("withdraw", "LI-001", "treatmnt", "--on", "t", "--reason", "x"), "Did you mean “treatment”?"),
        (("calendar", "LI001"), "Did you mean “LI-001”?"),
        (("agend",), "Did you mean “agenda”?"),
    ],
)
def test_a_word_that_is_nearly_known_is_named(server: Server, folder: Path, words: tuple[str, ...], said: str) -> None:
    ended = server.run(folder, *words)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_answers_as_json_are_json_alone(server: Server, folder: Path, arguments: tuple[str, ...]) -> None:
    ended = server.run(folder, *arguments, "--json")
    assert (ended.code, ended.err) == (0, "")
    assert json.loads(ended.out) is not None
    if arguments[0] == "agenda":
        # Once more, now that the visits have been worked out.
        assert json.loads(server.run(folder, *arguments, "--json").out) == json.loads(ended.out)


def test_changes_as_json_are_json_alone(server: Server, folder: Path) -> None:
    named = {words[0] for words in (*READING, *WRITING)}
    assert named | NOT_WRITTEN == set(commands_of(make_parser())) - {"rehearse", "check", "protocols"}
    for arguments in WRITING:
        file = "other.studyday" if arguments == ("new",) else STUDY
        ended = server.run(folder, *arguments, "--json", file=file)
        assert (ended.code, ended.err) == (0, ""), (arguments, ended.err)
        document = json.loads(ended.out)
        assert document
        if "command" in document:
            assert document["saved"] is True
    assert leftovers(folder) == []
    content(folder / STUDY)


@pytest.mark.parametrize("arguments", [*READING[::3], ("note", "LI-001", "SP-C01", "x"), ("backup",)], ids=" ".join)
def test_a_pipe_that_nobody_reads_is_quiet(server: Server, folder: Path, arguments: tuple[str, ...]) -> None:
    ended = server.run(folder, *arguments, out=NOBODY_READS)
    assert (ended.code, ended.err) == (0, "")
    assert leftovers(folder) == []
    content(folder / STUDY)


def test_a_whole_program_whose_reader_leaves_is_quiet(folder: Path, tmp_path: Path) -> None:
    command = f'"{sys.executable}" -m app -f "{folder / STUDY}" --today 2027-02-10 history | head -1'
    ended = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        capture_output=True, cwd=ROOT, env=environment(tmp_path), check=False, timeout=60,
    )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert ended.stdout.count(b"\n") == 1
    assert leftovers(folder) == []


def test_the_whole_program_says_what_the_forked_one_says(server: Server, folder: Path, tmp_path: Path) -> None:
    """The forking server is no other program: whole interpreters answer and refuse alike."""
    for arguments in (("calendar", "LI-001"), ("verify", "--json"), ("undo", "99"), ("log", "nothing")):
        whole = subprocess.run(
            [sys.executable, "-m", "app", "-f", STUDY, "--today", "2027-02-10", *arguments],
            capture_output=True, text=True, cwd=folder, env=environment(tmp_path), check=False, timeout=60,
        )  # fmt: skip
        forked = server.run(folder, *arguments)
        assert (whole.returncode, whole.stdout, whole.stderr) == (forked.code, forked.out, forked.err)


LONG: tuple[tuple[str, ...], ...] = (
    ("verify",),
    ("agenda",),
    ("backup",),
    ("log", "deviations"),
    ("value", "set", "SP-R01.after", "P28D", "--reason", "x"),
)


@pytest.mark.parametrize("arguments", LONG, ids=lambda arguments: str(arguments[0]))
def test_progress_is_told_on_a_terminal(server: Server, folder: Path, arguments: tuple[str, ...]) -> None:
    leading, following = pty.openpty()
    try:
        ended = server.run(folder, *arguments, quiet=0, err=f"/proc/{os.getpid()}/fd/{following}")
        assert ended.code == 0
        shown = os.read(leading, 100_000).decode()
    finally:
        os.close(leading)
        os.close(following)
    assert "\r" in shown
    assert "/" in shown
    assert shown.endswith("\r\x1b[K"), "the line is cleared at the end"


@pytest.mark.parametrize("arguments", LONG, ids=lambda arguments: str(arguments[0]))
def test_no_progress_is_told_anywhere_else(server: Server, folder: Path, arguments: tuple[str, ...]) -> None:
    ended = server.run(folder, *arguments, quiet=0)
    assert (ended.code, ended.err) == (0, "")
    assert "\r" not in ended.out


def test_short_work_tells_no_progress_on_a_terminal_either(server: Server, folder: Path) -> None:
    leading, following = pty.openpty()
    try:
        assert server.run(folder, "verify", err=f"/proc/{os.getpid()}/fd/{following}").code == 0
        os.write(following, b".")
        assert os.read(leading, 100) == b"."
    finally:
        os.close(leading)
        os.close(following)
