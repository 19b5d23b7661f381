"""The demo study, made complete or not at all."""

from pathlib import Path

import pytest

from app.services.commands.demo import demo_file
from tests.services.ward import Ward


def test_a_demo_that_was_stopped_leaves_nothing_and_is_made_again(
    ward: Ward, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.services.commands import demo

    made: list[Path] = []

    def make(folder: Path, *_more: object) -> list[Path]:
        (folder / demo.FILE).write_bytes(b"half")
        made.append(folder)
        if len(made) == 1:
            raise KeyboardInterrupt
        return [folder / demo.FILE]

    monkeypatch.setattr(demo, "_make_in", make)
    folder = tmp_path / "demo"
    with pytest.raises(KeyboardInterrupt):
        demo_file(folder, ward.environment, lambda _done, _all: None)
    assert not folder.exists()
    assert not made[0].exists()
    path = demo_file(folder, ward.environment, lambda _done, _all: None)
    assert path.read_bytes() == b"half"
    assert demo_file(folder, ward.environment, lambda _done, _all: None) == path
    assert len(made) == 2
