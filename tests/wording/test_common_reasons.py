"""Each kind of fact whose form offers reasons has some that fit it."""

from app.domain.facts.kind import OptionSource
from app.domain.facts.kinds import KINDS
from app.wording.common_reasons import COMMON_REASONS
from app.wording.fact_catalogue import KIND_WORDS


def test_every_form_that_offers_reasons_has_some_of_the_known_ones() -> None:
    asking = {
        kind.id for kind in KINDS.values() if any(one.options_from is OptionSource.REASONS for one in kind.fields)
    }
    assert asking == {kind for kind, words in KIND_WORDS.items() if words.reasons}
    assert {one for words in KIND_WORDS.values() for one in words.reasons} == set(COMMON_REASONS)
