"""What stands in a study file and beside it, looked at in this process."""

import contextlib
import json
import os
import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

import pypdf
import sqlcipher3.dbapi2 as sqlite

from app.domain.facts.chain_head import Head
from app.domain.facts.file_warning import FileWarning
from app.domain.facts.records import Recorded, Stamp
from app.storage.sqlite.backups import read_note
from app.storage.sqlite.holder_note import Holder
from app.storage.sqlite.open_file import open_study
from app.wording.file_warnings import file_warning_text
from tests.faults.client import Ended, Server
from tests.faults.stories import BACKUPS, STORY, STUDY, TODAY, Line
from tests.storage.study_files import marks_beside

_ONE_AT_A_TIME = Lock()
HOLDER = Holder("Test", "WS-0", "2027-02-10T08:00:00Z", os.getpid())
STAMP = Stamp(datetime(2027, 2, 10, 8, tzinfo=UTC), "Europe/Stockholm", TODAY, "Test", "WS-0", "test")
Told = tuple[int, str, int, int, str, str]


def made(server: Server, folder: Path) -> Path:
    """The study with its past, in that folder, which is nobody else's: of an open one every command would warn."""
    folder.mkdir(0o700, parents=True, exist_ok=True)
    for arguments in STORY:
        ended = server.run(folder, *arguments)
        assert ended.code == 0, ended.err
    # Without a free page, whatever is added needs room on the disk.
    with contextlib.closing(sqlite.connect(folder / STUDY)) as file:
        file.execute("VACUUM")
    return folder


def copied(template: Path, folder: Path) -> Path:
    """A copy of a study with all that lies beside it."""
    shutil.copytree(template, folder)
    return folder


def told(fact: Recorded) -> Told:
    """A fact without what depends on the moment."""
    return fact.command, fact.kind, fact.subject, fact.about, fact.today, json.dumps(fact.fields, sort_keys=True)


@dataclass(frozen=True)
class Content:
    """The facts of a study whose chain holds."""

    facts: tuple[Recorded, ...]
    head: Head

    @property
    def told(self) -> tuple[Told, ...]:
        return tuple(map(told, self.facts))


def content(path: Path, writing: bool = False) -> Content:
    """The study's facts; its chain holds, also by what its backups have witnessed."""
    with _ONE_AT_A_TIME:  # two loops may look at the same study, which this process may open only once
        return _content(path, writing)


def _content(path: Path, writing: bool) -> Content:
    store = open_study(path, HOLDER, STAMP, writing)
    try:
        assert store.broken is None, store.broken
        # Opening has verified the chain by itself; here it is held against what the backups have witnessed.
        marks = marks_beside(path)
        if marks:
            found = store.verify(marks)
            assert isinstance(found, Head), found
        return Content(tuple(store.facts()), store.head())
    finally:
        store.close()


def verify_backup(path: Path) -> None:
    """A backup under its final name holds, and is what the note beside it says."""
    found, note = content(path), read_note(path)
    assert note is not None, f"{path.name} has no note"
    assert (note.seq, note.digest) == (found.head.seq, found.head.digest.hex())
    assert note.sha256 == sha256(path.read_bytes()).hexdigest(), path.name


def backups(folder: Path) -> set[Path]:
    """Every file under the final name of a backup."""
    return {path for path in (folder / BACKUPS).glob("*.studyday") if not path.name.startswith(".")}


def leftovers(folder: Path) -> list[str]:
    """What a killed process has left and nobody has cleared away."""
    ends = ("-journal", ".part", "-wal", "-shm", ".open")
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.name.endswith(ends))


def whole_pdf(path: Path) -> bool:
    """Whether there is a PDF, which is then a whole one."""
    if not path.exists():
        return False
    reader = pypdf.PdfReader(path, strict=True)
    assert len(reader.pages) > 0
    assert reader.pages[-1].extract_text()
    return True


def state_of(folder: Path) -> str:
    """Everything below a folder as one digest; who holds the study is left out."""
    whole = sha256()
    for path in sorted(folder.rglob("*")):
        name = re.sub(r"\.[a-z0-9_]{8}\.part$", ".part", str(path.relative_to(folder)))
        kept = path.read_bytes() if path.is_file() and ".open" not in name else b""
        whole.update(f"{name} {len(kept)} ".encode() + kept)
    return whole.hexdigest()


def snapshot(folder: Path, without: tuple[str, ...] = (BACKUPS,)) -> dict[str, str]:
    """Every file below a folder with its digest, and every folder."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.relative_to(folder).parts[0] not in without:
            found[name] = sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
    return found


@dataclass(frozen=True)
class Reference:
    """What a command line does when nothing goes wrong."""

    line: Line
    before: tuple[Told, ...]
    after: tuple[Told, ...]
    seconds: float
    steps: int = 0


def give(server: Server, folder: Path, line: Line, **more: Any) -> Ended:
    """Give that command line."""
    hooks = {**more, "clock": line.clock} if line.clock else more
    return server.run(folder, *line.arguments, file=line.file, **hooks)


def reference(server: Server, template: Path, folder: Path, line: Line) -> Reference:
    """Do it without a fault, on a copy: what it does, how long it takes, and in how many steps."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    report = folder.with_name(f"{folder.name}.steps")
    ended = give(server, copied(template, folder), line, count=str(report))
    assert ended.code == 0, (line.name, ended.err)
    before, after = content(template / STUDY).told, content(folder / STUDY).told
    assert len(after) >= len(before)
    shutil.rmtree(folder)
    return Reference(line, before, after, ended.seconds, int(report.read_text()))


NEXT = "after all that"
RECOVERED = tuple(
    f"studyday: {file_warning_text(FileWarning(kind))}.\n" for kind in ("not_closed", "change_taken_back")
)
"""What the next command says after a process was killed that had the study open."""


def check_after(
    server: Server, template: Path, folder: Path, wanted: Reference, ended: Ended, look_first: bool
) -> bool:
    """What must hold after a command that was stopped anywhere; whether it had been done.

    `look_first`: the study is looked at before the next command opens it, else only afterwards.
    """
    path, line = folder / STUDY, wanted.line
    first = content(path, writing=True).told if look_first else None
    follow = server.run(folder, "note", "LI-001", "SP-C01", NEXT)
    assert follow.code == 0, (line.name, follow.err)
    assert follow.err in RECOVERED or follow.err == "", (line.name, follow.err)
    assert follow.err == "" or ended.code not in (0, 2), (line.name, "it had closed the file")
    found = content(path).told
    *facts, last = found
    assert (last[1], NEXT in last[5]) == ("note", True)
    assert tuple(facts) in (wanted.before, wanted.after), (line.name, "whole or not at all, and all from before")
    if first is not None:
        assert first == tuple(facts)
    done = tuple(facts) == wanted.after if wanted.before != wanted.after else ended.acknowledged()
    assert done or not ended.acknowledged(), (line.name, "acknowledged, and not there")
    for backup in backups(folder) - {folder / BACKUPS / one.name for one in backups(template)}:
        verify_backup(backup)
    _check_made(server, folder, line, ended, done)
    assert leftovers(folder) == [], (line.name, leftovers(folder))
    return done


def _check_made(server: Server, folder: Path, line: Line, ended: Ended, done: bool) -> None:
    """What it makes beside the facts is absent or whole, and can be made by doing it again."""
    if line.makes == "pdf":
        there = whole_pdf(folder / "out.pdf")
        assert there or not done
        if there and not leftovers(folder):
            return
        assert server.run(folder, *line.arguments).code == 0
        assert whole_pdf(folder / "out.pdf")
    elif line.makes == "study":
        target = folder / (line.file if line.file != STUDY else line.arguments[-1])
        if target.exists():
            content(target)
        else:
            assert not ended.acknowledged()
        again = server.run(folder, *line.arguments, file=line.file)
        assert again.code == (2 if ended.acknowledged() else again.code)
        assert again.code in (0, 2), again.err
        # Opened once more, it is as if nobody had been killed.
        assert server.run(folder, "verify", file=target.name).code == 0
        content(target)
    elif line.makes == "backup" and ended.acknowledged():
        assert (folder / ended.out.partition(":")[0]).exists()
