"""Processes that are killed anywhere, at random: what was acknowledged is there, and nothing is there by halves."""

import random
import shutil
from pathlib import Path

import pytest

from tests.faults.client import SIGKILLED, Server
from tests.faults.stories import LINES, STUDY
from tests.faults.studies import Reference, check_after, content, copied, give, leftovers, reference

SEED = 20270210


@pytest.fixture(scope="module")
def references(server: Server, template: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Reference]:
    """What each command does, and how long it takes, when nobody kills it."""
    folder = tmp_path_factory.mktemp("references")
    return [reference(server, template, folder / "study", line) for line in LINES]


def kill_often(
    server: Server, template: Path, references: list[Reference], folder: Path, kills: int, seed: int
) -> dict[str, list[bool]]:
    """Kill that many commands, each on a study of its own; for each command whether it had been done when it died."""
    dice = random.Random(seed)
    fates: dict[str, list[bool]] = {one.line.name: [] for one in references}
    done = number = 0
    while done < kills:
        wanted = references[number % len(references)]
        number += 1
        study = copied(template, folder / "study")
        moment = dice.uniform(0, wanted.seconds * 1.15)
        ended = give(server, study, wanted.line, kill_after=moment)
        assert ended.code in (0, SIGKILLED), (wanted.line.name, moment, ended.err)
        # One that ended by itself is looked at like the others, and is not counted.
        done += ended.code == SIGKILLED
        if dice.random() < 0.2 and (study / STUDY).exists():
            # The next one is killed as well: even what puts things back in order may be.
            server.run(study, "verify", kill_after=dice.uniform(0, 0.04))
        try:
            fate = check_after(server, template, study, wanted, ended, look_first=number % 2 == 0)
        except BaseException as error:
            error.add_note(f"seed {seed}, round {number}: {wanted.line.name} killed after {moment:.6f} s")
            raise
        if ended.code == SIGKILLED:
            fates[wanted.line.name].append(fate)
        shutil.rmtree(study)
    return fates


def test_200_kills(server: Server, template: Path, references: list[Reference], tmp_path: Path) -> None:
    fates = kill_often(server, template, references, tmp_path, 200, SEED)
    assert sum(map(len, fates.values())) == 200
    assert all(fates.values()), "every kind of command was killed"
    found = [fate for line in fates.values() for fate in line]
    assert True in found, "some had been done when they died"
    assert False in found, "some had not"


@pytest.mark.slow
@pytest.mark.parametrize("part", range(10))
def test_5000_kills(server: Server, template: Path, references: list[Reference], tmp_path: Path, part: int) -> None:
    """Ten times 500 kills: ``.venv/bin/pytest -m slow tests/faults/test_kills.py`` (about half an hour)."""
    fates = kill_often(server, template, references, tmp_path, 500, SEED + 1 + part)
    assert sum(map(len, fates.values())) == 500


def test_a_study_that_is_killed_again_and_again_keeps_what_it_said(
    server: Server, template: Path, folder: Path
) -> None:
    dice = random.Random(SEED)
    acknowledged: set[str] = set()
    killed = 0
    for number in range(24):
        text = f"note number {number}"
        ended = server.run(folder, "note", "LI-001", "SP-C01", text, kill_after=dice.uniform(0.01, 0.09))
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
