"""What the program is made of, and where it keeps its files; no file is opened for it but the one of the build."""

import json
import platform
from importlib import metadata
from pathlib import Path, PurePath

from app import __version__, paths
from app.bounded_read import read_file
from app.operating_system import on_windows
from app.services.commands.study_file import backups_folder, sqlite_version
from app.services.study.environment import Environment
from app.wording.program_details import ProgramDetails

BUILD_FILE = "build.json"
"""Written among the shipped files when the program is built."""
_LARGEST_BUILD = 10_000
"""Bytes that are read of the file that says how the program was built."""
HOME_ON_WINDOWS, HOME = "%USERPROFILE%", "~"
ANY_USER = "USER"


def program_details(study: Path, environment: Environment) -> ProgramDetails:
    """Return the details with the places for that study, which need not exist."""
    build = _build()

    home = _home()

    def place(path: Path) -> str:
        return without_user(path, home, environment.who)

    return ProgramDetails(
        version=__version__,
        commit=build.get("commit", ""),
        built_on=build.get("day", ""),
        python=platform.python_version(),
        qt=build.get("qt", "") or _installed("PySide6"),
        sqlite=sqlite_version(),
        system=f"{platform.system()} {platform.release()} ({platform.machine()})",
        study=place(study.absolute()),
        backups=place(backups_folder(study.absolute())),
        settings=place(paths.config_dir()),
        log=place(paths.state_dir()),
    )


def without_user(path: PurePath, home: PurePath, user: str) -> str:
    """Return a path without the name of the user: the home folder in short, and the name nowhere else."""
    parts = list(path.parts)
    start = HOME_ON_WINDOWS if on_windows() else HOME
    if len(home.parts) > 1 and path.is_relative_to(home):
        parts = [start, *path.relative_to(home).parts]
    hidden = {one.casefold() for one in (user, home.name) if one}
    parts = [ANY_USER if part.casefold() in hidden else part for part in parts]
    return str(type(path)(*parts))


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:
        return Path("/")


def _build() -> dict[str, str]:
    try:
        found = json.loads(read_file(paths.resources() / BUILD_FILE, _LARGEST_BUILD))
    except (OSError, ValueError):
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}


def _installed(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
