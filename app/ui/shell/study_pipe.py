"""A named pipe of Windows by which the windows of one user and one study find each other.

Pipes of all users have their names in one place. So the name and the answer are made of a secret that lies in the
user's own folder: nobody else can know the name beforehand, or give the answer.
"""

import contextlib
import hmac
import secrets
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from app import paths
from app.bounded_read import read_file
from app.private_files import make_folder, new_text_file

PATIENCE_MS = 1_500
_LONGEST_SECRET = 200


def place_of(name: str) -> tuple[str, str] | None:
    """Return the pipe for a study of that name, and the answer at it; None where no secret can be kept."""
    key = secret()
    return None if key is None else (f"studyday-{derived(key, name)}", derived(key, f"here {name}"))


def secret() -> bytes | None:
    """Return this user's secret, made when it is first needed; None where it can be neither read nor kept."""
    path = paths.state_dir() / "window.secret"
    with contextlib.suppress(OSError):
        make_folder(path.parent)
        with contextlib.suppress(FileExistsError), new_text_file(path) as file:
            file.write(secrets.token_hex(32))
    return _read(path)


def _read(path: Path) -> bytes | None:
    try:
        found = read_file(path, _LONGEST_SECRET)
    except OSError:
        return None
    return found if len(found) >= 64 else None


def derived(key: bytes, text: str) -> str:
    """Return what only somebody with the secret can make of a text."""
    return hmac.new(key, text.encode(), "sha256").hexdigest()


def answered(name: str, answer: str) -> bool:
    """Whether a window listens at that pipe and gives that answer in time."""
    pipe = QLocalSocket()
    pipe.connectToServer(name)
    if not pipe.waitForConnected(PATIENCE_MS):
        return False
    while pipe.bytesAvailable() < len(answer) and pipe.waitForReadyRead(PATIENCE_MS):
        pass
    said = bytes(pipe.read(len(answer) + 1).data())
    pipe.abort()
    return hmac.compare_digest(said, answer.encode())


class StudyPipe(QObject):
    """Listens for other starts; a window that cannot listen works without."""

    called = Signal()
    """Another start has found this window."""

    def __init__(self, name: str, answer: str, parent: QObject) -> None:
        """Listen at that pipe, and give everybody of this user that answer."""
        super().__init__(parent)
        self._answer = answer.encode()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._accept)
        self._server.listen(name)

    def _accept(self) -> None:
        while (pipe := self._server.nextPendingConnection()) is not None:
            pipe.disconnected.connect(pipe.deleteLater)
            pipe.write(self._answer)
            pipe.flush()
            pipe.disconnectFromServer()
            self.called.emit()

    def end(self) -> None:
        """Stop listening."""
        self._server.close()
