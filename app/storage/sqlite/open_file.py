"""Opening a study file, in an order that leaves a wrong one untouched, and making a new one."""

import contextlib
import os
from functools import cache
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite

from app.bounded_read import HELD
from app.domain.facts.chain_head import Broken, Head
from app.domain.facts.records import NewFact, Stamp
from app.domain.refusal import Refused
from app.operating_system import identity_of
from app.private_files import make_file, make_folder
from app.progress import Progress
from app.storage.chain import EMPTY
from app.storage.sqlite import schema
from app.storage.sqlite.atomic_files import (
    MAGIC,
    must_leave_room,
    put_in_place,
    remove_idle_journal,
    remove_with_side_files,
    to_put_back,
    unreadable,
)
from app.storage.sqlite.checked_file import Checked, checked_today, readable_before, remember_checked
from app.storage.sqlite.connection import IN_MEMORY, Connection, connect, refusals, transaction
from app.storage.sqlite.fact_store import SqliteStore
from app.storage.sqlite.file_format import (
    APPLICATION_ID,
    BACKUP_ID,
    CACHE_TABLES,
    DERIVED_TABLES,
    KEPT_TABLES,
    PERSON_TABLES,
    READABLE_VERSION,
    SCHEMA_VERSION,
    STATE_TABLES,
)
from app.storage.sqlite.holder_note import Holder, leave_note, read_note, take_note_away
from app.storage.sqlite.migrations import migrate, must_have_steps
from app.storage.sqlite.notes import is_too_long
from app.storage.sqlite.older_visits import keep_older_visits, older_visits

LEAST_BYTES = 100
"""The header of an SQLite file."""
_OURS = (APPLICATION_ID, BACKUP_ID)


def open_study(
    path: Path, holder: Holder, stamp: Stamp, writing: bool = True, progress: Progress | None = None
) -> SqliteStore:
    """Open a study file, alone. A backup, a read-only file and one in a read-only folder are opened for reading.

    The chain is verified; where it is broken, the store is read-only and `broken` is the first broken place. A file of
    an older schema is migrated, but read as it is where it cannot be written or its chain is broken. A file that was
    checked earlier on the day, and that nobody has changed since, is checked from there on.

    Raises:
        Refused: there is no such file, it is no study file, damaged, of a newer program, or somebody has it open.
    """
    path = _place(path)
    found, identity = read_note(path), identity_of(path)
    if identity in HELD:
        # Looking at the file would drop the locks that this process has on it.
        raise _in_use(path, found)
    _look_at(path)
    may_write = writing and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    left_changing = may_write and to_put_back(path)
    connection = _connect(path, may_write, found)
    try:
        version, application = _version(connection, path)
        if application == BACKUP_ID and may_write:
            connection.close()
            may_write = False
            connection = _connect(path, False, found)
        store = SqliteStore(path, connection, not may_write, application == BACKUP_ID, identity=identity)
        known = checked_today(path, stamp.recorded_at) if may_write and found is None else None
        verified = _prove(store, version, stamp, known, progress)
    except BaseException:
        connection.close()
        raise
    if may_write and verified is not None:
        head = verified
        store.on_close.append(lambda: remember_checked(path, stamp.recorded_at, head, store.visits.proved, known))
    if may_write:
        store.recovered, store.rolled_back = found is not None or left_changing, left_changing
        leave_note(path, holder)
        store.on_close.append(lambda: take_note_away(path))
        store.on_close.append(lambda: remove_idle_journal(path))
    if identity is not None:
        HELD.add(identity)
        store.on_close.append(lambda: HELD.discard(identity))
    return store


def open_to_rescue(path: Path) -> SqliteStore:
    """Open any file of ours to read what can be read, however much of it is damaged; it is never written.

    Raises:
        Refused: there is no such file, it is no study file or of a newer program, or no fact in it can be read.
    """
    path = _place(path)
    if identity_of(path) in HELD:
        raise _in_use(path, read_note(path))
    _look_at(path, complete=False)
    store = SqliteStore(path, _connect(path, False, read_note(path), damaged=True), read_only=True)
    try:
        store.salvage()
    except BaseException:
        store.close()
        raise
    return store


def new_study(path: Path, holder: Holder, stamp: Stamp, name: str) -> SqliteStore:
    """Make a new study file; it appears under its name complete, or not at all.

    Raises:
        Refused: there is something already, or it cannot be written.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        if path.exists():
            raise Refused("exists", path=str(path))
        make_folder(path.parent)
        remove_with_side_files(part)
        try:
            make_file(part)
            connection = connect(part, True)
            try:
                with transaction(connection, part):
                    schema.create(connection)
                    store = SqliteStore(part, connection)
                    store.append(stamp, 1, [NewFact("study_made", {"name": name} if name else {})])
            finally:
                connection.close()
            put_in_place(part, path)
        finally:
            remove_with_side_files(part)
    except OSError as error:
        raise Refused("unwritable", path=str(path), problem=(error.strerror or "an error").lower()) from None
    return open_study(path, holder, stamp)


def _place(path: Path) -> Path:
    """Return the real place of a file: its journal and the note are next to it, not next to a link to it."""
    path = path.absolute()
    with contextlib.suppress(OSError):
        if path.is_symlink():
            return Path(os.path.realpath(path))
    return path


def _look_at(path: Path, complete: bool = True) -> None:
    """Refuse what can be seen to be wrong before SQLite touches the file; `complete`: also that its end is missing."""
    try:
        if path.exists() and not path.is_file():
            raise Refused("not_a_study", path=str(path))
        with path.open("rb") as file:
            start = file.read(LEAST_BYTES)
    except FileNotFoundError:
        raise Refused("no_study", path=str(path)) from None
    except OSError as error:
        raise unreadable(path, error) from None
    if not start:
        raise Refused("empty_file", path=str(path))
    if len(start) < LEAST_BYTES:
        raise Refused("damaged" if MAGIC.startswith(start[:16]) else "not_a_study", path=str(path))
    if start[:16] != MAGIC or int.from_bytes(start[68:72], "big") not in _OURS:
        raise Refused("not_a_study", path=str(path))
    version = int.from_bytes(start[60:64], "big")
    if version > SCHEMA_VERSION:
        raise Refused("newer", path=str(path), version=version, ours=SCHEMA_VERSION)
    must_leave_room(path)
    if not complete:
        return
    # SQLite opens a file that was cut short by complete pages without an error where the pages at its end were free.
    pages, size = int.from_bytes(start[28:32], "big"), int.from_bytes(start[16:18], "big")
    expected = pages * (65536 if size == 1 else size)
    if start[24:28] == start[92:96] and expected > path.stat().st_size and not to_put_back(path):
        raise Refused("damaged", path=str(path))


def _connect(path: Path, writing: bool, note: Holder | None, damaged: bool = False) -> Connection:
    try:
        return connect(path, writing, damaged=damaged)
    except Refused as refused:
        if refused.kind == "in_use":
            raise _in_use(path, note) from None
        if refused.kind == "cannot_open" and is_too_long(path):
            raise Refused("name_too_long", path=str(path)) from None
        raise


def _in_use(path: Path, note: Holder | None) -> Refused:
    if note is None:
        return Refused("in_use", path=str(path))
    return Refused("in_use_by", path=str(path), who=note.who, workstation=note.workstation, since=note.since)


def _version(connection: Connection, path: Path) -> tuple[int, int]:
    with refusals(path):
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application not in _OURS:
        raise Refused("not_a_study", path=str(path))
    if version > SCHEMA_VERSION:
        raise Refused("newer", path=str(path), version=version, ours=SCHEMA_VERSION)
    return version, application


def _prove(
    store: SqliteStore, version: int, stamp: Stamp, known: Checked | None, progress: Progress | None
) -> Head | None:
    """Check the file before anything in it is used, and migrate one of an older schema; return its head if it holds.

    Everything is checked, but of a file that is as it was left earlier on the day (`known`) what was added since.
    """
    if version < READABLE_VERSION and store.read_only:
        raise Refused("old_read_only", path=str(store.path), version=version, ours=SCHEMA_VERSION)
    must_have_steps(store.path, version)
    store.unchanged = known is not None and store.digest_of(known.head.seq) == known.head.digest
    pages_hold = store.unchanged or _pages_hold(store) or _hold_without_derived(store)
    if version >= READABLE_VERSION:
        _check_schema(store)
    verified = _verified(store, known, progress) if pages_hold else _salvaged(store)
    if isinstance(verified, Broken):
        if store.salvaged is None:
            store.salvage()
        store.broken = verified
        return None
    if version < SCHEMA_VERSION and not store.read_only:
        migrate(store, version, stamp)
        _check_schema(store)
    _check_derived(store, version)
    if known is not None and store.unchanged and known.visits and store.visits.usable:
        store.visits.proved = True
    return verified


def _verified(store: SqliteStore, known: Checked | None, progress: Progress | None) -> Broken | Head:
    """Return the head of a chain that holds and whose facts can all be read, else the first place that is not so."""
    after = known.head if known is not None and store.unchanged else EMPTY
    verified = store.verify(progress=progress, after=after)
    if isinstance(verified, Broken):
        return verified
    before = readable_before(store.path)
    read = before.seq if before.seq > after.seq and store.digest_of(before.seq) == before.digest else after.seq
    odd = store.first_unreadable(read, progress)
    return Broken(odd, "unreadable") if odd else verified


def _salvaged(store: SqliteStore) -> Broken:
    """Read a file with damaged pages fact by fact; return its first place that cannot be read."""
    lost = store.salvage().lost
    return Broken(lost[0].seq, "unreadable") if lost else Broken(0, "pages")


def _pages_hold(store: SqliteStore, check: str = "integrity_check(1)") -> bool:
    try:
        with refusals(store.path):
            return bool(store.connection.execute(f"PRAGMA {check}").fetchone()[0] == "ok")
    except Refused as refused:
        if refused.kind != "damaged":
            raise
        return False


def _hold_without_derived(store: SqliteStore) -> bool:
    """Throw what can be made again away, and the indexes; keep that only if all pages then hold."""
    if store.read_only:
        return False
    store.mended = _made_again(store) or (_facts_hold(store) and _cut_out(store) and _made_again(store))
    return store.mended


def _made_again(store: SqliteStore) -> bool:
    try:
        with transaction(store.connection, store.path):
            schema.make_cache_tables(store.connection)
            schema.make_person_tables(store.connection)
            schema.make_state_table(store.connection)
            store.connection.execute("REINDEX fact")
            if not _pages_hold(store):
                raise Refused("damaged", path=str(store.path))
    except (Refused, sqlite.Error):
        return False
    return True


def _cut_out(store: SqliteStore) -> bool:
    """Take the tables that can be made again out of a file in which they are too damaged to be dropped."""
    names = ", ".join(f"'{name}'" for name in DERIVED_TABLES)
    try:
        with refusals(store.path):
            store.connection.execute("PRAGMA writable_schema = ON")
            store.connection.execute(f"DELETE FROM sqlite_schema WHERE tbl_name IN ({names})")  # noqa: S608 - names of our own
            store.connection.execute("PRAGMA writable_schema = RESET")
            # Their pages belong to nothing now; the facts are copied, by way of a journal, and the pages are left out.
            store.connection.execute("VACUUM")
    except (Refused, sqlite.Error):
        return False
    return True


def _facts_hold(store: SqliteStore) -> bool:
    return all(_pages_hold(store, f"integrity_check({name})") for name in KEPT_TABLES)


def _check_schema(store: SqliteStore) -> None:
    """Refuse a file with anything else in it than the tables, indexes and triggers of ours."""
    with refusals(store.path):
        found = schema.objects(store.connection)
    if schema.is_kept_known(found):
        return
    wrong = schema.strange(
        {name: sql for name, sql in found.items() if not schema.is_derived(name)},
        {name: sql for name, sql in _known_schema().items() if not schema.is_derived(name)},
    )
    if wrong:
        raise Refused("strange_schema", path=str(store.path), name=wrong[:80])


def _check_derived(store: SqliteStore, version: int) -> None:
    """Make the tables that can be thrown away again where they are not as they have to be; to read, do without."""
    with refusals(store.path):
        found = schema.objects(store.connection)
    store.visits.usable, store.persons.usable, store.remembers = (
        schema.is_known(found, tables) for tables in (CACHE_TABLES, PERSON_TABLES, STATE_TABLES)
    )
    if store.read_only and not store.visits.usable:
        store.planned_elsewhere = _made_elsewhere(store, version)
    if store.read_only or (store.visits.usable and store.persons.usable and store.remembers):
        return
    visits = older_visits(store) if not store.visits.usable else None
    with store.transaction():
        if not store.visits.usable:
            schema.make_cache_tables(store.connection)
            keep_older_visits(store, visits)
        if not store.persons.usable:
            schema.make_person_tables(store.connection)
        if not store.remembers:
            schema.make_state_table(store.connection)
    store.visits.usable = store.persons.usable = store.remembers = True


def _made_elsewhere(store: SqliteStore, version: int) -> str:
    """Return what made the visits of a table of another release; where that is not known, the schema if it is older."""
    visits = older_visits(store)
    if visits is not None:
        return visits.made_by[0]
    return f"schema {version}" if version < SCHEMA_VERSION else ""


@cache
def _known_schema() -> dict[str, str]:
    connection = connect(IN_MEMORY, True, creating=True)
    try:
        schema.create(connection)
        return schema.objects(connection)
    finally:
        connection.close()
