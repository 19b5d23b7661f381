"""Processes that die at a chosen step: just before a statement, a change to a folder, or a wait for the disk."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

import pytest

from tests.faults.client import Server
from tests.faults.server import KILLED
from tests.faults.stories import LINES, Line
from tests.faults.studies import check_after, copied, give, reference, state_of

BY_NAME = {line.name: line for line in LINES}
FULLY = ("note", "redact", "print calendar")
STRIDE, SAMPLE = 5, 9
"""How many steps are passed over between two deaths: in the night, and in the sample of every run."""


def die_at_each(
    server: Server, template: Path, tmp_path: Path, line: Line, stride: int, first: int = 1
) -> tuple[int, list[bool]]:
    """Do it again and again, dying later each time, until it comes through; the steps, and whether it was done."""
    # What was read before under that name and is remembered adds a step, so it is done there twice.
    wanted = [reference(server, template, tmp_path / "study", line) for _turn in range(2)][-1]
    fates: list[bool] = []
    known: dict[tuple[str, str], bool] = {}
    number = first
    while True:
        study = copied(template, tmp_path / "study")
        ended = give(server, study, line, die_at=number)
        assert ended.code in (0, KILLED), (number, ended.err)
        # Most steps only read: what was left just so before need not be looked at again.
        left = (state_of(study), ended.out)
        if left not in known:
            try:
                known[left] = check_after(server, template, study, wanted, ended, look_first=number % 2 == 0)
            except BaseException as error:
                error.add_note(f"{line.name} died at step {number} of {wanted.steps}")
                raise
        fate = known[left]
        shutil.rmtree(study)
        if ended.code == 0:
            assert number > wanted.steps
            return wanted.steps, fates
        fates.append(fate)
        number += stride


def in_one_moment(fates: list[bool]) -> bool:
    """At first it had not been done, from one step on it had."""
    return fates == sorted(fates)


def test_death_at_some_steps(server: Server, template: Path, tmp_path: Path) -> None:
    steps, fates = die_at_each(server, template, tmp_path, BY_NAME["note"], SAMPLE)
    assert len(fates) > 5
    assert in_one_moment(fates)
    _steps, last = die_at_each(server, template, tmp_path / "last", BY_NAME["note"], 1, first=steps)
    assert (fates[0], set(last)) == (False, {True})


@pytest.mark.slow
def test_death_at_every_step(both: tuple[Server, Server], template: Path, tmp_path: Path) -> None:
    free: SimpleQueue[Server] = SimpleQueue()
    for server in both:
        free.put(server)

    def each(name: str) -> tuple[int, list[bool]]:
        server = free.get()
        try:
            return die_at_each(server, template, tmp_path / name, BY_NAME[name], 1)
        finally:
            free.put(server)

    with ThreadPoolExecutor(2) as pool:
        for steps, fates in pool.map(each, FULLY):
            assert steps == len(fates) > 50
            assert in_one_moment(fates)
            assert (fates[0], fates[-1]) == (False, True)


@pytest.mark.slow
@pytest.mark.parametrize("line", [line for line in LINES if line.name not in FULLY], ids=lambda line: line.name)
def test_death_at_every_fifth_step(server: Server, template: Path, tmp_path: Path, line: Line) -> None:
    """Every command: ``.venv/bin/pytest -m slow tests/faults/test_fail_points.py`` (some minutes)."""
    for first in (1, 3):
        _steps, fates = die_at_each(server, template, tmp_path, line, STRIDE, first)
        assert len(fates) > 5
        assert in_one_moment(fates)
