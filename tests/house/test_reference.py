"""The documentation is built without a warning and lists every public function and table."""

import importlib
import inspect
import subprocess
import sys
from pathlib import Path

from sphinx.util.inventory import InventoryFile

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
SOURCES = ROOT / "src" / "xietong"


def _build(out: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-E", "-b", "html"]
    done = subprocess.run(
        [*command, str(DOCS), str(out)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def _public(module: str) -> list[str]:
    """The functions and classes that a module defines and does not hide."""
    return [
        f"{module}.{name}"
        for name, thing in vars(importlib.import_module(module)).items()
        if (inspect.isfunction(thing) or inspect.isclass(thing))
        and thing.__module__ == module
        and thing.__name__ == name
        and not name.startswith("_")
    ]


def _public_modules() -> set[str]:
    """The modules of the tree, by their files."""
    found = set()
    for path in SOURCES.rglob("*.py"):
        parts = path.relative_to(SOURCES.parent).with_suffix("").parts
        parts = parts[:-1] if parts[-1] == "__init__" else parts
        if "migrations" not in parts and not any(part.startswith("_") for part in parts):
            found.add(".".join(parts))
    return found - {"xietong"}


def test_documentation_builds_and_is_complete(tmp_path: Path) -> None:
    _build(tmp_path)
    inventory = InventoryFile.loads((tmp_path / "objects.inv").read_bytes(), uri="")
    assert _public_modules() - set(inventory.data["py:module"]) == set()

    kinds = ("py:function", "py:class", "py:exception")
    listed = {name for kind in kinds for name in inventory.data.get(kind, {})}
    public = {name for module in _public_modules() for name in _public(module)}
    # A function with the name of a module beside it is shown without an entry of its own.
    assert public - listed - _public_modules() == set()

    shown = "".join(
        p.read_text("utf-8") for p in tmp_path.glob("reference/generated/tables/*.html")
    )
    assert [t.name for t in SOURCES.rglob("*.csv") if t.name not in shown] == []

    pages = [p for p in DOCS.rglob("*.md") if "_build" not in p.parts]
    built = [tmp_path / p.relative_to(DOCS).with_suffix(".html") for p in pages]
    assert [p for p in built if not p.exists()] == []
