"""The words of the clinical kinds are those of exactly these kinds."""

from app.domain.facts.clinical_kinds import CLINICAL_KINDS
from app.wording.clinical_catalogue import CLINICAL_WORDS


def test_each_clinical_kind_but_notes_and_unscheduled_visits_has_its_words_here() -> None:
    assert [*CLINICAL_WORDS] == [kind.id for kind in CLINICAL_KINDS if kind.id not in ("note", "unscheduled")]
    assert all(words.log for kind in CLINICAL_KINDS if (words := kind).id in CLINICAL_WORDS)
