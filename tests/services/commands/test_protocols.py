"""Protocol versions that a study takes in."""

from pathlib import Path

import pytest

from app.protocols.findings import ProtocolRefused
from app.services.commands.protocols import addition_of, protocol_to_enrol, take_protocol
from tests.protocols.tiny import write
from tests.services.ward import Ward, refused


@pytest.mark.parametrize("name", ["scanpan", "ScanPan", "SCANPAN"])
def test_a_shipped_protocol_is_taken_by_its_id_once(empty_ward: Ward, name: str) -> None:
    protocol, head = take_protocol(empty_ward.study, name, empty_ward.today)
    assert (protocol.id, head) == ("scanpan", empty_ward.study.head())
    before = empty_ward.state()
    refused("protocol_there", take_protocol, empty_ward.study, name, empty_ward.today)
    assert empty_ward.state() == before


@pytest.mark.parametrize("name", ["scanpam", "", "\0", "x" * 5000, "/nowhere/p.yaml"])
def test_an_unknown_protocol_is_refused_and_nothing_is_recorded(empty_ward: Ward, name: str) -> None:
    before = empty_ward.state()
    found = refused("protocol", take_protocol, empty_ward.study, name, empty_ward.today)
    assert "scanpan" in str(found.values["known"])
    assert empty_ward.state() == before


def test_a_file_with_errors_is_refused_and_nothing_is_recorded(empty_ward: Ward, tmp_path: Path) -> None:
    path = write(tmp_path, ("epoch: only", "epoch: nowhere"))
    before = empty_ward.state()
    with pytest.raises(ProtocolRefused):
        take_protocol(empty_ward.study, str(path), empty_ward.today)
    assert empty_ward.state() == before


def test_a_changed_file_is_another_version(empty_ward: Ward, tmp_path: Path) -> None:
    path = write(tmp_path)
    take_protocol(empty_ward.study, str(path), empty_ward.today)
    refused("protocol_there", take_protocol, empty_ward.study, str(path), empty_ward.today)
    path = write(tmp_path, ('version: "1"', 'version: "2"'))
    assert take_protocol(empty_ward.study, str(path), empty_ward.today)[0].version == "2"
    assert len(empty_ward.study.facts.protocols) == 2


def test_the_texts_of_the_file_are_in_the_fact(tmp_path: Path) -> None:
    path = write(tmp_path)
    (fact,) = addition_of(path)[1]
    assert fact.fields["files"] == [["tiny.yaml", path.read_text("utf-8")]]


def test_whoever_enrols_takes_the_protocol_of_the_study_before_the_shipped_one(ward: Ward) -> None:
    ward.value("SP-R01.after", "P21D")
    protocol, facts = protocol_to_enrol(ward.study, "Scanpan")
    timing = protocol.visits["SP-R01"].timing
    assert timing is not None
    assert (facts, str(timing.after)) == ((), "P21D")


def test_a_protocol_that_the_study_lacks_comes_with_the_fact_that_adds_it(empty_ward: Ward) -> None:
    protocol, facts = protocol_to_enrol(empty_ward.study, "nct06873178")
    assert (protocol.id, [fact.kind for fact in facts]) == ("nct06873178", ["protocol_taken"])


def test_no_name_of_a_protocol_is_a_missing_field(empty_ward: Ward) -> None:
    refused("field_missing", protocol_to_enrol, empty_ward.study, "")
