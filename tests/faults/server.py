"""A server that has imported the whole program and forks a process of its own for each command line.

Starting an interpreter takes a second, forking one a few milliseconds: so hundreds of processes can be killed. What
goes wrong in a command is set by hooks, applied in the forked process alone.
"""

import contextlib
import errno
import gc
import io
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

LONGEST_SECONDS = 60
KILLED = 9
NOBODY_READS = "(a pipe that nobody reads)"
_CHANGES_OF_FOLDERS = frozenset({"os.rename", "os.remove", "os.chmod", "os.link", "os.mkdir"})


def serve(reading: int, writing: int) -> None:
    """Answer requests, one JSON text a line, until there are no more."""
    running: dict[int, float] = {}
    with os.fdopen(reading, encoding="utf-8") as requests, os.fdopen(writing, "w", encoding="utf-8") as answers:
        for line in requests:
            request = json.loads(line)
            if request["do"] == "start":
                answer = _start(request, running)
            elif request["do"] == "end":
                answer = _end(request["pid"], request["kill"], running)
            else:
                raise LookupError(request["do"])
            answers.write(json.dumps(answer) + "\n")
            answers.flush()


def _start(request: dict[str, Any], running: dict[int, float]) -> dict[str, Any]:
    child = _fork()
    begun = time.monotonic()
    if child == 0:
        code = 70
        try:
            code = _be(request)
        except BaseException as error:  # noqa: BLE001 - whatever it is, this process ends here
            os.write(2, f"outside the program: {error!r}\n".encode())
        finally:
            os._exit(code)
    running[child] = begun
    if request["kill_after"] is not None:
        time.sleep(max(0.0, request["kill_after"] - (time.monotonic() - begun)))
        return _end(child, True, running)
    return _end(child, False, running) if request["wait"] else {"pid": child}


def _fork() -> int:
    """Fork; where the system has no room for a process at the moment, wait for it."""
    longest = time.monotonic() + LONGEST_SECONDS
    while True:
        try:
            return os.fork()
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.ENOMEM) or time.monotonic() > longest:
                raise
            time.sleep(0.05)


def _end(child: int, kill: bool, running: dict[int, float]) -> dict[str, Any]:
    if kill:
        os.kill(child, signal.SIGKILL)
    _child, status = os.waitpid(child, 0)
    return {"code": os.waitstatus_to_exitcode(status), "seconds": time.monotonic() - running.pop(child)}


def _be(request: dict[str, Any]) -> int:
    """Be the process of that command line; its exit code."""
    signal.alarm(LONGEST_SECONDS)
    os.environ.clear()
    os.environ.update(request["environment"])
    os.chdir(request["folder"])
    for number, name in ((1, request["out"]), (2, request["err"])):
        if name == NOBODY_READS:
            reading, handle = os.pipe()
            os.close(reading)
        else:
            handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOCTTY, 0o666)
        os.dup2(handle, number)
    # As an interpreter makes them when it starts; those of the server know another kind of file.
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
    for name, value in request["hooks"].items():
        HOOKS[name](value)
    if request["arguments"] == ["(hold)"]:
        return _hold(request["folder"])
    from app.__main__ import main

    sys.argv = ["studyday", *request["arguments"]]
    try:
        code = main()
    except SystemExit as error:
        code = int(error.code or 0)
    sys.stdout.flush()
    with contextlib.suppress(OSError):
        sys.stderr.flush()
    return code


def _hold(folder: str) -> int:
    """Have the study of that folder open until killed."""
    from app.services.commands.study_file import open_file
    from app.services.study.environment import Environment
    from tests.faults.stories import STUDY, TODAY

    def clock() -> datetime:
        return datetime.fromisoformat("2027-02-10T07:05:00+00:00")

    holder = Environment("Eva Ek", "WS-7", "Europe/Stockholm", clock)
    study = open_file(Path(folder) / STUDY, holder, TODAY)
    print("held", flush=True)
    time.sleep(LONGEST_SECONDS)
    study.close()
    return 0


# What goes wrong


def _clock(moment: str) -> None:
    """The clock stands still at that moment."""
    import app.bootstrap

    app.bootstrap.now = lambda: datetime.fromisoformat(moment)


class _Steps:
    """Counts the steps at which a process may die: a statement, a change to a folder, a wait for the disk."""

    def __init__(self, at: int, report: str) -> None:
        self.at, self.report, self.done = at, report, 0

    def statement(self, sql: str) -> None:
        # What only reads finds what the step before it left.
        if not sql.lstrip().startswith("SELECT"):
            self.step()

    def step(self) -> None:
        self.done += 1
        if self.done == self.at:
            os._exit(KILLED)

    def install(self) -> None:
        from tests.storage import watched

        def seen(name: str, _values: Any) -> None:
            if name in _CHANGES_OF_FOLDERS:
                self.step()

        watched.watch()
        watched.BEFORE.append(self.statement)
        sys.addaudithook(seen)
        sync = os.fsync

        def synced(handle: Any) -> None:
            self.step()
            sync(handle)

        os.fsync = synced  # type: ignore[assignment]
        if self.report:
            leave = os._exit

            def left(code: int) -> None:
                # Not through pathlib: nothing of this may count as a step.
                handle = os.open(self.report, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
                os.write(handle, str(self.done).encode())
                leave(code)

            os._exit = left  # type: ignore[assignment]


def _die_at(number: int) -> None:
    """Die just before the n-th step."""
    _Steps(number, "").install()


def _count(report: str) -> None:
    """Write the number of steps into a file at the end."""
    _Steps(0, report).install()


def _pages(value: dict[str, Any]) -> None:
    """Files whose path has `part` can have only so many pages more; `once`: until the first time that it told."""
    from tests.storage import watched

    connections: list[Any] = []

    def connected(connection: Any) -> None:
        name = connection.execute("PRAGMA database_list").fetchone()[2]
        if value["part"] in name and (value["part"] != "" and name):
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages + value['more']}")
            connections.append(connection)

    watched.watch()
    watched.OPENED.append(connected)
    if value["once"]:

        def told(error: Exception) -> None:
            if "full" in str(error):
                for connection in connections:
                    connection.execute("PRAGMA max_page_count = 1000000")
                value["more"] = 100_000

        watched.FAILED.append(told)


def _largest_file(size: int) -> None:
    """No file can become longer; the process is told and not killed."""
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def _die_beyond(size: int) -> None:
    """The process is killed in the middle of the first write that makes a file longer than that."""
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def _user(number: int) -> None:
    """Somebody without rights."""
    os.setgroups([])
    os.setgid(number)
    os.setuid(number)


def _bug(value: dict[str, str]) -> None:
    """A function of the program raises, and says what nobody may see."""
    from importlib import import_module

    module, _, path = value["where"].partition(":")
    owner: Any = import_module(module)
    *outer, name = path.split(".")
    for part in outer:
        owner = getattr(owner, part)
    error = {"RuntimeError": RuntimeError, "KeyError": KeyError, "OSError": OSError}[value["kind"]]

    def broken(*_arguments: Any, **_more: Any) -> None:
        raise error(value["says"])

    getattr(owner, name)  # a function that bears another name by now would never break
    setattr(owner, name, broken)


def _quiet(seconds: float) -> None:
    """Progress is told after that time."""
    import app.cli.progress

    app.cli.progress.QUIET_SECONDS = app.cli.progress.EVERY_SECONDS = seconds


HOOKS: dict[str, Callable[[Any], None]] = {
    "clock": _clock,
    "die_at": _die_at,
    "count": _count,
    "pages": _pages,
    "largest_file": _largest_file,
    "die_beyond": _die_beyond,
    "user": _user,
    "bug": _bug,
    "quiet": _quiet,
}


def _warm() -> None:
    """Import whatever a command imports, by giving one of each sort."""
    from app.__main__ import main

    lines = (
        "new --name x",
        "enrol --protocol scanpan --code A --on 2026-11-23 --country SE --regimen AG",
        "record A SP-C01 --on 2026-11-30",
        "undo",
        "redo",
        "verify",
        "print sheet A SP-C01 -o a.pdf",
        "print calendar A -o b.pdf",
        "print agenda -o c.pdf",
        "agenda",
        "calendar A",
        "calendar A --json",
        "why A SP-C01",
        "log deviations",
        "log notes",
        "scenario A",
        "history",
        "participants",
        "backup",
        "holidays SE",
        "restore s.studyday t.studyday",
    )
    with tempfile.TemporaryDirectory() as folder:
        home, here = os.environ["HOME"], Path.cwd()
        os.environ["HOME"] = folder
        os.chdir(folder)
        for line in lines:
            sys.argv = ["studyday", "-f", "s.studyday", *line.split(), "--today", "2026-12-01"]
            # `holidays` has nothing to record, and is refused.
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as told:
                code = main()
            if code != (2 if line.startswith("holidays") else 0):
                raise RuntimeError(f"{line}: {code}: {told.getvalue()}")
        os.chdir(here)
        os.environ["HOME"] = home


def _parse_quickly() -> None:
    """Make the parser now: it takes longer than many a command, and nothing can go wrong while it is made."""
    from app.cli import parser

    made = parser.make_parser()
    parser.make_parser = lambda: made


def _begin() -> None:
    reading, writing = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    _warm()
    _parse_quickly()
    # What is there now is never looked at again when rubbish is collected, so a fork need not copy it.
    gc.collect()
    gc.freeze()
    os.write(writing, b"ready\n")
    serve(reading, writing)


if __name__ == "__main__":
    _begin()
