"""The page of the protocol language: every word is on it, and its examples are valid."""

import re

import pytest
from pydantic import BaseModel

from app.protocols.schema.language_page import language_page, title_of
from app.protocols.schema.meanings import MEANINGS
from app.protocols.schema.protocol_file import ProtocolFile, VisitModel
from app.protocols.schema.regimens import RegimenDayModel
from app.protocols.yaml_tree import read_yaml

PAGE = language_page()
TITLES = {title_of(model): model for model in MEANINGS}


def section(model: type[BaseModel]) -> str:
    """The text about one part."""
    return PAGE.partition(f"\n## {title_of(model)}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("model", MEANINGS, ids=title_of)
def test_every_word_of_a_part_has_a_row(model: type[BaseModel]) -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| (.*?) ?\| (.+) \|$", section(model), re.MULTILINE)
    assert [row[0] for row in rows] == [info.alias or name for name, info in model.model_fields.items()]
    assert all(meaning.endswith((".", "none`.")) for _word, _type, _default, meaning in rows), rows


def test_a_word_without_a_default_is_needed() -> None:
    assert "| `epoch` | id |  | The stretch of the trial that it belongs to. |" in section(VisitModel)
    assert "| `contact` | `clinic` or `phone` or `hospital` or `home` or `site` | `clinic` |" in section(VisitModel)
    assert "| `day` | whole number |  | The day of the cycle, from 1. |" in section(RegimenDayModel)


def test_every_example_on_the_page_is_valid() -> None:
    found = re.findall(r"\n## (.+)\n\n.*\n\n```yaml\n(.+)\n```", PAGE)
    assert len(found) == len(MEANINGS) - 3, "all but the three files, which are made of the other parts"
    for title, text in found:
        (example,) = read_yaml("example.yaml", text + "\n").document.values()
        TITLES[title].model_validate(example)


def test_every_link_leads_to_a_part() -> None:
    links = re.findall(r"\]\(#([a-z-]+)\)", PAGE)
    assert links
    assert set(links) <= {title.lower().replace(" ", "-") for title in TITLES}


def test_the_words_that_say_what_an_end_does_are_explained() -> None:
    assert "`give_up`" in PAGE
    assert "counts from the last dose given" in PAGE
    assert PAGE.startswith("# The language of protocol files\n")
    assert section(ProtocolFile)
