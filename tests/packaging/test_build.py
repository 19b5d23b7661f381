"""The scripts of the build: they can be read, leave out what must not be shipped, and name no version themselves."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import __version__
from tests.packaging.loading import PACKAGING

BASH = ("build", "prove", "setup", "test", "try", "lock", "screenshots")
SH = ("linux/install", "linux/uninstall")
SPEC = PACKAGING / "studyday.spec"


@pytest.mark.parametrize(("shell", "name"), [*(("bash", one) for one in BASH), *(("sh", one) for one in SH)])
def test_a_shell_can_read_its_scripts(shell: str, name: str) -> None:
    script = PACKAGING / name
    assert shell in script.read_text(encoding="utf-8").partition("\n")[0]
    assert subprocess.run([shell, "-n", script], capture_output=True, text=True).stderr == ""


@pytest.fixture(scope="module")
def spec() -> ast.Module:
    return ast.parse(SPEC.read_text(encoding="utf-8"), SPEC.name)


@pytest.fixture(scope="module")
def excluded(spec: ast.Module) -> list[str]:
    given = next(
        node.value
        for node in spec.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "EXCLUDED_MODULES"
    )
    names: list[str] = ast.literal_eval(given)
    return names


def test_there_is_one_sqlite_and_no_web_and_no_qml(excluded: list[str]) -> None:
    assert {"PySide6.QtSql", "sqlite3", "_sqlite3", "PySide6.QtQml", "PySide6.QtWebEngineCore"} <= set(excluded)


def imports(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_nothing_that_the_program_imports_is_left_out(excluded: list[str]) -> None:
    wanted = {name for path in (PACKAGING.parent / "app").rglob("*.py") for name in imports(path.read_text("utf-8"))}
    left_out = [one for one in excluded for name in wanted if name == one or name.startswith(f"{one}.")]
    assert left_out == []


def test_what_is_imported_by_a_text_is_collected() -> None:
    from reportlab.lib import rl_accel

    assert '"_rl_accel"' in SPEC.read_text(encoding="utf-8")
    assert rl_accel.fp_str.__module__ == "_rl_accel", "the accelerator is there and used"


def test_every_folder_of_shipped_files_is_collected() -> None:
    text = SPEC.read_text(encoding="utf-8")
    needless = {"pictures"}  # those of the README
    for folder in (PACKAGING.parent / "resources").iterdir():
        assert (f'"{folder.name}"' in text) != (folder.name in needless), folder.name


def test_the_build_file_is_where_the_program_looks_for_it() -> None:
    from app.services.commands.about import BUILD_FILE

    text = SPEC.read_text(encoding="utf-8")
    assert f'"{BUILD_FILE}"' in text
    assert 'datas.append((str(build_file), "app/resources"))' in text


def test_the_version_is_written_in_one_place() -> None:
    files = [path for path in PACKAGING.rglob("*") if path.is_file() and "licences" not in path.parts]
    texts = {path.name: path.read_bytes() for path in files if path.name != "requirements.lock"}
    texts["pyproject.toml"] = (PACKAGING.parent / "pyproject.toml").read_bytes()
    found = [name for name, text in texts.items() if f'"{__version__}"'.encode() in text]
    assert found == []
    assert b'dynamic = ["version"]' in texts["pyproject.toml"]
    assert b'path = "app/__init__.py"' in texts["pyproject.toml"]


def test_the_windows_installer_compiles(tmp_path: Path) -> None:
    if shutil.which("makensis") is None:
        pytest.skip("needs makensis; packaging/build windows installs it")
    folder, icon = tmp_path / "studyday", tmp_path / "studyday.ico"
    (folder / "_internal").mkdir(parents=True)
    for name in ("studyday.exe", "studydayw.exe", "LICENSE"):
        (folder / name).write_bytes(b"a stand-in")
    surroundings = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}
    subprocess.run([sys.executable, PACKAGING / "windows" / "icon.py", icon], env=surroundings, check=True)
    given = {
        "VERSION": __version__, "FOLDER": folder, "ICON": icon, "LICENCE": PACKAGING.parent / "LICENSE",
        "OUTPUT": tmp_path / "studyday-setup.exe",
    }  # fmt: skip
    made = subprocess.run(
        ["makensis", "-V2", "-WX", *(f"-D{name}={value}" for name, value in given.items()),
         PACKAGING / "windows" / "studyday.nsi"],
        env=surroundings, capture_output=True, text=True,
    )  # fmt: skip
    assert made.returncode == 0, made.stdout + made.stderr
    assert (tmp_path / "studyday-setup.exe").read_bytes()[:2] == b"MZ"
