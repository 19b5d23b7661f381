"""Starts the program with its window watched for stalls."""

import sys

from app.__main__ import main
from app.ui import application, stalls
from app.ui.main_window import MainWindow


class WatchedWindow(MainWindow):
    """The window, watched from the moment that it is placed."""

    def place(self) -> None:
        super().place()
        stalls.watch(self)


if __name__ == "__main__":
    application.MainWindow = WatchedWindow  # type: ignore[misc]
    sys.exit(main())
