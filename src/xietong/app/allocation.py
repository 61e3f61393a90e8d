"""Use cases of breaking a target down: variants side by side, the chosen one kept as targets."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from xietong.app.access import require
from xietong.app.cocontrol_evaluate import choices_of
from xietong.app.desk import Desk
from xietong.app.inventory_files import find_folder, load, regions_of
from xietong.app.measures_evaluate import Asked, evaluate_catalogue
from xietong.app.statistics import load_statistics
from xietong.assessment.allocation import (
    side_by_side,
    split_amount,
    split_rate,
    split_share,
    table_of_ways,
)
from xietong.assessment.paths import drop_path, level_path
from xietong.errors import TableError
from xietong.indicators import compute, definition
from xietong.vocab.regions import region as find_region
from xietong.vocab.regions import regions

FOLDER = "targets"
DEFAULT_WAYS = ("equal_rate", "population", "gdp", "capacity_to_pay")
KINDS = ("drop", "share", "amount")
FIELDS = (
    "adcode",
    "indicator_id",
    "year",
    "operator",
    "value",
    "unit",
    "baseline_year",
    "direction",
    "way",
    "units",
)


def allocate(
    indicator: str,
    target: float,
    year: int,
    *,
    kind: str,
    base_year: int | None = None,
    ways: Sequence[str] = DEFAULT_WAYS,
    weight: str = "co2_energy",
    within: str = "370000",
    data_year: int | None = None,
    folder: Path | None = None,
    example: bool = False,
    units: pl.DataFrame | None = None,
    limits: tuple[float, float] = (0.0, 0.99),
) -> dict[str, Any]:
    """A province's target in its cities, in several ways.

    ``kind``: ``drop`` (per cent down of an intensity), ``share`` (per cent of a whole), ``amount`` (in the
    indicator's unit). Weights come from the statistics of ``data_year`` (default: the last year all cities have), or from
    ``units`` (one row per region with ``region, weight`` and what the ways need); potential and cost from the catalogue of
    measures on the inventory of each region. ``rows`` hold each region's value per way
    and what it carries more than at the equal rate; ``closes`` is the sum or weighted mean, per way.

    ``TableError``: unknown way or kind, a region without data (named), limits that leave no solution.
    """
    known = definition(indicator)
    if kind not in KINDS:
        raise TableError(f"kind {kind!r}: {', '.join(KINDS)}")
    chosen = table_of_ways(ways)
    if units is None:
        units, data_year = _units(folder, example, within, weight, indicator, data_year)
        if any(set(way.needs) & {"potential", "unit_cost"} for way in chosen):
            units = units.join(_potentials(folder, example, units["region"].to_list()), on="region")
    notes = []
    variants: dict[str, pl.DataFrame] = {}
    for way in chosen:
        if kind == "amount":
            variants[way.name] = split_amount(units, target, way)
        elif kind == "share" and units["own_share"].null_count() == 0:
            variants[way.name] = split_share(units, target / 100, way)
        else:
            variants[way.name] = split_rate(
                units, target / 100, way, lowest=limits[0], highest=limits[1]
            )
    if kind == "share" and units["own_share"].null_count():
        notes.append(
            "各市现状占比缺数：按目标占比直接分解，未扣现状 · own shares are missing: the target itself is split"
        )
    table = side_by_side(variants)
    closes = {name: _closing(made, kind) for name, made in variants.items()}
    rows = table.to_dicts()
    if kind != "amount":
        rows = [{k: v * 100 if k != "region" else v for k, v in row.items()} for row in rows]
    names = {row["region"]: find_region(row["region"]).name for row in rows}
    return {
        "indicator": indicator,
        "name": known.zh,
        "target": target,
        "unit": "%" if kind != "amount" else known.unit,
        "year": year,
        "base_year": base_year,
        "kind": kind,
        "weight": weight,
        "data_year": data_year,
        "ways": {way.name: way.title for way in chosen},
        "rows": [{"region": row["region"], "name": names[row["region"]], **row} for row in rows],
        "closes": closes,
        "notes": notes,
    }


def adopt(result: dict[str, Any], way: str, desk: Desk, path: str = "geometric") -> dict[str, Any]:
    """Keep one variant as targets of the cities, with yearly steps, in ``targets/`` of the workspace.

    The steps of a drop start at zero in the base year; those of a share or an amount are not made without a
    known start. An earlier choice for the same indicator and year is replaced, and kept as ``.bak``. It stands in
    the audit trail; the right is asked for every region.
    """
    if way not in result["ways"]:
        raise TableError(
            f"没有这个方案 {way!r}（not among the variants）: {', '.join(result['ways'])}"
        )
    for row in result["rows"]:
        require(desk.actor, "data.submit", region=row["region"], entity=desk.actor.entity)
    target = desk.workspace.root / FOLDER / f"{result['indicator']}_{result['year']}.csv"
    with desk.writing() as change:
        _write(result, way, path, target)
        after = {"way": way, "path": path, "closes": result["closes"][way]}
        change.record("target.allocate", f"allocation:{target.stem}", None, after)
    return {"file": f"{FOLDER}/{target.name}", "regions": len(result["rows"]), "way": way}


def _write(result: dict[str, Any], way: str, path: str, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    if target.exists():
        target.replace(target.with_suffix(".csv.bak"))
    drop = result["kind"] == "drop"
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS)
        writer.writeheader()
        for row in result["rows"]:
            for year, value in _steps(result, row[way], path).items():
                writer.writerow(
                    {
                        "adcode": row["region"],
                        "indicator_id": result["indicator"],
                        "year": year,
                        "operator": "reach",
                        "value": round(value, 6),
                        "unit": result["unit"],
                        "baseline_year": result["base_year"] or "",
                        "direction": "decrease" if drop else "increase",
                        "way": f"{way}, {path}",
                        "units": f"{row['name']}人民政府",
                    }
                )


def allocated_targets(root: Path) -> list[dict[str, Any]]:
    """The targets kept in ``targets/*.csv``, as the assessment reads those of plans."""
    found: list[dict[str, Any]] = []
    for path in sorted((root / FOLDER).glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), 2):
                found.append(_target(row, f"{path.name}:{number}"))
    return found


def _target(row: dict[str, str], where: str) -> dict[str, Any]:
    try:
        known = definition(row["indicator_id"])
        return {
            "id": where,
            "plan": f"分解 · {row['way']}",
            "clause": "",
            "region": find_region(row["adcode"]).name,
            "adcode": row["adcode"],
            "indicator": known.zh,
            "indicator_id": known.id,
            "year": int(row["year"]),
            "operator": row["operator"],
            "value": float(row["value"]),
            "unit": row["unit"],
            "baseline_year": int(row["baseline_year"]) if row["baseline_year"] else None,
            "direction": row["direction"],
            "measure": None,
            "quote": "",
            "units": [row["units"]] if row["units"] else [],
            "status": "confirmed",
        }
    except (KeyError, ValueError) as error:
        raise TableError(f"{FOLDER}/{where}: 读不懂 cannot be read: {error}") from error


def _steps(result: dict[str, Any], value: float, path: str) -> dict[int, float]:
    year, base = result["year"], result["base_year"]
    if result["kind"] == "drop" and base is not None:
        return {y: v * 100 for y, v in drop_path(value / 100, base, year, path).items()}
    if result["kind"] == "amount" and base is not None and path == "linear":
        return level_path(0.0, value, base, year, path)
    return {year: value}


def _closing(made: pl.DataFrame, kind: str) -> float:
    if kind == "amount":
        return float(made["part"].sum())
    whole = made.select((pl.col("weight") * pl.col("rate")).sum() / pl.col("weight").sum() * 100)
    return float(whole.item())


def _units(
    folder: Path | None, example: bool, within: str, weight: str, indicator: str, year: int | None
) -> tuple[pl.DataFrame, int]:
    cities = [one.adcode for one in regions() if one.parent == within and one.in_force(None)]
    if not cities:
        raise TableError(f"{within}: 没有下级地区（no regions below it）")
    wanted = [weight, "gdp", "population"]
    values = compute(load_statistics(folder, example=example), 2020).filter(
        pl.col("region").is_in(cities)
    )
    wide = values.filter(pl.col("indicator").is_in([*wanted, indicator])).pivot(
        "indicator", index=["region", "year"], values="value"
    )
    absent = [name for name in wanted if name not in wide.columns]
    if absent:
        raise TableError(
            f"各市没有这些数据 no city has: {', '.join(absent)}。请导入统计数据 import statistics"
        )
    full = wide.drop_nulls(wanted).group_by("year").len().filter(pl.col("len") == len(cities))
    if year is None:
        if not full.height:
            raise TableError(
                f"没有一年各市都有 no year in which all {len(cities)} regions have {', '.join(wanted)}"
            )
        year = int(full["year"].max())  # type: ignore[arg-type]
    table = wide.filter(pl.col("year") == year)
    lacking = sorted(set(cities) - set(table.drop_nulls(wanted)["region"]))
    if lacking:
        raise TableError(f"{year} 年缺数 data missing: {', '.join(lacking)}")
    own = pl.col(indicator) / 100 if indicator in table.columns else pl.lit(None, dtype=pl.Float64)
    return (
        table.select("region", "gdp", "population", weight=weight, own_share=own).sort("region"),
        year,
    )


def _potentials(folder: Path | None, example: bool, cities: Sequence[str]) -> pl.DataFrame:
    """What measures with a sourced cost could reduce in each region [t CO2e], and what a tonne of it costs.

    The bars of the cost curve that cost something; each counts what is left after those before it.
    ``TableError`` names the regions that have no inventory, or none that a measure acts on.
    """
    there = regions_of(load(find_folder(folder, example)))
    lacking = [one for one in cities if one not in there]
    if lacking:
        raise TableError(
            f"按潜力或成本分解要各地区都有清单 every region needs an inventory; 缺 missing: {', '.join(lacking)}"
        )
    rows: list[dict[str, Any]] = []
    for city in cities:
        found = evaluate_catalogue(Asked(folder, example, region=city), choices_of(curve="co2e"))
        bars = [
            bar
            for bar in found["cost_curve"]["bars"]
            if bar["reduction"] > 0 and bar["annual_cny"] > 0
        ]
        reduced = sum(bar["reduction"] for bar in bars)
        if not reduced:
            raise TableError(
                f"{city}: 没有一项有成本来源的措施能减排（no measure with a cost acts there）"
            )
        cost = sum(bar["annual_cny"] for bar in bars) / reduced
        rows.append({"region": city, "potential": reduced, "unit_cost": cost})
    return pl.DataFrame(rows)
