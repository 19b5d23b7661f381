"""No word of the protocol language is without an explanation, and no explanation without its word."""

import pytest
from pydantic import BaseModel

from app.protocols.schema.base import Model
from app.protocols.schema.meanings import COMMON, MEANINGS, meaning_of
from tests.protocols.schema.test_examples import ABSTRACT, MODULES


def test_every_part_is_explained() -> None:
    models = {one for module in MODULES for one in vars(module).values() if isinstance(one, type)}
    assert {one for one in models if issubclass(one, Model)} - ABSTRACT == set(MEANINGS)


@pytest.mark.parametrize("model", MEANINGS, ids=lambda model: model.__name__)
def test_every_word_is_explained(model: type[BaseModel]) -> None:
    words = {info.alias or name for name, info in model.model_fields.items()}
    assert all(meaning_of(model, word) for word in words)
    assert set(MEANINGS[model]) <= words, "an explanation of a word that the part does not have"


def test_an_unknown_word_has_no_meaning() -> None:
    assert COMMON["mark"]
    with pytest.raises(KeyError):
        meaning_of(next(iter(MEANINGS)), "colour")
