"""Whole processes, each with an interpreter of its own, killed at a random moment, as a machine that fails does.

The forked processes of `test_kills` skip the start; these have it, as every command of a nurse has. Afterwards the
files open and verify, nothing unfinished has a final name, and the next start says nothing false. How often each kind
is killed: ``STUDYDAY_KILLS``, 6 unless set (some minutes):
`.venv/bin/pytest -m slow tests/faults/test_whole_processes.py`.
"""

import gzip
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.storage.sqlite.file_format import SCHEMA_VERSION
from tests.faults.client import ROOT, SIGKILLED, Ended, Server, environment
from tests.faults.stories import LINES, STUDY, TODAY, Line
from tests.faults.studies import RECOVERED, content, copied, leftovers, reference, verify_backup
from tests.faults.test_kills import SEED, kill_demos, kill_often
from tests.storage.study_files import raw

KILLS = int(os.environ.get("STUDYDAY_KILLS", "6"))
KILLED_LINES = tuple(
    one for one in LINES if one.name in ("note", "backup", "restore", "print sheet", "print agenda") and not one.clock
)
EARLIER = ROOT / "tests" / "storage" / "fixtures" / "study_0_1_0.studyday.gz"
EARLIER_DAY = "2026-12-20"
READS = 0.4
"""Before this part of the time that a command takes it has only started."""


class Fresh(Server):
    """Starts an interpreter for each command line."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def run(
        self, folder: Path, *arguments: str, file: str = STUDY, today: str = TODAY.isoformat(),
        kill_after: float | None = None, home: Path | None = None, out: str = "", err: str = "", **hooks: Any,
    ) -> Ended:  # fmt: skip
        """Give a command line, to its end or until it is killed."""
        assert (hooks, out, err) == ({}, "", ""), "nothing can be set in a program that starts by itself"
        line = [*(["-f", file] if file else []), *(["--today", today] if today else []), *arguments]
        begun = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "app", *line], cwd=folder, env=environment(home or self.home), text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        try:
            said, told = process.communicate(timeout=kill_after)
        except subprocess.TimeoutExpired:
            process.kill()
            said, told = process.communicate()
        return Ended(process.returncode, said, told, time.monotonic() - begun)


@pytest.fixture
def fresh(tmp_path: Path) -> Fresh:
    (tmp_path / "home").mkdir(0o700)
    return Fresh(tmp_path / "home")


@pytest.mark.slow
@pytest.mark.parametrize("line", KILLED_LINES, ids=lambda one: one.name)
def test_a_killed_command(server: Server, fresh: Fresh, template: Path, tmp_path: Path, line: Line) -> None:
    wanted = reference(server, template, tmp_path / "reference" / "study", line)
    alone = copied(template, tmp_path / "alone")
    usual = fresh.run(alone, *line.arguments)
    assert usual.code == 0, usual.err
    wanted = replace(wanted, seconds=usual.seconds)
    (tmp_path / "kills").mkdir(0o700)
    fates = kill_often(fresh, template, [wanted], tmp_path / "kills", KILLS, SEED, earliest=READS)
    assert len(fates[line.name]) == KILLS


@pytest.mark.slow
def test_a_killed_demo(fresh: Fresh, tmp_path: Path) -> None:
    usual = fresh.run(tmp_path, "demo", "usual", file="").seconds
    dice = random.Random(SEED)
    moments = [(part + dice.random()) / KILLS * usual for part in range(KILLS)]
    kill_demos(fresh, tmp_path / "kills", moments, there=False)


def earlier(folder: Path) -> Path:
    """A study of an earlier release in a folder of its own."""
    folder.mkdir(0o700)
    path = folder / STUDY
    path.write_bytes(gzip.decompress(EARLIER.read_bytes()))
    path.chmod(0o600)
    return path


def version(path: Path) -> int:
    with raw(path) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


@pytest.mark.slow
def test_a_killed_migration(fresh: Fresh, tmp_path: Path) -> None:
    usual = fresh.run(earlier(tmp_path / "usual").parent, "agenda", today=EARLIER_DAY)
    assert usual.code == 0, usual.err
    now = content(tmp_path / "usual" / STUDY)
    before = now.told[:-1]
    assert (now.facts[-1].kind, version(tmp_path / "usual" / STUDY)) == ("migrated", SCHEMA_VERSION)
    dice = random.Random(SEED)
    versions = set()
    for number in range(2 * KILLS):
        folder = tmp_path / str(number)
        path = earlier(folder)
        moment = dice.uniform(READS, 1) * usual.seconds
        ended = fresh.run(folder, "agenda", today=EARLIER_DAY, kill_after=moment)
        assert ended.code in (0, SIGKILLED), ended.err
        for backup in (folder / "s-backups").glob("*.studyday") if (folder / "s-backups").is_dir() else ():
            if not backup.name.startswith("."):
                verify_backup(backup)
        follow = fresh.run(folder, "agenda", today=EARLIER_DAY)
        assert (follow.code, follow.out) == (0, usual.out), moment
        said = follow.err
        for line in RECOVERED:
            said = said.removeprefix(line)
        assert said in ("", usual.err), (moment, "it says what it says when nobody is killed, and that one was killed")
        found = content(path)
        assert (found.told[: len(before)], found.facts[-1].kind) == (before, "migrated"), moment
        assert len(found.told) == len(now.told), "migrated once"
        versions.add(version(path))
        assert leftovers(folder) == []
    assert versions == {SCHEMA_VERSION}


@pytest.mark.slow
def test_a_killed_window_keeps_what_it_said(fresh: Fresh, template: Path, tmp_path: Path) -> None:
    """It is killed while it saves note after note, again and again on one study."""
    folder = copied(template, tmp_path / "study")
    dice = random.Random(SEED)
    for turn in range(KILLS):
        before = content(folder / STUDY).told
        said = _saved_until_killed(folder, fresh, f"turn {turn}:", 1 + dice.randrange(4), dice.uniform(0, 0.12))
        follow = fresh.run(folder, "verify")
        assert (follow.code, follow.err in RECOVERED) == (0, True), (follow.out, follow.err)
        found = content(folder / STUDY)
        assert found.told[: len(before)] == before
        new = [str(fact.fields["text"]) for fact in found.facts[len(before) :]]
        # The last one may have been saved without the window having been told.
        assert new in [[f"turn {turn}: {n}" for n in range(1, last + 1)] for last in (said, said + 1)]
        for backup in (folder / "s-backups").glob("*.studyday"):
            verify_backup(backup)
        assert leftovers(folder) == []


def _saved_until_killed(folder: Path, fresh: Fresh, prefix: str, least: int, seconds: float) -> int:
    """Kill the window that long after it said that so many notes were saved; how many it said in the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.window_writer", str(folder), prefix], cwd=ROOT, text=True,
        env={**environment(fresh.home), "QT_QPA_PLATFORM": "offscreen"}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    lines: list[str] = []
    while len(lines) < least:
        line = process.stdout.readline()
        assert line.startswith("saved "), process.communicate()
        lines.append(line)
    time.sleep(seconds)  # a random moment: nothing is waited for
    process.send_signal(signal.SIGKILL)
    rest, errors = process.communicate()
    assert process.returncode == SIGKILLED, errors
    # A line that was cut by the kill says nothing.
    lines += [line for line in rest.splitlines(keepends=True) if line.endswith("\n")]
    return len(lines)
