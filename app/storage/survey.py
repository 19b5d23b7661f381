"""Which facts of a chain that does not hold are nevertheless as they were recorded.

A fact is proved by its digest, which covers the digest of the fact before it. Where that fact is lost, a fact is still
proved by the one after it. So of one changed fact only that one is given up, and of a damaged digest none.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from app.storage import chain

MOST_TRIED = 20_000
"""In a chain with more facts, those that changed their places take the next one with them."""


@dataclass
class Survey:
    """The facts that are not as they were recorded. `changed`: by their number, the field where it is about one.

    `moved`: of those, the participants' numbers that they were recorded with, where the number is what was changed.
    """

    changed: dict[int, str] = field(default_factory=dict)
    moved: dict[int, int] = field(default_factory=dict)


def survey(
    rows: Iterable[chain.Checked],
    redactions: frozenset[tuple[int, str]],
    subjects: Sequence[int],
    with_subject: Callable[[int, int], bytes],
    everything: Collection[bytes],
) -> Survey:
    """Return what was changed among these rows, which come in the order of their numbers and may have gaps.

    `redactions`: as for `chain.verify`. `with_subject`: the digested circumstances of a fact, had it been recorded of
    that one of the `subjects`. `everything`: the digests of all facts.
    """
    found = Survey()
    known, last = [chain.START], 0
    doubted: tuple[int, bytes] | None = None
    for seq, circumstances, named, lines, salts, digests, digest in rows:
        if seq != last + 1:
            known, doubted = [], None
        made = [sha256(before + circumstances + digests).digest() for before in known]
        if digest in made:
            if doubted is not None and known[made.index(digest)] == doubted[1]:
                # What this fact follows is the digest that the one before it should have: only that was changed.
                found.changed.pop(doubted[0], None)
            doubted = None
        elif known and _follows_any(everything, circumstances + digests, digest):
            # It is as it was recorded, and the fact before it is not: the fact that it followed has changed its place.
            doubted = None
        elif known:
            found.changed[seq] = ""
            doubted = (seq, made[0])
            for subject in subjects:
                told = with_subject(seq, subject) + digests
                if any(sha256(before + told).digest() == digest for before in known):
                    found.moved[seq] = subject
                    break
        else:
            doubted = None
        if seq not in found.changed or doubted is not None:
            broken = chain.field_fault(seq, circumstances, named, lines, salts, digests, redactions)
            if broken is not None:
                found.changed[seq] = broken.field
                doubted = None
        known, last = [digest, *made], seq
    return found


def _follows_any(everything: Collection[bytes], told: bytes, digest: bytes) -> bool:
    return len(everything) <= MOST_TRIED and any(sha256(before + told).digest() == digest for before in everything)
