"""``xietong cocontrol evaluate``: measures, what each cuts, what it costs, what goes with it."""

import datetime
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from xietong.app import cocontrol_evaluate as use
from xietong.app.measures_evaluate import Asked, evaluate_catalogue
from xietong.cli.cocontrol_show import split
from xietong.cli.show import CsvOption, JsonOption, WorkspaceOption, show_json, show_rows
from xietong.errors import InputError

SHOWN = ("measure", "pollutant", "reduced", "ghg_reduced", "elasticity", "label", "cny_per_unit")


def add_to(app: typer.Typer) -> None:
    """Add the command to the group."""
    app.command()(evaluate)


def evaluate(
    measures: Annotated[
        Path | None,
        typer.Argument(
            metavar="MEASURES",
            help="措施编号表（measure 列）、或自己的措施：xlsx、文件夹 · ids, or own measures",
        ),
    ] = None,
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
    year: Annotated[int | None, typer.Option(help="清单年份，默认最近 · year")] = None,
    inventory_region: Annotated[
        str | None, typer.Option(help="只算清单中的一个地区 · one region of the inventory")
    ] = None,
    bundle: Annotated[
        list[str] | None,
        typer.Option(help="一起做的措施，逗号分隔，可重复 · measures to run together"),
    ] = None,
    workspace: WorkspaceOption = None,
    example: Annotated[bool, typer.Option(help="用自带的山东 2014 示例 · the example")] = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """xietong cocontrol evaluate --example --json

    措施协同评估：不给表时评估措施目录在清单上的效果；给 --baseline、--reductions 时评估表中的措施。
    The catalogue on the workspace's inventory, or measures of plain tables.
    """
    if (baseline is None) != (reductions is None) or (costs and baseline is None):
        raise InputError(
            "请给 --baseline 与 --reductions 两张表（give both tables）。"
            "例 example: xietong cocontrol evaluate --baseline B.csv --reductions R.csv"
        )
    if measures and baseline:
        raise InputError(
            "措施表与 --baseline、--reductions 只用一种 · give MEASURES or plain tables, not both"
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
    if baseline and reductions:
        result = use.evaluate_tables(baseline, reductions, costs, choices)
    else:
        with progress_bar("评估措施 measures") as progress:
            result = evaluate_catalogue(
                Asked(
                    folder=workspace,
                    example=example,
                    file=measures,
                    year=year,
                    region=inventory_region,
                    bundles=tuple(tuple(split(one)) for one in bundle or ()),
                    progress=progress,
                ),
                choices,
            )
    if as_json:
        show_json(result)
        return
    show_rows(_lines(result), SHOWN, as_csv=as_csv)
    for measure in result["measures"]:
        for warning in measure["warnings"]:
            typer.echo(f"注意 warning: {measure['measure']}: {warning}", err=True)
    for one in result.get("not_applicable", ()):
        typer.echo(
            f"不适用 not applicable: {one['measure']}: 没有找到 found nothing for {'; '.join(one['sought'])}",
            err=True,
        )


@contextmanager
def progress_bar(words: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr where someone is looking; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words)
        yield lambda done, total: bar.update(task, completed=done, total=total)


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
