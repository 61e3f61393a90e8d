"""Use case: what the pollution control of a workspace costs in carbon."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from xietong.app.inventory import in_memory
from xietong.app.inventory_files import find_folder, load, read_settings
from xietong.errors import TableError
from xietong.inventory.control_explain import explained
from xietong.inventory.control_report import GRAIN, control_report
from xietong.inventory.settings import Settings

ALLOCATION = (
    "全部碳排放计到设施的主要污染物；同时去除的其他污染物只列质量，不分摊。"
    "The whole carbon stands against the pollutant the device is built for; "
    "what it removes beside it is shown, nothing is allocated to it."
)


def report_controls(
    folder: Path | None = None,
    *,
    example: bool = False,
    changed: Mapping[str, Any] | None = None,
    year: int | None = None,
    regions: Collection[str] | None = None,
    explain: bool = False,
) -> dict[str, Any]:
    """kg CO2e per kg removed of each device, by the sheet and by the chains of all other sheets.

    Keys: ``workspace``, ``gwp``, ``electricity``, ``allocation`` (the rule in words), ``rows`` as
    ``inventory.control_report`` gives them, with ``explain`` also ``items`` of each row. ``TableError``
    where there is no control at all.
    """
    root = find_folder(folder, example)
    settings = read_settings(root, changed)
    tables = in_memory(load(root), year)
    if regions is not None:
        tables = {
            name: table.filter(pl.col("region").is_in(list(regions)))
            if "region" in table.columns
            else table
            for name, table in tables.items()
        }
    report = control_report(tables, settings)
    if not report.height:
        raise TableError(
            "没有治理设施（no pollution control）。请在排放源表填治理设施，或填“治理设施运行”表 "
            "fill in the controls of sources, or the sheet control_operation"
        )
    return {
        "workspace": root.name,
        "gwp": settings.gwp,
        "electricity": settings.programme("energy/electricity"),
        "allocation": ALLOCATION,
        "rows": _rows(report, tables, settings, explain),
    }


def _rows(
    report: pl.DataFrame, tables: Mapping[str, pl.DataFrame], settings: Settings, explain: bool
) -> list[dict[str, Any]]:
    rows = report.to_dicts()
    if not explain:
        return rows
    items = explained(tables, replace(settings, control_carbon=True))
    return [row | {"items": items.get(tuple(row[key] for key in GRAIN), [])} for row in rows]
