"""The scripts of the folder `packaging`, loaded as modules; a package from the registry has the same name."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"


def script(name: str) -> ModuleType:
    """Load a script by its path in the folder."""
    spec = importlib.util.spec_from_file_location(f"script_{Path(name).stem}", PACKAGING / name)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module
