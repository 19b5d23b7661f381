"""What is assumed and asked of a protocol, and who has confirmed it."""

from datetime import date

from app.services.commands.configure_site import clear_value_facts, confirm_facts, propose_study
from app.services.commands.correct import propose_correction, save_correction
from app.services.queries.open_values import Confirmation, OpenQuestion, OpenValue, confirmed_keys, open_values
from tests.services.ward import Ward, refused


def value(ward: Ward, key: str) -> OpenValue:
    return next(one for each in open_values(ward.study) for one in each.values if one.setting.key == key)


def question(ward: Ward, name: str, protocol: str) -> OpenQuestion:
    (found,) = open_values(ward.study, protocol)
    return next(one for one in found.questions if one.id == name)


def test_every_protocol_of_the_study_has_its_questions_and_values(ward: Ward) -> None:
    assert [one.protocol.id for one in open_values(ward.study)] == ["scanpan", "nct06873178"]
    asked = question(ward, "four_cycles", "nct06873178")
    assert (asked.settings, asked.confirmed) == (("CJ-R01.every", "CJ-R01.first", "choices.interim_scan"), None)
    assert value(ward, "CJ-R01.every").questions == ("four_cycles",)


def test_a_question_is_confirmed_with_the_values_that_it_concerns(ward: Ward) -> None:
    keys = ["questions.four_cycles", "CJ-R02.after"]
    ward.set_study(confirm_facts(ward.study, "", keys, "letter", ward.today, by="the sponsor", on="2026-11-20"))
    said = Confirmation("the sponsor", date(2026, 11, 20), "letter")
    assert question(ward, "four_cycles", "nct06873178").confirmed == said
    for key in ("CJ-R01.every", "CJ-R01.first", "choices.interim_scan", "CJ-R02.after"):
        assert value(ward, key).confirmed == said, key
    assert value(ward, "CJ-R02.before").confirmed is None
    # a value set afterwards is to be confirmed again
    ward.value("CJ-R01.every", 2)
    assert (value(ward, "CJ-R01.every").setting.value, value(ward, "CJ-R01.every").own) == (2, True)
    assert value(ward, "CJ-R01.every").confirmed is None
    assert value(ward, "CJ-R01.every").overtaken == said


def test_a_value_that_is_set_after_its_question_was_confirmed_opens_the_question_again(ward: Ward) -> None:
    ward.set_study(confirm_facts(ward.study, "", ["questions.four_cycles"], "", ward.today, by="Dr Holm"))
    said = Confirmation("Dr Holm", ward.today, "")
    ward.value("CJ-R01.first", 3)
    asked = question(ward, "four_cycles", "nct06873178")
    assert (asked.confirmed, asked.overtaken) == (None, said)
    assert value(ward, "CJ-R01.every").confirmed == said, "nothing was said of this one"
    # its own confirmation does not answer the question
    ward.set_study(confirm_facts(ward.study, "", ["CJ-R01.first"], "", ward.today, by="Dr Lind"))
    assert value(ward, "CJ-R01.first").confirmed == Confirmation("Dr Lind", ward.today, "")
    assert question(ward, "four_cycles", "nct06873178").confirmed is None
    again = confirm_facts(ward.study, "", ["questions.four_cycles"], "", ward.today, by="Dr Holm")
    proposal = propose_study(ward.study, again, ward.today)
    assert {one.text("key") for one in proposal.repeats} == {"CJ-R01.every", "CJ-R01.first", "choices.interim_scan"}
    ward.set_study(again)
    assert question(ward, "four_cycles", "nct06873178").confirmed == said
    assert question(ward, "four_cycles", "nct06873178").overtaken is None


def test_a_value_that_is_cleared_or_corrected_after_it_was_confirmed_is_to_be_confirmed_again(ward: Ward) -> None:
    ward.value("CJ-R01.first", 3)
    (number,) = (one.seq for one in ward.facts() if one.kind == "value_set")
    ward.set_study(confirm_facts(ward.study, "", ["questions.four_cycles"], "", ward.today, by="Dr Holm"))
    said = Confirmation("Dr Holm", ward.today, "")
    assert value(ward, "CJ-R01.first").confirmed == said
    save_correction(ward.study, propose_correction(ward.study, number, {"value": 4}, "typed wrong", ward.today))
    for one in (value(ward, "CJ-R01.first"), question(ward, "four_cycles", "nct06873178")):
        assert (one.confirmed, one.overtaken) == (None, said)
    save_correction(ward.study, propose_correction(ward.study, number, {"value": 3}, "it was right", ward.today))
    assert question(ward, "four_cycles", "nct06873178").confirmed == said
    ward.set_study(clear_value_facts(ward.study, "", "CJ-R01.first"))
    for one in (value(ward, "CJ-R01.first"), question(ward, "four_cycles", "nct06873178")):
        assert (one.confirmed, one.overtaken) == (None, said)


def test_without_a_name_it_is_who_recorded_it_on_that_day(ward: Ward) -> None:
    ward.set_study(confirm_facts(ward.study, "", ["SP-R01.after"], "", ward.today))
    confirmed = value(ward, "SP-R01.after").confirmed
    assert confirmed is not None
    assert (confirmed.by, confirmed.on) == (ward.facts()[-1].who, ward.today)


def test_nothing_is_confirmed_where_one_of_several_is_unknown_or_shared(ward: Ward) -> None:
    before = ward.state()
    refused("value_key", confirm_facts, ward.study, "", ["CJ-R02.after", "questions.four"], "", ward.today)
    refused("which_protocol", confirm_facts, ward.study, "", ["questions.chemo_to_surgery"], "", ward.today)
    refused("future", confirm_facts, ward.study, "", ["CJ-R02.after"], "", ward.today, "me", "2099-01-01")
    assert ward.state() == before
    assert len(confirm_facts(ward.study, "scanpan", ["questions.chemo_to_surgery"], "", ward.today)) == 4


def test_an_answer_that_concerns_no_value_stays_confirmed(ward: Ward) -> None:
    """Which regimens are allowed is no value of the site; there is nothing that could change after the answer."""
    ward.set_study(confirm_facts(ward.study, "", ["questions.regimens"], "", ward.today, by="Dr Holm"))
    asked = question(ward, "regimens", "scanpan")
    assert asked.settings == ()
    assert (asked.confirmed, asked.overtaken) == (Confirmation("Dr Holm", ward.today, ""), None)


def test_a_visit_and_a_form_are_confirmed_as_they_are(ward: Ward) -> None:
    assert (value(ward, "visits.SP-S08").is_asked, value(ward, "visits.SP-R01").is_asked) == (True, False)
    assert (value(ward, "forms.SP-RE").is_asked, value(ward, "forms.SP-RE").setting.value) == (True, "1")
    keys = ["Forms.sp-re", "visits.sp-s08"]
    ward.set_study(confirm_facts(ward.study, "", keys, "", ward.today, by="Dr Holm"))
    said = Confirmation("Dr Holm", ward.today, "")
    assert value(ward, "forms.SP-RE").confirmed == value(ward, "visits.SP-S08").confirmed == said
    assert value(ward, "forms.SP-C").confirmed is None
    assert confirmed_keys(ward.study, "scanpan") == {"forms.SP-RE", "visits.SP-S08"}
    assert confirmed_keys(ward.study, "nct06873178") == frozenset()


def test_an_unknown_form_is_refused_with_the_nearest_and_none_can_be_set(ward: Ward) -> None:
    found = refused("value_key", confirm_facts, ward.study, "", ["forms.SP-RR"], "", ward.today)
    assert "forms.SP-R" in str(found.values["near"])
    refused("value_key", ward.value, "forms.SP-RE", "2", "scanpan")
