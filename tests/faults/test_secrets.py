"""What concerns a participant stands in the study and nowhere else: no code, note or reason in logs or bug reports."""

from pathlib import Path

import pytest

from tests.faults.client import Server, state
from tests.faults.stories import STUDY
from tests.faults.studies import content, copied

CODE, NOTE, REASON, WHO = "KANARIE-7", "canarynotetext", "canaryreasontext", "LI-001"
CANARIES = (CODE, NOTE, REASON, WHO, "SP-C01", "SP-P01", "2026-12-09")
BROKEN = (
    "app.services.commands.record:save",
    "app.services.commands.record:propose",
    "app.storage.sqlite.fact_store:SqliteStore.append",
    "app.storage.sqlite.fact_store:SqliteStore.facts",
    "app.storage.chain:recorded",
    "app.services.commands.record:accept",
    "app.services.commands.record:update_visits",
    "app.services.study.study:plan",
    "app.cli.commands:_show",
    "app.storage.sqlite.backups:make_backup",
    "app.cli.typed_options:fields_of",
)
LINES: tuple[tuple[str, ...], ...] = (
    ("enrol", *f"--protocol scanpan --code {CODE} --on 2026-12-09 --country SE --regimen AG".split()),
    ("note", WHO, "SP-C01", NOTE),
    ("move", WHO, "SP-P01", "--to", "2027-04-19", "--reason", REASON),
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    found = tmp_path / "home"
    found.mkdir()
    return found


def kept(home: Path) -> str:
    """All that the program has written into the user's own folders, with the names of the files."""
    files = [path for path in home.rglob("*") if path.is_file()]
    return "\n".join(f"{path}\n{path.read_text('utf-8', 'replace')}" for path in files if ".cache" not in path.parts)


@pytest.mark.parametrize(
    ("where", "kind"),
    [*((where, "RuntimeError") for where in BROKEN), (BROKEN[0], "KeyError"), (BROKEN[2], "OSError")],
)
def test_a_bug_tells_nothing_of_anybody(
    server: Server, template: Path, tmp_path: Path, home: Path, where: str, kind: str
) -> None:
    bugs = 0
    for number, line in enumerate(LINES):
        folder = copied(template, tmp_path / f"canary-{number}")
        before = content(folder / STUDY).told
        says = f"{CODE} {NOTE} {REASON} {folder / STUDY}"
        ended = server.run(folder, *line, home=home, bug={"where": where, "kind": kind, "says": says})
        assert ended.code in (0, 2, 3)
        if ended.code == 3:
            bugs += 1
            assert ended.err.startswith("studyday: a bug in the program; the report is in ")
            assert ended.err.count("\n") == 1
            for canary in CANARIES:
                assert canary not in ended.err
        assert content(folder / STUDY).told[: len(before)] == before
        assert server.run(folder, "verify", home=home).code == 0
    assert bugs
    reports = list(state(home).glob("studyday-bug-*.txt"))
    assert len(reports) == bugs
    assert all(kind in report.read_text("utf-8") for report in reports)
    for canary in (*CANARIES, str(tmp_path / "canary-")):
        assert canary not in kept(home), canary


def test_the_log_of_ordinary_work_tells_nothing_of_anybody(server: Server, folder: Path, home: Path) -> None:
    more = (
        ("calendar", CODE),
        ("history", CODE),
        ("print", "calendar", CODE, "-o", "out.pdf"),
        ("print", "sheet", CODE, "SP-C01", "-o", "sheet.pdf"),
        ("note", "NOBODY-CANARY", "SP-C01", NOTE),
        ("undo",),
        ("backup",),
        ("restore", STUDY, "restored.studyday"),
        ("preview", "note", CODE, "SP-C01", NOTE),
    )
    for line in (*LINES, *more):
        assert server.run(folder, *line, home=home).code in (0, 2)
    log = (state(home) / "studyday.log").read_text("utf-8")
    assert log.count("\n") == len(LINES) + len(more)
    for canary in (*CANARIES, "NOBODY-CANARY", "out.pdf", "restored", str(folder), STUDY):
        assert canary not in log
    for path in [*folder.rglob("*"), *home.rglob("*")]:
        for canary in CANARIES:
            assert canary not in path.name


def test_the_cache_knows_nobody(server: Server, folder: Path, home: Path) -> None:
    for line in LINES:
        assert server.run(folder, *line, home=home).code == 0
    for path in (home / ".cache").rglob("*"):
        if path.is_file():
            text = path.read_text("utf-8", "replace")
            for canary in (CODE, NOTE, REASON, WHO):
                assert canary not in text


def test_what_was_redacted_is_in_no_page_of_the_file(server: Server, folder: Path) -> None:
    assert server.run(folder, "note", WHO, "SP-C01", NOTE).code == 0
    seq = content(folder / STUDY).facts[-1].seq
    assert NOTE.encode() in (folder / STUDY).read_bytes()
    assert server.run(folder, "correct", str(seq), "--set", "text=plain", "--reason", "a name").code == 0
    assert server.run(folder, "redact", str(seq), "text", "--reason", "a name").code == 0
    assert NOTE.encode() not in (folder / STUDY).read_bytes()
    assert server.run(folder, "backup", "--to", str(folder / "later")).code == 0
    (later,) = (folder / "later").glob("*.studyday")
    assert NOTE.encode() not in later.read_bytes()
