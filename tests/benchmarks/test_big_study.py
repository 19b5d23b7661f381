"""The large study is one that the program opens, verifies and lists."""

from collections import Counter
from pathlib import Path

import pytest

from app.services.commands import study_file
from app.services.commands.demo import FILE, make_demo
from app.services.queries.agenda import agenda
from tests.benchmarks.big_study import grow
from tests.benchmarks.study_file import NURSE, TODAY


@pytest.mark.slow
def test_a_demo_study_grows_to_so_many_participants_and_facts(tmp_path: Path) -> None:
    make_demo(tmp_path / "demo", NURSE, TODAY)
    path = tmp_path / "demo" / FILE
    study = study_file.open_file(path, NURSE, TODAY)
    demo, first = study.people(), study.store.facts()
    study.close()
    grow(path, 40, 5000)
    study = study_file.open_file(path, NURSE, TODAY)
    try:
        assert study.store.broken is None
        assert study.head().seq == 5000
        assert len(study.people()) == len(demo) + 40
        assert study.store.facts()[: len(first)] == first
        by_protocol = Counter(person.protocol for person in study.people().values() if person.protocol)
        # Each of the twenty who are enrolled has two copies.
        assert by_protocol == {
            one: 3 * number for one, number in Counter(p.protocol for p in demo.values() if p.protocol).items()
        }
        assert agenda(study, TODAY).coming
    finally:
        study.close()
