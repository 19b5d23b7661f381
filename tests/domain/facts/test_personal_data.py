"""What looks like a person in a study code or in a free text is known; what does not is let be."""

import pytest

from app.domain.facts.kinds import KINDS
from app.domain.facts.personal_data import doubt_of_personal_data, has_identity_number, personal_code

CODES = {
    "identity": (
        "19570312-1234", "570312-1234", "570312+1234", "5703121234", "195703121234", "1957 03 12 1234".replace(" ", ""),
        "570372-1234", "570312-TF12", "19570312 1234", "LI-570312-1234", "LI570312-1234", "120357-123A", "120357A123B",
        "120357Y123B", "120357-1234", "11010519570312002X", "110105570312002",
        "\uff15\uff17\uff10\uff13\uff11\uff12-1234", "570312\u20131234",
    ),
    "birth": (
        "1957-03-12", "19570312", "570312", "57-03-12", "12.3.1957", "12/03/1957", "12031957", "120357", "1957.3.12",
        "LI-19570312", "LI-1957-03-12", "AS19570312",
    ),
    "hospital": (
        "MRN 482913", "mrn:4829", "00482913", "482913", "K1234567", "12-345-678", "12035712345", "NHS4857773456",
        "PID-0042",
    ),
    "name": (
        "Anna Svensson", "Svensson, Anna", "Svensson", "svensson", "ANNA", "A. Svensson", "A.S.", "AS", "ASV",
        "Anna Svensson 2", "\u674e\u5c0f\u660e", "\u738b\u82b3", "\u00c5sa \u00d6berg", "Matti Virtanen", "Anna-Karin",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("code", "looks"), [(code, looks) for looks, codes in CODES.items() for code in codes])
def test_what_a_code_looks_like(code: str, looks: str) -> None:
    assert personal_code(code) == looks


@pytest.mark.parametrize(
    "code",
    [
        *("LI-001", "LI001", "LI-1", "CJ-0001", "2026-001", "SE-2026-0001", "01-004", "0104", "12345", "S01P012"),
        *("\u674e-001", "\u00d6st 3", "ab/9", "A1", "UPPSALA-12", "LI-001-2", "SP/26/017", "991", "Link\u00f6ping-001"),
        *("SE01-0012", "A", "7", "LI-2026-11", "P-99", "A[*]B"),
    ],
)
def test_what_looks_like_a_code_is_let_be(code: str) -> None:
    assert personal_code(code) is None


@pytest.mark.parametrize(
    "text",
    [
        *("called 570312-1234 today", "pnr: 195703121234.", "(570312+1234)", "hetu 120357-123A", "CPR 120357-1234"),
        *("19570312 1234 ringde", "id 11010519570312002X", "570372-1234", "F\u00f6dd 570312\u20131234"),
    ],
)
def test_an_identity_number_in_a_text_is_found(text: str) -> None:
    assert has_identity_number(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "low counts", "seen 2026-11-23 09:30", "2026-11-23 0930", "20261123 0930", "dose 1000 mg/m2", "570312"),
        *("571312-1234", "570345-1234", "cycle 3.15, 85 + 400 + 150", "command 123456", "A570312-12345", "LI-001"),
        "1234567",
    ],
)
def test_other_numbers_in_a_text_are_let_be(text: str) -> None:
    assert not has_identity_number(text)


TEXTS = [
    (kind.id, field.name)
    for kind in KINDS.values()
    for field in kind.fields
    if field.type == "text" and not field.internal
]
NUMBER_THINGS = {"label", "kept", "hash", "head", "file", "folder"}


@pytest.mark.parametrize(("kind", "name"), TEXTS)
def test_every_text_of_every_kind_is_looked_at_but_those_that_number_things(kind: str, name: str) -> None:
    doubt = doubt_of_personal_data(KINDS[kind], {name: "told by 570312-1234"})
    if name in NUMBER_THINGS:
        assert doubt is None
    else:
        assert doubt is not None
        assert (doubt.kind, doubt.place) == ("text_personal", name)
        assert doubt.values["name"] == name.replace("_", " ")
    assert doubt_of_personal_data(KINDS[kind], {name: "told by the ward"}) is None


def test_only_the_fields_that_are_asked_for_are_looked_at() -> None:
    fields = {"term": "570312-1234", "detail": "570312-1234"}
    doubt = doubt_of_personal_data(KINDS["adverse_event"], fields, {"detail"})
    assert doubt is not None
    assert [one.place for one in doubt.each] == ["detail"]
    assert doubt_of_personal_data(KINDS["enrolled"], {"code": "LI-001"}) is None
    found = doubt_of_personal_data(KINDS["enrolled"], {"code": "Svensson"})
    assert found is not None
    assert (found.kind, dict(found.values)) == ("code_personal", {"looks": "name"})
