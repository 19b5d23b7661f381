"""A study file that is not the newest state of its study: said at opening, by number and digest of the last fact.

Each attack is done to real files, as a file manager or an editor of databases does it; what is said, what is still
backed up, and how a person settles it are looked at through the command line.
"""

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import run
from app.services.study.environment import Environment

TODAY = "2026-11-23"
START = datetime(2026, 11, 23, 9, tzinfo=UTC)
ENROL = ("--protocol", "scanpan", "--country", "SE", "--regimen", "MFFX")


class Desk:
    """A terminal at a clock that goes a quarter of an hour with each command."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys, self.clock = folder, capsys, START
        self.out = self.err = ""
        self.study = folder / "study.studyday"

    def give(self, *words: str, file: str = "study.studyday") -> int:
        self._capsys.readouterr()
        self.clock += timedelta(minutes=15)
        here = Environment("anna", "WARD-3", "Europe/Stockholm", lambda: self.clock)
        code = int(run(["-f", str(self.folder / file), *words], here))
        said = self._capsys.readouterr()
        self.out, self.err = said.out, said.err
        return code

    def document(self, *words: str) -> Any:
        self.give(*words, "--json")
        return json.loads(self.out)

    def do(self, *words: str, file: str = "study.studyday") -> None:
        assert self.give(*words, file=file) == 0, self.err

    def backups(self) -> list[Path]:
        return sorted((self.folder / "study-backups").glob("*.studyday"))

    def backup_of(self, facts: int) -> Path:
        return next(one for one in self.backups() if one.name.endswith(f"-{facts}.studyday"))

    def facts(self, file: str = "study.studyday") -> int:
        with closing(sqlite3.connect(f"file:{self.folder / file}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT MAX(seq) FROM fact").fetchone()[0])


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A study with one participant enrolled and two notes; after each command a backup was made."""
    found = Desk(tmp_path, capsys)
    found.do("new")
    found.do("enrol", "--code", "LI-001", "--on", TODAY, *ENROL)
    shutil.copy2(found.study, tmp_path / "older")
    found.do("note", "LI-001", "port painful")
    found.do("note", "LI-001", "asks for mornings")
    return found


def put_back(desk: Desk) -> None:
    """An older copy under the name of the study."""
    shutil.copy2(desk.folder / "older", desk.study)


def cut_tail(desk: Desk) -> None:
    """The last two facts cut off, and the head set back to the one before."""
    last = desk.facts() - 2
    with closing(sqlite3.connect(desk.study)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _sql in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("DELETE FROM fact WHERE seq > ?", (last,))
        connection.execute("UPDATE head SET seq = ?, digest = (SELECT digest FROM fact WHERE seq = ?)", (last, last))
        for _name, sql in triggers:
            connection.execute(sql)
        connection.commit()


def put_backup_back(desk: Desk) -> None:
    """The first backup, of one fact and with its mark in the header, under the name of the study."""
    shutil.copy2(desk.backup_of(1), desk.study)


def worked_in(desk: Desk) -> None:
    """An older copy under the name, in which somebody went on."""
    put_back(desk)
    desk.do("note", "LI-001", "another note")


def other_study(desk: Desk) -> None:
    """Another study under the name."""
    desk.do("new", file="elsewhere/other.studyday")
    shutil.copy2(desk.folder / "elsewhere/other.studyday", desk.study)


def kept(desk: Desk) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in (desk.folder / "study-backups").iterdir()}


ATTACKS: dict[Callable[[Desk], None], str] = {
    put_back: "behind",
    cut_tail: "behind",
    put_backup_back: "behind",
    worked_in: "forked",
    other_study: "other_study",
}
each_attack = pytest.mark.parametrize("attack", ATTACKS, ids=lambda one: one.__name__)


def test_a_study_that_was_left_alone_raises_no_alarm(desk: Desk) -> None:
    for words in (("agenda",), ("note", "LI-001", "again"), ("verify",), ("backup",), ("undo",), ("verify",)):
        desk.do(*words)
        assert desk.err == ""
    assert desk.document("verify")["lacking"] == []


@each_attack
def test_what_the_file_lacks_is_said_at_each_opening(desk: Desk, attack: Callable[[Desk], None]) -> None:
    newest, last = desk.backups()[-1], desk.facts()
    attack(desk)
    for words in (("agenda",), ("participants",)):
        assert desk.give(*words) == 0
        assert f"of the backup {newest}" in desk.err or f"the backup {newest} is of" in desk.err
        assert f"{last} of the backup" in desk.err or f"none of the backup's {last} facts" in desk.err
        assert "recorded Mon 23 Nov 2026" in desk.err
        assert "LI-001" in desk.err
        assert "go-on" in desk.err or "restore" in desk.err


@each_attack
def test_verify_says_it_and_ends_with_1(desk: Desk, attack: Callable[[Desk], None]) -> None:
    newest, last = desk.backups()[-1], desk.facts()
    attack(desk)
    assert desk.give("verify") == 1
    assert str(newest) in desk.out
    found = desk.document("verify")
    (lacking,) = found["lacking"]
    assert (found["holds"], lacking["what"], lacking["last"]) == (False, ATTACKS[attack], last)
    assert (lacking["backup"], lacking["participants"]) == (str(newest), ["LI-001"])


@pytest.mark.parametrize("attack", [put_back, cut_tail, put_backup_back, worked_in], ids=lambda one: one.__name__)
def test_the_facts_are_named_by_their_numbers(desk: Desk, attack: Callable[[Desk], None]) -> None:
    last = desk.facts()
    first = 2 if attack is put_backup_back else last - 1
    attack(desk)
    assert desk.document("verify")["lacking"][0]["first"] == first
    desk.do("agenda")
    assert f"lacks facts {first} to {last} of" in desk.err


@pytest.mark.parametrize("attack", [put_back, cut_tail, worked_in, other_study], ids=lambda one: one.__name__)
def test_backups_go_on_and_none_is_lost(desk: Desk, attack: Callable[[Desk], None]) -> None:
    before = kept(desk)
    attack(desk)
    desk.do("enrol", "--code", "LI-002", "--on", TODAY, *ENROL)
    desk.do("agenda")
    after = kept(desk)
    assert before.items() <= after.items()
    newest = json.loads(desk.backups()[-1].with_name(f"{desk.backups()[-1].name}.json").read_bytes())
    assert newest["facts"] == desk.facts()


@pytest.mark.parametrize("attack", [put_back, cut_tail, worked_in, other_study], ids=lambda one: one.__name__)
def test_a_person_settles_it_once_and_for_good(desk: Desk, attack: Callable[[Desk], None]) -> None:
    attack(desk)
    before, last = kept(desk), desk.facts()
    assert desk.give("go-on", "--reason", "the newer one was a trial") == 0
    assert f"goes on from fact {last}, without" in desk.out
    for words in (("agenda",), ("note", "LI-001" if attack is not other_study else "X", "y"), ("verify",)):
        desk.give(*words)
        assert "go-on" not in desk.err
    assert desk.document("verify")["lacking"] == []
    assert before.items() <= kept(desk).items()
    desk.do("history")
    assert f"went on from fact {last}" in desk.out
    assert "the newer one was a trial" in desk.out
    assert desk.give("go-on") == 2


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Europe/Stockholm", "recorded Tue 24 Nov 2026;"),  # 23:45 in London and UTC, 0:45 in Stockholm
        ("America/New_York", "recorded Mon 23 Nov 2026;"),
        ("Pacific/Kiritimati", "recorded Tue 24 Nov 2026;"),
    ],
)
def test_the_days_of_what_is_missing_are_those_of_the_site(desk: Desk, zone: str, said: str) -> None:
    desk.clock = datetime(2026, 11, 23, 23, 15, tzinfo=UTC)
    desk.do("site", "X", "--country", "SE", "--zone", zone)
    shutil.copy2(desk.study, desk.folder / "older")
    desk.do("note", "LI-001", "at night")
    put_back(desk)
    assert desk.give("agenda") == 0
    assert said in desk.err


def test_a_new_study_among_the_backups_of_another_says_so_at_once(desk: Desk) -> None:
    newest, last = desk.backups()[-1], desk.facts()
    desk.study.unlink()
    assert desk.give("new") == 0
    assert f"is of: it has none of the backup's {last} facts" in desk.err
    assert "LI-001" in desk.err
    assert f"restore {newest} NEW_FILE" in desk.err
    assert newest.is_file()


def test_a_new_study_of_another_name_says_nothing_of_backups(desk: Desk) -> None:
    assert desk.give("new", file="other.studyday") == 0
    assert desk.err == ""


def test_the_remedy_loses_no_fact(desk: Desk) -> None:
    last = desk.facts()
    put_back(desk)
    backup = desk.document("verify")["lacking"][0]["backup"]
    desk.do("restore", backup, str(desk.folder / "again.studyday"))
    assert desk.facts("again.studyday") == last + 1
    assert desk.give("verify", file="again.studyday") == 0
    assert desk.err == ""


def test_a_study_restored_from_an_older_backup_says_what_it_goes_on_without(desk: Desk) -> None:
    last = desk.facts()
    older = desk.backup_of(last - 1)
    desk.do("restore", str(older), str(desk.folder / "again.studyday"))
    assert f"goes on without fact {last} (recorded" in desk.err
    assert "asks" not in desk.err
    shutil.copy2(desk.folder / "again.studyday", desk.study)
    desk.do("agenda")
    assert desk.err == ""
    assert desk.give("verify") == 0


def test_a_second_loss_is_told_after_the_first_was_settled(desk: Desk) -> None:
    put_back(desk)
    desk.do("go-on")
    desk.do("note", "LI-001", "one more")
    last = desk.facts()
    put_back(desk)
    desk.give("agenda")
    assert f"facts {last - 1} to {last}" in desk.err or f"to {last} of" in desk.err


def test_two_branches_are_each_told(desk: Desk) -> None:
    worked_in(desk)
    put_back(desk)
    assert [one["what"] for one in desk.document("verify")["lacking"]] == ["behind", "behind"]


def test_the_number_in_a_name_decides_nothing(desk: Desk) -> None:
    newest = desk.backups()[-1]
    renamed = newest.with_name(newest.name.replace(f"-{desk.facts()}.", "-1."))
    newest.rename(renamed)
    newest.with_name(f"{newest.name}.json").rename(renamed.with_name(f"{renamed.name}.json"))
    put_back(desk)
    assert desk.document("verify")["lacking"][0]["backup"] == str(renamed)


def test_a_backup_that_does_not_hold_is_a_witness_by_its_note(desk: Desk) -> None:
    newest, last = desk.backups()[-1], desk.facts()
    newest.write_bytes(newest.read_bytes()[:-4096])
    put_back(desk)
    desk.give("agenda")
    assert f"lacks fact {last} that the note of the backup {newest} knows" in desk.err
    assert f"lacks fact {last - 1} of the backup {desk.backup_of(last - 1)}" in desk.err
    desk.do("go-on")
    assert desk.give("verify") == 0


# A head from paper


@pytest.mark.parametrize("form", ["{n} · {d}", "{n}:{d}", "{n} {d}", "{n}:{d}…", "{n} · {D}"])
def test_a_printed_head_is_compared(desk: Desk, form: str) -> None:
    head = desk.document("verify")["head"]
    number, digest = head.split(" · ")
    typed = form.format(n=number, d=digest, D=digest.upper())
    assert desk.give("verify", "--head", typed) == 0
    put_back(desk)
    shutil.rmtree(desk.folder / "study-backups")
    assert desk.give("verify", "--head", typed) == 1
    assert "were cut off" in desk.out


def test_the_backup_that_has_the_printed_fact_is_named(desk: Desk) -> None:
    newest = desk.backups()[-1]
    head = desk.document("verify")["head"]
    put_back(desk)
    assert desk.give("verify", "--head", head) == 1
    assert f"The backup {newest} has the fact of that head." in desk.out
    assert desk.document("verify", "--head", head)["known_in"] == str(newest)


@pytest.mark.parametrize(
    "head", [":", "7", "7:", "7:abc", "seven abcdefab", "\u00b2:abcdefab", f"{'9' * 30}:abcdefab", "-1:abcdefab"]
)
def test_what_is_no_head_is_refused(desk: Desk, head: str) -> None:
    assert desk.give("verify", f"--head={head}") == 2
    assert "is no head" in desk.err


# Backups are believed when they are proved


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 0x40
    path.write_bytes(content)


def tomorrow(desk: Desk) -> None:
    desk.clock += timedelta(days=1)


@pytest.mark.parametrize("at", [100, 5000, -1, -5000])
def test_a_backup_with_another_byte_is_named_the_next_day_and_another_is_made(desk: Desk, at: int) -> None:
    newest = desk.backups()[-1]
    flip(newest, at)
    tomorrow(desk)
    desk.do("agenda")
    assert f"The backup {newest} is no longer what was written" in desk.err
    assert len(desk.backups()) > 1
    made = desk.backups()[-1]
    assert made != newest
    desk.do("agenda")
    assert desk.err == ""
    tomorrow(desk)
    desk.do("agenda")
    assert desk.err == ""


def test_a_flip_under_an_unchanged_time_is_found_the_next_day(desk: Desk) -> None:
    newest = desk.backups()[-1]
    found = newest.stat()
    flip(newest, 6000)
    os.utime(newest, ns=(found.st_atime_ns, found.st_mtime_ns))
    tomorrow(desk)
    desk.do("agenda")
    assert str(newest) in desk.err


@pytest.mark.parametrize("how", ["gone", "no JSON", "other digest", "other file"])
def test_a_backup_without_its_proof_does_not_count(desk: Desk, how: str) -> None:
    newest = desk.backups()[-1]
    note = newest.with_name(f"{newest.name}.json")
    if how == "gone":
        note.unlink()
    elif how == "no JSON":
        note.write_text("{")
    elif how == "other digest":
        note.write_text(json.dumps({**json.loads(note.read_bytes()), "sha256": "0" * 64}))
    else:
        shutil.copy(desk.backups()[0], newest)
    before = len(desk.backups())
    tomorrow(desk)
    desk.do("agenda")
    assert str(newest) in desk.err
    assert len(desk.backups()) == before + 1
    rows = {row["backup"]: row["problem"] for row in desk.document("backup", "--list")}
    assert rows[str(newest)] == ("no_note" if how in ("gone", "no JSON") else "changed")
    assert rows[str(desk.backups()[-1])] is None


def test_a_backup_that_does_not_hold_takes_no_good_one_away(desk: Desk) -> None:
    good = desk.backups()[-2]
    flip(desk.backups()[-1], 7000)
    desk.clock += timedelta(days=400)
    for _ in range(6):
        tomorrow(desk)
        desk.do("note", "LI-001", f"day {desk.clock:%d}")
    assert desk.backups()[0].exists()
    names = [one.name for one in desk.backups()]
    assert good.name in names, "the newest of its day that holds"


def test_thinning_keeps_the_only_backups_of_what_the_file_lacks(desk: Desk) -> None:
    newest = desk.backups()[-1]
    put_back(desk)
    desk.clock += timedelta(days=500)
    for _ in range(5):
        tomorrow(desk)
        desk.give("note", "LI-001", f"day {desk.clock:%d}")
    assert newest in desk.backups()
    desk.do("go-on")
    for _ in range(3):
        tomorrow(desk)
        desk.give("note", "LI-001", f"day {desk.clock:%d}")
    assert newest in desk.backups()


def test_a_changed_backup_whose_facts_hold_is_restored_with_a_word(desk: Desk) -> None:
    desk.do("agenda")
    desk.do("backup")
    newest = desk.backups()[-1]
    with closing(sqlite3.connect(newest)) as connection:
        connection.execute("UPDATE derived SET horizon = '2026-01-01'")
        connection.commit()
    desk.do("restore", str(newest), str(desk.folder / "again.studyday"))
    assert "is no longer, byte for byte, what was written" in desk.err
