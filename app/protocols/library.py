"""Protocols at hand: the shipped ones, and a cache so that a file that was checked once is not checked again.

The cache holds the checked document under the digest of the file, of the language and of the program's version. It is
never trusted beyond that: damaged, outdated or unreachable, it is passed over and the file is read anew.
"""

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from app import __version__, paths
from app.cache import digest, recall, remember
from app.domain.protocol.version import ProtocolVersion
from app.protocols.build.version import build
from app.protocols.findings import Faulty, Finding, ProtocolRefused, did_you_mean

_ROOM = Path(__file__).parent
_CACHE = "protocols"
_CHECKS = ("schema.py", "schema_base.py", "schema_about.py", "schema_regimens.py", "tree.py", "load.py")
_VISITS = re.compile(rb"^visits:", re.MULTILINE)
_ID = re.compile(rb"^id:[ \t]*[\"']?([A-Za-z][A-Za-z0-9_-]*)", re.MULTILINE)


def shipped() -> list[Path]:
    """The protocol files that come with the program."""
    return [
        path for path in sorted((paths.resources() / "protocols").glob("*.yaml")) if _VISITS.search(path.read_bytes())
    ]


def shipped_ids() -> dict[str, Path]:
    """The shipped protocol files by the id of their protocol."""
    return {found[1].decode("ascii"): path for path in shipped() if (found := _ID.search(path.read_bytes()))}


def named(protocol_id: str) -> ProtocolVersion:
    """The shipped protocol of that id.

    Raises:
        ProtocolRefused: there is none.
    """
    known = shipped_ids()
    if protocol_id not in known:
        says, remedy = f"No shipped protocol is called `{protocol_id}`", did_you_mean(protocol_id, known)
        raise ProtocolRefused([Finding("", 0, 0, "unknown-protocol", says, remedy)])
    return read_protocol(known[protocol_id])


def read_protocol(path: Path) -> ProtocolVersion:
    """The protocol version in that file.

    Raises:
        ProtocolRefused: with every finding.
    """
    try:
        raw = path.read_bytes()
    except OSError:
        raw = b""
    name = digest(_language(), raw)
    return _remembered(name, path) or _read(path, name)


def texts_of(path: Path) -> dict[str, str]:
    """The whole text of a protocol file that holds, and of the regimen files that it names; its own comes first.

    Raises:
        ProtocolRefused: with every finding.
    """
    from app.protocols.loader import load

    files = load(path).files
    return {name or path.name: raw.decode("utf-8-sig") for name, raw in files.items()}


def read_texts(texts: Mapping[str, str]) -> ProtocolVersion:
    """The protocol version whose files have these texts, its own the first.

    Raises:
        ProtocolRefused: with every finding.
    """
    name = digest(_language(), *(part.encode() for item in texts.items() for part in item))
    main = next(iter(texts))
    found = _remembered(name, Path(main), beside=False)
    if found is not None:
        return found
    with tempfile.TemporaryDirectory() as folder:
        for file, text in texts.items():
            Path(folder, Path(file).name).write_text(text, encoding="utf-8")
        return _read(Path(folder, main), name)


def hash_of(texts: Mapping[str, str]) -> str:
    """What tells one protocol version from every other: SHA-256 over its files."""
    return digest(*(part.encode() for item in texts.items() for part in item))


def _read(path: Path, name: str) -> ProtocolVersion:
    from app.protocols.loader import load

    loaded = load(path)
    files = {file: digest(raw) for file, raw in loaded.files.items() if file}
    remember(_CACHE, name, {"files": files, "document": loaded.document, "regimens": loaded.regimens})
    return loaded.protocol


def _language() -> bytes:
    """What the checks are: the program's version, and in a checkout the sources of the checks."""
    sources = (_ROOM / name for name in _CHECKS)
    return digest(__version__.encode(), *(path.read_bytes() for path in sources if path.is_file())).encode()


def _remembered(name: str, path: Path, beside: bool = True) -> ProtocolVersion | None:
    """The protocol as it was checked before, if nothing has changed and the entry is whole."""
    try:
        entry = recall(_CACHE, name)
        files = entry["files"] if entry is not None and beside else {}
        if entry is None or any(digest(path.with_name(f).read_bytes()) != known for f, known in files.items()):
            return None
        return build(entry["document"], entry["regimens"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, Faulty):
        return None
