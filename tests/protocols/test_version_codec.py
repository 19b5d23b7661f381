import json
from datetime import date
from typing import Any

import pytest

from app.domain.protocol.version import ProtocolVersion
from app.protocols import library, version_codec
from app.protocols.version_codec import version_from_plain, version_to_plain


def through_json(version: ProtocolVersion) -> ProtocolVersion:
    return version_from_plain(json.loads(json.dumps(version_to_plain(version))))


def test_a_version_that_uses_every_field_comes_back_equal(invented: ProtocolVersion) -> None:
    back = through_json(invented)
    assert back == invented
    assert repr(back) == repr(invented)


def test_every_shipped_protocol_comes_back_equal() -> None:
    for path in library.shipped():
        version = library.read_protocol(path)
        assert repr(through_json(version)) == repr(version), path.name


def test_fields_at_their_default_are_left_out(invented: ProtocolVersion) -> None:
    visits = version_to_plain(invented)["visits"]
    assert set(visits["ILL"]) == {"is", "id", "name", "epoch", "timing", "repeat", "marks"}
    assert "early_end" in visits["A1"]


@pytest.mark.parametrize("data", [{}, {"is": "ProtocolVersion"}, {"visits": 3}, {"id": "x", "unheard_of": 1}, [], None])
def test_data_of_another_form_is_no_version(data: Any) -> None:
    with pytest.raises((AttributeError, KeyError, TypeError, ValueError)):
        version_from_plain(data)


@pytest.mark.parametrize("hint", [set[str], bytes, date])
def test_a_type_without_a_plain_form_is_found_at_once(hint: Any) -> None:
    with pytest.raises(TypeError, match="has no plain form"):
        version_codec._reader(hint)
