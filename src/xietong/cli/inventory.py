"""``xietong inventory``: computes nothing, calls ``app.inventory`` and prints."""

from pathlib import Path
from typing import Annotated, Any

import typer

from xietong.cli.inventory_controls import controls
from xietong.cli.inventory_gas_stock import gas_stock
from xietong.cli.inventory_results import keep, results
from xietong.cli.inventory_wastewater import wastewater
from xietong.cli.show import CsvOption, JsonOption, WorkspaceOption, show_json, show_rows

app = typer.Typer(no_args_is_help=True, add_completion=False)

ExampleOption = Annotated[
    bool, typer.Option("--example", help="用随软件的山东 2014 年示例 · the example that is shipped")
]
ProgrammeOption = Annotated[
    str | None,
    typer.Option(
        help="系数集 provincial-2025, provincial-2011, enterprise-24, ets-2024 · factor set"
    ),
]
PollutantsOption = Annotated[
    str | None, typer.Option(help="污染物系数集 · factor set of pollutants, e.g. literature-cn")
]
GwpOption = Annotated[str | None, typer.Option(help="SAR, AR4, AR5, AR6")]
RecoveredOption = Annotated[
    str | None, typer.Option(help="回收煤气 memo 备忘（默认）或 count 计入 · recovered gases")
]
FillOption = Annotated[
    list[str] | None,
    typer.Option("--fill", help="缺值时可取的系数集，如 programme=enterprise-24 · may fill gaps"),
]
ControlCarbonOption = Annotated[
    bool,
    typer.Option("--control-carbon", help="治理设施自身的碳一并计算 · carbon of the controls too"),
]


app.command()(results)
app.command()(keep)
app.command()(controls)
app.command()(wastewater)
app.command("gas-stock")(gas_stock)


@app.callback()
def inventory() -> None:
    """xietong inventory run --example

    融合排放清单：计算、解释、核查、比较、模板、导入 · the fused inventory.
    """


def changed(
    programme: str | None,
    pollutants: str | None,
    gwp: str | None,
    recovered: str | None,
    fill: list[str] | None,
) -> dict[str, Any]:
    """The settings named on the command line."""
    named = {"programme": programme, "pollutants": pollutants, "gwp": gwp, "recovered": recovered}
    made: dict[str, Any] = {key: value for key, value in named.items() if value is not None}
    for pair in fill or []:
        key, middle, value = pair.partition("=")
        if not middle:
            raise typer.BadParameter("例如 e.g. --fill programme=enterprise-24")
        made.setdefault("fill", {}).setdefault(key, []).append(value)
    return made


@app.command()
def run(
    *,
    workspace: WorkspaceOption = None,
    example: ExampleOption = False,
    programme: ProgrammeOption = None,
    pollutants: PollutantsOption = None,
    gwp: GwpOption = None,
    recovered: RecoveredOption = None,
    fill: FillOption = None,
    control_carbon: ControlCarbonOption = False,
    year: Annotated[int | None, typer.Option(help="只算一年 · one year only")] = None,
    draws: Annotated[
        int, typer.Option(min=0, help="不确定性抽样次数 · draws for the 95 % range")
    ] = 0,
    engine: Annotated[str, typer.Option(help="polars, duckdb, spark")] = "polars",
    species: Annotated[
        str | None, typer.Option(help="表中只列这些物种，逗号分隔 · species shown in the table")
    ] = None,
    save: Annotated[
        str | None, typer.Option(help="以此名存入 results/inventory · keep under a name")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="替换同名结果 · replace what is kept")
    ] = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """xietong inventory run --example --species co2,so2,nox

    按地区、行业、物种汇总，连同未估算行数与弱依据份额；--save 存档以便比较 · totals with gaps and weak shares.
    """
    from xietong.app import inventory as use
    from xietong.cli.progress import progress_line
    from xietong.vocab.species import find_species

    if save and (example or engine != "polars"):
        raise typer.BadParameter("--save 用于工作区与 polars · for a workspace, with polars")
    settings = changed(programme, pollutants, gwp, recovered, fill)
    settings |= {"control_carbon": True} if control_carbon else {}
    with progress_line("抽样 draws" if draws else "") as told:
        if save:
            from xietong.app.inventory_results import save_result

            result = save_result(
                save, workspace, changed=settings, year=year, draws=draws, replace=replace,
                on_progress=told,
            )  # fmt: skip
        else:
            result = use.run_inventory(
                workspace,
                example=example,
                changed=settings,
                engine=engine,
                draws=draws,
                year=year,
                on_progress=told,
            )
    if as_json:
        show_json(result)
        return
    named = species.split(",") if species else []
    wanted = {
        f"co2e_{result['gwp'].lower()}_t"
        if name.lower() in ("co2e", "二氧化碳当量")
        else find_species(name).column
        for name in named
    }
    lines = [
        line
        for line in (*result["totals"], *result["sums"], *result["memo"])
        if not wanted or line["species"] in wanted
    ]
    if as_csv:
        show_rows(lines, (), as_csv=True)
        return
    columns = ["year", "region", "sector", "species", "value_t"]
    columns += ["low_t", "high_t"] if draws else []
    show_rows(
        [
            {
                **line,
                "value_t": tonnes(line["value_t"]),
                "low_t": tonnes(line["low_t"]),
                "high_t": tonnes(line["high_t"]),
                "weak_share": percent(line["weak_share"]),
            }
            for line in lines
            if line["value_t"] is not None or line["sector"] == "*"
        ],
        [*columns, "weak_share", "not_estimated", "rows"],
    )
    typer.echo(
        f"{result['programme']} · {result['pollutants']} · GWP {result['gwp']} · recovered {result['recovered']}",
        err=True,
    )
    for warning in result["warnings"]:
        if warning["code"] != "not-estimated":
            typer.echo(f"! {warning['message']}", err=True)
    missing = [one["species"] for one in result["warnings"] if one["code"] == "not-estimated"]
    if missing:
        typer.echo(f"! 有未估算的行 rows not estimated in: {', '.join(missing)}", err=True)


@app.command("explain")
def explain_(
    query: Annotated[list[str], typer.Argument(help="物种、行业、燃料、地区、年份 · in any order")],
    *,
    workspace: WorkspaceOption = None,
    example: ExampleOption = False,
    programme: ProgrammeOption = None,
    pollutants: PollutantsOption = None,
    gwp: GwpOption = None,
    recovered: RecoveredOption = None,
    fill: FillOption = None,
    control_carbon: ControlCarbonOption = False,
    limit: Annotated[int, typer.Option(min=1, help="行数 · rows shown")] = 5,
    as_json: JsonOption = False,
) -> None:
    """xietong inventory explain 火力发电 原煤 SO2 --example

    任一数字如何由活动水平、系数、治理得来，各自的出处 · any figure with its sources.
    """
    from xietong.app import inventory as use

    settings = changed(programme, pollutants, gwp, recovered, fill)
    settings |= {"control_carbon": True} if control_carbon else {}
    answer = use.explain_inventory(query, workspace, example=example, changed=settings, limit=limit)
    if as_json:
        show_json(answer)
    else:
        print_explanation(answer)


@app.command()
def check(
    *,
    workspace: WorkspaceOption = None,
    example: ExampleOption = False,
    notes: Annotated[bool, typer.Option("--notes", help="也列出提示 · notes too")] = False,
    as_json: JsonOption = False,
) -> None:
    """xietong inventory check --example --notes

    完整性、平衡表闭合、重复计算、隐含系数、突变 · quality checks.
    """
    from xietong.app import inventory as use

    result = use.check_inventory(workspace, example=example)
    if as_json:
        show_json(result)
        return
    shown = [one for one in result["findings"] if notes or one["severity"] != "note"]
    show_rows(shown, ["severity", "check", "sector", "fuel", "species", "value", "message"])
    counts = {
        kind: sum(one["severity"] == kind for one in result["findings"])
        for kind in ("error", "warning", "note")
    }
    typer.echo(
        f"错误 errors {counts['error']} · 警告 warnings {counts['warning']} · 提示 notes {counts['note']}",
        err=True,
    )


@app.command()
def compare(
    left: Annotated[
        str,
        typer.Argument(
            help="工作区文件夹、他人清单表、设置、saved=名称或 - · folder, table, settings, saved=NAME or -"
        ),
    ],
    right: Annotated[str, typer.Argument(help="同左 · the same")],
    *,
    species: Annotated[str, typer.Option(help="物种 · species")] = "co2",
    by: Annotated[str, typer.Option(help="sector,fuel · region · year")] = "sector,fuel",
    workspace: WorkspaceOption = None,
    example: ExampleOption = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """xietong inventory compare - programme=enterprise-24 --example --by fuel

    两份清单逐行业、燃料对照，附瀑布 · two inventories with a waterfall.
    """
    from xietong.app import inventory_sides as use

    result = use.compare_inventories(
        left, right, species, folder=workspace, example=example, by=tuple(by.split(","))
    )
    if as_json:
        show_json(result)
        return
    if as_csv:
        show_rows(result["rows"], (), as_csv=True)
        return
    rows = [
        {**row, **{name: tonnes(row[name]) for name in ("left", "right", "change")}}
        for row in result["rows"]
    ]
    show_rows(rows, [*by.split(","), "left", "right", "change", "only"])
    for step in result["waterfall"]:
        typer.echo(f"{step['kind']:>6}  {step['value']:>18,.0f}  {step['label']}", err=True)
    if result["not_comparable"]:
        typer.echo(
            f"{result['not_comparable']} 行一侧未估算，不在瀑布中 · not estimated on one side",
            err=True,
        )


@app.command()
def factors(
    fuel: Annotated[str, typer.Argument(help="燃料 · fuel")],
    *,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """xietong inventory factors 液化天然气

    各系数集对同一燃料的取值与差别 · what each programme says of a fuel.
    """
    from xietong.app.inventory import compare_factors

    rows = compare_factors(fuel)
    columns = ["programme", "sector", "parameter", "value", "unit", "above_lowest_share"]
    shown = [{**row, "above_lowest_share": percent(row["above_lowest_share"])} for row in rows]
    show_rows(
        rows if as_json or as_csv else shown,
        [*columns, "confidence"],
        as_json=as_json,
        as_csv=as_csv,
    )


@app.command()
def mobile(
    *,
    workspace: WorkspaceOption = None,
    gwp: GwpOption = None,
    fill: FillOption = None,
    year: Annotated[int | None, typer.Option(help="只算一年 · one year only")] = None,
    species: Annotated[
        str | None, typer.Option(help="表中只列这些物种，逗号分隔；all 为全部 · species shown")
    ] = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """xietong inventory mobile --workspace W --fill mobile/road=emep-eea

    移动源碳排放核算与报告表：按车型、燃料、排放标准的活动水平、系数、CO2 当量、污染物与弱依据份额 · report of mobile sources.
    """
    from xietong.app.inventory_mobile import report_mobile_sources
    from xietong.vocab.species import find_species

    rows = report_mobile_sources(workspace, changed=changed(None, None, gwp, None, fill), year=year)
    if as_json or as_csv:
        show_rows(rows, (), as_json=as_json, as_csv=as_csv)
        return
    if species != "all":
        named = (species or "co2,nox,pm25").split(",")
        wanted = {find_species(name).column for name in named}
        if species is None:
            wanted |= {
                "co2_electricity_t",
                *(one["species"] for one in rows if "co2e" in one["species"]),
            }
        rows = [one for one in rows if one["species"] in wanted]
    columns = ["year", "region", "sheet", "class", "fuel", "standard", "activity", "activity_unit"]
    shown = [
        {
            **one,
            "activity": tonnes(one["activity"]),
            "value_t": tonnes(one["value_t"]),
            "weak_share": percent(one["weak_share"]),
        }
        for one in rows
    ]
    columns += ["species", "value_t", "factor", "factor_unit", "weak_share", "not_estimated"]
    show_rows(shown, columns)


@app.command()
def template(
    out: Annotated[Path, typer.Argument(help=".xlsx 或 .csv")],
    tables: Annotated[list[str] | None, typer.Argument(help="表名，默认全部 · tables")] = None,
) -> None:
    """xietong inventory template activity.xlsx fuel_use energy_balance

    写出填报模板：中文标题、单位、下拉框、示例行 · a template to fill in.
    """
    from xietong.app.inventory_files import make_template

    typer.echo(str(make_template(out, tables or [])))


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help=".xlsx 或 .csv")],
    *,
    workspace: WorkspaceOption = None,
    waive: Annotated[
        list[str] | None, typer.Option(help="豁免的问题名 · problems to waive by name")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="替换已有的表 · replace")] = False,
    by: Annotated[str, typer.Option(help="豁免人 · who waives")] = "",
    as_json: JsonOption = False,
) -> None:
    """xietong inventory import activity.xlsx --workspace W

    导入填好的模板；列出全部问题，改完之前不写入 · all problems at once, nothing stored before they are gone.
    """
    from xietong.app import inventory_files as use
    from xietong.app.inventory_import import import_activity
    from xietong.app.workspace import open_desk

    if waive and not by:
        raise typer.BadParameter("豁免要写明姓名 --by NAME · say who waives")
    try:
        desk = open_desk(workspace)
        done = import_activity(desk, file, waive=waive or (), replace=replace, by=by)
    except use.TableProblemsError as error:
        if as_json:
            show_json({"problems": [problem.as_dict() for problem in error.problems]})
        raise
    if as_json:
        show_json(done)
        return
    for one in done:
        typer.echo(
            f"{one['title']} {one['table']}: {one['rows']} 行 rows"
            + (f"，豁免 waived {len(one['waived'])}" if one["waived"] else "")
        )


def tonnes(value: float | None) -> str | None:
    """A mass for the eye: whole tonnes from 100 up, three figures below."""
    if value is None:
        return None
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.3g}"


def percent(value: float | None) -> str | None:
    """A share for the eye."""
    return None if value is None else f"{value:.0%}"


def print_explanation(answer: dict[str, Any]) -> None:
    """Each row: what was burnt, the factors, the devices, the sources."""
    total = tonnes(answer["total"]) or "未估算 NE"
    typer.echo(
        f"{answer['species']}: {total} {answer['unit']}（{answer['rows_in_all']} 行 rows，"
        f"未估算 not estimated {answer['not_estimated']}）"
    )
    for row in answer["rows"]:
        given = " · ".join(
            f"{name}={value}" for name, value in row["activity"].items() if name not in {"source"}
        )
        typer.echo(f"\n{tonnes(row['value']) or '未估算 NE'}  {given}")
        for name, value in row["quantities"].items():
            typer.echo(f"    = {name} {value:,.6g}")
        for line in (*row["factors"], *row["controls"]):
            device = f"{line['device']}: " if "device" in line else ""
            effect = f"，影响 effect {line['effect']:+.2g}%/1%" if "effect" in line else ""
            typer.echo(
                f"    × {device}{line['parameter']} = {line['value']:g} {line['unit']} [{line['confidence']}]{effect}"
            )
            typer.echo(f"        {line['source_title']}：{line['locator']}（{line['row']}）")
            if line["how"]:
                typer.echo(f"        {line['how']}")
        if row["passed_share"] is not None:
            typer.echo(f"    → 通过治理设施 passes the devices: {row['passed_share']:.4g}")
        for reason in row["missing"]:
            typer.echo(f"    ? {reason}")
