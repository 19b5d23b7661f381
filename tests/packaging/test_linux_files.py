"""Menu entries, the file type, and what the installers put and take away."""

import re
import subprocess
from configparser import ConfigParser
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


def test_the_installer_for_one_user_puts_updates_and_takes_away(tmp_path: Path) -> None:
    """With a stand-in for the program, from the scripts as they are shipped."""
    unpacked, home = tmp_path / "unpacked", tmp_path / "home"
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
    study = home / ".local" / "share" / "studyday" / "study.studyday"
    study.parent.mkdir(parents=True)
    study.write_bytes(b"a study")
    surroundings = {"HOME": str(home), "PATH": "/usr/bin:/bin"}

    def run(path: Path) -> str:
        return subprocess.run([path], env=surroundings, capture_output=True, text=True, check=True).stdout

    assert "Studyday 9 is installed" in run(unpacked / "install")
    lib = home / ".local" / "lib" / "studyday"
    assert run(home / ".local" / "bin" / "studyday") == "studyday 9\n"
    shown = (home / ".local/share/applications/studyday-file.desktop").read_text(encoding="utf-8")
    assert f'Exec="{lib}/studyday" -f %f\n' in shown

    (lib / "of the older version").write_bytes(b"")
    program.write_text("#!/bin/sh\necho studyday 10\n", encoding="utf-8")
    run(unpacked / "install")
    assert run(home / ".local" / "bin" / "studyday") == "studyday 10\n"
    assert not (lib / "of the older version").exists()

    run(lib / "uninstall")
    left = sorted(path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file() or path.is_symlink())
    ours = [name for name in left if "mime" not in name and not name.endswith("mimeinfo.cache")]
    assert ours == [".local/share/studyday/study.studyday"]
    assert study.read_bytes() == b"a study"


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
