"""Files that are no study, or a damaged one: each is refused by its kind and left exactly as it was."""

import io
import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.facts.chain_head import Broken
from app.domain.refusal import Refused
from app.storage.sqlite.open_file import open_study, open_to_rescue
from tests.storage.study_files import (
    HOLDER,
    PAGE,
    add,
    filled,
    large,
    performed,
    raw,
    refused,
    reopened,
    snapshot,
    stamp,
    tampering,
    told,
)

both_ways = pytest.mark.parametrize("writing", [True, False], ids=["to work in", "to read"])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "liver.studyday"


def stays_refused(path: Path, kind: str, writing: bool = True) -> Refused:
    """Opening is refused for that reason, and everything in the folder is as it was."""
    before = snapshot(path.parent)
    found = refused(kind, lambda: open_study(path, HOLDER, stamp(), writing))
    assert snapshot(path.parent) == before
    return found


@both_ways
def test_a_missing_file(path: Path, writing: bool) -> None:
    assert stays_refused(path, "no_study", writing).values == {"path": str(path)}
    assert list(path.parent.iterdir()) == []


def test_a_missing_folder(tmp_path: Path) -> None:
    stays_refused(tmp_path / "gone" / "liver.studyday", "no_study")
    assert list(tmp_path.iterdir()) == []


def test_a_place_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    found = refused("study_unreadable", lambda: reopened(tmp_path / "file" / "liver.studyday"))
    assert found.values == {"path": str(tmp_path / "file" / "liver.studyday"), "problem": "not a directory"}
    assert snapshot(tmp_path) == {"file": b"x"}


@both_ways
def test_a_folder(path: Path, writing: bool) -> None:
    path.mkdir()
    stays_refused(path, "not_a_study", writing)
    assert list(path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_named_pipe_is_not_waited_for(path: Path) -> None:
    os.mkfifo(path)
    refused("not_a_study", lambda: reopened(path))


def test_links_that_go_round(path: Path) -> None:
    path.symlink_to(path)
    refused("study_unreadable", lambda: reopened(path))


@both_ways
@pytest.mark.parametrize("nameless", [".", "/"])
def test_a_folder_without_a_name(nameless: str, writing: bool) -> None:
    refused("not_a_study", lambda: open_study(Path(nameless), HOLDER, stamp(), writing))


IN_THE_WAY: dict[str, Callable[[Path], None]] = {
    "a folder": Path.mkdir,
    "a link that goes round": lambda side: side.symlink_to(side),
    "a link to nothing": lambda side: side.symlink_to("nothing"),
    "a link to a file": lambda side: side.symlink_to("liver.studyday"),
    "a pipe that nobody writes to": os.mkfifo,
}


@both_ways
@pytest.mark.parametrize("put", IN_THE_WAY.values(), ids=IN_THE_WAY)
@pytest.mark.parametrize("ending", ["-journal", "-wal"])
def test_what_has_the_name_of_a_side_file_is_named_and_left(
    path: Path, ending: str, put: Callable[[Path], None], writing: bool
) -> None:
    filled(path)
    side = path.with_name(path.name + ending)
    put(side)
    found = refused("no_room_for_journal", lambda: open_study(path, HOLDER, stamp(), writing))
    assert found.values == {"path": str(side)}
    refused("no_room_for_journal", lambda: open_to_rescue(path))
    assert os.path.lexists(side)
    assert len(list(path.parent.iterdir())) == 2


def test_a_name_that_leaves_no_room_for_a_journal(path: Path) -> None:
    long = filled(path).rename(path.with_name("l" * 250))
    before = snapshot(path.parent)
    refused("study_unreadable", lambda: reopened(long))  # "-journal" would make it 258 bytes
    assert snapshot(path.parent) == before
    deep = path.parent / ("d" * 200) / ("e" * 200)
    deep.mkdir(parents=True)
    far = long.rename(deep / ("f" * 100 + ".studyday"))
    assert refused("name_too_long", lambda: reopened(far)).values == {"path": str(far)}


def archive() -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as file:
        file.writestr("letter.txt", "x" * 500)
    return whole.getvalue()


@both_ways
@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty_file"),
        (b"S", "damaged"),
        (b"x", "not_a_study"),
        (b"Dear colleague,\n" * 100, "not_a_study"),
        (b"SQLite format 3, says this letter\n" * 100, "not_a_study"),
        (archive(), "not_a_study"),
        (random.Random(1).randbytes(99), "not_a_study"),
        (random.Random(2).randbytes(20_000), "not_a_study"),
        (b"\x00" * 8192, "not_a_study"),
    ],
    ids=["empty", "one byte of ours", "one other byte", "text", "sly text", "zip", "short", "random", "zeros"],
)
def test_a_file_of_another_kind(path: Path, content: bytes, kind: str, writing: bool) -> None:
    path.write_bytes(content)
    assert stays_refused(path, kind, writing).values["path"] == str(path)


@both_ways
@pytest.mark.parametrize("application", [0, 1, 0x53447932, -1])
def test_the_file_of_another_program(path: Path, application: int, writing: bool) -> None:
    with raw(path) as connection:
        connection.execute("CREATE TABLE fact (seq INTEGER PRIMARY KEY)")
        connection.execute(f"PRAGMA application_id = {application}")
        connection.execute("PRAGMA user_version = 1")
    stays_refused(path, "not_a_study", writing)


@both_ways
@pytest.mark.parametrize(
    "keep",
    [
        lambda size: 1,
        lambda size: 50,
        lambda size: 99,
        lambda size: 100,
        lambda size: 4096,
        lambda size: size // 2,
        lambda size: size - 4096,
        lambda size: size - 1,
    ],
    ids=["1", "50", "99", "100", "one page", "half", "all but a page", "all but a byte"],
)
def test_a_file_that_was_cut_short(path: Path, keep: Callable[[int], int], writing: bool) -> None:
    whole = large(path).read_bytes()
    path.write_bytes(whole[: keep(len(whole))])
    stays_refused(path, "damaged", writing)


def test_a_file_cut_short_by_pages_that_are_free(path: Path) -> None:
    with raw(large(path)) as connection:
        connection.execute("CREATE TABLE more (x)")
        connection.execute("INSERT INTO more VALUES (zeroblob(50000))")
        connection.execute("DROP TABLE more")
        assert connection.execute("PRAGMA freelist_count").fetchone()[0] > 10
    path.write_bytes(path.read_bytes()[: -5 * PAGE])
    stays_refused(path, "damaged")


def test_a_file_cut_short_with_an_empty_journal_beside(path: Path) -> None:
    whole = large(path).read_bytes()
    path.write_bytes(whole[:PAGE])
    path.with_name("liver.studyday-journal").write_bytes(b"")
    stays_refused(path, "damaged")


@both_ways
@pytest.mark.parametrize(("version", "kind"), [(4, "newer"), (101, "newer"), (-1, "newer")])
def test_the_file_of_a_newer_program(path: Path, version: int, kind: str, writing: bool) -> None:
    with raw(filled(path)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    found = stays_refused(path, kind, writing)
    assert (found.values["version"], found.values["ours"]) == (version % 2**32, 3)


@pytest.mark.parametrize(("writing", "kind"), [(True, "damaged"), (False, "old_read_only")])
def test_a_version_that_never_was(path: Path, writing: bool, kind: str) -> None:
    with raw(filled(path)) as connection:
        connection.execute("PRAGMA user_version = 0")
    stays_refused(path, kind, writing)


@both_ways
@pytest.mark.parametrize(
    ("change", "name"),
    [
        ("CREATE TABLE notes (x TEXT) STRICT", "table notes"),
        ("CREATE TABLE visits (x TEXT)", "table visits"),
        ("CREATE VIEW everyone AS SELECT who FROM fact", "view everyone"),
        ("CREATE INDEX fact_who ON fact (who)", "index fact_who on fact"),
        ("CREATE INDEX visit_who ON fact (who)", "index visit_who on fact"),
        ("CREATE TRIGGER t AFTER INSERT ON fact BEGIN DELETE FROM head; END", "trigger t"),
        ("CREATE TRIGGER visit AFTER INSERT ON visit BEGIN DELETE FROM head; END", "trigger visit"),
        ("DROP TRIGGER fact_is_never_deleted", "trigger fact_is_never_deleted"),
        ("DROP TRIGGER fact_is_never_changed", "trigger fact_is_never_changed"),
        ("DROP TRIGGER fact_follows_the_last", "trigger fact_follows_the_last"),
        ("DROP INDEX fact_kind", "index fact_kind on fact"),
        ("DROP TABLE head", "table head"),
        ("DROP TABLE fact", "index fact_about on fact"),
        ("ALTER TABLE fact ADD COLUMN more TEXT", "table fact"),
        ("ALTER TABLE head RENAME COLUMN seq TO number", "table head"),
        ("ANALYZE", "table sqlite_stat1"),
        ("CREATE VIRTUAL TABLE found USING fts5(x)", "table found"),
    ],
)
def test_a_schema_with_anything_else_in_it(path: Path, change: str, name: str, writing: bool) -> None:
    with raw(filled(path)) as connection:
        connection.execute(change)
    assert stays_refused(path, "strange_schema", writing).values["name"] == name


def test_a_schema_that_is_no_text(path: Path) -> None:
    # SQLite quotes the schema in its message, which cannot be decoded either.
    whole = filled(path).read_bytes()
    named, made = b"tableheadhead", b"CREATE TABLE head"
    assert named in whole
    assert made in whole
    path.write_bytes(whole.replace(named, b"table\xb3\xb3\xb3\xb3head").replace(made, b"\xb3" * len(made)))
    stays_refused(path, "damaged")


def test_a_trigger_that_was_weakened(path: Path) -> None:
    with raw(filled(path)) as connection:
        connection.execute("DROP TRIGGER fact_is_never_deleted")
        connection.execute("CREATE TRIGGER fact_is_never_deleted BEFORE DELETE ON fact WHEN 0 BEGIN SELECT 1; END")
    assert stays_refused(path, "strange_schema").values["name"] == "trigger fact_is_never_deleted"


@both_ways
@pytest.mark.parametrize("kept", [100, PAGE, 2 * PAGE])
def test_a_good_header_before_zeros(path: Path, kept: int, writing: bool) -> None:
    whole = large(path).read_bytes()
    path.write_bytes(whole[:kept] + bytes(len(whole) - kept))
    stays_refused(path, "damaged", writing)


def test_pages_in_the_wrong_order(path: Path) -> None:
    whole = large(path).read_bytes()
    pages = [whole[i : i + PAGE] for i in range(0, len(whole), PAGE)]
    pages[1], pages[-1] = pages[-1], pages[1]
    good = reopened(path)
    facts = told(good)
    good.close()
    path.write_bytes(b"".join(pages))
    store = reopened(path)
    lost = {one.seq for one in store.lost}
    assert (store.read_only, bool(lost)) == (True, True)
    assert [one for one in told(store) if one[0] not in lost] == [one for one in facts if one[0] not in lost]
    store.close()


def flipped(whole: bytes, start: int, bits: int) -> bytes:
    return whole[:start] + bytes(byte ^ bits for byte in whole[start : start + 64]) + whole[start + 64 :]


@pytest.mark.parametrize(
    ("bits", "ends"),
    [(0xFF, {"damaged", "unused"}), (0x01, {"damaged", "broken", "unused"})],
    ids=["no text any more", "other text"],
)
def test_64_bytes_flipped_in_the_middle_of_any_page_never_pass_unseen(path: Path, bits: int, ends: set[str]) -> None:
    # An index is read instead of the table, so damage in one has to be found as well.
    whole = large(path).read_bytes()
    good = reopened(path)
    facts = told(good)
    good.close()
    seen: set[str] = set()
    for start in range(PAGE // 2, len(whole), PAGE):
        bad = flipped(whole, start, bits)
        path.write_bytes(bad)
        unused = not any(whole[start : start + 64])
        try:
            store = reopened(path)
        except Refused as found:
            ended: str = "unused and refused" if unused else found.kind
        else:
            assert (store.broken is None) == unused, start
            assert store.read_only != unused
            assert not unused or told(store) == facts
            ended = "unused" if unused else "broken"
            store.close()
        seen.add(ended)
        assert snapshot(path.parent) == {path.name: bad}, start
    assert ends <= seen <= {"damaged", "broken", "unused"}


def test_an_index_that_no_longer_agrees_with_its_table(path: Path) -> None:
    # The performed visits would not be found among the facts of their kind.
    whole = large(path).read_bytes()
    with raw(path) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'fact_kind'").fetchone()[0]
    start = (page - 1) * PAGE
    inside = whole[start : start + PAGE]
    assert b"performed" in inside
    changed = inside.replace(b"performed", b"performes", 1)
    path.write_bytes(whole[:start] + changed + whole[start + PAGE :])
    reading = open_study(path, HOLDER, stamp(), writing=False)
    assert (reading.broken, reading.lost) == (Broken(0, "pages"), ())
    found = [one.seq for one in reading.facts(kinds=("performed",))]
    reading.close()
    # To be worked in, the index is made again, and nothing is lost.
    store = reopened(path)
    assert (store.broken, store.read_only, store.mended) == (None, False, True)
    assert [one.seq for one in store.facts(kinds=("performed",))] == found == list(range(2, 62))
    store.close()


def test_text_that_is_no_text_any_more(path: Path) -> None:
    with tampering(filled(path)) as connection:
        connection.execute("UPDATE fact SET lines = CAST(x'22ff22' AS TEXT) WHERE seq = 3")
    store = reopened(path)
    try:
        assert store.broken is not None
        assert (store.broken.seq, store.read_only) == (3, True)
        assert [(one.seq, one.fields["why"]) for one in store.lost] == [(3, "changed_since")]
        assert [one.seq for one in store.facts()] == [1, 2, 3, 4, 5, 6]
    finally:
        store.close()


def test_a_refused_file_is_free_for_others(path: Path) -> None:
    with raw(filled(path)) as connection:
        connection.execute("CREATE TABLE more (x)")
    stays_refused(path, "strange_schema")
    with raw(path) as connection:
        connection.execute("DROP TABLE more")
    store = reopened(path)
    assert store.broken is None
    add(store, performed("SP-C09", "2027-01-04"))
    store.close()
