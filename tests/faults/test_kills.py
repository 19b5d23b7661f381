"""Processes that are killed anywhere, at random: what was acknowledged is there, and nothing is there by halves."""

import random
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.faults.client import SIGKILLED, Server
from tests.faults.stories import LINES, STUDY
from tests.faults.studies import Reference, check_after, content, copied, give, leftovers, reference, state_of

SEED = 20270210


@pytest.fixture(scope="module")
def references(server: Server, template: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Reference]:
    """What each command does, and how long it takes, when nobody kills it."""
    folder = tmp_path_factory.mktemp("references")
    return [reference(server, template, folder / "study", line) for line in LINES]


def kill_often(
    server: Server, template: Path, references: list[Reference], folder: Path, kills: int, seed: int,
    earliest: float = 0.0,
) -> dict[str, list[bool]]:  # fmt: skip
    """Kill that many commands, each on a study of its own; for each command whether it had been done when it died.

    `earliest`: after which part of the time that the command takes.
    """
    dice = random.Random(seed)
    fates: dict[str, list[bool]] = {one.line.name: [] for one in references}
    usual = {one.line.name: one.seconds for one in references}
    known: dict[tuple[str, str, str], bool] = {}
    done = number = 0
    while done < kills:
        wanted = references[number % len(references)]
        number += 1
        study = copied(template, folder / "study")
        moment = dice.uniform(earliest, 1) * usual[wanted.line.name]
        ended = give(server, study, wanted.line, kill_after=moment)
        assert ended.code in (0, SIGKILLED), (wanted.line.name, moment, ended.err)
        if ended.code == 0:
            # It was quicker than it is wont to be; it is tried again another time.
            usual[wanted.line.name] = min(ended.seconds, usual[wanted.line.name])
            shutil.rmtree(study)
            continue
        done += 1
        if dice.random() < 0.2 and (study / STUDY).exists():
            # The next one is killed as well: even what puts things back in order may be.
            server.run(study, "verify", kill_after=dice.uniform(0, 0.04))
        # One that dies while it still reads leaves what others have left: that was looked at.
        left = (wanted.line.name, state_of(study), ended.out)
        if left not in known:
            try:
                known[left] = check_after(server, template, study, wanted, ended, look_first=number % 2 == 0)
            except BaseException as error:
                error.add_note(f"seed {seed}, round {number}: {wanted.line.name} killed after {moment:.6f} s")
                raise
        fates[wanted.line.name].append(known[left])
        shutil.rmtree(study)
    return fates


def test_each_command_killed_once(server: Server, template: Path, references: list[Reference], tmp_path: Path) -> None:
    fates = kill_often(server, template, references, tmp_path, len(LINES), SEED)
    assert sum(map(len, fates.values())) == len(LINES)
    assert any(False in line for line in fates.values()), "some had not been done when they died"


@pytest.mark.slow
def test_200_kills(both: tuple[Server, Server], template: Path, references: list[Reference], tmp_path: Path) -> None:
    def half(number: int) -> dict[str, list[bool]]:
        return kill_often(both[number], template, references, tmp_path / str(number), 100, SEED + number)

    with ThreadPoolExecutor(2) as pool:
        halves = list(pool.map(half, range(2)))
    for fates in halves:
        assert sum(map(len, fates.values())) == 100
        assert all(fates.values()), "every kind of command was killed"
    found = [fate for fates in halves for line in fates.values() for fate in line]
    assert True in found, "some had been done when they died"
    assert False in found, "some had not"


@pytest.mark.slow
@pytest.mark.parametrize("part", range(10))
def test_5000_kills(server: Server, template: Path, references: list[Reference], tmp_path: Path, part: int) -> None:
    """Ten times 500 kills: ``.venv/bin/pytest -m slow tests/faults/test_kills.py`` (about half an hour)."""
    fates = kill_often(server, template, references, tmp_path, 500, SEED + 2 + part)
    assert sum(map(len, fates.values())) == 500


def test_a_study_that_is_killed_again_and_again_keeps_what_it_said(
    server: Server, template: Path, folder: Path
) -> None:
    dice = random.Random(SEED)
    usual = min(server.run(folder, "note", "LI-001", "SP-C01", f"before the kills {turn}").seconds for turn in range(3))
    acknowledged: set[str] = set()
    killed = 0
    for number in range(24):
        text = f"note number {number}"
        ended = server.run(folder, "note", "LI-001", "SP-C01", text, kill_after=dice.uniform(0.1, 1.2) * usual)
        killed += ended.code == SIGKILLED
        if ended.acknowledged():
            acknowledged.add(text)
    assert killed > 5
    assert server.run(folder, "note", "LI-001", "SP-C01", "the last one").code == 0
    texts = [str(fact.fields["text"]) for fact in content(folder / STUDY).facts if fact.kind == "note"]
    assert acknowledged <= set(texts)
    assert len(texts) == len(set(texts)), "none twice"
    assert [int(text.split()[-1]) for text in texts if text.startswith("note number")] == sorted(
        int(text.split()[-1]) for text in texts if text.startswith("note number")
    )
    assert leftovers(folder) == []


def names(folder: Path) -> set[str]:
    """What can be seen there under a final name."""
    return {
        path.name
        for path in folder.rglob("*")
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


DEMO = {
    "demo", "demo.studyday", "agenda-this-week.pdf", "LI-002-sheets.pdf", "LI-007-sheets.pdf", "CJ-004-sheets.pdf",
    "LI-001-calendar.pdf", "CJ-001-calendar.pdf",
}  # fmt: skip


def kill_demos(server: Server, folder: Path, moments: list[float], there: bool) -> None:
    """Kill demos one after another, then make it: nothing has its final name before all of it has, and nothing is left.

    `there`: the folder exists and is empty.
    """
    folder.mkdir()
    if there:
        (folder / "demo").mkdir()
    begun = names(folder)
    for moment in moments:
        ended = server.run(folder, "demo", "demo", file="", kill_after=moment)
        if ended.code == 0:
            assert names(folder) == DEMO
            shutil.rmtree(folder / "demo")
            begun = set()
            continue
        assert ended.code == SIGKILLED
        assert names(folder) == begun, moment
    ended = server.run(folder, "demo", "demo", file="")
    assert (ended.code, len(ended.out.splitlines())) == (0, len(DEMO) - 1), ended.err
    assert names(folder) == DEMO
    assert leftovers(folder) == []
    assert [path.name for path in folder.rglob(".*")] == []
    content(folder / "demo" / "demo.studyday")


@pytest.mark.parametrize("there", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_a_killed_demo_leaves_nothing_under_a_final_name(server: Server, tmp_path: Path, there: bool) -> None:
    kill_demos(server, tmp_path / "kills", [0.05, 0.4, 1.1], there)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_24_killed_demos(server: Server, tmp_path: Path, part: int) -> None:
    """Four times six, one in each sixth of the time that a demo takes: ``-m slow tests/faults/test_kills.py -k demos``.

    A demo takes seconds, and every kill begins one from its beginning, so a few well spread moments take minutes.
    """
    usual = server.run(tmp_path, "demo", "usual", file="").seconds
    dice = random.Random(SEED + part)
    moments = [(sixth + dice.random()) / 6 * usual for sixth in range(6)]
    kill_demos(server, tmp_path / "kills", moments, part % 2 == 0)
