"""The endpoints that count a time."""

from dataclasses import replace

from app.domain.protocol.endpoints import TimeCount, time_counts
from tests.domain.scanpan import SCANPAN

OS = {"id": "os", "text": "Overall survival", "counts": {"from": ["SP-S06"], "until": ["death"], "mark": "assumed"}}


def test_only_endpoints_that_say_what_they_count_are_counted() -> None:
    about = {"endpoints": {"primary": [{"id": "x", "text": "Safety", "counts": None}], "secondary": [OS]}}
    assert time_counts(replace(SCANPAN, about=about)) == (
        TimeCount("os", "Overall survival", ("SP-S06",), ("death",), "assumed"),
    )


def test_a_protocol_without_endpoints_counts_nothing() -> None:
    assert time_counts(replace(SCANPAN, about={})) == ()
