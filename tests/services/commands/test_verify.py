"""Whether a study file is as it was recorded."""

from app.domain.facts.chain_head import Broken
from app.services.commands.verify import repair_cached_visits, verify
from tests.services.ward import Ward, refused


def test_verify_knows_a_printed_head(ward: Ward) -> None:
    head = str(ward.study.head())
    ward.do("note", text="later")
    assert verify(ward.study, head).broken is None
    number, _, digits = head.partition(" · ")
    wrong = f"{number} " + digits.replace(" ", "")[::-1]
    found = verify(ward.study, wrong)
    assert found.broken == Broken(int(number), "other_chain")
    ahead = verify(ward.study, f"{int(number) + 50} {digits}")
    assert ahead.broken is not None
    assert ahead.broken.what == "cut_off"
    refused("head_form", verify, ward.study, "no head")


def test_a_cached_visit_that_was_edited_is_found_and_planned_again(file_ward: Ward) -> None:
    assert not repair_cached_visits(file_ward.study, file_ward.today)
    file_ward.sqlite.connection.execute("UPDATE visit SET assumed = '2026-12-31' WHERE key = 'SP-C02#2'")
    assert repair_cached_visits(file_ward.study, file_ward.today)
    assert not repair_cached_visits(file_ward.study, file_ward.today)
    file_ward.check_cached_visits()
