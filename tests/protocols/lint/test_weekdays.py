from pathlib import Path

from app.protocols.lint.run import check
from tests.protocols.tiny import WIDE, chemo, visit, write


def test_a_fixed_day_that_meets_a_weekend(tmp_path: Path) -> None:
    (finding,) = check(
        write(tmp_path, ("window: {before: P2D, after: P2D}}", "window: {before: P2D, after: P2D}, roll: none}"))
    )
    assert (finding.line, finding.column, finding.kind, finding.level) == (18, 5, "closed-weekday", "warning")
    assert "enrolment on Sat, Sun" in finding.message


def test_a_window_without_an_open_day(tmp_path: Path) -> None:
    (finding,) = check(
        write(
            tmp_path,
            ("offset: P7D, window: {before: P2D, after: P2D}", "offset: P3D, window: {before: P0D, after: P0D}"),
        )
    )
    assert finding.kind == "closed-window"
    assert "enrolment on Wed, Thu" in finding.message
    forward = ("window: {before: P2D, after: P2D}}", "window: {before: P2D, after: P0D}, roll: forward}")
    (finding,) = check(write(tmp_path, forward))
    assert "enrolment on Sat, Sun" in finding.message


def test_several_days(tmp_path: Path) -> None:
    path = write(
        tmp_path, ("before: P2D, after: P2D", "before: P3D, after: P3D"), visits="    days: [{day: 1}, {day: 3}]\n"
    )
    (finding,) = check(path)
    assert finding.kind == "closed-weekday"
    # Seven days after enrolment; Saturday and Sunday move to Friday and Monday.
    assert "enrolment on Thu, Fri, Sat" in finding.message


def test_pumps_that_come_off_on_a_weekend(tmp_path: Path) -> None:
    path = chemo(tmp_path, ("{day: 8, kind: infusion", "{day: 3, kind: pump_disconnect"))
    (finding,) = check(path)
    assert (finding.line, finding.column, finding.kind) == (30, 3, "pump-weekend")
    assert "R day 3 when its infusion is on Thu, Fri" in finding.message


def test_infusions_without_an_open_day(tmp_path: Path) -> None:
    path = chemo(
        tmp_path,
        (
            "day: 8, kind: infusion, what: X, when_held: omit, window: {before: 1, after: 2}",
            "day: 6, kind: infusion, what: X",
        ),
    )
    (finding,) = check(path)
    assert (finding.line, finding.column, finding.kind) == (30, 3, "infusion-weekend")
    assert "R day 6 when day 1 is on Mon, Tue" in finding.message


def test_a_path_beyond_the_calendar(tmp_path: Path) -> None:
    more = "".join(visit(f"Y{n}", f"from: {'V1' if n == 0 else f'Y{n - 1}'}, offset: P100Y, {WIDE}") for n in range(90))
    (finding,) = check(write(tmp_path, visits=more))
    assert (finding.line, finding.column, finding.kind, finding.level) == (9, 1, "cannot-plan", "error")
