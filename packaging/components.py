"""Writes what a built program must bring with it: licence texts, a notice, the list of components, the checksums.

    python packaging/components.py FOLDER SHIPPED.json

FOLDER is the built program; SHIPPED.json, written by the PyInstaller spec, names its modules and libraries. The list of
components is in CycloneDX 1.6 (ECMA-424).
"""

import argparse
import hashlib
import json
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app import __version__  # noqa: E402 - the checkout is put on the path first

NOTICE = """Studyday {version}

Studyday is under the MIT licence (LICENSE). It comes with the components that components.cdx.json lists; the folder
licences has the licence text of each.

Qt and PySide6 (Qt for Python) are under the GNU Lesser General Public License, version 3 (licences/LGPL-3.txt, which
builds on licences/GPL-3.txt). They are shipped unchanged as separate shared libraries in the folder _internal/PySide6.
You may replace these libraries by your own build of the same version: put your files in their places and start the
program as before. Nothing in Studyday's licence forbids changing them, or reverse engineering to debug such changes.
Their source code is at download.qt.io, in the archives "qt-everywhere-src" and "pyside-setup" of the versions listed.
Whoever received this program may also ask the Studyday developers for that source on a medium, for the cost of the
copy, for three years from the day on which it was received.

The fonts are Noto, under the SIL Open Font License (_internal/app/resources/fonts); the icons are Tabler Icons, under
the MIT licence (_internal/app/resources/icons).

The study file is kept by SQLCipher, which contains SQLite and OpenSSL; all three are linked into sqlcipher3.
This product includes software developed by the OpenSSL Project for use in the OpenSSL Toolkit (openssl.org).
"""
SEE_TEXT = "see the text"
"""The licence of a component that names none but has its text."""
_LGPL = frozenset({"PySide6", "PySide6_Essentials", "PySide6_Addons", "shiboken6"})
_OPENSSL = re.compile(rb"OpenSSL (\d+\.\d+\.\d+[a-z]?) +\d+ [A-Z][a-z]{2} \d{4}")
_TEXTS = ("licen", "copying", "notice", "authors")


@dataclass(frozen=True, slots=True)
class Component:
    """A package or library that is shipped: its name, version, licence, package URL and licence files."""

    name: str
    version: str
    licence: str
    purl: str
    texts: tuple[Path, ...]


def python_packages(modules: Iterable[str]) -> Iterator[Component]:
    """Yield the installed distributions that have these modules."""
    owners = metadata.packages_distributions()
    names = {name for module in modules for name in owners.get(module.partition(".")[0], ())}
    for name in sorted(names, key=str.lower):
        found = metadata.distribution(name)
        if name == "studyday":
            continue
        texts = [Path(str(found.locate_file(file))) for file in found.files or () if _is_text(file.parts)]
        if name in _LGPL:
            texts += [ROOT / "packaging" / "licences" / f"{text}.txt" for text in ("LGPL-3", "GPL-3")]
        key = found.metadata["Name"].lower().replace("_", "-")
        yield Component(name, found.version, _licence(found), f"pkg:pypi/{key}@{found.version}", tuple(texts))


def _is_text(parts: tuple[str, ...]) -> bool:
    return ".dist-info" in parts[0] and any(parts[-1].lower().startswith(start) for start in _TEXTS)


def _licence(found: metadata.Distribution) -> str:
    said = found.metadata
    classified = [one.rpartition(" :: ")[2] for one in said.get_all("Classifier", []) if one.startswith("License ::")]
    named = said.json.get("license_expression") or "; ".join(classified) or said.json.get("license", "")
    return str(named).partition("\n")[0] or SEE_TEXT


def inside_sqlcipher() -> Iterator[Component]:
    """Yield what is linked into the extension of sqlcipher3, whose own files do not name it; the versions are its own.

    Raises:
        LookupError: the extension has no OpenSSL that tells its version, so the list has to be looked at.
    """
    from sqlcipher3 import _sqlite3, dbapi2

    connection = dbapi2.connect(":memory:")
    cipher = str(connection.execute("PRAGMA cipher_version").fetchone()[0]).partition(" ")[0]
    connection.close()
    openssl = _OPENSSL.search(Path(_sqlite3.__file__).read_bytes())
    if openssl is None:
        raise LookupError("no OpenSSL in sqlcipher3")
    for name, version, licence, text in (
        ("OpenSSL", openssl[1].decode(), "Apache-2.0", "Apache-2.0"),
        ("SQLCipher", cipher, "BSD-3-Clause", "SQLCipher"),
        ("SQLite", dbapi2.sqlite_version, "blessing", "SQLite"),
    ):
        path = ROOT / "packaging" / "licences" / f"{text}.txt"
        yield Component(name, version, licence, f"pkg:generic/{name.lower()}@{version}", (path,))


def python_itself() -> Component:
    """Return the interpreter."""
    version = platform.python_version()
    places = [Path(sysconfig.get_path("stdlib")) / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt"]
    places.append(Path(f"/usr/share/doc/python{version.rpartition('.')[0]}/copyright"))
    texts = tuple(place for place in places if place.is_file())[:1]
    return Component("Python", version, "PSF-2.0", f"pkg:generic/python@{version}", texts)


def system_libraries(files: Iterable[tuple[str, str]]) -> Iterator[Component]:
    """Yield the packages of the system from which libraries were taken; none where the system is not Debian's kind."""
    if shutil.which("dpkg-query") is None:
        return
    packages: set[str] = set()
    for _target, source in files:
        path = Path(source).resolve()
        if path.is_relative_to(sys.prefix) or (path.is_relative_to(sys.base_prefix) and sys.base_prefix != "/usr"):
            continue
        packages |= _owner(path)
    for package in sorted(packages):
        version = _asked("dpkg-query", "-W", "-f=${Version}", package)
        name = package.partition(":")[0]
        text = Path("/usr/share/doc") / name / "copyright"
        yield Component(name, version, SEE_TEXT, f"pkg:deb/debian/{name}@{version}", (text,) if text.is_file() else ())


def _owner(path: Path) -> set[str]:
    # Where /lib is a link to /usr/lib, the package may know the file by its older name.
    for known in (str(path), str(path).removeprefix("/usr")):
        found = _asked("dpkg-query", "-S", known)
        if found:
            return {line.rpartition(": ")[0] for line in found.splitlines()}
    return set()


def _asked(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def write_licences(folder: Path, components: Iterable[Component]) -> list[str]:
    """Copy the licence texts, and return the names of the components that have none."""
    without: list[str] = []
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for shared in ("LGPL-3.txt", "GPL-3.txt"):
        shutil.copyfile(ROOT / "packaging" / "licences" / shared, folder / shared)
    for one in components:
        place = folder / f"{one.name}-{one.version.replace(':', '_')}"
        for number, text in enumerate(one.texts):
            place.mkdir(exist_ok=True)
            name = text.name if number == 0 or not (place / text.name).exists() else f"{number}-{text.name}"
            shutil.copyfile(text, place / name)
        if not one.texts:
            without.append(one.name)
    return without


def cyclonedx(components: Iterable[Component]) -> dict[str, object]:
    """Return the list of components as a CycloneDX document.

    It has no serial number and no time of making, so that the same source gives the same list.
    """
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "studyday", "version": __version__}},
        "components": [
            {
                "type": "library",
                "name": one.name,
                "version": one.version,
                "purl": one.purl,
                **({"licenses": [{"license": {"name": one.licence}}]} if one.licence else {}),
            }
            for one in components
        ],
    }


def checksums(folder: Path) -> str:
    """Return the SHA-256 sums of all files in a folder, as `sha256sum --check` reads them."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}" for path in files
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write everything into the built program's folder."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("folder", type=Path)
    reader.add_argument("shipped", type=Path)
    given = reader.parse_args()
    shipped = json.loads(given.shipped.read_text(encoding="utf-8"))
    components = [python_itself(), *python_packages(shipped["modules"]), *system_libraries(shipped["files"])]
    if any(one.name == "sqlcipher3" for one in components):
        components += inside_sqlcipher()
    without = write_licences(given.folder / "licences", components)
    if without:
        print(f"No licence text was found for: {', '.join(without)}", file=sys.stderr)
        return 1
    shutil.copyfile(ROOT / "LICENSE", given.folder / "LICENSE")
    (given.folder / "NOTICE.txt").write_text(NOTICE.format(version=__version__), encoding="utf-8")
    listed = json.dumps(cyclonedx(components), indent=1) + "\n"
    (given.folder / "components.cdx.json").write_text(listed, encoding="utf-8")
    (given.folder / "SHA256SUMS").write_text(checksums(given.folder), encoding="utf-8")
    print(f"{len(components)} components in {given.folder / 'components.cdx.json'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
