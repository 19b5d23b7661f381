"""What every proposal is asked before it is saved: whether the file is as it was planned on, and what is doubted."""

from app.domain.facts.chain_head import Head
from app.domain.refusal import Doubted, Refused
from app.services.study.study import Study


def check_may_save(study: Study, head: Head, doubt: Doubted | None, sure: bool) -> None:
    """Check that a proposal can be saved. `head`: what it was planned on; `sure`: a person has confirmed the doubt.

    Raises:
        Doubted: there is a doubt about it, and nobody has confirmed it.
        Refused: the file has changed since, or is open for reading only.
    """
    study.must_write()
    if study.head() != head:
        raise Refused("changed_meanwhile")
    if doubt is not None and not sure:
        raise doubt
