"""Study files to test with: made, filled, looked at from outside, and handled by processes that may be killed."""

import os
import signal
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlite

from app.domain.facts.chain_head import Head
from app.domain.facts.kind import Json
from app.domain.facts.records import NewFact, Stamp
from app.domain.refusal import Refused
from app.services.study.ports import FactStore
from app.storage.sqlite import schema
from app.storage.sqlite.fact_store import SqliteStore
from app.storage.sqlite.holder_note import Holder
from app.storage.sqlite.notes import folder_of, noted
from app.storage.sqlite.open_file import new_study, open_study
from tests.storage import watched

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
HOLDER = Holder("Eva Ek", "WS-7", "2026-11-23T08:00:00Z", 4711)
PAGE = 4096
BAD_EXIT = 70

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks")


def stamp(seconds: float = 0, who: str = "Eva Ek", workstation: str = "WS-7") -> Stamp:
    """A stamp that many seconds after the first one."""
    return Stamp(START + timedelta(seconds=seconds), "Europe/Stockholm", date(2026, 11, 23), who, workstation, "s 1")


def performed(visit: str, on: str, subject: int = 1, **more: Json) -> NewFact:
    """A visit that took place."""
    return NewFact("performed", {"visit": visit, "on": on, **more}, subject, protocol="p1")


STORY = (
    NewFact("enrolled", {"code": "LI-001", "on": "2026-11-23"}, 1, protocol="p1"),
    performed("SP-C01", "2026-11-30", note="kräks, 呕吐"),
    performed("SP-C02", "2026-12-07", note="inget"),
    NewFact("booked", {"visit": "SP-C03", "on": "2026-12-14", "at": "09:30"}, 1, protocol="p1"),
    NewFact("correction", {"void": True}, 1, about=5),
)
"""Facts 2 to 6 of `filled`; fact 1 is the study's own."""


def new(path: Path) -> SqliteStore:
    """A new study, open."""
    return new_study(path, HOLDER, stamp(), "ScanPan")


def reopened(path: Path) -> SqliteStore:
    """The study, opened to be worked in."""
    return open_study(path, HOLDER, stamp())


def add(store: FactStore, *facts: NewFact, seconds: float = 60) -> Head:
    """Append facts as one command."""
    with store.transaction():
        return store.append(stamp(seconds), store.last()[0] + 1, facts)


def filled(path: Path) -> Path:
    """A closed study with six facts."""
    store = new(path)
    add(store, *STORY[:1])
    add(store, *STORY[1:])
    store.close()
    return path


def large(path: Path, facts: int = 60) -> Path:
    """A closed study of many pages, with facts that take whole pages and ones that share them."""
    store = new(path)
    add(store, *(performed(f"SP-C{n:02}", "2026-11-30", n % 7, note="obs " * (n * 37 % 900)) for n in range(facts)))
    store.close()
    return path


def told(store: FactStore) -> list[tuple[int, str, dict[str, Json]]]:
    """The facts by number, kind and values."""
    return [(one.seq, one.kind, dict(one.fields)) for one in store.facts()]


def marks_beside(path: Path) -> dict[int, bytes]:
    """The digests that the backups of a study have witnessed, by the number of their last fact."""
    return {one.seq: bytes.fromhex(one.digest) for one in noted(folder_of(path), path.stem)}


def beside(path: Path) -> list[str]:
    """Everything in the file's folder but the file itself."""
    return sorted(one.name for one in path.parent.iterdir() if one != path)


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {str(one.relative_to(folder)): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()}


@contextmanager
def raw(path: Path) -> Iterator[Any]:
    """The file as another program opens it, without any of the settings of ours."""
    connection = sqlite.connect(str(path), isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def tampering(path: Path) -> Iterator[Any]:
    """Somebody with an SQLite program: the triggers are dropped, and put back as they were."""
    with raw(path) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for trigger in schema.TRIGGERS:
            connection.execute(trigger)


def refused(kind: str, work: Callable[[], object]) -> Refused:
    """The refusal of that kind which the work must end with."""
    with pytest.raises(Refused) as caught:
        work()
    assert caught.value.kind == kind, caught.value
    return caught.value


@dataclass(frozen=True)
class Outcome:
    """How a child process ended; a negative code is the signal that killed it."""

    code: int
    said: str


def in_child(work: Callable[[], object]) -> Outcome:
    """Do the work in a process of its own: it says what the work returns, or the kind of its refusal."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # threads: the child starts none and waits for none
        child = os.fork()
    if child == 0:
        code, said = BAD_EXIT, ""
        try:
            os.close(reading)
            found = work()
            code, said = 0, "" if found is None else str(found)
        except Refused as error:
            code, said = 0, error.kind
        except BaseException:  # noqa: BLE001 - told to the parent, which fails
            said = traceback.format_exc()
        finally:
            os.write(writing, said.encode()[:60_000])
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode()
    _child, status = os.waitpid(child, 0)
    outcome = Outcome(os.waitstatus_to_exitcode(status), said)
    assert outcome.code != BAD_EXIT, outcome.said
    return outcome


_CHANGES_OF_FOLDERS = frozenset({"os.rename", "os.remove", "os.chmod", "os.link", "os.mkdir"})


def die_at(number: int) -> Callable[[], None]:
    """From now on this process dies just before its n-th step: a statement, or a change to a folder.

    Only for a child process that has called `watched.watch`. The function that it gives back counts as one step more.
    """
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if done == number:
            os._exit(9)

    def seen(name: str, _values: Any) -> None:
        if name in _CHANGES_OF_FOLDERS:
            step()

    watched.BEFORE.append(lambda _statement: step())
    sys.addaudithook(seen)
    return step


def die_when_writing_beyond(size: int) -> None:
    """From now on this process is killed in the middle of the first write that reaches beyond that size of a file."""
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def files_end_at(size: int) -> None:
    """From now on no file of this process can become longer."""
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
