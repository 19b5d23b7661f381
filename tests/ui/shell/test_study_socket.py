"""The socket by which windows of one study find each other, and everything else that may lie in its place."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app import __version__
from app.ui.shell import study_socket
from app.ui.shell.study_socket import StudySocket, answered, socket_path

NAME = "0123456789abcdef01234567"
ROOT = Path(__file__).resolve().parents[3]
HERE = f"studyday {__version__} here {NAME}\n".encode()


@pytest.fixture
def place(short_folder: Path) -> Path:
    return short_folder / NAME


@pytest.fixture
def short_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder whose path is short enough for a socket."""
    import tempfile

    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        yield Path(folder)


@contextmanager
def listening(place: Path, parent: QObject) -> Iterator[StudySocket]:
    found = StudySocket(place, NAME, parent)
    try:
        yield found
    finally:
        found.end()


@contextmanager
def somebody(place: Path, says: Callable[[socket.socket], object]) -> Iterator[None]:
    """Another process's end, on a thread: it does something with whoever connects first."""
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(place))
    server.listen()

    def serve() -> None:
        connection, _address = server.accept()
        with connection, suppress(BrokenPipeError, ConnectionResetError):  # not everybody is listened to
            says(connection)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield
    finally:
        with socket.socket(socket.AF_UNIX) as last:
            last.settimeout(1)
            if thread.is_alive():
                last.connect(str(place))
        thread.join()
        server.close()


def in_another_process(place: Path) -> "subprocess.Popen[str]":
    code = (
        "import sys; from pathlib import Path; from app.ui.shell.study_socket import answered\n"
        f"print(answered(Path(sys.argv[1]), {NAME!r}))"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code, str(place)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def test_a_window_is_found_from_another_process(place: Path, qtbot: QtBot, qapp: QObject) -> None:
    with listening(place, qapp) as found:
        with qtbot.waitSignal(found.called):
            other = in_another_process(place)
        assert other.communicate(timeout=60)[0] == "True\n"
    assert not os.path.lexists(place)


def test_every_start_is_answered(place: Path, qtbot: QtBot, qapp: QObject) -> None:
    with listening(place, qapp) as found:
        for _number in range(3):
            with qtbot.waitSignal(found.called):
                other = in_another_process(place)
            assert other.communicate(timeout=60)[0] == "True\n"


def test_where_nothing_is_nobody_answers(place: Path) -> None:
    assert not answered(place, NAME)


def test_a_window_of_another_version_is_one_as_well(place: Path) -> None:
    with somebody(place, lambda one: one.sendall(f"studyday 99.0 here {NAME}\n".encode())):
        assert answered(place, NAME)


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\n",
        b"studyday",
        HERE[:-1],
        HERE + b"x",
        HERE.replace(b"here", b"gone"),
        HERE.replace(NAME.encode(), NAME[::-1].encode()),
        b"\xff" * 100_000,
        b"HTTP/1.1 200 OK\r\n\r\n",
    ],
)
def test_another_answer_is_no_window(place: Path, said: bytes) -> None:
    with somebody(place, lambda one: one.sendall(said)):
        assert not answered(place, NAME)


def test_silence_ends_after_a_while(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(study_socket, "PATIENCE_SECONDS", 0.2)
    asked = threading.Event()
    with somebody(place, lambda _one: asked.wait(20)):
        start = monotonic()
        assert not answered(place, NAME)
        assert monotonic() - start < 5
        asked.set()


def test_one_that_speaks_a_letter_at_a_time_is_not_waited_for_longer(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(study_socket, "PATIENCE_SECONDS", 0.2)
    enough = threading.Event()

    def drip(connection: socket.socket) -> None:
        while not enough.wait(0.05):
            connection.send(b"s")

    with somebody(place, drip):
        start = monotonic()
        assert not answered(place, NAME)
        assert monotonic() - start < 5
        enough.set()


def make_file(place: Path) -> None:
    place.write_bytes(b"kept")


def make_folder(place: Path) -> None:
    place.mkdir()
    (place / "in it").write_bytes(b"kept")


def make_link(place: Path) -> None:
    place.with_name("target").write_bytes(b"kept")
    place.symlink_to(place.with_name("target"))


def make_dangling_link(place: Path) -> None:
    place.symlink_to(place.with_name("nowhere"))


def make_link_to_socket(place: Path) -> None:
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(place.with_name("dead")))
    place.symlink_to(place.with_name("dead"))


def make_pipe(place: Path) -> None:
    os.mkfifo(place)


@pytest.mark.parametrize(
    "make", [make_file, make_folder, make_link, make_dangling_link, make_link_to_socket, make_pipe]
)
def test_what_is_no_socket_of_ours_is_neither_asked_nor_removed(
    make: Callable[[Path], None], place: Path, qapp: QObject
) -> None:
    make(place)
    before = {path.name: path.lstat() for path in place.parent.iterdir()}
    assert not answered(place, NAME)
    with listening(place, qapp):
        assert not answered(place, NAME)
    after = {path.name: path.lstat() for path in place.parent.iterdir()}
    assert {name: (one.st_ino, one.st_mode, one.st_size) for name, one in after.items()} == {
        name: (one.st_ino, one.st_mode, one.st_size) for name, one in before.items()
    }


def test_a_socket_of_another_user_is_neither_asked_nor_removed(
    place: Path, qapp: QObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(place))
    number = place.lstat().st_ino
    monkeypatch.setattr(study_socket, "is_own", lambda _found: False)
    assert not answered(place, NAME)
    with listening(place, qapp):
        assert place.lstat().st_ino == number
    assert place.lstat().st_ino == number


def test_a_process_of_another_user_at_the_other_end_is_not_believed(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    monkeypatch.setattr(study_socket, "is_own", lambda _found: True)
    with somebody(place, lambda one: one.sendall(HERE)):
        assert not answered(place, NAME)


def test_a_process_of_another_user_is_not_answered(
    place: Path, qtbot: QtBot, qapp: QObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listening(place, qapp) as found, socket.socket(socket.AF_UNIX) as stranger:
        monkeypatch.setattr(study_socket, "_is_of_this_user", lambda _connection: False)
        called: list[bool] = []
        found.called.connect(lambda: called.append(True))
        stranger.settimeout(0)
        stranger.connect(str(place))

        def was_hung_up() -> bool:
            try:
                return stranger.recv(100) == b""
            except BlockingIOError:
                return False

        qtbot.waitUntil(was_hung_up)
        assert called == []


def test_the_socket_of_a_killed_process_is_replaced(place: Path, qtbot: QtBot, qapp: QObject) -> None:
    code = (
        "import os, sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication\n"
        "from app.ui.shell.study_socket import StudySocket\n"
        f"app = QCoreApplication([]); kept = StudySocket(Path(sys.argv[1]), {NAME!r}, app)\n"
        "os.kill(os.getpid(), 9)"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(place)], env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert killed.returncode == -signal.SIGKILL
    assert place.is_socket()
    assert not answered(place, NAME)
    with listening(place, qapp) as found, qtbot.waitSignal(found.called):
        other = in_another_process(place)
    assert other.communicate(timeout=60)[0] == "True\n"


def test_a_window_that_is_there_keeps_its_socket(place: Path, qtbot: QtBot, qapp: QObject) -> None:
    with listening(place, qapp) as first, listening(place, qapp) as second:
        second.end()
        with qtbot.waitSignal(first.called):
            other = in_another_process(place)
        assert other.communicate(timeout=60)[0] == "True\n"


def test_the_end_leaves_what_has_taken_its_name(place: Path, qapp: QObject) -> None:
    with listening(place, qapp):
        place.unlink()
        place.write_bytes(b"kept")
    assert place.read_bytes() == b"kept"


def test_the_socket_lies_in_a_folder_of_ones_own(short_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(short_folder))
    path = socket_path(NAME)
    assert path == short_folder / f"studyday-{os.geteuid()}" / NAME
    assert path.parent.stat().st_mode & 0o777 == 0o700


def open_to_others(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o777)


def a_link(folder: Path) -> None:
    folder.with_name("elsewhere").mkdir(0o700)
    folder.symlink_to(folder.with_name("elsewhere"))


def a_file(folder: Path) -> None:
    folder.write_bytes(b"")


@pytest.mark.parametrize("make", [open_to_others, a_link, a_file])
def test_a_folder_that_is_not_ones_own_is_not_used(
    make: Callable[[Path], None], short_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = short_folder / "1", short_folder / "2"
    first.mkdir()
    second.mkdir()
    make(first / f"studyday-{os.geteuid()}")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(first))
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(second))
    assert socket_path(NAME) == second / f"studyday-{os.geteuid()}" / NAME
    monkeypatch.setattr(study_socket, "own_folder", lambda _folder: False)
    assert socket_path(NAME) is None


def test_a_path_that_is_too_long_for_a_socket_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path / ("x" * 100)
    deep.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(deep))
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(deep))
    monkeypatch.setattr(study_socket, "own_folder", lambda folder: folder.parent == Path("/tmp"))
    assert socket_path(NAME) == Path("/tmp") / f"studyday-{os.geteuid()}" / NAME
