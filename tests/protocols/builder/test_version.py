from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from app.domain.protocol import version as p
from app.domain.protocol.delays import DelayRule
from app.domain.protocol.timing import Series
from app.protocols.builder.version import build
from app.protocols.findings import FaultyDocument
from app.protocols.loader import load
from tests.protocols.tiny import CHEMO_VISITS, INVENTED, read


def test_about_keeps_the_rest(invented: p.ProtocolVersion) -> None:
    about = invented.about
    for name in ("criteria", "endpoints", "sources", "registries", "specimens", "questionnaires", "cohorts",
                 "open_questions", "sponsor", "target_enrolment", "description", "day_one", "activities", "events",
                 "marks"):  # fmt: skip
        assert about[name], name
    assert "visits" not in about
    assert invented.events == {"FALL": "A fall"}


def test_the_invented_protocol_uses_every_field_of_the_domain(invented: p.ProtocolVersion) -> None:
    """Each field of each part differs from its default somewhere."""
    effects = [*invented.milestones.values(), *(e for d in invented.decisions.values() for e in d.outcomes.values())]
    timings = [visit.timing for visit in invented.visits.values() if visit.timing is not None]
    series = [visit.repeat for visit in invented.visits.values() if isinstance(visit.repeat, Series)]
    days = [day for regimen in invented.regimens.values() for day in regimen.days]
    cycles = [course.cycles for course in invented.courses]
    everything: list[Sequence[Any]] = [list(invented.visits.values()), effects, timings, series, cycles, days]
    not_in_files = {"fixed", "window_set"}
    for parts in everything:
        for field in fields(parts[0]):
            said = {repr(getattr(part, field.name)) for part in parts}
            assert len(said) > 1 or field.name in not_in_files, field.name


def test_the_same_document_builds_the_same_version() -> None:
    loaded = load(INVENTED)
    assert build(loaded.file, loaded.regimens) == loaded.protocol


def test_faults_can_be_read_without_a_file(tmp_path: Path) -> None:
    file = read(tmp_path).file.model_copy(update={"enrolment_visit": "OUT"})
    with pytest.raises(FaultyDocument) as caught:
        build(file, {})
    assert caught.value.faults[0].path == ("enrolment_visit",)
    assert CHEMO_VISITS.count("\n") == 15


def test_rules_of_the_version(invented: p.ProtocolVersion) -> None:
    assert (invented.return_to_weekday, invented.return_at_most_days) == (True, 2)
    assert invented.open_pump_day
    assert invented.delays == DelayRule(14, 28)
    assert invented.recorded_only == {"cohort": "past"}
