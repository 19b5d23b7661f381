"""What the import contracts in pyproject.toml cannot say: calls, and rules for rooms that may not exist yet."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
APP = CHECKOUT / "app"

QT = {"PySide6", "shiboken6"}
SQL = {"sqlmodel", "sqlalchemy", "sqlcipher3", "sqlite3"}
FILES = {"os", "io", "pathlib", "shutil", "tempfile", "json", "yaml", "ruamel", "pydantic", "reportlab"}
WORDS = {"babel", "gettext", "locale"}
OUTSIDE = {"holidays", "time", "socket", "subprocess", "importlib", "logging"}
NOT_IN_THE_DOMAIN = QT | SQL | FILES | WORDS | OUTSIDE
CLOCK_METHODS = frozenset({"today", "now", "utcnow", "fromtimestamp"})
FILE_FUNCTIONS = frozenset({"open", "input", "print", "__import__"})


def modules(room: str) -> list[Path]:
    return sorted((APP / room).rglob("*.py"))


def imported(tree: ast.AST, package: str) -> Iterator[tuple[int, str]]:
    """Every module that the code may import: for `from a import b` both `a` and `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            parents = package.split(".")
            start = parents[: len(parents) - node.level + 1] if node.level else []
            base = ".".join([*start, *([node.module] if node.module else [])])
            yield node.lineno, base
            for alias in node.names:
                yield node.lineno, f"{base}.{alias.name}"


def package_of(path: Path) -> str:
    return ".".join(path.parent.relative_to(CHECKOUT).parts)


def domain_faults(source: str, package: str = "app.domain") -> list[str]:
    tree = ast.parse(source)
    faults = []
    for line, name in imported(tree, package):
        if name.split(".")[0] in NOT_IN_THE_DOMAIN:
            faults.append(f"line {line}: imports {name}")
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in CLOCK_METHODS and names_a_date(node.value):
            faults.append(f"line {node.lineno}: reads the clock with .{node.attr}")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FILE_FUNCTIONS:
            faults.append(f"line {node.lineno}: calls {node.func.id}()")
    return faults


def names_a_date(node: ast.expr) -> bool:
    """Whether the code reads `date`, `datetime`, `datetime.date` and the like, not an own value such as `plan`."""
    last = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return last.lower().lstrip("_") in {"date", "datetime", "dt"}


def test_domain_has_no_clock_no_file_no_sql_and_no_qt() -> None:
    paths = modules("domain")
    assert paths, "no module found in app/domain"
    faults = [
        f"{path.relative_to(CHECKOUT)}, {fault}"
        for path in paths
        for fault in domain_faults(path.read_text("utf-8"), package_of(path))
    ]
    assert not faults, "\n".join(faults)


def test_cli_and_ui_never_name_storage() -> None:
    faults = [
        f"{path.relative_to(CHECKOUT)}, line {line}: imports {name}"
        for room in ("cli", "ui")
        for path in modules(room)
        if "storage" in (source := path.read_text("utf-8"))
        for line, name in imported(ast.parse(source), package_of(path))
        if name == "app.storage" or name.startswith("app.storage.")
    ]
    assert not faults, "\n".join(faults)


def test_the_domains_tests_know_nothing_above_the_domain() -> None:
    faults = [
        f"{path.relative_to(CHECKOUT)}, line {line}: imports {name}"
        for path in sorted((CHECKOUT / "tests" / "domain").rglob("*.py"))
        for line, name in imported(ast.parse(path.read_text("utf-8")), package_of(path))
        if name.split(".")[0] in ("app", "tests") and name.split(".")[1:2] != ["domain"]
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "source",
    [
        "import os",
        "import os.path",
        "from pathlib import Path",
        "from time import time",
        "def f():\n    import sqlite3",
        "from datetime import date\nx = date.today()",
        "import datetime\nx = datetime.datetime.now()",
        "from datetime import date\nclock = date.today",
        "open('x')",
        "print('x')",
    ],
)
def test_the_domain_rule_finds_a_breach(source: str) -> None:
    assert domain_faults(source)


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import date, timedelta",
        "from app.domain.dates import Window",
        "from . import timing",
        "def f(today):\n    return today",
        "x = plan.today",
        "x = shelf.open()",
    ],
)
def test_the_domain_rule_lets_plain_code_through(source: str) -> None:
    assert not domain_faults(source)


@pytest.mark.parametrize(
    ("source", "package", "name"),
    [
        ("from . import storage", "app", "app.storage"),
        ("from .. import storage", "app.cli", "app.storage"),
        ("from ..storage.rows import Row", "app.cli", "app.storage.rows"),
        ("from app import storage", "app.cli", "app.storage"),
        ("import app.storage", "app.cli", "app.storage"),
    ],
)
def test_imported_names_are_absolute(source: str, package: str, name: str) -> None:
    assert name in {found for _, found in imported(ast.parse(source), package)}
