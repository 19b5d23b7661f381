"""A study file under attack: each damage ends in the same answers, a refusal, or answers that name what is left out.

Flipped bytes anywhere in the file, with the planned visits filled; the file cut short; each column of each table edited
once with the triggers dropped; rows deleted, added and swapped. Nothing may end as a bug, and no answer may differ from
that of the undamaged file without a word. The night runs all of it and prints the counts.
"""

import contextlib
import gzip
import random
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite

from app.domain.facts.kinds import logs
from app.domain.refusal import Refused
from app.services.commands import study_file
from app.services.commands.accept_planning import accept_planning
from app.services.commands.verify import verify
from app.services.queries.agenda import agenda
from app.services.queries.calendar import calendar_of
from app.services.queries.damage import damage_of, said_of
from app.services.queries.history import history
from app.services.queries.logs import log
from app.services.queries.overview import study_view
from app.services.queries.people import people
from app.services.queries.planning import propose_planning
from app.services.study.environment import Environment
from app.services.study.study import Study
from app.wording.agenda import agenda_status
from app.wording.damage import NEXT_AT_TERMINAL
from app.wording.history_sentences import past_text
from app.wording.problems import problem_text
from tests.storage.study_files import tampering

FIXTURE = Path(__file__).parents[1] / "storage" / "fixtures" / "study_two_protocols.studyday.gz"
TODAY = date(2026, 12, 7)
NURSE = Environment("nurse", "WARD-3", "Europe/Stockholm", lambda: datetime(2026, 12, 7, 9, tzinfo=UTC))
SEED = 20261127
AGAIN = "planned again with a word"
Damage = Callable[[Path], object]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Participants of two protocols, with the planned visits kept."""
    path = tmp_path_factory.mktemp("whole") / "liver.studyday"
    path.write_bytes(gzip.decompress(FIXTURE.read_bytes()))
    study = study_file.open_file(path, NURSE, TODAY)
    accept_planning(study, propose_planning(study, TODAY), sure=True)
    study.close()
    return path.read_bytes()


@pytest.fixture(scope="module")
def planned_before(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The same with the visits as the first release had planned them, which nobody has accepted otherwise."""
    path = tmp_path_factory.mktemp("before") / "liver.studyday"
    path.write_bytes(gzip.decompress(FIXTURE.read_bytes()))
    study = study_file.open_file(path, NURSE, TODAY)
    assert study.before is not None
    study.close()
    return path.read_bytes()


@pytest.fixture(scope="module")
def right(whole: bytes, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What the undamaged file answers."""
    return as_answered(tmp_path_factory.mktemp("right"), whole)


def answers(path: Path) -> tuple[list[str], str]:
    """Everything that can be asked of a study, and how it ended: answered, refused, or with facts left out."""
    try:
        study = study_file.open_file(path, NURSE, TODAY)
    except Refused as refused:
        return [], f"refused: {refused.kind}"
    try:
        said = {one.kind for one in study.warnings}
        found = list(_said(study))
        damage = damage_of(study)
        if damage is None and study.before is None and said & {"planned_before_unknown", "pages_made_again"}:
            return found, AGAIN
        if damage is None:
            return found, "the same"
        assert said_of(damage, NEXT_AT_TERMINAL)
        assert study.store.read_only
        return found, "facts named" if damage.lost else "no fact lost"
    finally:
        study.close()


def _said(study: Study) -> Iterable[str]:
    found = agenda(study, TODAY)
    for row in (*found.pressing, *found.now, *found.coming, *found.waiting):
        yield f"agenda {row.participant} {row.entry.key} {row.entry.assumed} {agenda_status(row)}"
    for person in people(study):
        yield f"person {person}"
        try:
            calendar = calendar_of(study, person.code, TODAY)[1]
        except Refused as refused:
            yield f"calendar {person.code} {refused.kind}"
            continue
        for entry in calendar.entries:
            problems = [problem_text(one, calendar) for one in entry.problems]
            yield f"calendar {person.code} {entry.key} {entry.assumed} {entry.status} {problems}"
    yield from (f"history {row.record.seq} {row.participant} {past_text(row.past)}" for row in history(study))
    for name in logs():
        yield from (f"log {name} {code} {record.seq}" for code, record in log(study, name))
    assert study_view(study, TODAY).participants is not None
    verify(study)


def ends(
    tmp_path: Path, whole: bytes, right: list[str], damages: dict[str, Damage], before: bool = False
) -> Counter[str]:
    """How each damage ends. `before`: the file has visits of earlier rules, which may be lost with a word."""
    counts: Counter[str] = Counter()
    for number, (name, damage) in enumerate(damages.items()):
        path = tmp_path / f"{number}.studyday"
        path.write_bytes(whole)
        damage(path)
        try:
            found, ended = answers(path)
        except BaseException as error:
            error.add_note(f"after: {name}")
            raise
        if ended in ("the same", "no fact lost") or (ended == AGAIN and not before):
            assert found == right, name
        counts[ended] += 1
    return counts


def as_answered(tmp_path: Path, content: bytes) -> list[str]:
    """What the undamaged file answers."""
    path = tmp_path / "right.studyday"
    path.write_bytes(content)
    found, ended = answers(path)
    assert ended == "the same"
    return found


def flips(whole: bytes, count: int, dice: random.Random) -> dict[str, Damage]:
    def flip(at: int, bit: int) -> Damage:
        return lambda path: path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :])

    places = [(dice.randrange(len(whole)), dice.randrange(8)) for _number in range(count)]
    return {f"bit {bit} of byte {at}": flip(at, bit) for at, bit in places}


def cuts(whole: bytes, count: int, dice: random.Random) -> dict[str, Damage]:
    def cut(size: int) -> Damage:
        return lambda path: path.write_bytes(whole[:size])

    return {f"cut to {size}": cut(size) for size in (dice.randrange(len(whole)) for _number in range(count))}


VALUES = {"INTEGER": ("7", "-1", "NULL", "9999999999"), "TEXT": ("'x'", "''", "'2026-02-30'"), "BLOB": ("x''", "x'00'")}


def edits(path: Path) -> dict[str, Damage]:
    """Each column of each table set to other values in one row; rows deleted, copied and swapped."""
    found: dict[str, Damage] = {}

    def edit(statement: str) -> Damage:
        def work(changed: Path) -> None:
            # What the table itself does not take is no damage.
            with tampering(changed) as connection, contextlib.suppress(sqlite.IntegrityError):
                connection.execute(statement)

        return work

    with tampering(path) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        for table in tables:
            for _at, column, kind, *_rest in connection.execute(f"PRAGMA table_info({table})").fetchall():
                for value in VALUES[kind]:
                    where = " WHERE seq = 31" if table == "fact" else ""
                    statement = f'UPDATE {table} SET "{column}" = {value}{where}'
                    found[statement] = edit(statement)
            found[f"DELETE FROM {table}"] = edit(f"DELETE FROM {table}")
    for seq in (1, 3, 15, 16, 28, 31, 37, 38):
        found[f"DELETE FROM fact WHERE seq = {seq}"] = edit(f"DELETE FROM fact WHERE seq = {seq}")
        copied = f"INSERT INTO fact SELECT (SELECT max(seq) + 1 FROM fact), command, kind, subject, about, protocol, recorded_at, zone, clock, today, who, workstation, program, names, lines, salts, digests, digest FROM fact WHERE seq = {seq}"  # fmt: skip # noqa: E501
        found[copied] = edit(copied)
        swapped = f"UPDATE fact SET seq = -seq WHERE seq IN ({seq}, 30)"
        found[swapped] = edit(swapped)
    return found


def test_some_of_each_damage_never_ends_as_a_bug(tmp_path: Path, whole: bytes, right: list[str]) -> None:
    dice = random.Random(SEED)
    path = tmp_path / "columns.studyday"
    path.write_bytes(whole)
    some = dict(dice.sample(sorted(edits(path).items(), key=lambda pair: pair[0]), 12))
    found = ends(tmp_path, whole, right, flips(whole, 25, dice) | cuts(whole, 5, dice) | some)
    assert found.total() == 42
    assert found["refused: damaged"] >= 5


def test_what_was_planned_before_is_shown_or_its_loss_is_said(tmp_path: Path, planned_before: bytes) -> None:
    dice = random.Random(SEED + 2)
    path = tmp_path / "columns.studyday"
    path.write_bytes(planned_before)
    of_visits = {name: one for name, one in edits(path).items() if "fact" not in name and "head" not in name}
    some = dict(dice.sample(sorted(of_visits.items(), key=lambda pair: pair[0]), 15))
    right = as_answered(tmp_path, planned_before)
    found = ends(tmp_path, planned_before, right, flips(planned_before, 15, dice) | some, before=True)
    assert found.total() == 30
    assert found[AGAIN] >= 5


@pytest.mark.slow
def test_no_damage_ends_as_a_bug(tmp_path: Path, whole: bytes, right: list[str]) -> None:
    dice = random.Random(SEED + 1)
    path = tmp_path / "columns.studyday"
    path.write_bytes(whole)
    for name, damages in (
        ("300 flips", flips(whole, 300, dice)),
        ("50 cuts", cuts(whole, 50, dice)),
        ("edits", edits(path)),
    ):
        found = ends(tmp_path, whole, right, damages)
        print(f"{name}: " + ", ".join(f"{ended} {count}" for ended, count in sorted(found.items())))
        assert found.total() == len(damages)
