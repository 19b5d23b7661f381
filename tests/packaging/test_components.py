"""What a built program brings with it: licence texts, the list of components, sums."""

import hashlib
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from app import __version__
from tests.packaging.loading import PACKAGING, script

components = script("components.py")
MODULES = [
    "reportlab.pdfgen.canvas",
    "PySide6.QtCore",
    "sqlcipher3._sqlite3",
    "sqlmodel.main",
    "_rl_accel",
    "app.cli.main",
    "json",
]


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    return {one.name: one for one in components.python_packages(MODULES)}


def test_the_packages_of_the_modules_are_named_once_with_their_texts(found: dict[str, Any]) -> None:
    assert {"reportlab", "rl_accel", "sqlcipher3", "sqlmodel"} <= found.keys()
    assert "studyday" not in found
    for one in found.values():
        assert one.texts, one.name
        assert all(text.is_file() for text in one.texts)
        assert one.licence, one.name
        assert one.purl == f"pkg:pypi/{one.name.lower().replace('_', '-')}@{one.version}"


def test_qt_comes_with_the_texts_of_its_licence(found: dict[str, Any]) -> None:
    qt = [one for name, one in found.items() if name.startswith("PySide6")]
    assert qt
    for one in qt:
        assert {"LGPL-3.txt", "GPL-3.txt"} <= {text.name for text in one.texts}
    notice = components.NOTICE.format(version=__version__)
    assert "replace these libraries" in notice
    assert "source code" in notice


def test_what_is_linked_into_sqlcipher3_is_named_with_its_own_version_and_text() -> None:
    import sqlcipher3.dbapi2 as sqlite

    inside = {one.name: one for one in components.inside_sqlcipher()}
    assert inside.keys() == {"OpenSSL", "SQLCipher", "SQLite"}
    assert inside["SQLite"].version == sqlite.sqlite_version
    assert re.fullmatch(r"3\.\d+\.\d+", inside["OpenSSL"].version)
    assert re.fullmatch(r"4\.\d+\.\d+", inside["SQLCipher"].version)
    first = {name: one.texts[0].read_text(encoding="utf-8").strip().partition("\n")[0] for name, one in inside.items()}
    assert first["OpenSSL"] == "Apache License"
    assert "ZETETIC LLC" in first["SQLCipher"]
    assert "disclaims copyright" in first["SQLite"]


def test_texts_of_one_name_are_all_kept_and_the_missing_are_told(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "LICENSE").write_text(folder, encoding="utf-8")
    texts = (tmp_path / "a" / "LICENSE", tmp_path / "b" / "LICENSE")
    some = components.Component("some", "1:2.0", "MIT", "pkg:generic/some@2.0", texts)
    bare = components.Component("bare", "1", "", "pkg:generic/bare@1", ())
    target = tmp_path / "licences"
    target.mkdir()
    (target / "of an older build").write_text("", encoding="utf-8")
    assert components.write_licences(target, [some, bare]) == ["bare"]
    kept = sorted(path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file())
    assert kept == ["GPL-3.txt", "LGPL-3.txt", "some-1_2.0/1-LICENSE", "some-1_2.0/LICENSE"]
    assert (target / "some-1_2.0" / "1-LICENSE").read_text(encoding="utf-8") == "b"


def test_the_list_of_components_is_cyclonedx_and_the_same_each_time() -> None:
    one = components.Component("some", "2.0", "MIT", "pkg:pypi/some@2.0", ())
    without = components.Component("bare", "1", "", "pkg:generic/bare@1", ())
    assert components.cyclonedx([one, without]) == {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "studyday", "version": __version__}},
        "components": [
            {
                "type": "library", "name": "some", "version": "2.0", "purl": "pkg:pypi/some@2.0",
                "licenses": [{"license": {"name": "MIT"}}],
            },
            {"type": "library", "name": "bare", "version": "1", "purl": "pkg:generic/bare@1"},
        ],
    }  # fmt: skip


def test_the_sums_are_read_by_sha256sum(tmp_path: Path) -> None:
    (tmp_path / "_internal").mkdir()
    (tmp_path / "_internal" / "b.so").write_bytes(b"b")
    (tmp_path / "a file").write_bytes(b"a")
    (tmp_path / "SHA256SUMS").write_text("of an older build", encoding="utf-8")
    sums = components.checksums(tmp_path)
    assert sums.splitlines() == [
        f"{hashlib.sha256(b'b').hexdigest()}  _internal/b.so",
        f"{hashlib.sha256(b'a').hexdigest()}  a file",
    ]
    (tmp_path / "SHA256SUMS").write_text(sums, encoding="utf-8")
    checked = subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=tmp_path, capture_output=True)
    assert checked.returncode == 0


@pytest.fixture(scope="module")
def dressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a build leaves it on Windows, with everything that it must bring."""
    folder = tmp_path_factory.mktemp("dist") / "studyday"
    (folder / "_internal").mkdir(parents=True)
    for name in ("studyday.exe", "studydayw.exe"):
        (folder / name).write_bytes(b"")
    shipped = folder.with_name("shipped.json")
    shipped.write_text(json.dumps({"modules": MODULES[:4], "files": []}), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["components.py", str(folder), str(shipped)])
        assert components.main() == 0
    return folder


def test_a_build_gets_its_licence_notice_list_and_sums(dressed: Path) -> None:
    assert (dressed / "LICENSE").read_bytes() == (PACKAGING.parent / "LICENSE").read_bytes()
    assert (dressed / "NOTICE.txt").read_text(encoding="utf-8").startswith(f"Studyday {__version__}\n")
    listed = json.loads((dressed / "components.cdx.json").read_text(encoding="utf-8"))
    assert {"Python", "reportlab", "OpenSSL", "SQLCipher"} <= {one["name"] for one in listed["components"]}
    assert "studyday.exe" in (dressed / "SHA256SUMS").read_text(encoding="utf-8")


def test_the_windows_installer_takes_away_everything_that_it_puts(dressed: Path) -> None:
    script_text = (PACKAGING / "windows" / "studyday.nsi").read_text(encoding="utf-8")
    removal = script_text[script_text.index('Section "Uninstall"') :]
    for path in dressed.iterdir():
        order = f'RMDir /r "$INSTDIR\\{path.name}"' if path.is_dir() else f'Delete "$INSTDIR\\{path.name}"'
        assert order in removal, path.name
    assert 'RMDir "$INSTDIR"\n' in removal, "only when it is empty"
    assert "studyday.studyday" not in removal
    assert "LOCALAPPDATA\\studyday" not in removal
