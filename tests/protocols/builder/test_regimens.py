from pathlib import Path

from app.domain.protocol import version as p
from app.domain.protocol.regimens import CycleRange, DayKind, WhenHeld
from tests.protocols.tiny import chemo, places, refused


def test_days_out_of_order(tmp_path: Path) -> None:
    edit = ("offered: [R]", "      - {day: 7, kind: oral_stop, what: X}\noffered: [R]")
    assert places(refused(chemo(tmp_path, edit))) == [(42, 15, "order")]


def test_regimens(invented: p.ProtocolVersion) -> None:
    assert [(day.kind, day.cycles) for day in invented.regimens["DEPOT"].days] == [
        (DayKind.TREATMENT, None), (DayKind.VISIT, CycleRange(1, 2)), (DayKind.TREATMENT, CycleRange(2, 6, 2)),
    ]  # fmt: skip
    pump = invented.regimens["PUMP"]
    assert [(day.day, day.kind) for day in pump.days] == [
        (1, DayKind.INFUSION), (2, DayKind.ORAL_START), (3, DayKind.PUMP_DISCONNECT),
    ]  # fmt: skip
    assert (pump.first.gap, pump.first.after, pump.first.pump_hours) == (12, 3, 46)
    assert invented.regimens["WEEKLY"].days[1].when_held is WhenHeld.OMIT
    condition = invented.regimens["TABLETS"].first.condition
    assert condition is not None
    assert condition.complete
