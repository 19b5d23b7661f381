"""Every command that writes a file, at every kind of file that it must not write over: refused, and nothing is done."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pypdf
import pypdf.annotations
import pytest
from reportlab.pdfgen.canvas import Canvas

from app.cli.parser import make_parser
from tests.faults.client import ROOT, Ended, Server, environment
from tests.faults.options import every
from tests.faults.stories import BACKUPS, STUDY
from tests.faults.studies import backups, snapshot, state_of, whole_pdf

PERSON = {"code": "LI-009", "enrolled_on": "2026-11-23", "country": "SE", "regimen": "MFFX"}
REHEARSED = {"protocol": "scanpan", "today": "2026-12-01", "participant": PERSON, "facts": []}
NOBODY = 65534
SHIPPED = ROOT / "resources" / "protocols"
PROTOCOL = (SHIPPED / "scanpan.yaml").read_bytes()

PRINTING: tuple[tuple[str, ...], ...] = (
    ("print", "agenda", "--to", "2027-03-31", "-o"),
    ("print", "blank", "medication", "-o"),
    ("print", "confirmation", "-o"),
    ("print", "day", "--on", "2026-12-29", "-o"),
    ("print", "calendar", "LI-002", "-o"),
    ("print", "history", "-o"),
    ("print", "log", "notes", "-o"),
    ("print", "sheet", "LI-001", "SP-P01", "-o"),
    ("rehearse", "story.json", "--print", "sheets", "-o"),
    ("rehearse", "story.json", "--print", "calendar", "--protocol", "own.yaml", "-o"),
)
"""They write a PDF to the path that follows."""
MAKING: tuple[tuple[str, ...], ...] = (("restore", STUDY), ("-f", "(path)", "new"), ("demo",), ("backup", "--to"))
"""They make a study, or a folder with one, at the path that follows or that is meant."""


@pytest.fixture
def place(folder: Path) -> Path:
    """A study with its backups, and a story and a protocol file next to it."""
    (folder / "story.json").write_text(json.dumps(REHEARSED), "utf-8")
    (folder / "own.yaml").write_bytes(PROTOCOL)
    (folder / "regimens.yaml").write_bytes((SHIPPED / "regimens.yaml").read_bytes())
    return folder


def give(server: Server, place: Path, words: tuple[str, ...], path: str) -> Ended:
    """Give the command with that path; those that need no study are not given one."""
    if "(path)" in words:
        return server.run(place, *words[2:], file=path)
    return server.run(place, *words, path, file="" if words[0] in ("rehearse", "demo") else STUDY)


# What is there


def the_study(place: Path) -> str:
    return STUDY


def the_study_by_another_way(place: Path) -> str:
    return f"./../{place.name}/./{STUDY}"


def the_study_whole_path(place: Path) -> str:
    return str(place / STUDY)


def link_to_the_study(place: Path) -> str:
    (place / "out.pdf").symlink_to(STUDY)
    return "out.pdf"


def link_to_a_link_to_the_study(place: Path) -> str:
    (place / "between").symlink_to(STUDY)
    (place / "out.pdf").symlink_to("between")
    return "out.pdf"


def hard_link_to_the_study(place: Path) -> str:
    os.link(place / STUDY, place / "out.pdf")
    return "out.pdf"


def through_a_linked_folder(place: Path) -> str:
    (place / "elsewhere").symlink_to(".")
    return f"elsewhere/{STUDY}"


def a_backup(place: Path) -> str:
    return str(min(backups(place)))


def the_note_of_a_backup(place: Path) -> str:
    return f"{min(backups(place))}.json"


def hard_link_to_the_note_of_a_backup(place: Path) -> str:
    os.link(f"{min(backups(place))}.json", place / "out.pdf")
    return "out.pdf"


def link_to_a_backup(place: Path) -> str:
    (place / "out.pdf").symlink_to(min(backups(place)))
    return "out.pdf"


def a_backup_that_is_empty(place: Path) -> str:
    path = min(backups(place)).with_name("s-20270101T080000Z-7.studyday")
    path.write_bytes(b"")
    return str(path)


def another_study(place: Path) -> str:
    (place / "other.db").write_bytes((place / STUDY).read_bytes())
    return "other.db"


def an_emptied_study(place: Path) -> str:
    (place / "other.studyday").write_bytes(b"")
    return "other.studyday"


def a_file_of_another_sqlite_program(place: Path) -> str:
    with sqlite3.connect(place / "music.dat") as connection:
        connection.execute("CREATE TABLE song (name)")
    connection.close()
    return "music.dat"


def a_journal(place: Path) -> str:
    (place / "left.bin").write_bytes(bytes.fromhex("d9d505f920a163d7") + bytes(504))
    return "left.bin"


def a_pipe(place: Path) -> str:
    os.mkfifo(place / "pipe.pdf")
    return "pipe.pdf"


def a_socket(place: Path) -> str:
    before = Path.cwd()
    os.chdir(place)  # the path of a socket must be short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("socket.pdf")
    finally:
        os.chdir(before)
    return "socket.pdf"


def a_device(place: Path) -> str:
    return "/dev/null"


def link_to_a_device(place: Path) -> str:
    (place / "out.pdf").symlink_to("/dev/full")
    return "out.pdf"


def link_to_nothing(place: Path) -> str:
    (place / "out.pdf").symlink_to("gone/out.pdf")
    return "out.pdf"


def link_to_itself(place: Path) -> str:
    (place / "out.pdf").symlink_to("out.pdf")
    return "out.pdf"


PROTECTED: tuple[Callable[[Path], str], ...] = (
    the_study, the_study_by_another_way, the_study_whole_path, link_to_the_study, link_to_a_link_to_the_study,
    hard_link_to_the_study, through_a_linked_folder, a_backup, the_note_of_a_backup, hard_link_to_the_note_of_a_backup,
    link_to_a_backup, a_backup_that_is_empty, another_study, an_emptied_study, a_file_of_another_sqlite_program,
    a_journal, a_pipe, a_socket, a_device, link_to_a_device, link_to_nothing, link_to_itself,
)  # fmt: skip
"""Never written over, whatever is asked for."""


def a_folder(place: Path) -> str:
    (place / "letters").mkdir()
    return "letters"


def the_story(place: Path) -> str:
    return "story.json"


def hard_link_to_the_story(place: Path) -> str:
    os.link(place / "story.json", place / "out.pdf")
    return "out.pdf"


def link_to_the_protocol(place: Path) -> str:
    (place / "out.pdf").symlink_to("own.yaml")
    return "out.pdf"


def a_file_that_the_protocol_names(place: Path) -> str:
    return "regimens.yaml"


def a_text(place: Path) -> str:
    (place / "letter.txt").write_text("Dear Eva")
    return "letter.txt"


def a_pdf_of_another_program(place: Path) -> str:
    canvas = Canvas(str(place / "letter.pdf"))
    canvas.setTitle("/Creator (Studyday)")
    canvas.drawString(100, 100, "Dear Eva")
    canvas.save()
    return "letter.pdf"


def an_empty_file(place: Path) -> str:
    (place / "empty.pdf").write_bytes(b"")
    return "empty.pdf"


OTHERS: tuple[Callable[[Path], str], ...] = (a_text, a_pdf_of_another_program, an_empty_file)
"""Replaced only when that is asked for."""


def refused(ended: Ended, place: Path, before: str) -> str:
    """It was refused in one line, and nothing is another than before; the line."""
    assert (ended.code, ended.out) == (2, ""), ended.err
    assert ended.err.startswith("studyday: ")
    assert ended.err.count("\n") == 1
    assert "a bug" not in ended.err
    assert state_of(place) == before
    return ended.err


KEPT = [
    # All commands that print ask one guard: in every run a third of the paths for each, and each path for some.
    pytest.param(
        words,
        target,
        id=f"{' '.join(words[:2])}-{target.__name__}",
        marks=pytest.mark.slow if words in PRINTING and (number + other) % 3 else (),
    )
    for number, words in enumerate([*PRINTING, *MAKING])
    for other, target in enumerate([*PROTECTED, a_folder])
]


@pytest.mark.parametrize(("words", "target"), KEPT)
def test_no_command_writes_over_what_is_kept(
    server: Server, place: Path, words: tuple[str, ...], target: Callable[[Path], str]
) -> None:
    path = target(place)
    if words[0] in ("demo", "backup") and target is a_folder:
        return  # they ask for a folder, and this one is empty
    before = state_of(place)
    line = refused(give(server, place, words, path), place, before)
    assert Path(path).name in line
    if words in PRINTING:
        assert refused(give(server, place, (words[0], *words[1:-1], "--force", "-o"), path), place, before) == line


READ = (the_story, hard_link_to_the_story, link_to_the_protocol, a_file_that_the_protocol_names)


@pytest.mark.parametrize("target", READ, ids=lambda one: one.__name__)
def test_a_rehearsal_never_replaces_what_it_reads(server: Server, place: Path, target: Callable[[Path], str]) -> None:
    path = target(place)
    before = state_of(place)
    for force in ((), ("--force",)):
        ended = server.run(
            place,
            "rehearse",
            "story.json",
            "--protocol",
            "own.yaml",
            "--print",
            "calendar",
            *force,
            "-o",
            path,
            file="",
        )
        assert f"{path} is read by this command" in refused(ended, place, before)


def test_a_rehearsal_never_replaces_the_shipped_protocol_that_it_plans_by(server: Server, place: Path) -> None:
    shipped = SHIPPED / "scanpan.yaml"
    ended = server.run(place, "rehearse", "story.json", "--print", "sheets", "--force", "-o", str(shipped), file="")
    assert (ended.code, shipped.read_bytes() == PROTOCOL) == (2, True)


@pytest.mark.parametrize("target", OTHERS, ids=lambda one: one.__name__)
@pytest.mark.parametrize("words", PRINTING, ids=lambda one: " ".join(one[:2]))
def test_another_file_is_replaced_when_that_is_asked_for(
    server: Server, place: Path, words: tuple[str, ...], target: Callable[[Path], str]
) -> None:
    path = target(place)
    line = refused(give(server, place, words, path), place, state_of(place))
    assert f"{path} exists already" in line
    assert "--force" in line
    ended = give(server, place, (words[0], *words[1:-1], "--force", "-o"), path)
    assert (ended.code, ended.err) == (0, "")
    assert whole_pdf(place / path)


@pytest.mark.parametrize("words", PRINTING, ids=lambda one: " ".join(one[:2]))
def test_a_pdf_of_this_program_is_replaced_until_somebody_has_changed_it(
    server: Server, place: Path, words: tuple[str, ...]
) -> None:
    out = place / "out.pdf"
    (place / "link.pdf").symlink_to(out)
    for path in ("out.pdf", "out.pdf", "link.pdf"):
        ended = give(server, place, words, path)
        assert (ended.code, ended.err) == (0, "")
        assert whole_pdf(out)
    assert (place / "link.pdf").is_symlink()
    writer = pypdf.PdfWriter(out, incremental=True)
    writer.add_annotation(0, pypdf.annotations.FreeText(text="called her", rect=(50, 550, 200, 650)))
    writer.write(out)
    assert "out.pdf exists already" in refused(give(server, place, words, "out.pdf"), place, state_of(place))


ODD = (
    ("", "named to write to"),
    ("  ", "named to write to"),
    ("out\nput.pdf", r"out\nput.pdf"),
    ("out\x1b[31m.pdf", r"out\x1b[31m.pdf"),
    ("out\u202efdp.exe", r"out\u202efdp.exe"),
    ("a\u200bb.pdf", r"a\u200bb.pdf"),
    ("x" * 300, "file name too long"),
    ("x" * 250 + ".pdf", "file name too long"),
    ("story.json/out.pdf", "story.json"),
    ("y/" * 2500 + "out.pdf", "file name too long"),
)


ODD_PDF = (
    *ODD,
    ("missing/out.pdf", "missing does not exist"),
    ("out/", "out/ names a folder"),
    (f"{BACKUPS}/", "names a folder"),
    (f"{BACKUPS}/.", "names a folder"),
    ("out.studyday", "ending of a study"),
    (".out.pdf.part", "belongs to one"),
    (f"{STUDY}-journal", "belongs to one"),
    (f"{STUDY}.open", "belongs to one"),
    (f"{BACKUPS}/s-20280101T080000Z-99.studyday", "belongs to one"),
    (f"{BACKUPS}/s-20280101T080000Z-99.studyday.json", "belongs to one"),
)
ODD_STUDY = (
    *ODD,
    (f"{STUDY}-journal", STUDY),
    (f"{STUDY}-wal", STUDY),
    (f"{STUDY}.open", STUDY),
    (".new.part", ".new.part"),
    (f"{BACKUPS}/s-20280101T080000Z-99.studyday", "belongs to one"),
)


@pytest.mark.parametrize(("path", "told"), ODD_PDF, ids=range(len(ODD_PDF)))
@pytest.mark.parametrize("words", PRINTING, ids=lambda one: " ".join(one[:2]))
def test_odd_names_for_a_pdf_are_refused_by_name(
    server: Server, place: Path, words: tuple[str, ...], path: str, told: str
) -> None:
    before = state_of(place)
    assert told in refused(give(server, place, words, path), place, before)


@pytest.mark.parametrize(("path", "told"), ODD_STUDY, ids=range(len(ODD_STUDY)))
@pytest.mark.parametrize("words", MAKING[:2], ids=lambda one: " ".join(one[:2]))
def test_odd_names_for_a_study_are_refused_by_name(
    server: Server, place: Path, words: tuple[str, ...], path: str, told: str
) -> None:
    if "(path)" in words and not path.strip():
        path, told = "new/", "names a folder"
    if told == "file name too long" and len(path) < 300:
        told = "too long for a study with its journal and backups"
    assert told in refused(give(server, place, words, path), place, state_of(place))


@pytest.mark.parametrize(("path", "told"), ODD, ids=range(10))
@pytest.mark.parametrize("words", MAKING[2:], ids=lambda one: " ".join(one[:2]))
def test_odd_names_for_a_folder_are_refused_by_name(
    server: Server, place: Path, words: tuple[str, ...], path: str, told: str
) -> None:
    if len(path) == 254:
        path = "x" * 256
    before = state_of(place)
    line = refused(give(server, place, words, path), place, before)
    assert told in line or "not a directory" in line


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may become somebody else")
@pytest.mark.parametrize("force", [(), ("--force",)])
def test_a_folder_or_file_that_cannot_be_written_is_named(server: Server, force: tuple[str, ...]) -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        (place / "story.json").write_text(json.dumps(REHEARSED), "utf-8")
        (place / "kept.pdf").write_bytes(b"%PDF-1.3")
        place.chmod(0o755)
        for path, told in (("out.pdf", f"{place.resolve()} cannot be written"), ("kept.pdf", "cannot be written")):
            words = ("rehearse", "story.json", "--print", "calendar", *force, "-o", path)
            ended = server.run(place, *words, file="", user=NOBODY)
            assert told in refused(ended, place, state_of(place))
            assert "permission denied" in ended.err


def test_a_story_from_standard_input_is_not_replaced(server: Server, place: Path) -> None:
    before = state_of(place)
    with (place / "story.json").open("rb") as story:
        ended = subprocess.run(
            [sys.executable, "-m", "app", "rehearse", "-", "--print", "calendar", "--force", "-o", "story.json"],
            stdin=story, capture_output=True, text=True, cwd=place, env=environment(server.home), check=False,
            timeout=60,
        )  # fmt: skip
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "story.json is read by this command" in ended.stderr
    assert state_of(place) == before


def test_every_command_with_an_output_is_tried_and_can_be_forced() -> None:
    found = set()
    for words, parser in every(make_parser()):
        options = {name: action for action in parser._actions for name in action.option_strings}
        if "-o" in options:
            found.add(words[:2])
            assert "study" in (options["--force"].help or "")
    assert found == {
        ("rehearse",),
        ("print", "agenda"),
        ("print", "blank"),
        ("print", "calendar"),
        ("print", "confirmation"),
        ("print", "day"),
        ("print", "history"),
        ("print", "log"),
        ("print", "sheet"),
    }
    assert found == {words[:2] if words[0] == "print" else words[:1] for words in PRINTING}


def test_a_demo_takes_no_folder_with_something_in_it(server: Server, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / ".hidden").write_text("x")
    before = snapshot(folder)
    ended = server.run(tmp_path, "demo", "demo", file="")
    assert (ended.code, ended.out) == (2, "")
    assert "demo is not empty" in ended.err
    assert snapshot(folder) == before
