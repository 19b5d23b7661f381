"""A socket by which the windows of one user and one study find each other, in a folder that is this user's alone.

Whoever connects is asked nothing: that there is a connection is the request, and the answer says who is there. Both
ends look at whose process the other one is. What lies under the socket's name and is not a dead socket of this user is
left as it is.
"""

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, Signal

from app import __version__
from app.operating_system import identity_of
from app.private_files import is_own, own_folder

if TYPE_CHECKING:
    import socket

LONGEST_PATH = 100
"""Bytes; the system's limit for the path of a socket is 108."""
PATIENCE_SECONDS = 1.5
"""A window that is there answers well within this time, even a busy one."""
_LONGEST_ANSWER = 200


def socket_path(name: str) -> Path | None:
    """Return where the socket of that name is; None where no folder is this user's alone."""
    for base in _bases():
        folder = Path(base) / f"studyday-{os.geteuid()}"
        path = folder / name
        if base and len(os.fsencode(path)) <= LONGEST_PATH and own_folder(folder):
            return path
    return None


def _bases() -> Iterator[str]:
    yield os.environ.get("XDG_RUNTIME_DIR", "")
    import tempfile  # where the system gives a folder for this, it is not needed

    yield tempfile.gettempdir()
    yield "/tmp"  # noqa: S108 - the folder made there has its owner checked


def answered(path: Path, name: str) -> bool:
    """Whether a window of this user and of the study of that name listens there and says so in time."""
    try:
        found = path.lstat()
        if not stat.S_ISSOCK(found.st_mode) or not is_own(found):
            return False
        with _connected(path) as connection:
            return _is_of_this_user(connection) and _is_answer(_said(connection), name)
    except OSError:
        return False


def _connected(path: Path) -> "socket.socket":
    import socket

    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(PATIENCE_SECONDS)
    try:
        connection.connect(str(path))
    except BaseException:
        connection.close()
        raise
    return connection


def _answer(name: str) -> bytes:
    return f"studyday {__version__} here {name}\n".encode()


def _is_answer(said: bytes, name: str) -> bool:
    """Whether that is what a window of the study says, of whatever version the program is."""
    words = said.decode("ascii", "replace").split(" ")
    return len(words) == 4 and (words[0], *words[2:]) == ("studyday", "here", f"{name}\n")


def _said(connection: "socket.socket") -> bytes:
    """Return what the other end says until it ends, at most what an answer may be, within the time that it has."""
    said, end = b"", monotonic() + PATIENCE_SECONDS
    while len(said) <= _LONGEST_ANSWER and (left := end - monotonic()) > 0:
        connection.settimeout(left)
        more = connection.recv(_LONGEST_ANSWER)
        if not more:
            break
        said += more
    return said


def _is_of_this_user(connection: "socket.socket") -> bool:
    """Whether the process at the other end is one of this user; where the system does not tell, the folder decides."""
    import socket
    import struct

    if not hasattr(socket, "SO_PEERCRED"):
        return True
    credentials = struct.Struct("iII")
    _process, user, _group = credentials.unpack(
        connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, credentials.size)
    )
    return bool(user == os.geteuid())


class StudySocket(QObject):
    """Listens for other starts; a window without a place to listen at works without."""

    called = Signal()
    """Another start has found this window."""

    def __init__(self, path: Path, name: str, parent: QObject) -> None:
        """Listen there for starts with the study of that name."""
        import socket

        super().__init__(parent)
        self._path, self._answer = path, _answer(name)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._identity: tuple[int, int] | None = None
        self._notifier: QSocketNotifier | None = None
        self._socket.setblocking(False)
        try:
            _remove_dead(path)
            self._socket.bind(str(path))
            self._identity = identity_of(path)
            self._socket.listen()
        except OSError:
            self.end()
            return
        self._notifier = QSocketNotifier(self._socket.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._accept)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            connection, _address = self._socket.accept()
            with connection:
                connection.setblocking(False)
                if not _is_of_this_user(connection):
                    return
                connection.send(self._answer)
            self.called.emit()

    def end(self) -> None:
        """Stop listening, and take the socket away if it still is this one."""
        if self._identity is not None and identity_of(self._path) == self._identity:
            with contextlib.suppress(OSError):
                self._path.unlink()
        self._identity = None
        if self._notifier is not None:
            self._notifier.setEnabled(False)
        self._socket.close()


def _remove_dead(path: Path) -> None:
    """Remove a socket of this user at which nobody listens any more; anything else is left as it is."""
    try:
        found = path.lstat()
        if not stat.S_ISSOCK(found.st_mode) or not is_own(found):
            return
        _connected(path).close()
    except ConnectionRefusedError:
        path.unlink(missing_ok=True)
    except OSError:
        return
