"""Use case: the catalogue of measures on a workspace's inventory."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from xietong.app.cocontrol_files import read_table
from xietong.app.inventory import in_memory
from xietong.app.inventory_files import find_folder, load, read_settings
from xietong.app.measures import load_catalogue
from xietong.cocontrol.choices import Choices
from xietong.cocontrol.evaluate import evaluate
from xietong.cocontrol.greenhouse import GIVEN
from xietong.cocontrol.measure_bundles import MOST, bundles_on
from xietong.cocontrol.measure_curve import curve_on
from xietong.cocontrol.measure_effects import Effects, Scenario, effects
from xietong.cocontrol.measure_rows import MeasureResult, results
from xietong.engine import open_engine
from xietong.errors import InputError, TableError
from xietong.inventory.run import run
from xietong.inventory.settings import Settings
from xietong.io.sheet import read_sheets
from xietong.measures.measure import Measure
from xietong.measures.shipped import chosen

Progress = Callable[[int, int], None]
STAGES = 4  # effects, baseline, bundles, cost curve


@dataclass(frozen=True)
class Asked:
    """Which measures on which inventory: a workspace (or the example), a file of measures or of ids,
    a year and a region (all by default), bundles to run together."""

    folder: Path | None = None
    example: bool = False
    file: Path | None = None
    year: int | None = None
    region: str | None = None
    bundles: tuple[tuple[str, ...], ...] = ()
    progress: Progress = lambda *_: None


def evaluate_catalogue(asked: Asked, choices: Choices) -> dict[str, Any]:
    """The catalogue (or a list of its measures) on a workspace's inventory; keys as in the design.

    Beside ``measures[]`` come ``not_applicable[]`` {measure, name, sought[]}, ``not_valid[]``,
    ``not_bundled[]`` (groups too large), ``bundles[]`` run on the inventory, ``region``, ``year`` and,
    in each measure, ``units``, ``group``, ``cost`` and ``not_estimated`` {}.
    """
    root = find_folder(asked.folder, asked.example)
    settings, loaded = read_settings(root, {"control_carbon": True}), load(root)
    tables = in_memory(loaded)
    year = _year(tables, asked.year)
    found = _asked_for(root, asked.file)
    held = {name: one for name, one in found.items() if one.holds(year)}
    made = effects([(name, [one]) for name, one in held.items()], tables, settings, year)
    asked.progress(1, STAGES)
    baseline = _baseline(tables, settings, year, asked.region)
    rows, missing = results(list(held.values()), made, baseline, choices.gwp, asked.region)
    asked.progress(2, STAGES)
    answer = evaluate([one.row for one in rows], replace(choices, interaction="none"))
    for line, one in zip(answer["measures"], rows, strict=True):
        line.update(_beside(one), warnings=[*one.warnings, *line["warnings"]])
        line["reductions"].pop(GIVEN)
        line["shares"]["co2e"] = line["shares"].pop(GIVEN)

    def run_together(scenarios: Sequence[Scenario]) -> Effects:
        return effects(scenarios, tables, settings, year)

    by_id = {one.measure.id: one.measure for one in rows}
    groups = _groups(by_id, asked.bundles, {one.measure.id for one in missing})
    answer["bundles"] = bundles_on(groups, run_together, choices.gwp, asked.region)
    asked.progress(3, STAGES)
    if choices.interaction == "remaining":
        answer["cost_curve"] = curve_on(
            answer["cost_curve"], by_id, made.states, run_together, choices.gwp, asked.region
        )
        answer["choices"]["interaction"] = "remaining"
    asked.progress(STAGES, STAGES)
    return {
        **answer,
        "not_applicable": [one.as_dict() for one in missing],
        "not_bundled": _too_large(by_id.values()),
        "not_valid": [name for name in found if name not in held],
        "region": asked.region,
        "year": year,
    }


def _asked_for(root: Path, file: Path | None) -> dict[str, Measure]:
    """The whole catalogue, the measures of a list, or those that a catalogue of its own brings."""
    if file is None:
        return load_catalogue(root)
    if not _is_sheets(file):
        return chosen(load_catalogue(root), _ids(file))
    before, after = load_catalogue(root), load_catalogue(root, file)
    return {name: one for name, one in after.items() if before.get(name) != one}


def _too_large(measures: Iterable[Measure]) -> list[str]:
    """Groups with more measures than a bundle may have."""
    counted = Counter(one.group for one in measures if one.group)
    return [name for name, count in counted.items() if count > MOST]


def _beside(one: MeasureResult) -> dict[str, Any]:
    return {
        "name": one.measure.name_zh,
        "group": one.measure.group or None,
        "units": one.units,
        "unit": one.measure.unit or None,
        "cost": asdict(one.row.cost) if one.row.cost else None,
        "gained": one.gained,
        "not_estimated": dict(one.unknown),
    }


def _groups(
    by_id: Mapping[str, Measure], bundles: Sequence[Sequence[str]], missing: Collection[str]
) -> dict[str, list[Measure]]:
    """Measures of one group that are few enough, and the bundles that were asked for."""
    groups: dict[str, list[Measure]] = {}
    for one in by_id.values():
        if one.group:
            groups.setdefault(one.group, []).append(one)
    groups = {name: members for name, members in groups.items() if 1 < len(members) <= MOST}
    idle = [name for ids in bundles for name in ids if name in missing]
    if idle:
        raise InputError(
            f"组合中的措施不适用于此清单 · not applicable to this inventory: {', '.join(idle)}。"
            "请从组合中去掉 · leave them out of the bundle"
        )
    for ids in bundles:
        groups["+".join(ids)] = list(chosen(by_id, ids).values())
    return groups


def _baseline(
    tables: Mapping[str, pl.DataFrame], settings: Settings, year: int, region: str | None
) -> dict[str, float | None]:
    """The inventory's total of each species [t]; null where nothing could be estimated."""
    engine = open_engine()
    of_year = {name: table.filter(pl.col("year") == year) for name, table in tables.items()}
    frames = {name: engine.frame(table) for name, table in of_year.items() if table.height}
    made = run(frames, engine, settings)
    table = pl.concat([made.totals, made.memo], how="diagonal_relaxed")
    if region:
        table = table.filter(pl.col("region") == region)
    summed = table.group_by("species", maintain_order=True).agg(
        pl.when(pl.col("value").count() > 0).then(pl.col("value").sum()).first()
    )
    return dict(summed.iter_rows())


def _year(tables: Mapping[str, pl.DataFrame], asked: int | None) -> int:
    years = {one for table in tables.values() for one in table["year"].drop_nulls().unique()}
    if not years:
        raise TableError(
            "没有活动水平（no activity）。请先导入 import some: xietong inventory import FILE"
        )
    if asked is not None and asked not in years:
        listed = ", ".join(map(str, sorted(years)))
        raise TableError(
            f"{asked} 年没有活动水平 · no activity of that year. 有 there is: {listed}"
        )
    return asked if asked is not None else max(years)


def _is_sheets(file: Path | None) -> bool:
    """Is it a catalogue (a folder, or a workbook with its sheets) rather than a list of ids?"""
    if file is None:
        return False
    if file.is_dir():
        return True
    return file.suffix.lower() != ".csv" and bool(
        {"edits", "effect", "cost", "措施的修改"} & {one.name for one in read_sheets(file)}
    )


def _ids(file: Path) -> list[str]:
    table = read_table(file)
    name = next((one for one in ("measure", "id", "措施编号") if one in table.columns), None)
    if name is None:
        raise TableError(
            f"{file.name}: 缺少列 measure（措施编号） · missing column 'measure' with ids of measures"
        )
    return [one.strip() for one in table[name] if one and one.strip()]
