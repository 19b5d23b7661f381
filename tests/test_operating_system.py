"""What differs between the systems, and the program on a stand-in for Windows: without what only other systems have."""

import ast
import os
import subprocess
import sys
import types
from datetime import UTC
from pathlib import Path, PurePosixPath, PureWindowsPath
from zoneinfo import ZoneInfo

import pytest

from app import operating_system
from app.operating_system import (
    clock_step_ns,
    identity_of,
    is_abandoned,
    is_network_drive,
    remove_file,
    replace_file,
    sync_folder,
    unfit_name,
    zone_name,
)

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")


# Names


@pytest.mark.parametrize(
    ("path", "unfit"),
    [
        (r"C:\studies\con", "con"),
        (r"C:\studies\CON.pdf", "CON.pdf"),
        (r"C:\studies\nul .studyday", "nul .studyday"),
        (r"aux\sheet.pdf", "aux"),
        (r"COM1", "COM1"),
        (r"D:\lpt9.studyday", "lpt9.studyday"),
        ("com¹.pdf", "com¹.pdf"),
        (r"conout$", "conout$"),
        (r"C:\studies\a.studyday:hidden", "a.studyday:hidden"),
        (r"C:\studies\a.pdf.", "a.pdf."),
        (r"C:\studies\a.pdf ", "a.pdf "),
        (r"C:\studies\what?.pdf", "what?.pdf"),
        (r"C:\studies\console.pdf", ""),
        (r"C:\studies\com10.pdf", ""),
        (r"C:\studies\Åsa 1.2.pdf", ""),
        (r"..\sheet.pdf", ""),
        (r".\sheet.pdf", ""),
        (r"\\server\share\sheet.pdf", ""),
        (r"D:sheet.pdf", ""),
        ("", ""),
    ],
)
@pytest.mark.usefixtures("windows")
def test_a_name_that_windows_understands_otherwise(path: str, unfit: str) -> None:
    assert unfit_name(PureWindowsPath(path)) == unfit


@pytest.mark.parametrize("path", ["con", "a:b", "nul.pdf", "a.", "what?"])
def test_elsewhere_a_name_is_what_it_is(path: str) -> None:
    assert unfit_name(PurePosixPath(path)) == ""


# The time zone


def zone_of_registry(monkeypatch: pytest.MonkeyPatch, found: object) -> None:
    """Stand in for the module that reads the registry."""

    def get_localzone() -> object:
        if isinstance(found, Exception):
            raise found
        return found

    module = types.ModuleType("babel.localtime")
    module.get_localzone = get_localzone  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "babel.localtime", module)
    monkeypatch.delenv("TZ", raising=False)


@pytest.mark.usefixtures("windows")
@pytest.mark.parametrize(
    ("found", "zone"),
    [
        (ZoneInfo("Europe/Stockholm"), "Europe/Stockholm"),
        (ZoneInfo("Asia/Shanghai"), "Asia/Shanghai"),
        (UTC, "UTC"),
        (LookupError("Can not find timezone Middle-earth Standard Time"), "UTC"),
        (OSError("the registry cannot be read"), "UTC"),
        (ImportError("no winreg"), "UTC"),
    ],
)
def test_windows_has_its_zone_in_the_registry(found: object, zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    zone_of_registry(monkeypatch, found)
    assert zone_name() == zone


@pytest.mark.usefixtures("windows")
def test_a_zone_that_is_named_counts_on_windows_too(monkeypatch: pytest.MonkeyPatch) -> None:
    zone_of_registry(monkeypatch, ZoneInfo("Europe/Helsinki"))
    monkeypatch.setenv("TZ", "Europe/Stockholm")
    assert zone_name() == "Europe/Stockholm"


@pytest.mark.parametrize(
    ("windows_name", "zone"),
    [
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("FLE Standard Time", "Europe/Kiev"),
        ("Romance Standard Time", "Europe/Paris"),
        ("China Standard Time", "Asia/Shanghai"),
        ("GMT Standard Time", "Europe/London"),
    ],
)
def test_the_table_of_zones_comes_with_the_program(windows_name: str, zone: str) -> None:
    """Sweden's zone on Windows is that of western Europe, Finland's the one of Kyiv; both have the same rules."""
    from babel.core import get_global

    assert get_global("windows_zone_mapping")[windows_name] == zone
    ZoneInfo(zone)


# Files


def test_every_name_of_a_file_has_its_identity(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    os.link(tmp_path / "a", tmp_path / "b")
    (tmp_path / "c").symlink_to("a")
    assert len({identity_of(tmp_path / name) for name in "abc"}) == 1
    assert identity_of(tmp_path / "none") is None


@pytest.mark.usefixtures("windows")
def test_a_file_that_is_looked_at_for_a_moment_is_replaced_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operating_system, "sleep", lambda _seconds: None)
    part, path = tmp_path / "part", tmp_path / "path"
    part.write_bytes(b"new")
    path.write_bytes(b"old")
    real, refusals = Path.replace, [True, True, False]

    def replace(self: Path, target: Path) -> Path:
        if refusals.pop(0):
            raise PermissionError(13, "the file is used by another process")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    replace_file(part, path)
    assert path.read_bytes() == b"new"
    assert refusals == []


@pytest.mark.parametrize(("system", "tries"), [("win32", 6), ("linux", 1)])
def test_a_file_that_stays_in_use_is_refused(
    system: str, tries: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", system)
    monkeypatch.setattr(operating_system, "sleep", lambda _seconds: None)
    tried: list[Path] = []

    def replace(self: Path, target: Path) -> Path:
        tried.append(target)
        raise PermissionError(13, "the file is used by another process")

    (tmp_path / "part").write_bytes(b"new")
    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(PermissionError):
        replace_file(tmp_path / "part", tmp_path / "path")
    assert len(tried) == tries
    assert (tmp_path / "part").exists()


@pytest.mark.usefixtures("windows")
def test_what_windows_does_not_need_is_not_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_arguments: object) -> None:
        raise AssertionError

    monkeypatch.setattr(os, "fsync", never)
    monkeypatch.setitem(sys.modules, "fcntl", None)
    sync_folder(tmp_path)
    assert operating_system.hold(0) is None
    assert is_abandoned(tmp_path)
    assert clock_step_ns() == 100


@pytest.mark.usefixtures("windows")
def test_a_folder_is_held_there_by_a_file_next_to_it(tmp_path: Path) -> None:
    folder, held = tmp_path / ".demo.making", tmp_path / ".demo.making.held"
    folder.mkdir()
    lock = operating_system.hold_folder(folder)
    assert lock is not None
    assert held.exists()
    assert not is_abandoned(folder), "another process is filling it"
    operating_system.release(lock)
    held.unlink()  # as Windows does with the last handle, also that of a killed process
    assert is_abandoned(folder)


@pytest.mark.usefixtures("windows")
def test_a_file_that_is_looked_at_for_a_moment_is_removed_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operating_system, "sleep", lambda _seconds: None)
    path = tmp_path / "part"
    path.write_bytes(b"")
    real, refusals = Path.unlink, [True, True, False]

    def unlink(self: Path, missing_ok: bool = False) -> None:
        if refusals.pop(0):
            raise PermissionError(13, "the file is used by another process")
        real(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    remove_file(path)
    assert (path.exists(), refusals) == (False, [])


def test_a_drive_on_the_network_is_asked_of_windows_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_network_drive(Path("/srv"))
    kinds = {"Z:\\": 4, "C:\\": 3}
    kernel = types.SimpleNamespace(GetDriveTypeW=kinds.get)
    ctypes = types.SimpleNamespace(windll=types.SimpleNamespace(kernel32=kernel))
    monkeypatch.setitem(sys.modules, "ctypes", ctypes)
    monkeypatch.setattr("sys.platform", "win32")
    assert is_network_drive(PureWindowsPath(r"Z:\studies\a"))  # type: ignore[arg-type] # as a path is there
    assert not is_network_drive(PureWindowsPath(r"C:\studies\a"))  # type: ignore[arg-type]


# The program

_STAND_IN = """
import importlib, os, pkgutil, platform, sys
# Other packages choose by the system when they are loaded; they are not what is tried here.
for name in (
    "babel.localtime", "babel.dates", "ctypes", "email.message", "getpass", "holidays", "importlib.metadata",
    "logging.handlers", "platformdirs", "pydantic", "pydantic.networks", "reportlab.pdfgen.canvas",
    "reportlab.platypus", "ruamel.yaml", "shutil", "socket", "sqlalchemy.dialects.sqlite", "sqlcipher3.dbapi2",
    "sqlmodel", "subprocess", "tempfile", "types", "zoneinfo", "PySide6.QtWidgets", "PySide6.QtPdf",
    "PySide6.QtPrintSupport", "PySide6.QtNetwork", "PySide6.QtSvg", "PySide6.QtTest",
):
    importlib.import_module(name)
import ctypes, socket, types
ctypes.windll = types.SimpleNamespace(kernel32=types.SimpleNamespace(GetDriveTypeW=lambda anchor: 3))
platform.uname()
for name in ("fcntl", "pwd", "grp", "termios", "resource", "tty", "pty", "winreg", "msvcrt"):
    sys.modules[name] = None
for name in (
    "getuid", "geteuid", "getgid", "getegid", "getgroups", "O_NOFOLLOW", "O_NONBLOCK", "O_DIRECTORY", "fchmod",
    "mkfifo", "fork", "statvfs", "chown", "lchown", "getpgid", "setsid", "sched_yield", "getlogin",
):
    if hasattr(os, name):
        delattr(os, name)
del socket.AF_UNIX
sys.platform = "win32"
os.environ["USERNAME"] = "eva"
for name in ("LOGNAME", "USER", "LNAME"):
    os.environ.pop(name, None)
import app
for found in pkgutil.walk_packages(app.__path__, "app."):
    if not found.name.endswith("__main__"):
        importlib.import_module(found.name)
from datetime import UTC, datetime
from pathlib import Path
from app import bootstrap, paths, program_log
from app.cli.main import run
from app.run_marks import RunMark, take_unclean_ends
from app.wording.reports import bug_report
folder = Path(sys.argv[1])
paths.state_dir, paths.cache_dir = lambda: folder / "state", lambda: folder / "cache"
environment = bootstrap.environment()
assert environment.who == "eva", environment.who
study = ["-f", str(folder / "a.studyday"), "--today", "2026-11-23"]
lines = (
    ["new"],
    ["enrol", "--protocol", "scanpan", "--code", "LI-001", "--on", "2026-11-23", "--country", "SE",
     "--regimen", "MFFX"],
    ["note", "LI-001", "SP-C01", "a note"],
    ["undo"],
    ["agenda"],
    ["history"],
    ["backup"],
    ["backup", "--list"],
    ["print", "sheet", "LI-001", "SP-C01", "-o", str(folder / "sheet.pdf")],
    ["print", "sheet", "LI-001", "SP-C01", "-o", str(folder / "sheet.pdf")],
    ["verify"],
    ["about"],
)
for line in lines:
    assert run([*study, *line], environment, bootstrap.log) == 0, line
for name in ("NUL", "a.pdf:b", "con.pdf", "a.pdf."):
    assert run([*study, "print", "sheet", "LI-001", "SP-C01", "-o", str(folder / name)], environment) == 2, name
assert run(["-f", str(folder / "aux.studyday"), "new"], environment) == 2
assert run(["rehearse", "resources/examples/scanpan.json", "--json"], environment) == 0
mark = RunMark(datetime(2026, 11, 23, tzinfo=UTC))
mark.end()
assert take_unclean_ends(datetime(2026, 11, 23, tzinfo=UTC)) == []
bootstrap.report_bug(ValueError())
print("all of it", file=sys.__stderr__)
"""


def test_the_program_works_without_what_windows_has_not(tmp_path: Path) -> None:
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "TZ": "Europe/Stockholm"}
    done = subprocess.run(
        [sys.executable, "-c", _STAND_IN, str(tmp_path)], env=surroundings, cwd=ROOT, capture_output=True, text=True
    )
    assert done.stderr.endswith("all of it\n"), done.stderr
    assert done.returncode == 0
    made = sorted(path.name for path in tmp_path.iterdir() if path.is_file())
    assert made == ["a.studyday", "sheet.pdf"]
    lines = (tmp_path / "state" / "studyday.log").read_text("utf-8").splitlines()
    assert len(lines) == 12


_NO_CONSOLE = """
import os, sys
for number in range(3):
    os.close(number)
sys.stdin = sys.stdout = sys.stderr = None
real = os.fdopen
def fdopen(number, *arguments, **named):
    if number < 3:
        raise OSError(9, "Bad file descriptor")
    return real(number, *arguments, **named)
os.fdopen = fdopen
from app.__main__ import main
sys.argv = ["studyday", "protocols"]
code = main()
print("to nowhere")
print("to nowhere", file=sys.stderr)
assert sys.stdin.read() == ""
os._exit(code + 40)
"""


def test_a_program_without_a_console_speaks_to_nobody(tmp_path: Path) -> None:
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", _NO_CONSOLE], env=surroundings, cwd=tmp_path)
    assert done.returncode == 40


_NO_CONSOLE_ON_WINDOWS = """
import os, sys
sys.stdin = sys.stdout = sys.stderr = None
from app import operating_system
from app.cli import terminal
terminal.on_windows = lambda: True
shown = []
terminal.show_without_console = shown.append
from app.__main__ import main
sys.argv = ["studydayw", *sys.argv[1:]]
code = main()
os.write(3, repr((code, shown)).encode())
os._exit(0)
"""


def told_without_console(folder: Path, *arguments: str) -> tuple[int, list[str]]:
    """The exit code of a program without a console on a stand-in for Windows, and what it shows in a box."""
    reading, writing = os.pipe()
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(folder)}
    surroundings = {name: value for name, value in surroundings.items() if "DISPLAY" not in name and "QT" not in name}
    command = ["bash", "-c", f'exec "$@" 3>&{writing}', "bash", sys.executable, "-c", _NO_CONSOLE_ON_WINDOWS]
    subprocess.run([*command, *arguments], env=surroundings, cwd=folder, pass_fds=[writing], check=True)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        found: tuple[int, list[str]] = ast.literal_eval(told.read().decode())
    return found


@pytest.mark.skipif(os.name == "nt", reason="a stand-in for Windows on another system")
@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["-f", "a.studyday", "--today", "yesterday-ish"], 2, "studyday: the window: --today: “yesterday-ish”"),
        (["--no-such-option"], 2, "no-such-option"),
        (["protocols"], 0, ""),
    ],
)
def test_what_is_refused_without_a_console_is_shown_in_a_box(
    tmp_path: Path, arguments: list[str], code: int, says: str
) -> None:
    ended, shown = told_without_console(tmp_path, *arguments)
    assert ended == code
    assert len(shown) == (1 if code else 0)
    assert says in "".join(shown)
