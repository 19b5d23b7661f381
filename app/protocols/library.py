"""The protocols at hand: the shipped ones, and a cache, so that a file that was checked once is not checked again.

The cache keeps the built protocol version under the digest of the file, the program's version and the sources that make
one out of the other. A damaged, outdated or unreachable entry is ignored and the file is read again.
"""

import re
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from app import __version__, paths
from app.bounded_read import read_file
from app.cache import digest, recall, remember
from app.domain.protocol.version import ProtocolVersion
from app.protocols.findings import MAX_BYTES, Finding, ProtocolRefused, did_you_mean
from app.protocols.version_codec import version_from_plain, version_to_plain

_APP = Path(__file__).parents[1]
_CACHE = "protocols"
_SOURCES = (
    "domain/dates.py",
    "domain/protocol/*.py",
    "protocols/*.py",
    "protocols/builder/*.py",
    "protocols/schema/*.py",
)
_VISITS = re.compile(rb"^visits:", re.MULTILINE)
_ID = re.compile(rb"^id:[ \t]*[\"']?([A-Za-z][A-Za-z0-9_-]*)", re.MULTILINE)


def shipped() -> list[Path]:
    """Return the protocol files that come with the program."""
    return [
        path for path in sorted((paths.resources() / "protocols").glob("*.yaml")) if _VISITS.search(path.read_bytes())
    ]


def shipped_ids() -> dict[str, Path]:
    """Return the shipped protocol files by the id of their protocol."""
    return {found[1].decode("ascii"): path for path in shipped() if (found := _ID.search(path.read_bytes()))}


def shipped_protocol(protocol_id: str) -> ProtocolVersion:
    """Return the shipped protocol of that id.

    Raises:
        ProtocolRefused: there is no such protocol.
    """
    known = shipped_ids()
    if protocol_id not in known:
        says, remedy = f"No shipped protocol is called `{protocol_id}`", did_you_mean(protocol_id, known)
        raise ProtocolRefused([Finding("", 0, 0, "unknown-protocol", says, remedy)])
    return read_protocol(known[protocol_id])


def read_protocol(path: Path) -> ProtocolVersion:
    """Return the protocol version in that file.

    Raises:
        ProtocolRefused: with every finding.
    """
    name = _name_of(path)
    return _cached(name, path) or _load(path, name)


def texts_of(path: Path) -> dict[str, str]:
    """Return the text of a valid protocol file and of each regimen file that it names, by name; its own first.

    Of a file that was read before, with the regimen files of that time, the cache has the names.

    Raises:
        ProtocolRefused: with every finding.
    """
    files = _known_files(path)
    if files is None:
        from app.protocols.loader import load

        files = load(path).files
    return {name or path.name: raw.decode("utf-8-sig") for name, raw in files.items()}


def read_texts(texts: Mapping[str, str]) -> ProtocolVersion:
    """Return the protocol version whose files have these texts, by name; its own first. It is read once by a process.

    Raises:
        ProtocolRefused: with every finding.
    """
    return _read_once(tuple(texts.items()))


@lru_cache(maxsize=8)
def _read_once(texts: tuple[tuple[str, str], ...]) -> ProtocolVersion:
    name = digest(_sources(), *_encoded(dict(texts)))
    found = _cached(name)
    if found is not None:
        return found
    with tempfile.TemporaryDirectory() as folder:
        for file, text in texts:
            Path(folder, Path(file).name).write_text(text, encoding="utf-8")
        return _load(Path(folder, texts[0][0]), name)


def hash_of(texts: Mapping[str, str]) -> str:
    """Return the SHA-256 over a protocol's files, which identifies the version."""
    return digest(*_encoded(texts))


def _encoded(texts: Mapping[str, str]) -> list[bytes]:
    return [part.encode() for item in texts.items() for part in item]


def _name_of(path: Path) -> str:
    """Return the name in the cache of what was read from a protocol file."""
    try:
        raw = read_file(path, MAX_BYTES)
    except OSError:
        raw = b""
    return digest(_sources(), raw)


def _known_files(path: Path) -> Mapping[str, bytes] | None:
    """Return a protocol file (under the empty name) and its regimen files as they are; None where one has changed."""
    name = _name_of(path)
    if _cached(name, path) is None:
        return None
    neighbours = recall(_CACHE, name)["files"]
    return {file: read_file(path.with_name(file) if file else path, MAX_BYTES) for file in ("", *neighbours)}


def _load(path: Path, name: str) -> ProtocolVersion:
    from app.protocols.loader import load

    loaded = load(path)
    files = {file: digest(raw) for file, raw in loaded.files.items() if file}
    remember(_CACHE, name, {"files": files, "version": version_to_plain(loaded.protocol)})
    return loaded.protocol


def _sources() -> bytes:
    """Return a digest of the program's version and, where the sources are at hand, of those that read a protocol."""
    sources = (path for pattern in _SOURCES for path in sorted(_APP.glob(pattern)))
    return digest(__version__.encode(), *(path.read_bytes() for path in sources)).encode()


def _cached(name: str, path: Path | None = None) -> ProtocolVersion | None:
    """Return the protocol version under that name in the cache; None if there is none that is intact.

    `path`: the protocol's file, if its regimen files are in the same folder and must be those of the entry.
    """
    try:
        entry = recall(_CACHE, name)
        if entry is None or (path is not None and not _neighbours_match(path, entry["files"])):
            return None
        return version_from_plain(entry["version"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _neighbours_match(path: Path, digests: Mapping[str, str]) -> bool:
    return all(digest(read_file(path.with_name(name), MAX_BYTES)) == known for name, known in digests.items())
