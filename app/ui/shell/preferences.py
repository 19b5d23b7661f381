"""The preferences of this user at this computer: colours, text size, the window's geometry, and the last study."""

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QRect, QSettings

from app.paths import config_dir
from app.private_files import close_to_others, make_folder
from app.ui.style import theme, tokens

LOOKS = ("system", "light", "dark")
_FARTHEST = 1_000_000
"""No screen is as far away. Larger numbers were not written by the program, and Qt cannot hold them all."""


class Preferences:
    """Reads and writes a small settings file; the program works without it where it cannot be written."""

    def __init__(self, path: Path | None = None) -> None:
        file = path or config_dir() / "desktop.ini"
        with suppress(OSError):
            make_folder(file.parent)
        close_to_others(file)
        self._settings = QSettings(str(file), QSettings.Format.IniFormat)

    @property
    def look(self) -> str:
        """The colours: ``system``, ``light`` or ``dark``."""
        found = str(self._settings.value("look", "system"))
        return found if found in LOOKS else "system"

    @look.setter
    def look(self, value: str) -> None:
        self._settings.setValue("look", value)

    @property
    def dark(self) -> bool:
        """Whether the colours are dark."""
        return theme.system_is_dark() if self.look == "system" else self.look == "dark"

    @property
    def text_scale(self) -> float:
        """The size of the text; 1.0 is 100 %."""
        try:
            found = float(str(self._settings.value("text_scale", 1.0)))
        except ValueError:
            return 1.0
        return min(tokens.SCALES, key=lambda one: abs(one - found))

    @text_scale.setter
    def text_scale(self, value: float) -> None:
        self._settings.setValue("text_scale", value)

    @property
    def by_participant(self) -> bool:
        """Whether the visits to come are shown by participant, not by day."""
        return str(self._settings.value("by_participant", "")) == "yes"

    @by_participant.setter
    def by_participant(self, value: bool) -> None:
        self._settings.setValue("by_participant", "yes" if value else "no")

    @property
    def study(self) -> Path | None:
        """The study that was open last."""
        found = str(self._settings.value("study", ""))
        return Path(found) if found else None

    @study.setter
    def study(self, path: Path) -> None:
        self._settings.setValue("study", str(path))

    @property
    def geometry(self) -> QRect | None:
        """The window's last rectangle on the screens; None where none is known."""
        try:
            numbers = [int(one) for one in str(self._settings.value("place", "")).split()]
        except ValueError:
            return None
        sane = all(abs(one) <= _FARTHEST for one in numbers)
        return QRect(*numbers) if len(numbers) == 4 and sane else None

    @geometry.setter
    def geometry(self, rect: QRect | None) -> None:
        numbers = (rect.x(), rect.y(), rect.width(), rect.height()) if rect is not None else ()
        self._settings.setValue("place", " ".join(map(str, numbers)))

    @property
    def maximized(self) -> bool:
        """Whether the window filled the screen the last time."""
        return str(self._settings.value("maximized", "")) == "yes"

    @maximized.setter
    def maximized(self, value: bool) -> None:
        self._settings.setValue("maximized", "yes" if value else "no")
