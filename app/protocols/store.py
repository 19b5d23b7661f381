"""Protocols at hand: the shipped ones, and a cache so that a file that was checked once is not checked again.

The cache holds the checked document under the digest of the file, of the language and of the program's version. It is
never trusted beyond that: damaged, outdated or unreachable, it is passed over and the file is read anew.
"""

import json
import os
import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from app import __version__, paths
from app.domain.protocol import ProtocolVersion
from app.protocols.build import build
from app.protocols.problems import Faulty, Finding, ProtocolRefused, did_you_mean

_ROOM = Path(__file__).parent
_CHECKS = ("schema.py", "tree.py", "load.py")
_VISITS = re.compile(rb"^visits:", re.MULTILINE)
_ID = re.compile(rb"^id:[ \t]*[\"']?([A-Za-z][A-Za-z0-9_-]*)", re.MULTILINE)


def shipped() -> list[Path]:
    """The protocol files that come with the program."""
    return [
        path for path in sorted((paths.resources() / "protocols").glob("*.yaml")) if _VISITS.search(path.read_bytes())
    ]


def named(protocol_id: str) -> ProtocolVersion:
    """The shipped protocol of that id.

    Raises:
        ProtocolRefused: there is none.
    """
    known: dict[str, Path] = {}
    for path in shipped():
        if found := _ID.search(path.read_bytes()):
            known[found[1].decode("ascii").casefold()] = path
    if protocol_id.casefold() not in known:
        remedy = did_you_mean(protocol_id.casefold(), known)
        raise ProtocolRefused(
            [Finding("", 0, 0, "unknown-protocol", f"No shipped protocol is called `{protocol_id}`", remedy)]
        )
    return read_protocol(known[protocol_id.casefold()])


def read_protocol(path: Path) -> ProtocolVersion:
    """The protocol version in that file.

    Raises:
        ProtocolRefused: with every finding.
    """
    try:
        raw = path.read_bytes()
    except OSError:
        raw = b""
    cached = _folder() / f"{_digest(_language(), raw)}.json"
    return _remembered(cached, path) or _read(path, cached)


def _read(path: Path, cached: Path) -> ProtocolVersion:
    from app.protocols.load import load

    loaded = load(path)
    files = {name: _digest(raw) for name, raw in loaded.files.items() if name}
    _remember(cached, {"files": files, "document": loaded.document, "regimens": loaded.regimens})
    return loaded.protocol


def _folder() -> Path:
    return paths.cache_dir() / "protocols"


def _digest(*parts: bytes) -> str:
    whole = sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


def _language() -> bytes:
    """What the checks are: the program's version, and in a checkout the sources of the checks."""
    sources = (_ROOM / name for name in _CHECKS)
    return _digest(__version__.encode(), *(path.read_bytes() for path in sources if path.is_file())).encode()


def _remembered(cached: Path, path: Path) -> ProtocolVersion | None:
    """The protocol as it was checked before, if nothing has changed and the entry is whole."""
    try:
        digest, _, body = cached.read_bytes().partition(b"\n")
        if digest != _digest(body).encode():
            return None
        entry = json.loads(body)
        for name, known in entry["files"].items():
            if _digest(path.with_name(name).read_bytes()) != known:
                return None
        return build(entry["document"], entry["regimens"])
    except (OSError, ValueError, KeyError, TypeError, Faulty):
        return None


def _remember(cached: Path, entry: Mapping[str, Any]) -> None:
    """Write the entry whole or not at all; a cache that cannot be written is none."""
    import tempfile

    body = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    try:
        cached.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=cached.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_digest(body).encode() + b"\n" + body)
            Path(name).replace(cached)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError:
        return
