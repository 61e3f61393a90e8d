"""``xietong indicator list | show | compute | import``: what targets are held against."""

from pathlib import Path
from typing import Annotated

import typer

from xietong.cli.show import (
    CsvOption,
    JsonOption,
    WorkspaceOption,
    XlsxOption,
    show_json,
    show_rows,
)

app = typer.Typer(no_args_is_help=True, add_completion=False)

ExampleOption = Annotated[
    bool, typer.Option("--example", help="用山东示例 · on the Shandong example")
]
BaseOption = Annotated[int, typer.Option("--base-year", help="不变价的基年 · year of the prices")]


@app.callback()
def group() -> None:
    """xietong indicator compute carbon_intensity --example

    指标：一个指标一个定义，计算或公布。Indicators: one definition each, computed or reported.
    """


@app.command("list")
def list_command(
    text: Annotated[str, typer.Argument(help="名称的一部分 · part of the name")] = "",
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    xlsx: XlsxOption = None,
) -> None:
    """xietong indicator list 能源

    列出指标。List the indicators.
    """
    from xietong.app.statistics import list_indicators

    rows = list_indicators(text)
    columns = ("id", "name", "unit", "how", "direction")
    show_rows(rows, columns, as_json=as_json, as_csv=as_csv, xlsx=xlsx)


@app.command("show")
def show_command(
    indicator: Annotated[str, typer.Argument(help="指标编号 · id")],
    workspace: WorkspaceOption = None,
    example: ExampleOption = False,
    as_json: JsonOption = False,
) -> None:
    """xietong indicator show non_fossil_share --example

    定义、口径、出处，工作区内的数值，缺哪些数据。Definition, convention, source, values, what is missing.
    """
    from xietong.app.statistics import show_indicator

    found = show_indicator(indicator, workspace, example=example)
    if as_json:
        show_json(found)
        return
    for key in ("id", "name", "name_en", "unit", "how", "convention", "source", "locator"):
        if found[key]:
            typer.echo(f"{key:<11} {found[key]}")
    if found["needs"]:
        typer.echo(f"{'needs':<11} {'、'.join(found['needs'])}")
    show_rows(found["values"], ("region", "year", "value", "unit", "how", "source"))
    if found["missing"] and not found["values"]:
        typer.echo("缺 missing: " + "、".join(one["series"] for one in found["missing"]), err=True)


@app.command("compute")
def compute_command(
    indicators: Annotated[
        list[str] | None, typer.Argument(help="指标编号，不写为全部 · ids, default all")
    ] = None,
    workspace: WorkspaceOption = None,
    example: ExampleOption = False,
    base_year: BaseOption = 2020,
    region: Annotated[str | None, typer.Option(help="行政区划代码 · adcode")] = None,
    year: Annotated[int | None, typer.Option(help="年份 · year")] = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    xlsx: XlsxOption = None,
) -> None:
    """xietong indicator compute carbon_intensity energy_intensity --region 370000

    由统计数据、能源平衡表和清单计算指标。Compute from statistics, balance and inventory.
    """
    from xietong.app.statistics import compute_indicators

    rows = compute_indicators(
        indicators or (), workspace, example=example, base_year=base_year, region=region, year=year
    )
    columns = ("region", "indicator", "year", "value", "unit", "how")
    show_rows(rows, columns, as_json=as_json, as_csv=as_csv, xlsx=xlsx)


@app.command("rank")
def rank_command(
    indicator: Annotated[str, typer.Argument(help="指标编号 · id")],
    year: Annotated[int, typer.Argument(help="年份 · year")],
    since: Annotated[int, typer.Option(help="与哪一年比 · change since")] = 2020,
    within: Annotated[str, typer.Option(help="上级地区 · the region above")] = "370000",
    workspace: WorkspaceOption = None,
    example: ExampleOption = False,
    base_year: BaseOption = 2020,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    xlsx: XlsxOption = None,
) -> None:
    """xietong indicator rank carbon_intensity 2023 --since 2020 --example

    各市按水平与降幅排名；缺数的列在最后、不排名。Regions by level and by change; without data, no rank.
    """
    from xietong.app.assessment import rank_regions

    rows = rank_regions(
        indicator, year, since, workspace, example=example, within=within, base_year=base_year
    )
    columns = ("rank", "name", "value", "unit", "base", "change", "rank_change")
    show_rows(rows, columns, as_json=as_json, as_csv=as_csv, xlsx=xlsx)


@app.command("import")
def import_command(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    workspace: WorkspaceOption = None,
) -> None:
    """xietong indicator import 统计数据.xlsx

    导入统计数据（模板：xietong inventory template statistic）。Import reported statistics.
    """
    from xietong.app.statistics import import_statistics
    from xietong.app.workspace import open_desk

    made = import_statistics(open_desk(workspace), file)
    typer.echo(f"statistics/{made['file']}: {made['rows']} 行 rows")
