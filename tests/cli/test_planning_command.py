"""`planning` at the terminal: the line of every command until it is accepted, what moves, and accepting it."""

import json
from pathlib import Path

import pytest

from app.cli.exit_codes import Exit
from app.cli.main import run
from app.domain.planning.planning_rules import PLANNING_RULES
from tests.services.conftest import template as template
from tests.services.released import planned_otherwise
from tests.services.ward import Ward

MOVED = {"SP-C02#2": 3, "SP-R01": -2}
# Of LI-001: cycle 2 on Mon 28 Dec 2026, the first reassessment on Mon 1 Feb 2027.


class Desk:
    """A terminal before a study whose visits another release had planned."""

    def __init__(
        self, folder: Path, template: Path, capsys: pytest.CaptureFixture[str], shifts: dict[str, int]
    ) -> None:
        ward = Ward(folder, template)
        planned_otherwise(ward.study, shifts)
        ward.study.close()
        self.path, self.environment, self.capsys = ward.path, ward.environment, capsys

    def __call__(self, line: str, code: Exit = Exit.DONE) -> tuple[str, str]:
        self.capsys.readouterr()
        found = run(["-f", str(self.path), *line.split()], self.environment)
        said = self.capsys.readouterr()
        assert found is code, said
        return said.out, said.err


@pytest.fixture
def desk(tmp_path: Path, template: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, template, capsys, MOVED)


LINE = (
    "studyday: The days shown were planned by the planning rules 1 of an earlier release; by the rules "
    f"{PLANNING_RULES} of this program, 2 visits of 1 participant are otherwise. See them with `planning`, then say "
    "`planning accept`; until then no change is planned."
)


@pytest.mark.parametrize(
    "line", ["agenda", "calendar LI-001", "why LI-001 SP-C02#2", "history", "participants", "log deviations", "verify"]
)
def test_every_command_says_so_in_one_line_until_it_is_accepted(desk: Desk, line: str) -> None:
    for _time in range(2):
        _out, err = desk(line)
        assert [one for one in err.splitlines() if "planning rules" in one] == [LINE]
    desk("planning accept --sure")
    _out, err = desk(line)
    assert "planning rules" not in err


def test_calendar_agenda_and_json_have_the_days_of_before(desk: Desk) -> None:
    out, _err = desk("calendar LI-001")
    assert "31 Dec 2026" in out
    assert "planned by earlier planning rules" in out
    assert "by them it is on Mon 28 Dec 2026" in out
    entries = {one["visit"]: one for one in json.loads(desk("calendar LI-001 --json")[0])["entries"]}
    assert entries["SP-C02#2"]["proposed"] == "2026-12-31"
    said = "nobody has accepted those of this program: by them it is on Mon 28 Dec 2026."
    assert entries["SP-C02#2"]["problems"][-1] == f"Planned by earlier planning rules, and {said}"
    rows = json.loads(desk("agenda --json")[0])["coming"]
    assert {one["visit"]: one["day"] for one in rows if one["participant"] == "LI-001"}["SP-C02#2"] == "2026-12-31"


@pytest.mark.parametrize(
    "line",
    [
        "record LI-001 SP-C01 --on 2026-11-30", "note LI-001 x", "preview book LI-001 SP-C02#2 --on 2026-12-29",
        "closed add 2026-12-28", "undo", "days LI-001 SP-C02#2", "screen LI-009 --protocol scanpan --on 2026-12-01 "
        "--outcome eligible",
    ],
)  # fmt: skip
def test_a_change_asks_for_the_acceptance(desk: Desk, line: str) -> None:
    desk("participants")
    before = desk.path.read_bytes()
    out, err = desk(line, Exit.REFUSED)
    assert out == ""
    assert "nobody has accepted that. See them with `planning`, then say `planning accept`." in err
    assert desk.path.read_bytes() == before


def test_what_moves_is_listed_old_and_new(desk: Desk) -> None:
    out, err = desk("planning")
    head, count, *moves = out.splitlines()
    assert head == (
        f"Planning rules 1 -> {PLANNING_RULES}: 2 visits of 1 participant are otherwise. They were planned on "
        "Sun 20 Dec 2026."
    )
    assert count == "LI-001: 2 visits move"
    assert ["SP-C02#2" in moves[0], "Thu 31 Dec 2026 -> Mon 28 Dec 2026" in moves[0], "-3 d" in moves[0]] == [True] * 3
    assert "Sat 30 Jan 2027 -> Mon 1 Feb 2027" in moves[1]
    assert err == ""
    found = json.loads(desk("planning --json")[0])
    assert found["rules"] == {"before": 1, "now": PLANNING_RULES}
    assert (found["planned_on"], found["accepted"], found["visits"], found["participants"]) == (
        "2026-12-20", False, 2, 1,
    )  # fmt: skip
    assert [
        (one["participant"], one["visit"], one["now"], one["new"], bool(one["why"])) for one in found["changes"]
    ] == [
        ("LI-001", "SP-C02#2", "2026-12-31", "2026-12-28", True),
        ("LI-001", "SP-R01", "2027-01-30", "2027-02-01", True),
    ]


def test_it_is_accepted_by_somebody_who_is_sure(desk: Desk) -> None:
    desk("participants")
    before = desk.path.read_bytes()
    _out, err = desk("planning accept", Exit.REFUSED)
    assert "visits that move: 2, of participants: 1. See them with `planning`; with --sure it is accepted." in err
    assert desk.path.read_bytes() == before
    out, _err = desk("planning accept --sure")
    assert out.splitlines()[0] == (
        f"Accepted: planning rules 1 -> {PLANNING_RULES}; 2 visits of 1 participant are planned otherwise from now on."
    )
    last = json.loads(desk("history --json")[0])[-1]
    assert (last["kind"], last["who"], last["fields"]["visits"]) == ("planning_accepted", "nurse", 2)
    assert "28 Dec 2026" in desk("calendar LI-001")[0]
    assert "there is nothing to accept" in desk("planning")[0]
    _out, err = desk("planning accept --sure", Exit.REFUSED)
    assert "there is nothing to accept" in err
    desk("record LI-001 SP-C01 --on 2026-11-30")


def test_where_nothing_moves_nobody_is_asked(
    tmp_path: Path, template: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(tmp_path, template, capsys, {})
    _out, err = desk("agenda")
    assert err == ""
    desk("record LI-001 SP-C01 --on 2026-11-30")


def test_another_shipped_text_is_offered_and_never_used_by_itself(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk("planning accept --sure")
    from app.services.queries import planning

    offer = planning.ProtocolOffer("scanpan", "2025-07-19", "2027-01-15")
    monkeypatch.setattr(planning, "protocol_offers", lambda study: (offer,))
    out, _err = desk("planning")
    assert out.splitlines()[1] == (
        "scanpan: this program has the version 2027-01-15, the study 2025-07-19. Who is enrolled stays on the text of "
        "the enrolment. `protocol take scanpan` adds it for those who are enrolled from then on."
    )
