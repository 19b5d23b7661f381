"""A few lives whose calendars the naive planner reckoned once: a fast look at the whole planner.

The expected calendars stand in ``lives.json``, written by ``python -m tests.oracle.test_quick`` from the naive planner,
never from the program.
"""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from app.exchange.calendar_json import calendar_document
from app.services.queries.rehearsal import rehearse

from .compare import FIELDS, SETTLED

KNOWN = Path(__file__).with_name("lives.json")
# Seeds that between them reach every branch of the rules that the lives reach.
SEEDS = {"scanpan": (36, 44, 65, 108, 116, 150, 182, 209), "nct06873178": (11, 32, 78, 105, 128, 144, 180, 209)}
LIVES: list[dict[str, Any]] = json.loads(KNOWN.read_text(encoding="utf-8")) if KNOWN.exists() else []


@pytest.mark.parametrize("index", range(sum(map(len, SEEDS.values()))))
def test_a_known_life_has_its_known_calendar(index: int) -> None:
    known = LIVES[index]
    rows = {
        entry["visit"]: entry for entry in calendar_document(rehearse(json.dumps(known["story"])).calendar)["entries"]
    }
    assert sorted(rows) == sorted(known["rows"])
    for key, expected in known["rows"].items():
        fields = SETTLED if expected[FIELDS.index("status")] == "cancelled" else FIELDS
        found = {name: rows[key][name] for name in fields}
        assert found == {name: expected[FIELDS.index(name)] for name in fields}, key


def write() -> None:
    """Write the known lives anew."""
    from .lives import life
    from .naive import reckon

    lives = []
    for trial, seed in [(trial, seed) for trial, seeds in SEEDS.items() for seed in seeds]:
        story = life(random.Random(seed), trial)
        rows = {entry["visit"]: [entry[name] for name in FIELDS] for entry in reckon(story)["entries"]}
        lives.append({"story": story, "rows": rows})
    KNOWN.write_text(json.dumps(lives, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
