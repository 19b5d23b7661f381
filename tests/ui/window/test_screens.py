"""The real window with its frame on small screens: every button of every page and dialog can be reached."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

CHECKS = Path(__file__).with_name("screen_checks.py")


@pytest.mark.slow
@pytest.mark.parametrize(("width", "height", "scale"), [(1366, 768, 1.0), (1024, 600, 1.0), (1280, 720, 1.5)], ids=str)
def test_everything_can_be_reached(width: int, height: int, scale: float, tmp_path: Path) -> None:
    """In a process of its own, as the size of the screen is fixed when Qt starts."""
    screen = {"name": "small", "x": 0, "y": 0, "width": width, "height": height, "logicalDpi": 96, "dpr": 1}
    config = tmp_path / "screen.json"
    config.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    sizes = {"TEST_WIDTH": str(width), "TEST_HEIGHT": str(height), "TEST_SCALE": str(scale)}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--basetemp={tmp_path / 'run'}", str(CHECKS)],
        env={**os.environ, **sizes, "QT_QPA_PLATFORM": f"offscreen:configfile={config}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout[-6000:]
    assert " passed" in done.stdout
