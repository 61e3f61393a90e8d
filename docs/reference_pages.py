"""Write the reference pages: one for each package of the floor plan, one of tables, one of commands.

Nothing is listed by hand: a new module, table or command is in the documentation by being there.
"""

import csv
import importlib
import inspect
import pkgutil
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import xietong
from xietong.cli.tree import commands

ROOT = Path(xietong.__file__).parent
SHOWN_ROWS = 40
PUNCTUATION = re.compile(r"([\\`*_{}\[\]()<>#+\-!|~$&^:@\"'])")


def write(folder: Path) -> None:
    """Write all pages below ``folder``; a page that did not change keeps its time stamp."""
    pages = {f"api/{name}.md": package_page(name) for name in packages()}
    pages |= {f"tables/{name}.md": tables_page(name, files) for name, files in tables().items()}
    pages["commands.md"] = commands_page()
    for old in folder.rglob("*.md"):
        if old.relative_to(folder).as_posix() not in pages:
            old.unlink()
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def packages() -> list[str]:
    """The top-level packages and modules, by name."""
    return sorted(module.name for module in pkgutil.iter_modules([str(ROOT)]))


def modules(package: str) -> Iterator[str]:
    """All modules of a package, dotted, the package itself first; no private ones, no migrations."""
    name = f"xietong.{package}"
    yield name
    path = getattr(importlib.import_module(name), "__path__", None)
    for module in pkgutil.walk_packages(path or [], prefix=f"{name}."):
        parts = module.name.split(".")
        if not any(part.startswith("_") for part in parts) and "migrations" not in parts:
            yield module.name


def package_page(package: str) -> str:
    """The docstrings of every module of a package."""
    parts = [f"# xietong.{package}\n"]
    names = list(modules(package))
    for name in names:
        heading = f"## {name}\n\n" if name != f"xietong.{package}" else ""
        twins = _twins(name, names)
        parts.append(
            f"{heading}```{{eval-rst}}\n.. automodule:: {name}\n"
            "   :members:\n   :undoc-members:\n   :ignore-module-all:\n"
            f"   :exclude-members: metadata, registry, model_config, {', '.join(twins)}\n"
        )
        parts += [f".. autofunction:: {name}.{twin}\n   :no-index:\n" for twin in twins]
        parts.append("```\n")
    return "\n".join(parts)


def _twins(module: str, names: list[str]) -> list[str]:
    """Functions of a module that bear the name of a module beside it: the module has the entry."""
    members = vars(importlib.import_module(module))
    beside = (name.removeprefix(f"{module}.") for name in names)
    return [
        name
        for name in beside
        if inspect.isfunction(members.get(name)) and members[name].__module__ == module
    ]


def tables() -> dict[str, list[Path]]:
    """The shipped CSV and TOML tables by top-level package."""
    found: dict[str, list[Path]] = {}
    for path in sorted((*ROOT.rglob("*.csv"), *ROOT.rglob("*.toml"))):
        found.setdefault(path.relative_to(ROOT).parts[0], []).append(path)
    return found


def tables_page(package: str, files: list[Path]) -> str:
    """Every table of a package: how many rows, which columns, the first rows."""
    parts = [f"# 数据表 · Tables of xietong.{package}\n"]
    for path in files:
        name = path.relative_to(ROOT).as_posix()
        parts.append(f"## `{name}`\n")
        parts.append(_csv_table(path) if path.suffix == ".csv" else _toml_table(path))
    return "\n".join(parts)


def commands_page() -> str:
    """The help of every command, as printed."""
    parts = ["# 全部命令 · Commands\n"]
    for command in commands():
        usage = "\n".join(line.rstrip() for line in command.usage.splitlines())
        parts.append(f"## {command.line}\n\n```text\n{usage.strip()}\n```\n")
    return "\n".join(parts)


def _csv_table(path: Path) -> str:
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    note = f", the first {SHOWN_ROWS} shown" if len(rows) > SHOWN_ROWS else ""
    lines = [f"{len(rows)} rows{note}.\n", _row(header), _row(["---"] * len(header), escape=False)]
    lines += [_row((row + [""] * len(header))[: len(header)]) for row in rows[:SHOWN_ROWS]]
    return "\n".join(lines) + "\n"


def _toml_table(path: Path) -> str:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    lines = [f"{len(content)} entries.\n", "| entry | content |", "|---|---|"]
    for key, value in content.items():
        text = (
            "; ".join(f"{name}: {entry}" for name, entry in value.items())
            if isinstance(value, dict)
            else str(value)
        )
        lines.append(_row([key, text if len(text) < 600 else text[:600] + " …"]))
    return "\n".join(lines) + "\n"


def _row(cells: list[str], escape: bool = True) -> str:
    shown = (" ".join(cell.split()) for cell in cells)
    return "| " + " | ".join(PUNCTUATION.sub(r"\\\1", c) if escape else c for c in shown) + " |"
