"""Every import of an own module, read from the syntax trees: at the top, only for types, and inside functions."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
APP = CHECKOUT / "app"


@dataclass(frozen=True)
class Import:
    """One own module named in an import statement of another."""

    importer: str
    imported: str
    line: int
    delayed: bool
    """Whether the statement is inside a function, so that it runs only when the function does."""

    def __str__(self) -> str:
        """Return the place and both names, for the message of a failing test."""
        return f"{self.importer}, line {self.line}: imports {self.imported}"


def module_name(path: Path) -> str:
    """Return the dotted name under which a file of the checkout is imported."""
    parts = path.relative_to(CHECKOUT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def app_sources() -> dict[str, str]:
    """Return the source of every module under ``app`` by its dotted name."""
    return {module_name(path): path.read_text("utf-8") for path in sorted(APP.rglob("*.py"))}


def own_imports(sources: dict[str, str]) -> Iterator[Import]:
    """Yield every import of one of the modules by another, whenever it would run; an import for types counts too."""
    for importer, source in sources.items():
        for node, delayed in _statements(ast.parse(source), False):
            for imported in _modules_of(node, sources):
                if imported != importer:
                    yield Import(importer, imported, node.lineno, delayed)


@cache
def app_imports() -> tuple[Import, ...]:
    """Return every import of an own module under ``app``."""
    return tuple(own_imports(app_sources()))


def _statements(node: ast.AST, delayed: bool) -> Iterator[tuple[ast.Import | ast.ImportFrom, bool]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child, delayed
        else:
            inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from _statements(child, delayed or inside)


def _modules_of(node: ast.Import | ast.ImportFrom, known: dict[str, str]) -> Iterator[str]:
    """Yield the known modules of one statement; in `from app.domain import dates` that is `app.domain.dates` alone."""
    if isinstance(node, ast.Import):
        names = {alias.name for alias in node.names}
    else:
        assert node.level == 0, "own modules are imported by their full names"
        below = {alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        names = {below[name] if below[name] in known else str(node.module) for name in below}
    yield from sorted(names & known.keys())
