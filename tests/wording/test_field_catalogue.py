"""Every field and every option has its words."""

from app.domain.facts.kinds import KINDS
from app.wording.fact_catalogue import KIND_WORDS
from app.wording.fact_values import field_name
from app.wording.field_catalogue import FIELD_WORDS, OPTION_WORDS
from tests.wording.samples import ALL_FIELDS


def test_every_field_has_its_label_and_no_label_is_left_over() -> None:
    extra = {field.name for kind in KINDS.values() for field in kind.extra}
    assert FIELD_WORDS.keys() <= {field.name for _kind, field in ALL_FIELDS} | extra
    assert [
        (kind, field.name)
        for kind, field in ALL_FIELDS
        if field.name not in FIELD_WORDS and field.name not in KIND_WORDS[kind].labels
    ] == []
    for kind, words in KIND_WORDS.items():
        typed = {field.name for field in KINDS[kind].typed_fields}
        assert words.labels.keys() <= {field.name for field in KINDS[kind].fields}
        assert words.questions.keys() | words.hints.keys() <= typed


def test_no_two_fields_of_a_kind_have_the_same_label() -> None:
    for kind in KINDS.values():
        labels = [field_name(field.name, kind.id) for field in kind.fields]
        assert len(set(labels)) == len(labels), kind.id


def test_every_option_has_its_words() -> None:
    grades = {"A", "B", "C", "I", "II", "IIIa", "IIIb", "IVa", "IVb", "V", "R0", "R1", "R2"}
    assert OPTION_WORDS.keys() == {one for _kind, field in ALL_FIELDS for one in field.options} - grades
