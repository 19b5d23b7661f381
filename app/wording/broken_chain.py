"""The words of the first place where a chain does not hold."""

from collections.abc import Mapping

from app.domain.facts.chain_head import Broken, BrokenKind
from app.wording.language import gettext as _
from app.wording.language import marked

_BROKEN: Mapping[BrokenKind, str] = {
    "missing": marked("fact {seq} is missing"),
    "edited": marked("fact {seq} was changed after it was recorded"),
    "value": marked("in fact {seq} the value of “{field}” was changed after it was recorded"),
    "emptied": marked("in fact {seq} the value of “{field}” was taken out without a redaction"),
    "cut_off": marked("the facts from {seq} on were cut off"),
    "unreadable": marked("fact {seq} cannot be read"),
    "pages": marked("pages of the file are damaged, but none with a fact"),
    "other_chain": marked("fact {seq} is another than the one that a backup or a printed page knows"),
}


def broken_text(broken: Broken) -> str:
    """Return the sentence about the first place where a chain does not hold."""
    return _(_BROKEN[broken.what]).format(seq=broken.seq, field=broken.field)
