"""What the workspace keeps for synergy: filled-in tables under ``statistics/``, and where they came from.

One CSV per index system (``synergy_city.csv`` …) or panel (``synergy_city-panel.csv``); an index
system of the user's own lies beside it as TOML and goes before the shipped one of that name.
"""

import csv
import functools
import json
import re
from pathlib import Path
from typing import Any

import polars as pl

from xietong.app.access import Actor, may
from xietong.app.cocontrol_files import read_table
from xietong.app.desk import Desk
from xietong.app.problems import problem
from xietong.cocontrol.index_system import SHIPPED, IndexSystem, load_system
from xietong.vocab.regions import find_region, region

NAME = re.compile(r"[\w-]{1,40}")
SOURCES = "synergy_sources.json"
PANEL_TABLE = Path(__file__).with_name("cocontrol_panels.csv")
PANELS = ("city-panel", "province-panel")


@functools.cache
def panel_columns(panel: str) -> tuple[dict[str, str], ...]:
    """The columns of a panel besides its keys, with titles and units."""
    lines = PANEL_TABLE.read_text(encoding="utf-8").splitlines()
    return tuple(row for row in csv.DictReader(lines) if row["panel"] == panel)


def folder(root: Path) -> Path:
    """Where the workspace keeps them."""
    return root / "statistics"


def stored(root: Path, name: str) -> Path:
    """The table of an index system or panel; the file need not be there."""
    if not NAME.fullmatch(name):
        raise problem("bad_value", field="system", value=name, possible="A–Z a–z 0–9 _ -")
    return folder(root) / f"synergy_{name}.csv"


def own_system(root: Path, name: str) -> Path:
    """The user's own index system of that name."""
    return stored(root, name).with_suffix(".toml")


def systems(root: Path) -> dict[str, IndexSystem]:
    """All index systems that a workspace can use: shipped ones and its own."""
    names = dict.fromkeys(SHIPPED)
    names |= dict.fromkeys(
        path.stem.removeprefix("synergy_") for path in sorted(folder(root).glob("synergy_*.toml"))
    )
    return {name: system_named(root, name) for name in names}


def system_named(root: Path, name: str) -> IndexSystem:
    """An index system by name, the workspace's own first; a file's path is not a name here."""
    own = own_system(root, name)
    if own.is_file():
        return load_system(own)
    if name not in SHIPPED:
        known = "、".join(dict.fromkeys((*SHIPPED, *_own_names(root))))
        raise problem("bad_value", field="system", value=name, possible=known)
    return load_system(name)


def _own_names(root: Path) -> list[str]:
    return [path.stem.removeprefix("synergy_") for path in folder(root).glob("synergy_*.toml")]


def kept(root: Path, name: str) -> pl.DataFrame | None:
    """The stored table as text, or None while nobody has imported one."""
    path = stored(root, name)
    return read_table(path) if path.is_file() else None


def sources(root: Path) -> dict[str, dict[str, Any]]:
    """Name of each stored table → ``{source, file, rows, at, by, sha256, notes}``."""
    path = folder(root) / SOURCES
    if not path.is_file():
        return {}
    found: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def write_source(root: Path, name: str, facts: dict[str, Any]) -> None:
    """Note where a table came from, beside the tables, so that the folder explains itself."""
    path = folder(root) / SOURCES
    content = json.dumps(sources(root) | {name: facts}, ensure_ascii=False, indent=2)
    write(path, content + "\n")


def write(path: Path, content: str) -> None:
    """Write a file in one step: a reader sees the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    temporary.write_text(content, encoding="utf-8")
    temporary.replace(path)


def source_of(root: Path, name: str) -> str:
    """The words that stand under every figure made from a stored table."""
    facts = sources(root).get(name, {})
    return str(facts.get("source") or facts.get("file") or stored(root, name).name)


def place_of(entity: str, adcode: str | None = None) -> str | None:
    """The code of the region that an entity is, or lies in: as given, else by its name.

    >>> place_of("济南市"), place_of("370200"), place_of("某园区", "370300"), place_of("某园区")
    ('370100', '370200', '370300', None)
    """
    code = (adcode or "").strip() or (entity if re.fullmatch(r"\d{6}", entity) else "")
    if code:
        return code.split(".")[0]
    found = find_region(entity)
    return found.adcode if found and entity in (found.name, found.short_name) else None


def place_name(code: str | None) -> str | None:
    """The full name of a region as maps have it; None where the code is not known."""
    from xietong.errors import VocabularyError

    try:
        return region(code).name if code else None
    except VocabularyError:
        return None


def allowed(actor: Actor, action: str, entity: str, code: str | None) -> bool:
    """Whether somebody may do this with the rows of one entity."""
    return may(actor, action, region=code, entity=entity)


def readable(desk: Desk, table: pl.DataFrame) -> list[bool]:
    """For each row, whether the person may read it."""
    codes = table["adcode"].to_list() if "adcode" in table.columns else [None] * table.height
    return [
        allowed(desk.actor, "data.read", entity, place_of(entity, code))
        for entity, code in zip(table["entity"].to_list(), codes, strict=True)
    ]
