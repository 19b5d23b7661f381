"""Every identifier, typed in twelve other ways: the same answer, or a near one is named."""

import json
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from typing import Any

import pytest

from app.domain.facts.kinds import KINDS
from app.domain.facts.log_names import log_name
from app.domain.refusal import Refused
from app.exchange.calendar_json import calendar_document
from app.services.commands import configure_site
from app.services.commands import enrol as enrolment
from app.services.queries.rehearsal import rehearse
from app.wording.refusals import refusal_text
from tests.services.ward import PERSON, TODAY, Ward
from tests.storage.memory_store import MemoryStore

Spelling = Callable[[str], str]
_FULL_WIDTH = {number: number + 0xFEE0 for number in range(0x21, 0x7F)}
_CYRILLIC = str.maketrans("ABCEHIKMOPSTXaceiopsx", "АВСЕНІКМОРЅТХасеіорѕх")  # noqa: RUF001
SPELLINGS: dict[str, Spelling] = {
    "upper case": str.upper,
    "lower case": str.lower,
    "en dash": lambda text: text.replace("-", "\u2013"),
    "no-break hyphen": lambda text: text.replace("-", "\u2011"),
    "minus sign": lambda text: text.replace("-", "\u2212"),
    "underscore": lambda text: text.replace("-", "_"),
    "full width": lambda text: text.translate(_FULL_WIDTH),
    "zero-width space": lambda text: f"{text[:1]}\u200b{text[1:]}",
    "soft hyphen": lambda text: f"{text[:-1]}\u00ad{text[-1:]}",
    "right-to-left mark": lambda text: f"\u200f{text}",
    "Cyrillic": lambda text: text.translate(_CYRILLIC),
    "trailing blanks": lambda text: f"{text}  ",
}
STORY: dict[str, Any] = {
    "protocol": "scanpan",
    "today": "2027-06-20",
    "participant": {
        "code": "LI-001", "enrolled_on": "2026-11-23", "country": "SE", "regimen": "AG", "choices": {"staged": False},
    },
    "site": {"time_zone": "Europe/Stockholm", "values": {"SP-R02.after": "P21D", "cycles.preop_chemo": 5}},
    "facts": [
        {"kind": "performed", "visit": "SP-C01", "on": "2026-11-30"},
        {"kind": "decided", "visit": "SP-R01", "outcome": "response", "on": "2027-02-01"},
        {"kind": "chosen", "choice": "staged", "value": True, "on": "2027-02-02"},
        {"kind": "stopped", "phase": "preop_chemo", "on": "2027-02-20", "reason": "tired"},
        {"kind": "withdrawn", "scope": "treatment", "on": "2027-04-03", "reason": "wish"},
    ],
}  # fmt: skip
PLACES: list[tuple[str | int, ...]] = [
    ("protocol",),
    ("participant", "country"),
    ("participant", "regimen"),
    ("site", "time_zone"),
    ("facts", 0, "kind"),
    ("facts", 0, "visit"),
    ("facts", 1, "visit"),
    ("facts", 1, "outcome"),
    ("facts", 2, "choice"),
    ("facts", 3, "phase"),
    ("facts", 4, "scope"),
]
KEYS: list[tuple[str, ...]] = [
    ("site", "values", "SP-R02.after"), ("site", "values", "cycles.preop_chemo"), ("participant", "choices", "staged"),
]  # fmt: skip


@pytest.fixture(scope="module")
def memory() -> MemoryStore:
    """A study with LI-001 and CJ-001, and a described site."""
    ward = Ward.in_memory()
    ward.enrol()
    ward.enrol_cn()
    ward.site()
    return ward.memory


@pytest.fixture
def ward(memory: MemoryStore) -> Ward:
    """That study, a copy for each test."""
    return Ward.in_memory(memory)


@cache
def planned() -> dict[str, Any]:
    """What the story is planned as."""
    return calendar_document(rehearse(json.dumps(STORY)).calendar)


def with_value(place: tuple[str | int, ...], change: Spelling) -> str:
    story: Any = deepcopy(STORY)
    *path, last = place
    part = story
    for step in path:
        part = part[step]
    part[last] = change(part[last])
    return json.dumps(story)


def with_key(place: tuple[str, ...], change: Spelling) -> str:
    story: Any = deepcopy(STORY)
    *path, last = place
    part = story
    for step in path:
        part = part[step]
    value = part.pop(last)
    part[change(last)] = value
    return json.dumps(story)


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
@pytest.mark.parametrize("place", PLACES, ids=lambda place: ".".join(map(str, place)))
def test_a_story_may_spell_each_identifier_otherwise(place: tuple[str | int, ...], spelling: Spelling) -> None:
    assert calendar_document(rehearse(with_value(place, spelling)).calendar) == planned()


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
@pytest.mark.parametrize("place", KEYS, ids=lambda place: ".".join(place))
def test_a_story_may_spell_each_key_otherwise(place: tuple[str, ...], spelling: Spelling) -> None:
    assert calendar_document(rehearse(with_key(place, spelling)).calendar) == planned()


@pytest.mark.parametrize("place", [place for place in PLACES if place not in {("participant", "country")}])
def test_a_story_is_told_what_was_probably_meant(place: tuple[str | int, ...]) -> None:
    meant: Any = STORY
    for step in place:
        meant = meant[step]
    with pytest.raises(Refused) as caught:
        rehearse(with_value(place, lambda text: text + "s" if text != "AG" else "AGX"))
    assert f"Did you mean “{meant}”?" in refusal_text(caught.value)


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
def test_no_spelling_makes_a_second_participant(ward: Ward, spelling: Spelling) -> None:
    typed = spelling("LI-001")
    works: list[Callable[[], object]] = [
        lambda: ward.enrol(code=typed),
        lambda: enrolment.screen(
            ward.study, {"code": typed, "protocol": "scanpan", "on": "2026-12-01", "outcome": "eligible"}, TODAY
        ),
        lambda: enrolment.enrol_many(ward.study, [{**PERSON, "code": typed}], TODAY),
    ]
    for work in works:
        with pytest.raises(Refused) as caught:
            work()
        assert caught.value.kind in ("code_alike", "enrolled_already")
        assert "LI-001" in refusal_text(caught.value)
    assert list(ward.study.people()) == ["LI-001", "CJ-001"]


def test_two_rows_of_one_command_are_compared_as_well(ward: Ward) -> None:
    rows = [{**PERSON, "code": "LI-002"}, {**PERSON, "code": "li 002"}]
    with pytest.raises(Refused) as caught:
        enrolment.enrol_many(ward.study, rows, TODAY)
    assert caught.value.kind == "enrolled_already"


@pytest.mark.parametrize("typed", ["LI\u200b-7", "LI-7\u202e", "L\u0406-7", "\uff2cI-7", "LI\u20117", "LI-\u0667"])
def test_hidden_and_look_alike_signs_are_no_part_of_a_new_code(ward: Ward, typed: str) -> None:
    with pytest.raises(Refused) as caught:
        ward.enrol(code=typed)
    assert caught.value.kind in ("code_hidden", "code_look_alike")
    assert all(sign.isprintable() for sign in refusal_text(caught.value))


@pytest.mark.parametrize("typed", ["\u00c5-1", "\u674e-001", "\u00f6st 3", "ab/9", "\u0416-1"])
def test_other_letters_stay_as_they_were_typed(ward: Ward, typed: str) -> None:
    ward.enrol(code=f" {typed} ")
    assert typed in ward.study.people()


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
def test_a_participant_and_a_visit_are_found_and_kept_by_their_own_names(ward: Ward, spelling: Spelling) -> None:
    ward.do("performed", spelling("LI-001"), visit=spelling("SP-C01"), on="2026-11-30")
    ward.do("note", spelling("LI-001"), visit=spelling("SP-C02#2"), text="x")
    ward.do("booked", spelling("LI-001"), visit=spelling("SP-C02#2"), on="2026-12-28")
    ward.do("booking_cancelled", spelling("LI-001"), visit=spelling("SP-C02#2"))
    kept = [one.text("visit") for one in ward.study.case(ward.study.subject("LI-001")).records if one.text("visit")]
    assert kept == ["SP-C01", "SP-C02#2", "SP-C02#2", "SP-C02#2"]


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
def test_an_enrolment_keeps_the_names_of_protocol_and_study(ward: Ward, spelling: Spelling) -> None:
    ward.enrol(
        code="LI-009", protocol=spelling("scanpan"), regimen=spelling("MFFX"), country=spelling("SE"),
        sex=spelling("female"), choices={spelling("staged"): True},
    )  # fmt: skip
    enrolled = ward.study.enrolled("LI-009").enrolled
    assert enrolled is not None
    fields = {name: enrolled.fields[name] for name in ("protocol", "regimen", "country", "sex", "choices")}
    assert fields == {
        "protocol": "scanpan", "regimen": "MFFX", "country": "SE", "sex": "female", "choices": {"staged": True},
    }  # fmt: skip


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
def test_site_values_sites_and_logs_are_known(ward: Ward, spelling: Spelling) -> None:
    facts = configure_site.value_facts(ward.study, "", spelling("SP-R01.after"), "P21D", "", TODAY)
    assert facts[0].fields["key"] == "SP-R01.after"
    name = next(iter(ward.study.facts.sites))
    day = configure_site.day_facts(ward.study, "day_closed", TODAY, None, "x", spelling(name), TODAY)
    assert day[0].fields["site"] == name
    assert configure_site.site_facts(ward.study, {"name": spelling(name)}, TODAY)[0].fields["name"] == name
    assert log_name(spelling("adverse-events")) == "adverse-events"


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if any(field.options for field in kind.fields)])
@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
def test_every_option_of_every_kind_is_known(kind: Any, spelling: Spelling) -> None:
    from app.domain.facts.fields import read_field

    for field in kind.fields:
        for option in field.options:
            assert read_field(field, spelling(option), TODAY) == option


def test_a_correction_knows_fields_and_names_as_well(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    ward.do("booked", visit="SP-C02#2", on="2026-12-28")
    ward.correct(ward.seq("booked"), Visit="sp\u2011c02#3")
    ward.correct(ward.seq("enrolled"), REGIMEN="mffx")
    case = ward.study.enrolled("li-001")
    assert [one.text("visit") for one in case.records if one.kind == "booked"] == ["SP-C02#3"]
    last_enrolled = ward.study.enrolled("cj-001").enrolled
    assert last_enrolled is not None
    assert last_enrolled.fields["regimen"] == "MFFX"
    with pytest.raises(Refused) as caught:
        ward.correct(ward.seq("booked"), vist="SP-C02#3")
    assert "Did you mean “visit”?" in refusal_text(caught.value)
