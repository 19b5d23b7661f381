"""Menu entries, the file type, and what the installers put and take away."""

import re
import shutil
import subprocess
from configparser import ConfigParser
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.packaging.loading import PACKAGING

LINUX = PACKAGING / "linux"
MIME = "application/x-studyday"


def entry(name: str) -> dict[str, str]:
    reader = ConfigParser(interpolation=None, strict=True)
    reader.optionxform = str  # type: ignore[assignment,method-assign]
    reader.read(LINUX / name, encoding="utf-8")
    return dict(reader["Desktop Entry"])


@pytest.mark.parametrize(
    ("name", "command"), [("studyday.desktop", "studyday"), ("studyday-file.desktop", "studyday -f %f")]
)
def test_a_menu_entry_starts_what_is_installed(name: str, command: str) -> None:
    found = entry(name)
    assert (found["Type"], found["Exec"], found["Terminal"]) == ("Application", command, "false")
    assert (PACKAGING.parent / "resources" / "icons" / f"{found['Icon']}.svg").is_file()
    assert all(found.values())


def test_only_the_entry_for_files_opens_the_type_and_only_the_other_is_in_the_menu() -> None:
    for_files, in_menu = entry("studyday-file.desktop"), entry("studyday.desktop")
    assert for_files["MimeType"].split(";") == [MIME, ""]
    assert for_files["NoDisplay"] == "true"
    assert "MimeType" not in in_menu
    assert in_menu["Categories"].endswith(";")


def test_the_type_is_that_of_files_with_the_ending() -> None:
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    root = ElementTree.parse(LINUX / "studyday.xml").getroot()
    (kind,) = root.findall(f"{space}mime-type")
    assert kind.get("type") == MIME
    assert [one.get("pattern") for one in kind.findall(f"{space}glob")] == ["*.studyday"]
    languages = {one.get("{http://www.w3.org/XML/1998/namespace}lang") for one in kind.findall(f"{space}comment")}
    assert languages == {None, "sv", "fi", "zh_CN"}


def test_what_is_put_for_one_user_is_taken_away() -> None:
    put = (LINUX / "install").read_text(encoding="utf-8")
    removed = (LINUX / "uninstall").read_text(encoding="utf-8").replace("\\\n", "")
    for name in ("studyday", "studyday-file"):
        assert name in put
        assert f'"$share/applications/{name}.desktop"' in removed
    copied = re.findall(r'^cp "\$here/share/[\w.]+" "(\$share/\S+)"$', put, re.MULTILINE)
    assert len(copied) == 3
    for place in copied:
        assert f'"{place}"' in removed, place
    assert 'rm -rf "$lib"' in removed
    assert ".local/share/studyday" not in removed
    assert "$share/studyday" not in removed


@dataclass(frozen=True, slots=True)
class Installer:
    """What the installer unpacks, with a stand-in for the program and the scripts as they are shipped; and a home."""

    unpacked: Path
    home: Path

    @property
    def lib(self) -> Path:
        return self.home / ".local" / "lib" / "studyday"

    @property
    def program(self) -> Path:
        return self.unpacked / "studyday" / "studyday"

    def run(self, path: Path, code: int = 0) -> str:
        """What a program says, on either stream."""
        surroundings = {"HOME": str(self.home), "PATH": "/usr/bin:/bin"}
        done = subprocess.run([path], env=surroundings, capture_output=True, text=True)
        assert done.returncode == code, done.stderr
        return done.stdout + done.stderr

    def install(self, code: int = 0) -> str:
        return self.run(self.unpacked / "install", code)


def installer(unpacked: Path, home: Path) -> Installer:
    (unpacked / "share").mkdir(parents=True)
    (unpacked / "studyday").mkdir()
    home.mkdir()
    program = unpacked / "studyday" / "studyday"
    program.write_text("#!/bin/sh\necho studyday 9\n", encoding="utf-8")
    program.chmod(0o755)
    for name in ("install", "uninstall"):
        (unpacked / name).write_bytes((LINUX / name).read_bytes())
        (unpacked / name).chmod(0o755)
    for name in ("studyday.desktop", "studyday-file.desktop", "studyday.xml"):
        (unpacked / "share" / name).write_bytes((LINUX / name).read_bytes())
    for name in ("studyday.svg", "studyday.1.gz"):
        (unpacked / "share" / name).write_bytes(b"")
    (unpacked / "share" / "version").write_text("9\n", encoding="utf-8")
    return Installer(unpacked, home)


@pytest.fixture
def fresh(tmp_path: Path) -> Installer:
    return installer(tmp_path / "un packed", tmp_path / "home of 王")


def test_the_installer_for_one_user_puts_updates_and_takes_away(fresh: Installer) -> None:
    home, lib = fresh.home, fresh.lib
    study = home / ".local" / "share" / "studyday" / "study.studyday"
    study.parent.mkdir(parents=True)
    study.write_bytes(b"a study")

    assert "Studyday 9 is installed" in fresh.install()
    assert fresh.run(home / ".local" / "bin" / "studyday") == "studyday 9\n"
    shown = (home / ".local/share/applications/studyday-file.desktop").read_text(encoding="utf-8")
    assert f'Exec="{lib}/studyday" -f %f\n' in shown

    (lib / "of the older version").write_bytes(b"")
    fresh.program.write_text("#!/bin/sh\necho studyday 10\n", encoding="utf-8")
    fresh.install()
    assert fresh.run(home / ".local" / "bin" / "studyday") == "studyday 10\n"
    assert not (lib / "of the older version").exists()

    fresh.run(lib / "uninstall")
    left = sorted(path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file() or path.is_symlink())
    ours = [name for name in left if "mime" not in name and not name.endswith("mimeinfo.cache")]
    assert ours == [".local/share/studyday/study.studyday"]
    assert study.read_bytes() == b"a study"


def test_a_study_among_the_files_of_the_program_is_not_taken_away_with_them(fresh: Installer) -> None:
    fresh.install()
    study = fresh.lib / "_internal" / "mine.studyday"
    study.parent.mkdir()
    study.write_bytes(b"a study")
    for script in (fresh.unpacked / "install", fresh.lib / "uninstall"):
        assert f"{study} looks like a study file" in fresh.run(script, code=1)
        assert study.read_bytes() == b"a study"
        assert fresh.run(fresh.lib / "studyday") == "studyday 9\n"


def test_a_running_program_is_neither_replaced_nor_taken_away(fresh: Installer) -> None:
    """Also where the home is a link, as the system names a running program by its own path."""
    elsewhere = fresh.home.with_name("disk")
    fresh.home.rename(elsewhere)
    fresh.home.symlink_to(elsewhere)
    fresh.install()
    (fresh.lib / "studyday").unlink()
    shutil.copy2("/bin/sleep", fresh.lib / "studyday")
    running = subprocess.Popen([fresh.lib / "studyday", "600"])
    try:
        for script in (fresh.unpacked / "install", fresh.lib / "uninstall"):
            assert "Studyday is running. Close its window first." in fresh.run(script, code=1)
        assert (fresh.lib / "studyday").read_bytes() == Path("/bin/sleep").read_bytes()
    finally:
        running.kill()
        running.wait()
    fresh.install()
    assert fresh.run(fresh.lib / "studyday") == "studyday 9\n"


def test_a_command_of_that_name_that_is_something_else_is_left(fresh: Installer) -> None:
    command = fresh.home / ".local" / "bin" / "studyday"
    command.parent.mkdir(parents=True)
    command.write_text("mine", encoding="utf-8")
    assert f"{command} is something else, and is left as it is." in fresh.install()
    fresh.run(fresh.lib / "uninstall")
    assert command.read_text(encoding="utf-8") == "mine"


def test_a_program_that_may_not_be_run_where_it_was_unpacked_says_so(fresh: Installer) -> None:
    fresh.program.chmod(0o644)
    assert f"No program may be run in {fresh.unpacked}. Name another folder" in fresh.install(code=1)
    assert not fresh.lib.exists()


def test_a_home_with_signs_of_its_own_is_written_in_the_menu_as_a_menu_reads_it(tmp_path: Path) -> None:
    """Of a menu entry: a percent sign is two, a dollar has a backslash, which itself is two."""
    odd = installer(tmp_path / "unpacked", tmp_path / "R&D|50% $x")
    odd.install()
    shown = (odd.home / ".local/share/applications/studyday.desktop").read_text(encoding="utf-8")
    path = f"{tmp_path}/R&D|50%% \\\\$x/.local/lib/studyday/studyday"
    assert f'Exec="{path}"\n' in shown


def test_without_a_home_nothing_is_done(fresh: Installer) -> None:
    for name in ("install", "uninstall"):
        done = subprocess.run([fresh.unpacked / name], env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True)
        assert done.returncode != 0
        assert "HOME: is not set" in done.stderr


def test_a_folder_of_that_name_that_is_something_else_is_not_touched(tmp_path: Path) -> None:
    lib = tmp_path / ".local" / "lib" / "studyday"
    lib.mkdir(parents=True)
    (lib / "kept").write_bytes(b"")
    (tmp_path / "share").mkdir()
    (tmp_path / "share" / "version").write_text("9\n", encoding="utf-8")
    (tmp_path / "install").write_bytes((LINUX / "install").read_bytes())
    done = subprocess.run(
        ["sh", tmp_path / "install"],
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "is not Studyday" in done.stderr
    assert [path.name for path in lib.iterdir()] == ["kept"]


def test_the_package_says_what_it_is() -> None:
    fields = dict(re.findall(r"^(\w[\w-]*): (.*)$", (LINUX / "control").read_text(encoding="utf-8"), re.MULTILINE))
    assert fields["Package"] == "studyday"
    assert fields["Version"] == "@VERSION@"
    assert {"libc6 (>= 2.36)", "libgl1", "libegl1", "libxcb1"} == set(fields["Depends"].split(", "))
