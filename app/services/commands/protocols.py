"""Adding protocol versions to a study."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from app.domain.facts.chain_head import Head
from app.domain.facts.kind import Json
from app.domain.facts.records import NewFact
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
    path = Path(name) if Path(name).is_file() else shipped_ids().get(name)
    if path is None:
        raise Refused("protocol", value=name[:80], known=", ".join(sorted(shipped_ids())))
    protocol, facts = addition_of(path)
    if str(facts[0].fields["hash"]) in study.facts.protocols:
        raise Refused("protocol_there", value=protocol.id, version=protocol.version)
    with study.store.transaction():
        study.append(today, list(facts))
    study.forget()
    return protocol, study.head()


def protocol_to_enrol(study: Study, name: str) -> tuple[ProtocolVersion, tuple[NewFact, ...]]:
    """Return the protocol version to enrol on, and the fact that adds it where the study does not have it yet."""
    taken = study.facts.latest(name)
    if taken is not None:
        return study.protocol_with_values(taken.hash, study.facts), ()
    if not name:
        raise Refused("field_missing", "enrolled", name="protocol")
    path = Path(name)
    if not path.is_file():
        found = shipped_ids().get(name)
        if found is None:
            known = sorted({*shipped_ids(), *(one.id for one in study.facts.protocols.values())})
            raise Refused("protocol", "protocol", value=name[:80], known=", ".join(known))
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
