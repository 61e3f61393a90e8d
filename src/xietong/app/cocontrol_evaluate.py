"""Use case: measures from plain tables to co-control results."""

import datetime
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from xietong.app.cocontrol_files import read_table
from xietong.cocontrol.choices import Choices
from xietong.cocontrol.evaluate import evaluate
from xietong.cocontrol.health_benefit import HealthCase
from xietong.cocontrol.panel import refuse
from xietong.cocontrol.plain_names import species_column
from xietong.cocontrol.plain_tables import measure_rows
from xietong.cocontrol.weight_schemes import Scheme, given_weights, scheme
from xietong.errors import InputError, TableError

DEFAULT_SCHEMES = ("tax-equivalents", "tax-price")


def evaluate_tables(
    baseline: Path, reductions: Path, costs: Path | None, choices: Choices
) -> dict[str, Any]:
    """Read the tables of a paper or a bureau and evaluate them; keys as in the design."""
    rows = measure_rows(
        read_table(baseline), read_table(reductions), read_table(costs) if costs else None
    )
    return evaluate(rows, choices)


def choices_of(
    *,
    schemes: Sequence[str] = DEFAULT_SCHEMES,
    weights: Path | None = None,
    health: Path | None = None,
    ghg: str = "co2e",
    gwp: str = "AR5",
    interest: float = 0.05,
    x: str = "pollutant",
    curve: str = "co2e",
    interaction: str = "remaining",
    region: str = "370000",
    date: datetime.date | None = None,
    carbon_cny_per_t: float | None = None,
) -> Choices:
    """Choices from the words of a command; all that is wrong in one message."""
    problems = []
    if not 0 <= interest < 1:
        problems.append(f"利率应在 0 与 1 之间 · interest between 0 and 1: {interest:g}")
    if x not in ("pollutant", "ghg"):
        problems.append(f"x 轴 {x!r}: pollutant, ghg")
    if carbon_cny_per_t is not None and carbon_cny_per_t < 0:
        problems.append(f"碳价不能为负 · carbon price below 0: {carbon_cny_per_t:g}")
    names = {}
    for label, name in (("ghg", ghg), ("curve", curve)):
        column, problem = species_column(name)
        names[label] = "co2e" if column == "co2e_t" else str(column)
        problems += [problem] if problem else []
    refuse(problems, "协同控制 cocontrol evaluate")
    day = date or datetime.date.today()
    made: list[Scheme] = [scheme(name, region, day, carbon_cny_per_t) for name in schemes]
    if weights:
        made.append(_weights(weights))
    return Choices(
        schemes=tuple(made),
        ghg=names["ghg"],
        gwp=gwp,
        interest=interest,
        x=x,
        curve=names["curve"],
        interaction=interaction,
        region=region,
        date=day,
        carbon_cny_per_t=carbon_cny_per_t,
        health=_health(health) if health else None,
    )


def _weights(path: Path) -> Scheme:
    table = read_table(path)
    wanted = ("species", "weight", "unit", "source")
    problems = [f"缺少列 · missing column {n!r}" for n in wanted if n not in table.columns]
    refuse(problems, path.name)
    species, numbers = [], []
    for line, row in enumerate(table.iter_rows(named=True), 2):
        column, problem = species_column(row["species"])
        problems += [f"第 {line} 行 line {line}: {problem}"] if problem else []
        species.append("co2e" if column == "co2e_t" else column)
        try:
            numbers.append(float(row["weight"]))
        except ValueError:
            problems.append(f"第 {line} 行权重不是数 · line {line}: weight is not a number")
        if not row["source"].strip():
            problems.append(f"第 {line} 行没有来源 · line {line}: source missing")
    refuse(problems, path.name)
    kept = table.select("unit", "source")
    return given_weights(
        kept.with_columns(pl.Series("species", species), pl.Series("weight", numbers))
    )


def _health(path: Path) -> HealthCase:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TableError(f"{path.name}: 读不懂 cannot be read: {error}") from error
    wanted = ("concentration_ugm3", "deaths_per_year", "sensitivity", "sensitivity_source")
    absent = [name for name in wanted if not content.get(name)]
    if absent:
        raise InputError(
            f"{path.name}: 缺少 missing: {', '.join(absent)}。"
            "浓度响应须由使用者给出并说明来源 · state the sensitivity and where it is from."
        )
    sensitivity = {}
    for name, value in content["sensitivity"].items():
        column, problem = species_column(name)
        if problem or column is None:
            raise InputError(f"{path.name}: {problem}")
        sensitivity[column] = float(value)
    return HealthCase(
        float(content["concentration_ugm3"]),
        float(content["deaths_per_year"]),
        sensitivity,
        str(content["sensitivity_source"]),
        str(content.get("study", "cao")),
    )
