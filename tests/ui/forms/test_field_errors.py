"""Which field of a form a refusal means."""

import pytest
from pytestqt.qtbot import QtBot

from app.domain.refusal import Refused
from app.services.queries.participant import ParticipantView
from tests.ui.forms.conftest import TODAY
from tests.ui.forms.showing import error_of, made


@pytest.mark.parametrize(
    ("refused", "kind", "place"),
    [
        (Refused("future", on=TODAY, today=TODAY), "performed", "on"),
        (Refused("stopped_twice", phase="x"), "stopped", "phase"),
        (Refused("regimen_before_turn", turn="progression"), "regimen_changed", "to"),
        (Refused("choice_value", "choices", choice="staged", value="x", offered="y"), "chosen", "value"),
        (Refused("future", "enrolled_on", on=TODAY, today=TODAY), "enrolled", "on"),
        (Refused("country", "participant.country", value="XX"), "enrolled", "country"),
        (Refused("criterion", "criteria.I99", value="I99", known="I01"), "screened", "criteria"),
        (Refused("not_taken", "specimen"), "specimen", "taken"),
        (Refused("disk_full", path="/x"), "performed", ""),
        (Refused("changed_meanwhile"), "performed", ""),
    ],
)
def test_which_field_is_meant(refused: Refused, kind: str, place: str, look: ParticipantView, qtbot: QtBot) -> None:
    form = made(qtbot, kind, look, "SP-P03")
    assert form.show_refusal(refused) is bool(place)
    assert list(error_of(form)) == ([place] if place else [])
