"""One window for one study: a second start raises the first."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QDir

from app.ui.shell import study_files
from app.ui.shell.main_window import MainWindow
from app.ui.shell.preferences import Preferences

LONGEST_FOLDER = 50
"""A socket's path may have some 100 bytes, and Qt makes it in a folder beside first."""


class Caller:
    """One window for a study: a second start brings the first one to the front."""

    def __init__(self, study: Path | None, demo: bool, preferences: Preferences) -> None:
        from hashlib import sha256

        path = study_files.demo_folder() if demo else study or preferences.study or study_files.default_path()
        self._name = _place_of("studyday-" + sha256(str(path.absolute()).encode()).hexdigest()[:24])
        self._server: object | None = None

    def raises_the_other(self) -> bool:
        """Whether there is another window, which was asked to come to the front."""
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
        """Whether something listens under that name; where it would be a file, that is asked without the network."""
        return sys.platform == "win32" or Path(self._name).exists()

    def listen(self, window: MainWindow) -> None:
        """Come to the front when another start asks for it."""
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
        """Listen no more."""
        from PySide6.QtNetwork import QLocalServer

        if isinstance(self._server, QLocalServer):
            self._server.close()


def _place_of(name: str) -> str:
    """Where windows of one user find each other: a file in a folder whose path is short enough for a socket."""
    if sys.platform == "win32":
        return name
    folders = [os.environ.get("XDG_RUNTIME_DIR", ""), QDir.tempPath()]
    short = (one for one in folders if one and len(os.fsencode(one)) <= LONGEST_FOLDER and os.access(one, os.W_OK))
    return f"{next(short, '/tmp')}/{name}-{os.getuid()}"  # noqa: S108 - the name is of one user and one study
