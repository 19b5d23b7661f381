"""Commands that are killed at each of their steps, and what the file holds afterwards."""

import os
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from app.storage.sqlite.backup_proof import digest_of_file
from app.storage.sqlite.backups import backups_of, read_note
from app.storage.sqlite.open_file import open_study
from tests.storage.study_files import HOLDER, add, beside, die_at, in_child, performed, reopened, snapshot, stamp
from tests.storage.watched import watch

MOST_STEPS = 400
SAMPLE, EVERY = 3, 1
"""How many steps lie between two deaths: in every run, and in the night."""


def put_back(folder: Path, files: dict[str, bytes]) -> None:
    """Make a folder hold exactly these files again."""
    for one in [*folder.rglob("*")]:
        if one.is_file() and str(one.relative_to(folder)) not in files:
            one.unlink()
    for name, content in files.items():
        if not (folder / name).exists() or (folder / name).read_bytes() != content:
            (folder / name).write_bytes(content)


def killed_everywhere(
    folder: Path,
    command: Callable[[Callable[[Callable[[], None]], None]], None],
    check: Callable[[], bool],
    stride: int = EVERY,
) -> int:
    """Run a command once for each of its steps, or some, killed just before that step, until it comes to its end.

    The command arms the trap itself: it is given what to call when it is ready, with what it does next.
    """
    before = snapshot(folder)
    known: dict[bytes, bool] = {}
    for number in range(1, MOST_STEPS, stride):
        put_back(folder, before)

        def child(number: int = number) -> None:
            def armed(work: Callable[[], None]) -> None:
                die_at(number)
                work()
                os._exit(0)

            watch()
            command(armed)

        outcome = in_child(child)
        assert outcome.code in (0, 9), outcome
        # Most steps only read: what was left just so before need not be looked at again.
        left = _state(folder)
        if outcome.code == 0 or left not in known:
            known[left] = check()
        if outcome.code == 0:
            assert known[left], "the command came to its end"
            return number - stride
    raise AssertionError(f"no end after {MOST_STEPS} steps")


def _state(folder: Path) -> bytes:
    """Every file of a folder as one digest; who held the study is left out."""
    state = sha256()
    for name, content in sorted(snapshot(folder).items()):
        kept = b"" if ".open" in name else content
        state.update(f"{re.sub(r'[.][a-z0-9_]{8}[.]part$', '.part', name)} {len(kept)} ".encode() + kept)
    return state.digest()


def holds(path: Path) -> list[tuple[int, str]]:
    """The facts of a file that opens by itself and verifies."""
    store = reopened(path)
    assert store.broken is None
    assert store.verify() == store.head()
    assert not store.read_only
    found = [(fact.seq, fact.kind) for fact in store.facts()]
    add(store, performed("AFTER", "2027-02-01"))
    assert store.verify() == store.head()
    store.close()
    return found


def nothing_but_half_a_note(path: Path) -> bool:
    """Beside the file there is nothing but, if anything, the note that the killed process was just writing."""
    return all(name.startswith(f".{path.name}.open.") for name in beside(path))


BEFORE = [(1, "study_made"), (2, "enrolled"), (3, "performed"), (4, "performed"), (5, "booked"), (6, "correction")]


def backups_hold(path: Path) -> list[str]:
    """The names of a study's backups, each of which is whole and agrees with its note."""
    found = backups_of(path)
    for one in found:
        note = read_note(one.path)
        assert note is not None
        store = open_study(one.path, HOLDER, stamp())
        assert (store.backup, store.read_only, store.broken) == (True, True, None)
        assert (note.seq, note.digest) == (store.head().seq, store.head().digest.hex())
        assert note.sha256 == digest_of_file(one.path)
        store.close()
    return [one.path.name for one in found]
