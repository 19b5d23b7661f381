"""The start-up tricks: importing changes nothing, and each does what it says."""

import builtins
import gc
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from app import startup

ROOT = Path(__file__).parents[1]


def printed_by(program: str) -> str:
    """Run a program in a fresh interpreter and return what it prints."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment, timeout=60
    )
    return done.stdout.strip()


def test_importing_changes_neither_the_import_function_nor_the_collection() -> None:
    program = (
        "import builtins, gc\nbefore = builtins.__import__, gc.isenabled(), gc.get_freeze_count()\n"
        "import app.startup, app.ui, app.bootstrap, app.__main__\n"
        "print(before == (builtins.__import__, gc.isenabled(), gc.get_freeze_count()))"
    )
    assert printed_by(program) == "True"


def test_before_the_window_qts_import_is_replaced_and_the_collection_rests() -> None:
    program = (
        "import builtins, gc\nfrom app import startup\nimport PySide6.QtCore\nqts = builtins.__import__\n"
        "startup.before_window()\nnow = builtins.__import__\n"
        "print(qts is now, now is builtins.__orig_import__, gc.isenabled())"
    )
    assert printed_by(program) == "False True False"


def test_a_command_searches_for_garbage_seldom_and_the_window_as_often_as_ever() -> None:
    program = (
        "import gc\nfrom app import startup\nusual = gc.get_threshold()\nstartup.before_command()\n"
        "seldom = gc.get_threshold()\nstartup.before_window()\n"
        "print(usual[0] * 100 < seldom[0], usual[1:] == seldom[1:], gc.get_threshold() == usual)"
    )
    assert printed_by(program) == "True True True"


def test_the_import_is_restored_once_and_for_all() -> None:
    own = builtins.__import__
    try:
        startup.restore_import()
        restored = builtins.__import__
        startup.restore_import()
        assert builtins.__import__ is restored
    finally:
        builtins.__import__ = own


def test_the_collection_is_paused_and_begins_again_without_what_was_made() -> None:
    try:
        startup.pause_collection()
        assert not gc.isenabled()
        startup.resume_collection()
        assert gc.isenabled()
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
        gc.enable()


@pytest.mark.parametrize("module", startup.PRELOADED)
def test_what_is_preloaded_exists(module: str) -> None:
    assert find_spec(module) is not None


def test_every_trick_says_why_and_what_it_gains() -> None:
    names = [one.name for one in startup.TRICKS]
    assert len(set(names)) == len(names) == 6
    assert all(one.reason.endswith(".") and one.gain_ms > 0 for one in startup.TRICKS)


def test_the_terminal_loads_nothing_of_the_window() -> None:
    program = "import sys, app.__main__\nprint([one for one in sys.modules if one.startswith(('app.ui', 'PySide6'))])"
    assert printed_by(program) == "[]"
