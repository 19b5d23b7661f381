from pathlib import Path

from app.protocols.schema.base import Conditional, parts_of
from tests.protocols.tiny import read, visit


def test_every_part_has_its_path_in_the_document(tmp_path: Path) -> None:
    file = read(tmp_path, visits=visit("V2", "from: V1, any_day: {first: P1D, last: {from: IN}}")).file
    paths = {path for path, _part in parts_of(file)}
    assert () in paths
    assert ("epochs", 0) in paths
    assert ("visits", "V1", "timing", "window") in paths
    assert ("visits", "V2", "timing", "any_day", "last") in paths
    assert ("visits", "V2", "timing", "any_day", "first") not in paths


def test_parts_with_a_condition(tmp_path: Path) -> None:
    more = "    when: {arm: a}\n    activities: [Talk, {text: Weigh, when: {arm: b}}]\n"
    top = "choices: {arm: {question: Q, default: a, values: [a, b]}}\n"
    file = read(tmp_path, visits=more, top=top).file
    found = {path: dict(part.when) for path, part in parts_of(file) if isinstance(part, Conditional) and part.when}
    assert found == {("visits", "V1"): {"arm": "a"}, ("visits", "V1", "activities", 1): {"arm": "b"}}
