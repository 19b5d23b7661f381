"""An own module is imported inside a function only where `app/startup.py` gives the reason and the gain."""

from collections.abc import Iterable

from app.startup import DELAYED_IMPORTS, DelayedImport
from tests.architecture.imports import Import, app_imports, own_imports


def covers(name: str, module: str) -> bool:
    """Whether a name means the module: it is its own name, or that of a package around it."""
    return module == name or module.startswith(f"{name}.")


def allows(entry: DelayedImport, found: Import) -> bool:
    return covers(entry.importer, found.importer) and any(covers(name, found.imported) for name in entry.imported)


def delayed(imports: Iterable[Import]) -> list[Import]:
    return [one for one in imports if one.delayed]


def test_own_imports_are_delayed_only_where_the_start_up_says_so() -> None:
    unlisted = [one for one in delayed(app_imports()) if not any(allows(e, one) for e in DELAYED_IMPORTS)]
    assert not unlisted, "at the top of the module, please:\n" + "\n".join(map(str, unlisted))


def test_every_entry_of_the_start_up_is_used() -> None:
    found = delayed(app_imports())
    unused = [entry for entry in DELAYED_IMPORTS if not any(allows(entry, one) for one in found)]
    assert unused == []


def test_an_import_inside_a_method_is_found() -> None:
    late = "from app.paths import a\nclass A:\n    def b(self):\n        with self:\n            import app.paths"
    sources = {"app.paths": "", "app.cli": late}
    assert [(one.importer, one.imported, one.line) for one in delayed(own_imports(sources))] == [
        ("app.cli", "app.paths", 5)
    ]


def test_a_name_covers_a_package_and_no_longer_name() -> None:
    assert covers("app.ui", "app.ui")
    assert covers("app.ui", "app.ui.pages.today")
    assert not covers("app.ui", "app.uis")
