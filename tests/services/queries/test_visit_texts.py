"""The texts by which a visit is found."""

from app.domain.search import Search
from app.services.queries.visit_texts import cycle_texts, title_of
from tests.services.ward import Ward


def test_a_visit_is_found_by_its_place_in_a_cycle_an_activity_and_a_questionnaire(ward: Ward) -> None:
    calendar = ward.calendar("LI-001")
    protocol = ward.study.protocol(ward.study.enrolled("LI-001"))
    dose, follow = calendar.by_key["SP-C02#3"], calendar.by_key["SP-F06"]
    assert cycle_texts(dose) == ("C3D1",)
    assert cycle_texts(follow) == ()
    title = title_of(protocol, follow)
    for typed in ("CT", "EQ-5D", "sp-f06", "follow-up month 6"):
        assert Search(typed).finds(title.name, *title.also), typed
    assert not Search("MRI").finds(title.name, *title.also)
