"""The chain of facts, the same for every adapter: the digest of a fact, verification and redaction.

Each field's value is written as one line of JSON; its digest is SHA-256 over a salt of its own and that line. A fact's
digest is SHA-256 over the digest of the fact before it, the fact's place, kind, subject and circumstances, the names of
its fields and their digests. So a value and its salt can be taken out by a redaction, the chain still verifies, and no
guess can be tested against the digest that stays.
"""

import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from app.domain.facts.chain_head import Broken, Head
from app.domain.facts.kind import Json
from app.domain.facts.records import NewFact, Recorded, Stamp
from app.domain.folding import plain_line

SALT, DIGEST = 16, 32
"""Bytes of the salt of a value, and of a digest (SHA-256)."""
START = sha256(b"studyday chain 1").digest()
COLUMNS = (
    "seq", "command", "kind", "subject", "about", "protocol", "recorded_at", "zone", "clock", "today", "who",
    "workstation", "program", "names", "lines", "salts", "digests", "digest",
)  # fmt: skip
CIRCUMSTANCES = COLUMNS[: COLUMNS.index("lines")]
"""The columns that are digested as they are, with `BETWEEN` between them."""
BETWEEN = "\x1f"
# Clocks are set back by a second now and then; only more is worth a mark.
_SLACK_SECONDS = 2.0


EMPTY = Head(0, START)
Checked = tuple[int, bytes, int, bytes, bytes, bytes, bytes]
"""A fact as `verify` reads it: number, digested circumstances, whether it has fields, lines, salts, digests, digest."""


def rows_of(head: Head, last_at: str, command: int, stamp: Stamp, facts: Iterable[NewFact]) -> Iterator[dict[str, Any]]:
    """Yield the rows that continue the chain with these facts of one command."""
    at = stamp.recorded_at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    clock = _clock(last_at, stamp.recorded_at)
    digest, seq = head.digest, head.seq
    for fact in facts:
        seq += 1
        lines = [line_of(value) for value in fact.fields.values()]
        salts = [secrets.token_bytes(SALT) for _ in lines]
        circumstances = [
            seq, command, fact.kind, fact.subject, fact.about, _plain(fact.protocol), at, _plain(stamp.zone), clock,
            stamp.today.isoformat(), _plain(stamp.who), _plain(stamp.workstation), _plain(stamp.program),
            " ".join(fact.fields),
        ]  # fmt: skip
        digests = b"".join(sha256(salt + line.encode()).digest() for salt, line in zip(salts, lines, strict=True))
        digest = sha256(digest + BETWEEN.join(map(str, circumstances)).encode() + digests).digest()
        values = [*circumstances, "\n".join(lines), b"".join(salts), digests, digest]
        yield dict(zip(COLUMNS, values, strict=True))
        clock = ""


def line_of(value: Json) -> str:
    """Return the value as it is kept and digested."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(text: str) -> str:
    """Return a text with its hidden signs written out, so that no two facts have the same digested bytes."""
    return plain_line(text)


def _clock(last_at: str, now: datetime) -> str:
    """Return how far the clock went back since the fact before; empty when it did not."""
    if not last_at:
        return ""
    seconds = (now - datetime.fromisoformat(last_at)).total_seconds()
    return f"back {-seconds:.0f} s" if seconds < -_SLACK_SECONDS else ""


def recorded(row: Sequence[Any]) -> Recorded:
    """Return a row of `COLUMNS` as a fact."""
    names: list[str] = row[13].split()
    lines: list[str] = row[14].split("\n")
    fields: dict[str, Json] = {}
    redacted: list[str] = []
    if all(lines) and len(lines) == len(names):
        # In one piece, which takes half the time.
        values = json.loads(f"[{','.join(lines)}]")
        fields = dict(zip(names, values, strict=True)) if len(values) == len(names) else {}
    if not fields:
        for name, line in zip(names, lines, strict=False):
            if line:
                fields[name] = json.loads(line)
            else:
                redacted.append(name)
    seq, command, kind, subject, about, protocol, at, zone, clock, today, who, workstation, program = row[:13]
    return Recorded(
        seq, command, kind, subject, about, protocol, at, zone, clock, today, who, workstation, program, fields,
        frozenset(redacted),
    )  # fmt: skip


def checked(row: Sequence[Any]) -> Checked:
    """Return a row of `COLUMNS` as `verify` reads it."""
    circumstances = BETWEEN.join(str(value) for value in row[: len(CIRCUMSTANCES)]).encode()
    names, lines, salts, digests, digest = row[13:]
    return row[0], circumstances, names != "", lines.encode(), salts, digests, digest


def redactions_of(facts: Iterable[Recorded]) -> frozenset[tuple[int, str]]:
    """Return the values that these facts' redactions have taken out, as fact and field."""
    found: set[tuple[int, str]] = set()
    for record in facts:
        names = record.fields.get("names")
        if record.kind == "redaction" and isinstance(names, list):
            found.update((record.about, str(name)) for name in names)
    return frozenset(found)


def verify(
    rows: Iterable[Checked],
    redactions: frozenset[tuple[int, str]],
    marks: dict[int, bytes],
    after: Head = EMPTY,
) -> Broken | Head:
    """Return the head of a chain that holds, or the first place where it does not.

    `redactions`: the values that were taken out, as fact and field. `marks`: digests known from elsewhere, by fact.
    `after`: the fact that the rows follow, of which is known that the chain holds up to it.
    """
    digest, count = after.digest, after.seq
    for seq, circumstances, named, lines, salts, digests, known in rows:
        count += 1
        if seq != count:
            return Broken(count, "missing")
        digest = sha256(b"%b%b%b" % (digest, circumstances, digests)).digest()
        if digest != known:
            return Broken(seq, "edited")
        broken = field_fault(seq, circumstances, named, lines, salts, digests, redactions)
        if broken is not None:
            return broken
        if marks and marks.get(seq, digest) != digest:
            return Broken(seq, "other_chain")
    missing = [seq for seq in marks if seq > count]
    return Broken(count + 1, "cut_off") if missing else Head(count, digest)


def field_fault(
    seq: int,
    circumstances: bytes,
    named: int,
    lines: bytes,
    salts: bytes,
    digests: bytes,
    redactions: frozenset[tuple[int, str]],
) -> Broken | None:
    """Return the first field of a fact that is neither as its digest says nor redacted."""
    if not named:
        return Broken(seq, "edited") if lines or digests else None
    start, found = 0, b""
    parts = lines.split(b"\n")
    for part in parts:
        found += sha256(salts[start : start + SALT] + part).digest()
        start += SALT
    if found == digests and len(salts) == start:
        return None
    names = circumstances.decode(errors="replace").rpartition(BETWEEN)[2].split()
    return _field(seq, names, parts, salts, digests, redactions)


def _field(
    seq: int,
    names: list[str],
    parts: list[bytes],
    salts: bytes,
    digests: bytes,
    redactions: frozenset[tuple[int, str]],
) -> Broken | None:
    """Return the first field that is neither as it was recorded nor redacted."""
    if len(salts) % SALT or not len(names) == len(parts) == len(salts) // SALT == len(digests) // DIGEST:
        return Broken(seq, "edited")
    for i, (name, part) in enumerate(zip(names, parts, strict=True)):
        salt, known = salts[i * SALT : i * SALT + SALT], digests[i * DIGEST : i * DIGEST + DIGEST]
        if sha256(salt + part).digest() != known and (part or (seq, name) not in redactions):
            return Broken(seq, "value" if part else "emptied", name)
    return None


def redact(row: Sequence[Any], names: frozenset[str]) -> tuple[str, bytes]:
    """Return the lines and salts of a row without the values of these fields."""
    parts, salts = row[14].split("\n"), bytearray(row[15])
    for i, name in enumerate(row[13].split()):
        if name in names:
            parts[i] = ""
            salts[i * SALT : i * SALT + SALT] = bytes(SALT)
    return "\n".join(parts), bytes(salts)
