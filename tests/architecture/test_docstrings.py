"""Every own public method of the window has a docstring; what overrides a method of Qt needs none.

The lint asks for docstrings everywhere else. It cannot tell an override from an own method, so this test does it here.
"""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.imports import app_sources

QT_METHODS = frozenset(
    {
        "child", "data", "event", "flags", "index", "interface", "paint", "parent", "rect", "role", "sort", "state",
        "text", "validate",
    }
)  # fmt: skip
"""Methods of Qt's models, delegates, validators and accessible objects with names of one word."""


def is_override(name: str) -> bool:
    """Whether the name is Qt's: in camel case, or one of a model or delegate; ours are in lower case."""
    return name in QT_METHODS or name != name.lower()


def methods_without_docstring(source: str) -> Iterator[str]:
    for owner in ast.walk(ast.parse(source)):
        if not isinstance(owner, ast.ClassDef) or owner.name.startswith("_"):
            continue
        for method in owner.body:
            if not isinstance(method, ast.FunctionDef) or method.name.startswith("_") or is_override(method.name):
                continue
            if not ast.get_docstring(method) and not any(_is_overload(one) for one in method.decorator_list):
                yield f"line {method.lineno}: {owner.name}.{method.name}"


def _is_overload(decorator: ast.expr) -> bool:
    """Whether the decorator marks a second half of one method: an overload, or the setter of a property."""
    if isinstance(decorator, ast.Attribute):
        return decorator.attr in {"setter", "deleter"}
    return isinstance(decorator, ast.Name) and decorator.id in {"overload", "override"}


def test_own_public_methods_of_the_window_have_docstrings() -> None:
    window = {name: source for name, source in app_sources().items() if name.startswith("app.ui.")}
    assert window
    silent = [f"{name}, {place}" for name, source in window.items() for place in methods_without_docstring(source)]
    assert not silent, "\n".join(silent)


@pytest.mark.parametrize("method", ["show_visit", "done", "text_of"])
def test_a_missing_docstring_is_found(method: str) -> None:
    source = f"class Page:\n    def {method}(self):\n        return 1\n"
    assert list(methods_without_docstring(source)) == [f"line 2: Page.{method}"]


@pytest.mark.parametrize("method", ["paintEvent", "data", "rowCount", "_hidden", "__init__"])
def test_an_override_of_qt_and_a_private_method_need_none(method: str) -> None:
    assert not list(methods_without_docstring(f"class Page:\n    def {method}(self):\n        return 1\n"))
