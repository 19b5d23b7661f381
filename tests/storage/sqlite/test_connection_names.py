"""Files and folders with names that a careless program stumbles over."""

from pathlib import Path

import pytest

from app.storage.sqlite.backups import backups_of, folder_of, make_backup, restore
from tests.storage.study_files import START, add, beside, filled, new, performed, refused, reopened, snapshot, stamp


@pytest.mark.parametrize(
    "name",
    [
        "two words",
        "a#b",
        "what?mode=ro",
        "100%",
        "100%25",
        "it's",
        'a "b"',
        "é ö",
        "e\u0301",
        "中文名字",
        "a&b=c;d",
        "[a-z]*",
        "-rf",
        "a:b",
        ":memory:",
        "file:x",
        "liver-20261123T080000Z-6",
        "a.studyday.b",
        "name.",
        "n" * 200,
    ],
)
def test_any_name_will_do(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / name[:30]
    folder.mkdir()
    path = filled(folder / f"{name[:191]}.studyday")
    store = reopened(path)
    assert store.path == path
    add(store, performed("A", "2026-12-21"))
    # SQLite takes paths of up to 512 bytes.
    backups = tmp_path / "b" if len(name) == 200 else folder_of(path)
    made = make_backup(store, START, backups)
    store.close()
    (found,) = backups_of(path, backups)
    assert found.path == made
    target = folder / f"{name[:182]} restored.studyday"
    backup = reopened(made)
    assert backup.backup
    restore(backup, target, stamp(300))
    backup.close()
    monkeypatch.chdir(folder)
    again = reopened(Path(target.name))
    assert again.head().seq == 8
    again.close()
    assert beside(path) == sorted([target.name, *([backups.name] if backups.parent == folder else [])])
    assert sorted(one.name for one in made.parent.iterdir()) == sorted([made.name, f"{made.name}.json"])


def test_a_file_named_as_sqlite_names_memory_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    filled(Path(":memory:"))
    store = reopened(Path(":memory:"))
    assert store.head().seq == 6
    store.close()
    assert [one.name for one in tmp_path.iterdir()] == [":memory:"]


def test_a_path_longer_than_sqlite_takes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / ("a" * 200) / ("b" * 200) / ("c" * 200) / "liver.studyday"
    refused("cannot_open", lambda: new(path))
    assert snapshot(tmp_path) == {}
