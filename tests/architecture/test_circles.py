"""No module of the app needs itself by way of others, counting imports for types and imports inside functions."""

from collections.abc import Iterable

from tests.architecture.imports import app_imports, own_imports

Edges = frozenset[tuple[str, str]]


def circles(edges: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Return the groups of modules that reach each other (Tarjan's strongly connected components), sorted."""
    targets: dict[str, list[str]] = {}
    for importer, imported in edges:
        targets.setdefault(importer, []).append(imported)
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(module: str) -> None:
        order[module] = lowest[module] = len(order)
        stack.append(module)
        for target in targets.get(module, ()):
            if target not in order:
                visit(target)
                lowest[module] = min(lowest[module], lowest[target])
            elif target in stack:
                lowest[module] = min(lowest[module], order[target])
        if lowest[module] == order[module]:
            start = stack.index(module)
            group, stack[start:] = stack[start:], []
            if len(group) > 1:
                found.append(sorted(group))

    for module in sorted(targets):
        if module not in order:
            visit(module)
    return sorted(found)


def app_edges() -> Edges:
    return frozenset((one.importer, one.imported) for one in app_imports())


def test_no_module_needs_itself() -> None:
    assert circles(app_edges()) == []


def edges_of(**sources: str) -> Edges:
    return frozenset((one.importer, one.imported) for one in own_imports({f"app.{k}": v for k, v in sources.items()}))


def test_a_circle_of_three_is_found() -> None:
    edges = edges_of(a="import app.b", b="from app import c", c="from app.a import name", d="import app.a")
    assert circles(edges) == [["app.a", "app.b", "app.c"]]


def test_an_import_for_types_closes_a_circle() -> None:
    types = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from app.b import B"
    assert circles(edges_of(a=types, b="from app.a import A")) == [["app.a", "app.b"]]


def test_an_import_inside_a_function_closes_a_circle() -> None:
    inside = "class A:\n    def work(self):\n        if self:\n            from app.b import B"
    assert circles(edges_of(a=inside, b="from app.a import A")) == [["app.a", "app.b"]]


def test_a_diamond_is_no_circle() -> None:
    assert circles(edges_of(a="import app.b, app.c", b="import app.d", c="import app.d", d="")) == []
