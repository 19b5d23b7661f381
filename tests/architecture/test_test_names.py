"""The tests of a module are found under its name: `app/cli/tables.py` is tested in `tests/cli/test_tables.py`."""

from pathlib import Path

from tests.architecture.imports import CHECKOUT, app_sources

TESTS = CHECKOUT / "tests"
ACROSS = ("architecture", "benchmarks", "end2end", "faults", "oracle", "packaging", "protocols/shipped", "ui/window")
"""Folders whose tests go through many modules at once."""
LEAST_SHARE = 0.9
"""Of the test files outside those folders; the others follow one promise through several modules."""


def named_after_modules(tests: list[str], modules: set[str]) -> tuple[list[str], list[str]]:
    """Return the test files that bear the name of a module, and those that do not; paths are relative to ``tests``."""
    named = {_test_of(module) for module in modules}
    return [test for test in tests if test in named], [test for test in tests if test not in named]


def _test_of(module: str) -> str:
    *folders, name = module.split(".")[1:] or [""]
    return "/".join([*folders, f"test_{name.strip('_')}.py"])


def files_of_tests() -> list[str]:
    found = (path.relative_to(TESTS).as_posix() for path in TESTS.rglob("test_*.py"))
    return sorted(path for path in found if not path.startswith(tuple(f"{folder}/" for folder in ACROSS)))


def test_most_tests_bear_the_name_of_a_module() -> None:
    named, others = named_after_modules(files_of_tests(), set(app_sources()))
    share = len(named) / (len(named) + len(others))
    assert share >= LEAST_SHARE, f"{share:.0%}; without a module of that name:\n" + "\n".join(others)


def test_a_test_without_a_module_is_told_apart() -> None:
    tests = ["cli/test_tables.py", "cli/test_text.py", "test_paths.py", "storage/test_tables.py"]
    named, others = named_after_modules(tests, {"app", "app.cli", "app.cli.tables", "app.paths"})
    assert named == ["cli/test_tables.py", "test_paths.py"]
    assert others == ["cli/test_text.py", "storage/test_tables.py"]


def test_the_folders_that_go_across_are_there() -> None:
    assert [folder for folder in ACROSS if not (TESTS / Path(folder)).is_dir()] == []
