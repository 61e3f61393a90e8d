"""``xietong assess`` and ``xietong allocate``: targets against facts, and their breaking down."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from xietong.cli.indicator import BaseOption, ExampleOption
from xietong.cli.show import (
    CsvOption,
    JsonOption,
    WorkspaceOption,
    XlsxOption,
    show_json,
    show_rows,
)

app = typer.Typer(add_completion=False)
allocate_app = typer.Typer(add_completion=False)

TABLES = {
    "targets": (
        "region",
        "name",
        "year",
        "target",
        "actual",
        "actual_year",
        "progress",
        "forecast",
        "gap",
        "unit",
        "status",
    ),
    "units": (
        "unit",
        "targets",
        "met",
        "missed",
        "on_track",
        "at_risk",
        "off_track",
        "no_data",
    ),
    "cities": ("region", "kind", "name", "year", "province", "city", "unit"),
    "sums": ("name", "year", "province", "cities", "sum", "share", "unit"),
    "scores": ("region", "rule_book", "score", "grade", "why"),
    "plans": (
        "plan",
        "from",
        "to",
        "elapsed",
        "targets",
        "met",
        "on_track",
        "at_risk",
        "off_track",
        "missed",
        "no_data",
        "mean_lead",
    ),
    "alerts": ("region", "name", "year", "before", "status", "forecast", "gap", "unit"),
}


@app.command()
def assess(
    workspace: WorkspaceOption = None,
    year: Annotated[int | None, typer.Option(help="考核年 · the year assessed")] = None,
    example: ExampleOption = False,
    region: Annotated[str | None, typer.Option(help="行政区划代码 · adcode")] = None,
    unit: Annotated[str | None, typer.Option(help="责任单位名称的一部分 · part of a unit")] = None,
    status: Annotated[
        str | None,
        typer.Option(help="只列这种状态 · met, missed, on_track, at_risk, off_track, no_data"),
    ] = None,
    table: Annotated[
        str, typer.Option(help="targets | units | cities | sums | scores | plans | alerts")
    ] = "targets",
    cheapest: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help="补上这个目标差距的最省钱措施 · the cheapest measures that close a target's gap",
        ),
    ] = None,
    given: Annotated[
        Path | None,
        typer.Option(help="人工评分（JSON）· points and judgements that people gave"),
    ] = None,
    base_year: BaseOption = 2020,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    xlsx: XlsxOption = None,
) -> None:
    """xietong assess --year 2023 --example

    年度考核：每个目标对照最新数值。Each target against its latest value.

    --table units 按责任单位，cities 各市缺项与较弱目标，sums 各市之和，scores 按考核办法计分，plans 各规划的中期评估，
    alerts 比上一年变差的目标。
    """
    import datetime

    from xietong.app.assessment import assess_workspace

    if cheapest is not None:
        _cheapest(workspace, cheapest, year or datetime.date.today().year, as_json, as_csv, xlsx)
        return
    if table not in TABLES:
        raise typer.BadParameter(", ".join(TABLES))
    found = assess_workspace(
        year or datetime.date.today().year,
        workspace,
        example=example,
        region=region,
        unit=unit,
        base_year=base_year,
        given=_given(given),
    )
    if status is not None:
        found["targets"] = [row for row in found["targets"] if row["status"] == status]
    if as_json and table == "targets":
        show_json(found)
        return
    if table == "alerts":
        from xietong.assessment.standing import worsened

        before = assess_workspace(
            found["year"] - 1, workspace, example=example, region=region, unit=unit,
            base_year=base_year,
        )  # fmt: skip
        rows = worsened(before["targets"], found["targets"])
    else:
        rows = _rows(found, table)
    show_rows(rows, TABLES[table], as_json=as_json, as_csv=as_csv, xlsx=xlsx)
    if table == "targets":
        said = "  ".join(f"{name} {count}" for name, count in found["counts"].items())
        typer.echo(said, err=True)


@allocate_app.command()
def allocate(
    indicator: Annotated[str, typer.Argument(help="指标编号 · id of the indicator")],
    target: Annotated[float, typer.Argument(help="目标值 · value: per cent, or an amount")],
    year: Annotated[int, typer.Argument(help="目标年 · the target's year")],
    kind: Annotated[str, typer.Option(help="drop 下降率 | share 占比 | amount 总量")] = "drop",
    base_year: Annotated[int | None, typer.Option("--base-year", help="基年 · base year")] = None,
    way: Annotated[
        list[str] | None,
        typer.Option(
            help="equal_rate population gdp capacity_to_pay intensity potential cost，或 gdp=0.5,population=0.5"
        ),
    ] = None,
    weight: Annotated[
        str, typer.Option(help="被分解的量所在的系列 · the series that is cut")
    ] = "co2_energy",
    within: Annotated[str, typer.Option(help="上级地区 · the region above")] = "370000",
    data_year: Annotated[
        int | None, typer.Option("--data-year", help="数据年 · year of data")
    ] = None,
    lowest: Annotated[float, typer.Option(help="各地区下限（%）· floor")] = 0.0,
    highest: Annotated[float, typer.Option(help="各地区上限（%）· ceiling")] = 99.0,
    adopt: Annotated[str | None, typer.Option(help="采用的方式 · keep this way")] = None,
    path: Annotated[str, typer.Option(help="逐年 geometric | linear")] = "geometric",
    workspace: WorkspaceOption = None,
    example: ExampleOption = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    xlsx: XlsxOption = None,
) -> None:
    """xietong allocate carbon_intensity 68 2030 --base-year 2005 --example

    分解落实：把目标分到各市，几种方式并列；--adopt 把选定的一种存为各市的逐年目标。
    Break a target down, several ways side by side; --adopt keeps one as yearly targets.
    """
    from xietong.app.allocation import DEFAULT_WAYS, allocate
    from xietong.app.allocation import adopt as keep

    found = allocate(
        indicator,
        target,
        year,
        kind=kind,
        base_year=base_year,
        ways=way or DEFAULT_WAYS,
        weight=weight,
        within=within,
        data_year=data_year,
        folder=workspace,
        example=example,
        limits=(lowest / 100, highest / 100),
    )
    if as_json:
        show_json(found)
    else:
        columns = ["region", "name", *found["ways"]]
        show_rows(found["rows"], columns, as_csv=as_csv, xlsx=xlsx)
    closes = "  ".join(
        f"{name} {value:g} {found['unit']}" for name, value in found["closes"].items()
    )
    typer.echo(f"合计 closes: {closes}  （{found['data_year']} 年数据 data）", err=True)
    for note in found["notes"]:
        typer.echo(note, err=True)
    if adopt is not None:
        from xietong.app.workspace import open_desk

        made = keep(found, adopt, open_desk(workspace), path)
        typer.echo(f"{made['file']}: {made['regions']} 个地区 regions", err=True)


def _cheapest(
    workspace: Path | None, target: str, year: int, as_json: bool, as_csv: bool, xlsx: Path | None
) -> None:
    from xietong.app.closing_measures import closing_measures
    from xietong.app.workspace import open_desk

    found = closing_measures(open_desk(workspace), target, year)
    if as_json:
        show_json(found)
        return
    columns = ("measure", "name", "share", "reduced_t", "unit_cost", "annual_cny")
    show_rows(found["measures"], columns, as_csv=as_csv, xlsx=xlsx)
    typer.echo(
        f"{found['name']}: {found['gap_t']:,.0f} t {found['species']}，补上 closed {found['closed_share']:.0%}，"
        f"年成本 yearly {found['annual_cny']:,.0f} CNY",
        err=True,
    )
    for note in found["notes"]:
        typer.echo(note, err=True)


def _rows(found: dict[str, Any], table: str) -> list[dict[str, Any]]:
    from xietong.app.assessment import load_by_unit
    from xietong.assessment.levels import sums, weaker_cities

    if table == "units":
        return load_by_unit(found)
    if table == "plans":
        from xietong.assessment.standing import midterm

        return midterm(found["targets"], found["year"])
    if table == "cities":
        return weaker_cities(found["targets"])
    if table == "sums":
        return sums(found["targets"])
    if table == "scores":
        return [row | {"why": "；".join(row["why"])} for row in found["scores"]]
    rows: list[dict[str, Any]] = found["targets"]
    return rows


def _given(path: Path | None) -> dict[str, Any]:
    from xietong.errors import TableError

    if path is None:
        return {}
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise TableError(f"{path.name}: 读不懂 cannot be read: {error}") from error
    return content
