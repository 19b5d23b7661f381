"""What can be derived again, kept as JSON under a name; damaged, outdated or unreachable it is passed over.

Every entry carries the digest of its body, so that a file cut short or edited is never taken for the real thing.
"""

import contextlib
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from app import paths
from app.atomic_write import write_whole


def digest(*parts: bytes) -> str:
    """One digest of several parts, each counted with its length."""
    whole = sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


def recall(room: str, name: str) -> Any:
    """What was kept under that name; None when there is nothing whole."""
    try:
        known, _, body = _file(room, name).read_bytes().partition(b"\n")
        return json.loads(body) if known == digest(body).encode() else None
    except (OSError, ValueError, RecursionError):
        return None


def remember(room: str, name: str, value: Any) -> None:
    """Keep a value, whole or not at all; a cache that cannot be written is none."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    path = _file(room, name)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, digest(body).encode() + b"\n" + body, lasting=False)


def _file(room: str, name: str) -> Path:
    return paths.cache_dir() / room / f"{name}.json"
