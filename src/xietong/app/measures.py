"""Use cases: the catalogue of measures, shipped and of a workspace; one measure's sheet."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl

from xietong import params
from xietong.app.inventory_files import find_folder
from xietong.errors import TableError, WorkspaceError
from xietong.io.sheet import FORMATS, read_sheets
from xietong.measures.measure import Measure, Value
from xietong.measures.sheets import SHEETS, VALUES
from xietong.measures.shipped import catalogue, chosen

FOLDER = "measures"
KNOWN = (*SHEETS, *VALUES)
TITLES = {one.title: name for name, one in SHEETS.items()}


def load_catalogue(folder: Path | None = None, extra: Path | None = None) -> dict[str, Measure]:
    """All measures: shipped, then the workspace's ``measures/``, then those of a file or folder."""
    own: dict[str, list[pl.DataFrame]] = {}
    for place in (folder / FOLDER if folder else None, extra):
        for path in _files(place):
            for sheet in read_sheets(path):
                name = TITLES.get(sheet.name, sheet.name)
                if name not in KNOWN:
                    raise TableError(
                        f"{path.name}: 表 {sheet.name!r} 不认识（sheet not known）。"
                        f"可用 known: {', '.join(KNOWN)}"
                    )
                if sheet.cells.height:
                    own.setdefault(name, []).append(sheet.cells)
    joined = {name: pl.concat(parts, how="diagonal") for name, parts in own.items()}
    return catalogue(joined, folder)


def _files(place: Path | None) -> list[Path]:
    if place is None or not place.exists():
        return []
    if place.is_file():
        return [place]
    return sorted(one for one in place.iterdir() if one.suffix.lower() in FORMATS)


def measure_rows(folder: Path | None = None, *, theme: str = "") -> list[dict[str, Any]]:
    """The catalogue as rows: what each measure is, how many steps, what it has values for.

    >>> next(row for row in measure_rows() if row["measure"] == "coal-power-scr")["tables"]
    ['fuel_use']
    """
    return [
        {
            "measure": one.id,
            "name": one.name_zh,
            "name_en": one.name_en,
            "group": one.group or None,
            "sector": one.sector or None,
            "theme": one.theme or None,
            "unit": one.unit or None,
            "tables": list(dict.fromkeys(edit.table for edit in one.edits)),
            "potential_share": _number(one.effect, "potential_share"),
            "potential_units": _number(one.effect, "potential_units"),
            "life_years": _number(one.cost, "life_years"),
            "has_cost": "annual_cny_per_year" in one.cost or "investment_cny" in one.cost,
            "sources": list(
                dict.fromkeys(v.source for v in (*one.effect.values(), *one.cost.values()))
            ),
            "own": one.own,
        }
        for one in load_catalogue(folder).values()
        if not theme or theme in one.theme
    ]


def measure_sheet(name: str, folder: Path | None = None) -> dict[str, Any]:
    """One measure with its edits, its values and where each is from."""
    one = chosen(load_catalogue(folder), [name])[name]
    words = (
        "name_zh",
        "name_en",
        "group",
        "sector",
        "theme",
        "unit",
        "valid_from",
        "valid_to",
        "note",
    )
    return {
        "measure": one.id,
        **{word: getattr(one, word) or None for word in words},
        "regions": list(one.regions),
        "own": one.own,
        "edits": [_edit(edit) for edit in one.edits],
        "effect": _values(one.effect, folder),
        "cost": _values(one.cost, folder),
    }


def _edit(edit: Any) -> dict[str, Any]:
    return {
        "step": edit.step,
        "table": edit.table,
        "where": "; ".join(map(str, edit.where)),
        "edit": edit.edit,
        "column": edit.column or None,
        "of": edit.of,
        "amount_per_unit": edit.amount_per_unit.text if edit.amount_per_unit else None,
        "value": edit.value.text if edit.value else None,
        "to_table": edit.to_table if edit.to_table != edit.table else None,
        "to": "; ".join(f"{name}={word}" for name, word in edit.to.items()),
        "to_column": edit.to_column if edit.to_column != edit.column else None,
        "ratio": edit.ratio.text if edit.ratio else None,
        "note": edit.note,
    }


def _values(values: Mapping[str, Value], folder: Path | None) -> list[dict[str, Any]]:
    known = params.sources(folder)
    return [
        {"parameter": name, **asdict(one), "source_title": known[one.source].title}
        for name, one in values.items()
    ]


def _number(values: Mapping[str, Value], name: str) -> float | None:
    return values[name].value if name in values else None


def workspace_of(start: Path | None = None) -> Path | None:
    """The workspace at or above ``start``; none where there is none and none was named."""
    try:
        return find_folder(start)
    except WorkspaceError:
        if start is not None:
            raise
        return None
