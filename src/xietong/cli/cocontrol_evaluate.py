"""``xietong cocontrol evaluate``: measures, what each cuts, what it costs, what goes with it."""

import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from xietong.app import cocontrol_evaluate as use
from xietong.cli.cocontrol_show import split
from xietong.cli.show import CsvOption, JsonOption, show_json, show_rows
from xietong.errors import InputError

SHOWN = ("measure", "pollutant", "reduced", "ghg_reduced", "elasticity", "label", "cny_per_unit")


def add_to(app: typer.Typer) -> None:
    """Add the command to the group."""
    app.command()(evaluate)


def evaluate(
    *,
    baseline: Annotated[
        Path | None, typer.Option(help="基准排放表（吨） · baseline, a column per species [t]")
    ] = None,
    reductions: Annotated[
        Path | None,
        typer.Option(help="削减表，一行一项措施 · a row per measure, positive = reduced"),
    ] = None,
    costs: Annotated[
        Path | None, typer.Option(help="成本表 · investment_cny, life_years, om_cny_per_year, …")
    ] = None,
    schemes: Annotated[
        str,
        typer.Option(help="权重方案 · tax-equivalents, tax-price, acidification, ozone, particles"),
    ] = "tax-equivalents,tax-price",
    weights: Annotated[
        Path | None,
        typer.Option(help="自有权重（如损害成本） · own weights: species, weight, unit, source"),
    ] = None,
    health: Annotated[
        Path | None,
        typer.Option(help="健康效益筛算 TOML · screening case with a stated sensitivity"),
    ] = None,
    ghg: Annotated[
        str, typer.Option(help="温室气体轴 co2e, co2, ch4 … · gas of the axis")
    ] = "co2e",
    gwp: Annotated[str, typer.Option(help="SAR, AR4, AR5, AR6")] = "AR5",
    interest: Annotated[float, typer.Option(help="年利率，0 至 1 · interest per year")] = 0.05,
    x: Annotated[
        str, typer.Option(help="横轴 pollutant, ghg · what stands on the x axis")
    ] = "pollutant",
    curve: Annotated[str, typer.Option(help="成本曲线的物种 · species of the cost curve")] = "co2e",
    interaction: Annotated[str, typer.Option(help="none, remaining")] = "remaining",
    region: Annotated[str, typer.Option(help="税额地区代码 · adcode of the tax rates")] = "370000",
    date: Annotated[
        datetime.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="税额与碳价日期 · day")
    ] = None,
    carbon_price: Annotated[
        float | None, typer.Option(help="碳价，元/吨 · CNY per t, last close by default")
    ] = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """xietong cocontrol evaluate --baseline B.csv --reductions R.csv --costs C.csv --json

    措施协同评估：象限、交叉弹性、当量、单位成本、成本曲线、归因 · co-control of measures.
    """
    if baseline is None or reductions is None:
        raise InputError(
            "请给 --baseline 与 --reductions 两张表（give both tables）。"
            "例 example: xietong cocontrol evaluate --baseline B.csv --reductions R.csv"
        )
    choices = use.choices_of(
        schemes=split(schemes),
        weights=weights,
        health=health,
        ghg=ghg,
        gwp=gwp,
        interest=interest,
        x=x,
        curve=curve,
        interaction=interaction,
        region=region,
        date=date.date() if date else None,
        carbon_cny_per_t=carbon_price,
    )
    result = use.evaluate_tables(baseline, reductions, costs, choices)
    if as_json:
        show_json(result)
        return
    show_rows(_lines(result), SHOWN, as_csv=as_csv)
    for measure in result["measures"]:
        for warning in measure["warnings"]:
            typer.echo(f"注意 warning: {measure['measure']}: {warning}", err=True)


def _lines(result: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "measure": measure["measure"],
            "pollutant": name,
            "reduced": measure["reductions"][name],
            "ghg_reduced": measure["reductions"].get(result["choices"]["ghg"]),
            "elasticity": elasticity["pollutant_over_ghg"],
            "state": elasticity["state"],
            "label": (measure["quadrant"][name] or {}).get("label_zh"),
            "cny_per_unit": measure["unit_cost"][name],
        }
        for measure in result["measures"]
        for name, elasticity in measure["elasticity"].items()
    ]
