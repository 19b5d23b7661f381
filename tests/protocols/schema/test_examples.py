"""An example of each part of a protocol file, valid for the part's own model."""

import pytest
from pydantic import BaseModel

from app.protocols.schema import about, anchors, base, decisions, deviations, forms, protocol_file, regimens, timing
from app.protocols.schema.examples import EXAMPLES
from app.protocols.yaml_tree import read_yaml

MODULES = (about, anchors, base, decisions, deviations, forms, protocol_file, regimens, timing)
ABSTRACT = {base.Model, base.Cited, base.Sourced, base.Conditional, forms.ValueModel}
FILES = {protocol_file.ProtocolFile, regimens.RegimenFile, forms.FormFile}


def test_every_part_has_an_example() -> None:
    models = {one for module in MODULES for one in vars(module).values() if isinstance(one, type)}
    parts = {one for one in models if issubclass(one, base.Model)} - ABSTRACT - FILES
    assert parts == set(EXAMPLES)


@pytest.mark.parametrize("model", EXAMPLES, ids=lambda model: model.__name__)
def test_an_example_is_valid(model: type[BaseModel]) -> None:
    document = read_yaml("example.yaml", f"part: {EXAMPLES[model]}\n").document
    model.model_validate(document["part"])
