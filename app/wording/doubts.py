"""The words of doubts in a form: all reasons together, and the answer that confirms them."""

from app.domain.refusal import UNLIKELY_DAYS, Doubted, joined
from app.wording.language import gettext as _
from app.wording.language import sentence_case
from app.wording.protocol_names import NO_NAMES, Names
from app.wording.refusals import refusal_text, shown_value


def doubts_text(doubted: Doubted, names: Names = NO_NAMES) -> str:
    """Return all reasons of a doubt for a form on screen, whose fields show what each is about."""
    placeless = joined([Doubted(one.doubt_kind, "", **one.values) for one in doubted.each])
    return refusal_text(placeless or doubted, on_screen=True, names=names)


def remark_text(remark: Doubted | None, on_screen: bool = False) -> str:
    """Return what is said about a change and not asked, as sentences; empty for nothing."""
    each = remark.each if remark is not None else ()
    return " ".join(
        f"{sentence_case(refusal_text(Doubted(one.doubt_kind, '', **one.values), on_screen))}." for one in each
    )


def sure_text(doubted: Doubted) -> str:
    """Return the answer by which a person confirms what is doubted: ``Yes, 2014 is right``."""
    if doubted.further:
        return _("Yes, all of this is right")
    if doubted.kind not in UNLIKELY_DAYS:
        return _("Yes, record it once more") if doubted.kind == "repeats" else _("Yes, it is meant so")
    return _("Yes, {day} is right").format(day=shown_value(doubted.values.get("year", doubted.values.get("on", ""))))
