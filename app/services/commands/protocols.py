"""Adding protocol versions to a study."""

from collections.abc import Collection
from datetime import date
from functools import lru_cache
from pathlib import Path

from app.domain.facts.chain_head import Head
from app.domain.facts.kind import Json
from app.domain.facts.records import NewFact
from app.domain.folding import known_identifier, nearest_identifier
from app.domain.protocol.version import ProtocolVersion
from app.domain.refusal import Refused
from app.protocols.library import hash_of, read_protocol, shipped_ids, texts_of
from app.services.study.study import Study


def take_protocol(study: Study, name: str, today: date) -> tuple[ProtocolVersion, Head]:
    """Add a protocol version to the study: a shipped one by its id, any other by its file.

    Raises:
        Refused: there is no such protocol, or the study has it already.
        ProtocolRefused: the file has errors.
    """
    study.must_write()
    path = Path(name) if _is_file(name) else shipped_ids().get(known_identifier(name, shipped_ids()))
    if path is None:
        raise _unknown(name, shipped_ids())
    protocol, facts = addition_of(path)
    if str(facts[0].fields["hash"]) in study.facts.protocols:
        raise Refused("protocol_there", value=protocol.id, version=protocol.version)
    with study.store.transaction():
        study.append(today, list(facts))
    study.forget()
    return protocol, study.head()


def protocol_to_enrol(study: Study, name: str) -> tuple[ProtocolVersion, tuple[NewFact, ...]]:
    """Return the protocol version to enrol on, and the fact that adds it where the study does not have it yet."""
    ids = {one.id for one in study.facts.protocols.values()}
    taken = study.facts.latest(known_identifier(name, ids))
    if taken is not None:
        return study.protocol_with_values(taken.hash, study.facts), ()
    if not name:
        raise Refused("field_missing", "enrolled", name="protocol")
    path = Path(name)
    if not _is_file(name):
        found = shipped_ids().get(known_identifier(name, shipped_ids()))
        if found is None:
            raise _unknown(name, {*shipped_ids(), *ids})
        path = found
    protocol, facts = addition_of(path)
    known_hash = str(facts[0].fields["hash"])
    if known_hash in study.facts.protocols:
        return study.protocol_with_values(known_hash, study.facts), ()
    return protocol, facts


def addition_of(path: Path) -> tuple[ProtocolVersion, tuple[NewFact, ...]]:
    """Return a protocol version with the fact that adds it; cached, because a form asks at every keystroke."""
    files = sorted(path.parent.glob("*.y*ml"))
    return _read(path, tuple((one.name, one.stat().st_mtime_ns, one.stat().st_size) for one in files))


@lru_cache(maxsize=4)
def _read(path: Path, _state: tuple[tuple[str, int, int], ...]) -> tuple[ProtocolVersion, tuple[NewFact, ...]]:
    protocol, texts = read_protocol(path), texts_of(path)
    fields: dict[str, Json] = {
        "protocol": protocol.id,
        "version": protocol.version,
        "title": protocol.title,
        "hash": hash_of(texts),
        "main": next(iter(texts)),
        "files": [[name, text] for name, text in texts.items()],
    }
    return protocol, (NewFact("protocol_taken", fields),)


def _is_file(name: str) -> bool:
    """Return whether there is a file of that name; one that no file can have is none."""
    try:
        return Path(name).is_file()
    except (OSError, ValueError):
        return False


def _unknown(name: str, known: Collection[str]) -> Refused:
    near = nearest_identifier(name, known)
    return Refused("protocol", "protocol", value=name[:80], known=", ".join(sorted(known)), near=near)
