"""One window for one study: a second start brings the first window to the front."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QDir
from PySide6.QtWidgets import QWidget

from app import paths
from app.ui.shell import study_files
from app.ui.shell.preferences import Preferences

LONGEST_FOLDER = 50
"""A socket's path may have some 100 bytes, and Qt first makes it in another folder next to it."""


class SingleInstance:
    """Finds a window of the same study and user, or listens for the next start."""

    def __init__(self, study: Path | None, demo: bool, preferences: Preferences) -> None:
        from hashlib import sha256

        path = study_files.demo_folder() if demo else study or preferences.study or paths.default_study()
        self._name = _socket_path("studyday-" + sha256(str(path.absolute()).encode()).hexdigest()[:24])
        self._server: object | None = None

    def raises_the_other(self) -> bool:
        """Ask the other window to come to the front; return whether there is one."""
        if not self._may_be_there():
            return False
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        found = socket.waitForConnected(300)
        if found:
            socket.write(b"front")
            socket.waitForBytesWritten(300)
            socket.disconnectFromServer()
        return found

    def _may_be_there(self) -> bool:
        """Whether something may listen under that name; where that is a file, this needs no network library."""
        return sys.platform == "win32" or Path(self._name).exists()

    def listen(self, window: QWidget) -> None:
        """Bring the window to the front when another start asks for it."""
        from PySide6.QtNetwork import QLocalServer

        server = QLocalServer(window)
        QLocalServer.removeServer(self._name)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)

        def called() -> None:
            socket = server.nextPendingConnection()
            if socket is not None:
                socket.deleteLater()
            window.setWindowState(window.windowState() & ~window.windowState().WindowMinimized)
            window.show()
            window.raise_()
            window.activateWindow()

        server.newConnection.connect(called)
        server.listen(self._name)
        self._server = server

    def end(self) -> None:
        """Stop listening."""
        from PySide6.QtNetwork import QLocalServer

        if isinstance(self._server, QLocalServer):
            self._server.close()


def _socket_path(name: str) -> str:
    """Return where windows of one user find each other: a file whose path is short enough for a socket."""
    if sys.platform == "win32":
        return name
    folders = [os.environ.get("XDG_RUNTIME_DIR", ""), QDir.tempPath()]
    short = (one for one in folders if one and len(os.fsencode(one)) <= LONGEST_FOLDER and os.access(one, os.W_OK))
    return f"{next(short, '/tmp')}/{name}-{os.getuid()}"  # noqa: S108 - the name is of one user and one study
