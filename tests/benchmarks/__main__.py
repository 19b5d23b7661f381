"""Prints each piece of work as a ratio to its floor, both timed in turns in this run, and what is reached for.

``python -m tests.benchmarks desktop`` measures the window alone, ``python -m tests.benchmarks startup`` the tricks of
``app/startup.py``, each with and without it, ``python -m tests.benchmarks installed PROGRAM`` an installed program next
to this checkout, ``python -m tests.benchmarks large [--participants N]`` the window on a study of years,
``python -m tests.benchmarks paper [--against CHECKOUT]`` sheets and calendars, ``python -m tests.benchmarks search`` a
keystroke in each search over 2,000 participants.
``python -m tests.benchmarks --against CHECKOUT [--participants N]`` does
the same commands on the same large study in this checkout and in another one, and prints how they compare.

Nothing fails here: a machine that is busy would make the tests lie.
"""

import argparse
import dataclasses
import gc
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from app.domain.calendar.entries import Calendar, Entry
from app.domain.planning.planner import plan
from app.services.queries.rehearsal import Rehearsal, rehearse
from tests.benchmarks import against, desktop, installed, large, paper, search, startup, study_file
from tests.oracle.lives import life

ROUNDS = 15
PATIENTS = 1000


# The least that planning could do: a frozen dataclass with the entry's own fields, and a date plus a timedelta.
_FIELDS = [field.name for field in dataclasses.fields(Entry)]
LeastEntry: Any = dataclasses.make_dataclass("LeastEntry", _FIELDS, frozen=True)


def ratio(work: Callable[[], object], floor: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float, float]:
    """The best time of each, in turns, and the ratio of the two."""
    best = [float("inf"), float("inf")]
    for _ in range(rounds):
        for index, one in enumerate((work, floor)):
            gc.collect()
            start = time.perf_counter()
            one()
            best[index] = min(best[index], time.perf_counter() - start)
    return best[0], best[1], best[0] / best[1]


def least(calendar: Calendar) -> None:
    """As many least entries as the calendar has."""
    start, step = calendar.today, timedelta(14)
    for entry in calendar.entries:
        start + step
        LeastEntry(*_values[entry.key])


_values: dict[str, tuple[Any, ...]] = {}


def remember(calendar: Calendar) -> None:
    """Keep the entries' values so that the floor only makes the dataclass."""
    for entry in calendar.entries:
        _values[entry.key] = tuple(getattr(entry, name) for name in _FIELDS)


def replan(one: Rehearsal) -> Calendar:
    """Plan again what was rehearsed; facts are judged and closed days known."""
    return plan(one.protocol, one.site, one.participant, one.facts, one.calendar.today)


def example() -> dict[str, Any]:
    """The patient of 67 entries."""
    return {
        "protocol": "scanpan",
        "today": "2026-11-23",
        "participant": {"code": "LI-001", "enrolled_on": "2026-11-23", "country": "SE", "regimen": "MFFX"},
        "facts": [],
    }


def one_patient() -> None:
    """One patient of 67 entries."""
    rehearsal = rehearse(json.dumps(example()))
    remember(rehearsal.calendar)
    work, floor, times = ratio(lambda: replan(rehearsal), lambda: least(rehearsal.calendar), 200)
    _tell(f"plan one patient, {len(rehearsal.calendar.entries)} entries", work, floor, times, 12)


def many_patients() -> None:
    """A thousand patients at random stages of both trials."""
    chance = random.Random(20261121)
    lives = [life(chance, chance.choice(("scanpan", "nct06873178"))) for _ in range(PATIENTS // 10)]
    rehearsals = [rehearse(json.dumps(one)) for one in lives]

    def work() -> None:
        for _ in range(10):
            for one in rehearsals:
                replan(one)

    def floor() -> None:
        for _ in range(10):
            for one in rehearsals:
                least(one.calendar)

    for one in rehearsals:
        remember(one.calendar)
    done, bare, times = ratio(work, floor, 3)
    entries = 10 * sum(len(one.calendar.entries) for one in rehearsals)
    _tell(f"plan {PATIENTS} patients at random stages, {entries} entries", done, bare, times, 12)


def whole_process() -> None:
    """`rehearse` as a process, its protocol seen before."""
    with tempfile.TemporaryDirectory() as folder:
        story = Path(folder) / "story.json"
        story.write_text(json.dumps(example()), encoding="utf-8")
        program = [sys.executable, "-m", "app", "rehearse", str(story), "--json"]
        least_program = [sys.executable, "-c", "import pydantic, ruamel.yaml"]

        def run(command: list[str]) -> None:
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

        run(program)
        work, floor, times = ratio(lambda: run(program), lambda: run(least_program))
    _tell("rehearse, whole process", work, floor, times, 4)


def _tell(what: str, work: float, floor: float, times: float, reach: float) -> None:
    print(f"{what}: {work * 1000:.2f} ms, floor {floor * 1000:.2f} ms, {times:.1f}x (reach {reach}x)", flush=True)


def main() -> None:
    """Run all of them, or those that are asked for."""
    print(f"Python {sys.version.split()[0]}, {date.today()}")
    parser = argparse.ArgumentParser(prog="tests.benchmarks")
    parser.add_argument("group", nargs="?", choices=("desktop", "startup", "installed", "large", "paper", "search"))
    parser.add_argument("program", nargs="?", type=Path, help="the installed program")
    parser.add_argument("--against", type=Path, metavar="CHECKOUT")
    parser.add_argument("--participants", type=int, metavar="N")
    options = parser.parse_args()
    if options.group == "paper":
        paper.run(ratio, _tell)
        if options.against is not None:
            paper.run_against(options.against)
        return
    if options.against is not None:
        against.run(options.against, options.participants or against.PARTICIPANTS)
        return
    if options.group == "installed":
        if options.program is None:
            parser.error("installed: name the program, as dist/studyday/studyday")
        installed.run(options.program.resolve(), _tell)
        return
    if options.group == "large":
        large.run(options.participants or large.PARTICIPANTS, _tell)
        return
    if options.group == "startup":
        startup.run()
        return
    if options.group == "search":
        search.run(ratio, _tell)
        return
    if options.group != "desktop":
        one_patient()
        many_patients()
        whole_process()
        study_file.run(ratio, _tell)
        paper.run(ratio, _tell)
        search.run(ratio, _tell)
    desktop.run(ratio, _tell)


if __name__ == "__main__":
    main()
