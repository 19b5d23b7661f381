"""A cache of derived values, kept as JSON files; an entry that is damaged, edited or unreachable counts as missing.

Every entry carries the digest of its body, so that a file that was cut short or edited is recognised.
"""

import contextlib
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from app import paths
from app.atomic_write import write_atomically
from app.private_files import make_folder


def digest(*parts: bytes) -> str:
    """Return one SHA-256 digest, in hexadecimal, of several parts, each with its length."""
    found = sha256()
    for part in parts:
        found.update(len(part).to_bytes(8, "big") + part)
    return found.hexdigest()


def recall(room: str, name: str) -> Any:
    """Return the value kept under a name; None when there is none or it is damaged."""
    try:
        known, _, body = _file(room, name).read_bytes().partition(b"\n")
        return json.loads(body) if known == digest(body).encode() else None
    except (OSError, ValueError, RecursionError):
        return None


def remember(room: str, name: str, value: Any) -> None:
    """Keep a value that JSON can express; where the cache cannot be written, nothing happens."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    path = _file(room, name)
    with contextlib.suppress(OSError):
        make_folder(path.parent)
        write_atomically(path, digest(body).encode() + b"\n" + body, lasting=False)


def _file(room: str, name: str) -> Path:
    return paths.cache_dir() / room / f"{name}.json"
