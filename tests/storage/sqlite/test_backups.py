"""Backups: whole or not there, marked as what they are, restored into a new file, and thinned by a rule."""

import hashlib
import json
import shutil
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from app.domain.refusal import Refused
from app.storage.sqlite import backups
from app.storage.sqlite.backups import (
    Backup,
    backups_of,
    folder_of,
    make_backup,
    read_note,
    restore,
    to_remove,
)
from app.storage.sqlite.fact_store import SqliteStore
from app.storage.sqlite.open_file import open_study
from tests.storage.study_files import (
    HOLDER,
    START,
    STORY,
    add,
    beside,
    filled,
    large,
    marks_beside,
    performed,
    raw,
    refused,
    reopened,
    snapshot,
    stamp,
    tampering,
    told,
)

FIRST = "liver-20261123T080000Z-6.studyday"
HOUR = timedelta(hours=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return filled(tmp_path / "liver.studyday")


def backed_up(path: Path, moment: datetime = START) -> Path:
    store = reopened(path)
    made = make_backup(store, moment)
    store.close()
    return made


def restored(backup: Path, target: Path) -> None:
    store = reopened(backup)
    try:
        restore(store, target, stamp(300))
    finally:
        store.close()


# Making one


def test_a_backup_is_named_and_noted(path: Path) -> None:
    store = reopened(path)
    before = path.read_bytes()
    made = make_backup(store, START)
    assert path.read_bytes() == before
    head = store.head()
    store.close()
    assert made == path.parent / "liver-backups" / FIRST
    assert sorted(one.name for one in made.parent.iterdir()) == [FIRST, f"{FIRST}.json"]
    digest = hashlib.sha256(made.read_bytes()).hexdigest()
    note = {"backup": FIRST, "facts": 6, "head": head.digest.hex(), "sha256": digest}
    assert json.loads(made.with_name(f"{FIRST}.json").read_text()) == note
    assert read_note(made) == Backup(made, START, 6, head.digest.hex(), digest)
    assert backups_of(path) == [Backup(made, START, 6)]
    assert marks_beside(path) == {6: head.digest}
    assert stat.S_IMODE(made.stat().st_mode) == 0o600


def test_a_backup_says_in_its_header_that_it_is_one_and_is_opened_to_read(path: Path) -> None:
    made = backed_up(path)
    assert made.read_bytes()[68:72] == b"SDb1"
    before = snapshot(made.parent)
    study = reopened(path)
    store = reopened(made)
    assert (store.backup, store.read_only, store.broken, store.recovered) == (True, True, None, False)
    assert told(store) == told(study)
    assert store.verify() == study.head()
    refused("read_only", lambda: add(store, performed("A", "2026-12-21")))
    store.close()
    study.close()
    assert snapshot(made.parent) == before


def test_the_name_has_the_moment_in_utc(path: Path) -> None:
    made = backed_up(path, datetime(2027, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=1))))
    assert made.name == "liver-20261231T233000Z-6.studyday"


def test_a_backup_into_another_folder(path: Path, tmp_path: Path) -> None:
    store = reopened(path)
    made = make_backup(store, START, tmp_path / "stick" / "a")
    store.close()
    assert made == tmp_path / "stick" / "a" / FIRST
    assert backups_of(path) == []
    assert backups_of(path, made.parent) == [Backup(made, START, 6)]
    assert beside(path) == ["stick"]


def test_progress_is_told_in_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backups, "_PAGES", 10)
    path = large(tmp_path / "liver.studyday")
    pages = len(path.read_bytes()) // 4096
    seen: list[tuple[int, int]] = []
    store = reopened(path)
    make_backup(store, START, progress=lambda done, total: seen.append((done, total)))
    store.close()
    assert seen == [*((done, pages) for done in range(10, pages, 10)), (pages, pages)]


def test_backups_are_listed_by_their_moment_and_only_the_studys_own(path: Path) -> None:
    folder = folder_of(path)
    folder.mkdir()
    names = [
        "liver-20261123T080000Z-6.studyday",
        "liver-20261123T080000Z-7.studyday",
        "liver-20251123T080000Z-9.studyday",
    ]
    others = [
        "lung-20261123T080000Z-6.studyday",
        "liver-20261323T080000Z-6.studyday",
        "liver-20261123T080000Z-6.studyday.json",
        "liver-20261123T080000Z-6.studyday-journal",
        ".liver-20261123T080000Z-6.studyday.part",
        "liver-20261123T080000-6.studyday",
        "liver-20261123T080000Z-x.studyday",
        "liver-2-20261123T080000Z-6.studyday",
        "letter.txt",
    ]
    for name in [*names, *others]:
        (folder / name).touch()
    assert [one.path.name for one in backups_of(path)] == [names[2], names[0], names[1]]
    assert [(one.at.year, one.seq) for one in backups_of(path)] == [(2025, 9), (2026, 6), (2026, 7)]


def test_a_study_without_backups(path: Path) -> None:
    assert backups_of(path) == []
    assert marks_beside(path) == {}


# When it fails


def fails_at_the_rename(monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if target.suffix == ".studyday":
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)


def fails_at_the_note(monkeypatch: pytest.MonkeyPatch) -> None:
    def write(*_rest: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "write_atomically", write)


def fails_at_the_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    def sync(_handle: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("os.fsync", sync)


def copies_badly(monkeypatch: pytest.MonkeyPatch) -> None:
    real = backups._copy

    def copy(source: object, part: Path, *rest: object) -> None:
        real(source, part, *rest)  # type: ignore[arg-type]
        with tampering(part) as connection:
            connection.execute("UPDATE fact SET who = 'Ida' WHERE seq = 4")

    monkeypatch.setattr(backups, "_copy", copy)


def copies_too_little(monkeypatch: pytest.MonkeyPatch) -> None:
    real = backups._copy

    def copy(source: object, part: Path, *rest: object) -> None:
        real(source, part, *rest)  # type: ignore[arg-type]
        with tampering(part) as connection:
            connection.execute("DELETE FROM fact WHERE seq = 6")
            connection.execute("UPDATE head SET (seq, digest) = (SELECT seq, digest FROM fact WHERE seq = 5)")

    monkeypatch.setattr(backups, "_copy", copy)


def copies_pages_of_zeros(monkeypatch: pytest.MonkeyPatch) -> None:
    real = backups._copy

    def copy(source: object, part: Path, *rest: object) -> None:
        real(source, part, *rest)  # type: ignore[arg-type]
        whole = part.read_bytes()
        part.write_bytes(whole[:4096] + bytes(len(whole) - 4096))

    monkeypatch.setattr(backups, "_copy", copy)


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (fails_at_the_copy, "unwritable"),
        (copies_badly, "backup_failed"),
        (copies_too_little, "backup_failed"),
        (copies_pages_of_zeros, "backup_failed"),
        (fails_at_the_note, "unwritable"),
        (fails_at_the_rename, "unwritable"),
    ],
)
def test_a_backup_that_fails_leaves_the_older_ones_and_nothing_else(
    path: Path, monkeypatch: pytest.MonkeyPatch, failure: Callable[[pytest.MonkeyPatch], None], kind: str
) -> None:
    for days in range(8):
        backed_up(path, START - timedelta(days=days))
    older = snapshot(folder_of(path))
    store = reopened(path)
    with monkeypatch.context() as patch:
        failure(patch)
        refused(kind, lambda: make_backup(store, START + timedelta(days=400)))
    now = snapshot(folder_of(path))
    assert {name: content for name, content in now.items() if name in older} == older
    assert [name for name in now if name not in older and not name.endswith(".json")] == []
    assert len(backups_of(path)) == 8
    make_backup(store, START + HOUR)
    store.close()


def test_a_broken_chain_is_not_backed_up(path: Path) -> None:
    backed_up(path)
    older = snapshot(folder_of(path))
    with tampering(path) as connection:
        connection.execute("UPDATE fact SET who = 'Ida' WHERE seq = 4")
    store = reopened(path)
    found = refused("backup_of_broken", lambda: make_backup(store, START + HOUR))
    assert found.values == {"path": str(path), "seq": 4}
    store.close()
    assert snapshot(folder_of(path)) == older


def test_what_is_broken_while_it_is_open_is_not_backed_up_either(path: Path) -> None:
    backed_up(path)
    older = snapshot(folder_of(path))
    store = reopened(path)
    store.connection.execute("DROP TRIGGER fact_is_never_changed")
    store.connection.execute("UPDATE fact SET who = 'Ida' WHERE seq = 4")
    refused("backup_failed", lambda: make_backup(store, START + HOUR))
    store.close()
    assert snapshot(folder_of(path)) == older


def test_a_folder_that_cannot_be_made(path: Path) -> None:
    folder_of(path).write_text("a file")
    store = reopened(path)
    found = refused("no_room_for_backups", lambda: make_backup(store, START))
    store.close()
    assert found.values == {"path": str(folder_of(path))}
    assert folder_of(path).read_text() == "a file"


def test_a_link_to_nothing_is_no_folder_for_backups(path: Path) -> None:
    folder_of(path).symlink_to("gone")
    store = reopened(path)
    refused("no_room_for_backups", lambda: make_backup(store, START))
    store.close()
    assert folder_of(path).is_symlink()


def test_only_the_studys_own_unfinished_backups_are_cleared_away(path: Path) -> None:
    # The folder may be anybody's.
    folder = folder_of(path)
    folder.mkdir()
    own = [
        ".liver-20261122T080000Z-5.studyday.part",
        ".liver-20261122T080000Z-5.studyday.part-journal",
        ".liver-20261122T080000Z-5.studyday.json.x1_y.part",
    ]
    others = [".lung-20261122T080000Z-5.studyday.part", ".film.part", "film.part", ".liver.part", "liver.txt"]
    for name in [*own, *others]:
        (folder / name).write_text("half")
    backed_up(path)
    assert sorted(one.name for one in folder.iterdir()) == sorted([*others, FIRST, f"{FIRST}.json"])


def test_a_new_backup_thins_the_older_ones_with_their_notes(path: Path) -> None:
    for hours in (0, 1, 2, 3):
        backed_up(path, START + hours * HOUR)
    other = folder_of(path) / "letter.txt"
    other.write_text("x")
    # Four days later only the newest of that day is kept, and three in all.
    made = backed_up(path, START + timedelta(days=4))
    kept = ["liver-20261123T100000Z-6.studyday", "liver-20261123T110000Z-6.studyday", made.name]
    assert [one.path.name for one in backups_of(path)] == kept
    assert set(snapshot(folder_of(path))) == {"letter.txt", *kept, *(f"{name}.json" for name in kept)}


def test_the_disk_has_the_new_backup_before_an_older_one_goes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    older = [backed_up(path, START + hours * HOUR) for hours in range(4)]
    seen: list[list[Path]] = []
    monkeypatch.setattr(backups, "sync_folder", lambda _folder: seen.append([one.path for one in backups_of(path)]))
    made = backed_up(path, START + timedelta(days=4))
    assert seen == [[*older, made]]
    assert len(backups_of(path)) == 3


# Notes


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"7",
        b"\xff\xfe",
        b"{}",
        b'{"facts": 6, "head": "00"}',
        b'{"facts": "six", "head": "00", "sha256": "00"}',
        b'{"facts": null, "head": "00", "sha256": "00"}',
        b'{"facts": 1e999, "head": "00", "sha256": "00"}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_note_is_none(path: Path, note: bytes) -> None:
    made = backed_up(path)
    made.with_name(f"{made.name}.json").write_bytes(note)
    assert read_note(made) is None
    assert marks_beside(path) == {}
    restored(made, path.with_name("restored.studyday"))


def test_a_note_that_is_missing_or_has_no_digest(path: Path) -> None:
    made = backed_up(path)
    note = made.with_name(f"{made.name}.json")
    note.write_text('{"facts": 6, "head": "no digest", "sha256": ""}')
    assert marks_beside(path) == {}
    note.unlink()
    assert read_note(made) is None


# Restoring


def test_what_is_restored_is_equal_and_one_fact_longer(path: Path) -> None:
    target = path.parent / "new" / "again.studyday"
    made = backed_up(path)
    before = snapshot(made.parent)
    store = reopened(path)
    facts, head = store.facts(), store.head()
    store.close()
    restored(made, target)
    assert snapshot(made.parent) == before
    assert beside(target) == []
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert target.read_bytes()[68:72] == b"SDy1"
    again = reopened(target)
    assert (again.backup, again.read_only, again.broken) == (False, False, None)
    assert again.facts()[:-1] == facts
    last = again.facts()[-1]
    assert (last.seq, last.command, last.kind, last.who) == (7, 4, "restored", "Eva Ek")
    assert last.fields == {"backup": FIRST, "head": str(head), "facts": 6}
    digest = head.digest.hex()
    assert str(head) == f"6 · {digest[:4]} {digest[4:8]} {digest[8:12]} {digest[12:16]}"
    assert again.verify({6: head.digest}) == again.head()
    add(again, performed("A", "2026-12-21"))
    again.close()


def test_any_readable_study_can_be_restored_from(path: Path) -> None:
    target = path.with_name("again.studyday")
    store = open_study(path, HOLDER, stamp(), writing=False)
    restore(store, target, stamp(300))
    store.close()
    again = reopened(target)
    assert again.head().seq == 7
    again.close()


def test_nothing_is_restored_over_something(path: Path) -> None:
    made = backed_up(path)
    before = snapshot(path.parent)
    refused("exists", lambda: restored(made, path))
    assert snapshot(path.parent) == before


@pytest.mark.parametrize("links", [True, False], ids=["by a link", "by a rename"])
def test_what_has_taken_the_name_meanwhile_stays(path: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    made, target = backed_up(path), path.with_name("again.studyday")
    real = backups._same_head

    def meanwhile(*rest: object) -> None:
        real(*rest)  # type: ignore[arg-type]
        target.write_text("a letter")

    def no_links(*_rest: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(backups, "_same_head", meanwhile)
    if not links:
        monkeypatch.setattr("os.link", no_links)
    refused("exists", lambda: restored(made, target))
    assert target.read_text() == "a letter"
    assert beside(path) == ["again.studyday", "liver-backups"]


def test_a_disk_without_links_has_the_restored_file_too(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_rest: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    made, target = backed_up(path), path.with_name("again.studyday")
    monkeypatch.setattr("os.link", no_links)
    restored(made, target)
    assert beside(path) == ["again.studyday", "liver-backups"]
    again = reopened(target)
    assert again.head().seq == 7
    again.close()


@pytest.mark.parametrize("change", [{"facts": 5}, {"facts": 7}, {"head": "00" * 32}])
def test_a_backup_that_is_not_what_its_note_says_is_not_restored(path: Path, change: dict[str, object]) -> None:
    made = backed_up(path)
    note = made.with_name(f"{made.name}.json")
    note.write_text(json.dumps({**json.loads(note.read_text()), **change}))
    before = snapshot(path.parent)
    refused("backup_changed", lambda: restored(made, path.with_name("again.studyday")))
    assert snapshot(path.parent) == before


def test_another_chain_under_the_name_of_a_backup_is_not_restored(path: Path, tmp_path: Path) -> None:
    made = backed_up(path)
    (tmp_path / "other").mkdir()
    other = backed_up(filled(tmp_path / "other" / "liver.studyday"))
    made.write_bytes(other.read_bytes())
    refused("backup_changed", lambda: restored(made, path.with_name("again.studyday")))
    assert not path.with_name("again.studyday").exists()


def test_a_broken_backup_is_not_restored(path: Path) -> None:
    made = backed_up(path)
    with tampering(made) as connection:
        connection.execute("UPDATE fact SET who = 'Ida' WHERE seq = 4")
    found = refused("chain_broken", lambda: restored(made, path.with_name("again.studyday")))
    assert found.values == {"path": str(made), "seq": 4}
    assert not path.with_name("again.studyday").exists()


@pytest.mark.parametrize("failure", [fails_at_the_copy, copies_badly, copies_too_little, copies_pages_of_zeros])
def test_a_restore_that_fails_leaves_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch, failure: Callable[[pytest.MonkeyPatch], None]
) -> None:
    made = backed_up(path)
    before = snapshot(path.parent)
    with monkeypatch.context() as patch:
        failure(patch)
        with pytest.raises(Refused):
            restored(made, path.with_name("again.studyday"))
    assert snapshot(path.parent) == before


def test_a_study_restored_from_an_older_backup_is_not_the_chain_that_went_on(path: Path) -> None:
    made = backed_up(path)
    store = reopened(path)
    add(store, STORY[1])
    make_backup(store, START + HOUR)
    store.close()
    path.unlink()
    restored(made, path)
    store = reopened(path)
    broken = store.verify(marks_beside(path))
    assert broken.seq == 7
    store.close()


# What is kept


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def days(first: str, last: str) -> list[str]:
    """One moment a day, at ten."""
    found, day = [], at(f"{first} 10:00")
    while day <= at(f"{last} 10:00"):
        found.append(f"{day:%Y-%m-%d %H:%M}")
        day += timedelta(days=1)
    return found


def on(*dates: str) -> list[str]:
    return [f"{one} 10:00" for one in dates]


NOW = "2026-11-23 12:00"
"""A Monday."""


@pytest.mark.parametrize(
    ("moment", "made", "kept"),
    [
        pytest.param(NOW, [], [], id="none"),
        pytest.param(
            NOW,
            [f"2026-11-{day} {hour:02}:00" for day in (22, 23) for hour in range(12)] + ["2026-11-21 12:00"],
            [f"2026-11-{day} {hour:02}:00" for day in (22, 23) for hour in range(12)] + ["2026-11-21 12:00"],
            id="all of the last two days",
        ),
        pytest.param(
            NOW,
            ["2026-11-23 11:00", "2026-11-23 10:00", "2026-11-23 09:00", "2026-11-21 11:59", "2026-11-21 11:58"],
            ["2026-11-23 11:00", "2026-11-23 10:00", "2026-11-23 09:00", "2026-11-21 11:59"],
            id="then the newest of a day",
        ),
        pytest.param(
            NOW,
            [f"2026-11-01 0{hour}:00" for hour in (1, 2, 3)],
            [f"2026-11-01 0{hour}:00" for hour in (1, 2, 3)],
            id="three at least",
        ),
        pytest.param(
            NOW,
            [f"2026-11-01 0{hour}:00" for hour in (1, 2, 3, 4)],
            [f"2026-11-01 0{hour}:00" for hour in (2, 3, 4)],
            id="three and no fourth",
        ),
        pytest.param(
            NOW,
            days("2026-10-20", "2026-11-23"),
            [
                *on("2026-11-22", "2026-11-23"),
                *days("2026-11-10", "2026-11-21"),  # twelve days
                *on("2026-11-08", "2026-11-01", "2026-10-25"),  # Sundays; those of the 15th and 21st are there
                *on("2026-10-31"),  # the end of a month
            ],
            id="twelve days",
        ),
        pytest.param(
            NOW,
            days("2026-08-01", "2026-11-23"),
            [
                *days("2026-11-10", "2026-11-23"),
                # The ten weeks begin with those of 21 and 15 November.
                *on("2026-11-08", "2026-11-01", "2026-10-25", "2026-10-18"),
                *on("2026-10-11", "2026-10-04", "2026-09-27", "2026-09-20"),
                *on("2026-10-31", "2026-09-30", "2026-08-31"),
            ],
            id="ten weeks",
        ),
        pytest.param(
            NOW,
            days("2025-06-01", "2026-11-23"),
            [
                *days("2026-11-10", "2026-11-23"),
                *on("2026-11-08", "2026-11-01", "2026-10-25", "2026-10-18"),
                *on("2026-10-11", "2026-10-04", "2026-09-27", "2026-09-20"),
                # The twelve months begin with 21 November.
                *on("2026-10-31", "2026-09-30", "2026-08-31", "2026-07-31", "2026-06-30", "2026-05-31"),
                *on("2026-04-30", "2026-03-31", "2026-02-28", "2026-01-31", "2025-12-31"),
            ],
            id="twelve months",
        ),
        pytest.param(
            "2027-01-25 12:00",
            days("2026-10-01", "2027-01-25"),
            [
                *days("2027-01-12", "2027-01-25"),
                # The week of Monday 28 December ends on Sunday 3 January and is one week.
                *on("2027-01-10", "2027-01-03", "2026-12-27", "2026-12-20"),
                *on("2026-12-13", "2026-12-06", "2026-11-29", "2026-11-22"),
                *on("2026-12-31", "2026-11-30", "2026-10-31"),
            ],
            id="the turn of the year",
        ),
        pytest.param(
            NOW,
            ["2026-11-01 01:00", "2026-11-01 02:00", *on("2027-05-01", "2027-05-02", "2031-01-01")],
            ["2026-11-01 02:00", *on("2027-05-01", "2027-05-02", "2031-01-01")],
            id="the clock was set back",
        ),
        pytest.param(
            NOW,
            [f"2026-{month:02}-05 10:00" for month in range(1, 12)]
            + [f"2025-{month:02}-05 10:00" for month in (10, 12)],
            [f"2026-{month:02}-05 10:00" for month in range(1, 12)] + ["2025-12-05 10:00"],
            id="one a month",
        ),
    ],
)
def test_what_is_kept(moment: str, made: list[str], kept: list[str]) -> None:
    found = [Backup(Path(f"{one}.studyday"), at(one), 1) for one in made]
    removed = {one.path.stem for one in to_remove(found, at(moment))}
    assert sorted(set(made) - removed) == sorted(set(kept))
    assert {one.path.stem for one in to_remove(reversed(found), at(moment))} == removed, "in any order"


def test_of_two_in_one_second_the_one_with_more_facts_is_newer() -> None:
    moment = at("2026-11-01 10:00")
    found = [Backup(Path(f"{seq}"), moment, seq) for seq in (4, 5, 6, 7)]
    assert to_remove(found, at(NOW)) == [found[0]]


def test_a_backup_made_after_the_clock_was_set_back_stays(path: Path) -> None:
    later = [backed_up(path, START + timedelta(days=365 + n)) for n in range(4)]
    now = backed_up(path, START)
    assert [one.path for one in backups_of(path)] == [now, *later]


def test_an_old_backup_opens_even_when_its_cached_tables_are_others(path: Path) -> None:
    made = backed_up(path)
    with raw(made) as connection:
        connection.execute("ALTER TABLE visit ADD COLUMN more TEXT")
    store: SqliteStore = reopened(made)
    assert (store.broken, len(store.facts())) == (None, 6)
    store.close()


# Another study's backups of the same name


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """Another study of the same name."""
    (tmp_path / "elsewhere").mkdir()
    return filled(tmp_path / "elsewhere" / "liver.studyday")


def backed_up_to(folder: Path, path: Path, moment: datetime) -> Path:
    store = reopened(path)
    try:
        return make_backup(store, moment, folder)
    finally:
        store.close()


def test_two_studies_of_one_name_thin_only_their_own_backups(path: Path, theirs: Path, tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    other = [backed_up_to(folder, theirs, START + hours * HOUR) for hours in range(4)]
    kept = snapshot(folder)
    own = [backed_up_to(folder, path, START + timedelta(minutes=30) + hours * HOUR) for hours in range(4)]
    last = backed_up_to(folder, path, START + timedelta(days=9))
    now = snapshot(folder)
    assert {name: now[name] for name in kept} == kept
    assert {one.path for one in backups_of(path, folder)} == {*other, *own[2:], last}


def test_a_backup_of_another_study_made_in_the_same_second_stays(path: Path, theirs: Path, tmp_path: Path) -> None:
    backed_up_to(tmp_path / "disk", theirs, START)
    kept = snapshot(tmp_path / "disk")
    made = backed_up_to(tmp_path / "disk", path, START)
    assert made.name == "liver-20261123T080001Z-6.studyday", "the next second is free"
    now = snapshot(tmp_path / "disk")
    assert {name: now[name] for name in kept} == kept
    assert read_note(made) is not None


def test_two_states_with_as_many_facts_in_one_second_both_have_a_backup(path: Path) -> None:
    shutil.copy2(path, path.with_name("older"))
    for day in ("2026-12-21", "2026-12-22", "2026-12-23"):
        shutil.copy2(path.with_name("older"), path)
        store = reopened(path)
        add(store, performed("A", day))
        head = store.head()
        made = make_backup(store, START)
        assert make_backup(store, START) == made, "the same state needs no second one"
        store.close()
        note = read_note(made)
        assert note is not None
        assert (note.seq, note.digest) == (7, head.digest.hex())
    assert [one.path.name for one in backups_of(path)] == [
        f"liver-20261123T08000{second}Z-7.studyday" for second in (0, 1, 2)
    ]


def test_when_every_name_of_a_minute_is_taken_no_backup_is_written_over(path: Path, theirs: Path) -> None:
    folder = folder_of(path)
    for second in range(60):
        backed_up_to(folder, theirs, START + timedelta(seconds=second))
    kept = snapshot(folder)
    refused("exists", lambda: backed_up_to(folder, path, START))
    assert snapshot(folder) == kept


@pytest.mark.parametrize("name", [FIRST, f"{FIRST}.json"])
@pytest.mark.parametrize("kind", ["text", "folder", "link", "link to nothing"])
def test_a_backup_replaces_nothing_that_is_none(path: Path, tmp_path: Path, name: str, kind: str) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    if kind == "text" and name != FIRST:
        pytest.skip("a note without its backup is what a killed process leaves")
    if kind == "text":
        (folder / name).write_text("mine")
    elif kind == "folder":
        (folder / name).mkdir()
    else:
        (folder / name).symlink_to(path if kind == "link" else "nothing")
    whole = path.read_bytes()
    refused("exists", lambda: backed_up_to(folder, path, START))
    assert [one.name for one in folder.iterdir()] == [name]
    assert path.read_bytes() == whole
