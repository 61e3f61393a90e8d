"""``xietong cocontrol``: synergy degree and drivers. Computes nothing: calls ``app`` and prints."""

from pathlib import Path
from typing import Annotated

import typer

from xietong.app import cocontrol as use
from xietong.app import cocontrol_import as importing
from xietong.app import cocontrol_ranking as table_ranking
from xietong.app.workspace import open_desk
from xietong.cli import cocontrol_drivers, cocontrol_evaluate, cocontrol_measures
from xietong.cli.cocontrol_show import (
    OutOption,
    TableArgument,
    numbers,
    show,
    show_account,
    split,
)
from xietong.cli.show import (
    CsvOption,
    JsonOption,
    WorkspaceOption,
    XlsxOption,
    show_json,
    show_rows,
)

app = typer.Typer(no_args_is_help=True, add_completion=False)
cocontrol_drivers.add_to(app)
cocontrol_evaluate.add_to(app)
cocontrol_measures.add_to(app)

SystemOption = Annotated[
    str | None, typer.Option(help="指标体系 city, park, enterprise 或 TOML 文件 · index system")
]
GroupsOption = Annotated[
    str | None, typer.Option(help='临时分组 · groups in text: "air: so2-, nox-; carbon: co2-"')
]


@app.callback()
def cocontrol() -> None:
    """xietong cocontrol degree TABLE.csv --subsystems air,carbon

    协同评价与驱动因素 · synergy degree and drivers.
    """


@app.command()
def degree(
    table: TableArgument,
    *,
    subsystems: Annotated[
        str | None,
        typer.Option(help="子系统列（0 至 1）或体系中的子系统 · subsystem columns on 0..1"),
    ] = None,
    system: SystemOption = None,
    groups: GroupsOption = None,
    weighting: Annotated[
        str,
        typer.Option(help="指标权重 equal, given, entropy, standard-deviation, maximum-deviation"),
    ] = "equal",
    shift: Annotated[float, typer.Option(help="熵权平移 · shift for entropy weights")] = 0.0,
    variant: Annotated[
        str,
        typer.Option(
            help="standard, power, modified-2021, unnormalised, pairwise, pairwise-unnormalised"
        ),
    ] = "standard",
    exponent: Annotated[float, typer.Option(help="power 变体的 k · k of the variant power")] = 2.0,
    weights: Annotated[
        str | None, typer.Option(help="T 的权重 · weights in T: air=0.5,carbon=0.5")
    ] = None,
    scheme: Annotated[str, typer.Option(help="等级方案 · level scheme")] = "ten-class",
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    out: OutOption = None,
) -> None:
    """xietong cocontrol degree TABLE.csv --subsystems air,carbon --json

    耦合协调度 C、T、D 与等级 · coupling coordination degree and level.
    """
    result = use.degree(
        table,
        subsystems=split(subsystems),
        system=system,
        groups=groups,
        weighting=weighting,
        shift=shift,
        variant=variant,
        exponent=exponent,
        weights=numbers(weights),
        scheme=scheme,
    )
    show(result, as_json, as_csv, out)


@app.command()
def synergy(
    table: TableArgument,
    *,
    system: SystemOption = None,
    groups: GroupsOption = None,
    bounds: Annotated[
        str, typer.Option(help="临界值 sample, stretched (0.9/1.1), targets")
    ] = "stretched",
    order: Annotated[str, typer.Option(help="有序度 geometric, linear")] = "geometric",
    combination: Annotated[str, typer.Option(help="合成 geometric, weighted")] = "geometric",
    base: Annotated[str, typer.Option(help="chain 环比, fixed 定基")] = "chain",
    base_year: Annotated[int | None, typer.Option(help="基年 · base year for fixed")] = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    out: OutOption = None,
) -> None:
    """xietong cocontrol synergy TABLE.csv --groups "air: so2-, nox-; carbon: co2-" --json

    复合系统协同度 · synergy degree of the composite system.
    """
    result = use.synergy(
        table,
        system=system,
        groups=groups,
        bounds=bounds,
        order=order,
        combination=combination,
        base=base,
        base_year=base_year,
    )
    show(result, as_json, as_csv, out)


@app.command()
def identify(
    table: TableArgument,
    *,
    subsystems: Annotated[
        str, typer.Option(help="论文中的子系统指数列 · index columns of the paper")
    ],
    printed: Annotated[str, typer.Option(help="论文所印的协同度列 · the printed degree")],
    decimals: Annotated[int, typer.Option(help="印出的小数位 · decimals printed")] = 3,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    out: OutOption = None,
) -> None:
    """xietong cocontrol identify PAPER.csv --subsystems u1,u2 --printed d --decimals 3

    这篇论文用的是哪个协同度 · which degree did that paper use.
    """
    show(use.identify(table, split(subsystems), printed, decimals), as_json, as_csv, out)


@app.command()
def weights(
    table: TableArgument,
    *,
    columns: Annotated[
        str | None, typer.Option(help="指标列，负向加 - · columns, negative with -")
    ] = None,
    method: Annotated[
        str,
        typer.Option(
            help="entropy, standard-deviation, maximum-deviation, variation, equal, "
            "ahp, ahp-geometric-mean, ahp-column-sum"
        ),
    ] = "entropy",
    shift: Annotated[float, typer.Option(help="熵权平移 · shift for entropy weights")] = 0.0,
    ddof: Annotated[int, typer.Option(help="标准差 0 总体 1 样本 · 0 population, 1 sample")] = 0,
    random_index: Annotated[
        str, typer.Option(help="RI 表 saaty-1.12, alternative-1.26 · table of the random index")
    ] = "saaty-1.12",
    combine: Annotated[
        str | None, typer.Option(help="multiplicative, minimum-entropy, linear, game")
    ] = None,
    other: Annotated[
        Path | None, typer.Option("--with", help="另一组权重 CSV · second set (indicator, weight)")
    ] = None,
    alpha: Annotated[
        float, typer.Option(help="linear 中第二组的份额 · part of the second set")
    ] = 0.5,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    out: OutOption = None,
) -> None:
    """xietong cocontrol weights TABLE.csv --columns pm25-,co2-,green_share --method entropy

    客观赋权、层次分析法与组合权重 · data weights, AHP and combinations.
    """
    result = use.weights(
        table,
        columns=columns,
        method=method,
        shift=shift,
        ddof=ddof,
        random_index=random_index,
        combine=combine,
        other=other,
        alpha=alpha,
    )
    show(result, as_json, as_csv, out)


@app.command()
def rank(
    table: TableArgument,
    *,
    columns: Annotated[str, typer.Option(help="指标列，负向加 - · columns, negative with -")],
    method: Annotated[str, typer.Option(help="权重方法 · weighting")] = "entropy",
    given: Annotated[
        str | None, typer.Option("--weights", help="给定权重 · given: a=0.6,b=0.4")
    ] = None,
    variant: Annotated[
        str, typer.Option(help="weight-before, weight-in-distance")
    ] = "weight-before",
    scaling: Annotated[str, typer.Option(help="vector, min-max")] = "vector",
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    out: OutOption = None,
) -> None:
    """xietong cocontrol rank TABLE.csv --columns pm25-,co2-,green_share

    TOPSIS 排名 · TOPSIS ranking.
    """
    result = use.rank(
        table,
        columns=columns,
        method=method,
        variant=variant,
        scaling=scaling,
        given=numbers(given),
    )
    show(result, as_json, as_csv, out)


@app.command()
def grey(
    table: TableArgument,
    *,
    reference: Annotated[str, typer.Option(help="参考列 · reference column")],
    compared: Annotated[str, typer.Option(help="比较列 · compared columns")],
    rho: Annotated[float, typer.Option(help="分辨系数 ρ · distinguishing coefficient")] = 0.5,
    scaling: Annotated[str, typer.Option(help="mean, initial, min-max")] = "mean",
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    out: OutOption = None,
) -> None:
    """xietong cocontrol grey TABLE.csv --reference co2 --compared so2,nox

    灰色关联度 · grey relational degree.
    """
    show(use.grey(table, reference, split(compared), rho, scaling), as_json, as_csv, out)


@app.command()
def score(
    table: TableArgument,
    *,
    rules: Annotated[
        str, typer.Option(help="zero_carbon_park, dual_near_zero 或 TOML 文件 · rule file")
    ] = "zero_carbon_park",
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    out: OutOption = None,
) -> None:
    """xietong cocontrol score PARKS.csv --rules zero_carbon_park

    零碳园区与“双近零”对照评分 · scoring against thresholds.
    """
    show(use.score(table, rules), as_json, as_csv, out)


@app.command()
def template(
    system: Annotated[
        str,
        typer.Argument(
            help="city, park, enterprise, city-panel, province-panel 或 TOML 文件 · or a TOML file"
        ),
    ] = "city",
    *,
    xlsx: XlsxOption = None,
) -> None:
    """xietong cocontrol template city > city.csv

    指标体系或跟踪序列的空白填报表 · empty table of an index system or of a panel for tracking.
    """
    if xlsx is None:
        typer.echo(importing.template_csv(system), nl=False)
    else:
        xlsx.write_bytes(importing.template_xlsx(system))
        typer.echo(f"已写入 · written: {xlsx}", err=True)


@app.command(name="import")
def import_(
    table: TableArgument,
    *,
    system: Annotated[
        str,
        typer.Option(help="指标体系，或 city-panel, province-panel · index system or panel"),
    ] = "city",
    source: Annotated[
        str | None, typer.Option(help="数据来源，写在每张图下 · shown under every figure")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="取代整张表 · in the place of the whole table")
    ] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """xietong cocontrol import city.csv --system city --source "2024 年统计年鉴"

    检查填好的表（CSV 或 Excel）并存入工作区 · check a filled-in template and keep it; prints JSON.
    """
    desk = open_desk(workspace)
    show_json(importing.import_table(desk, table, system, source, replace=replace))


@app.command()
def ranking(
    *,
    system: Annotated[str, typer.Option(help="指标体系 · index system")] = "city",
    year: Annotated[
        int | None, typer.Option(help="年份，缺省最近 · year, latest by default")
    ] = None,
    weighting: Annotated[str, typer.Option(help="指标权重 · weighting of indicators")] = "equal",
    variant: Annotated[str, typer.Option(help="C 的变体 · variant of C")] = "standard",
    exponent: Annotated[float, typer.Option(help="power 变体的 k · k of the variant power")] = 2.0,
    scheme: Annotated[str, typer.Option(help="等级方案 · level scheme")] = "ten-class",
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    xlsx: XlsxOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """xietong cocontrol ranking --system city --json

    已导入数据的协同度排名；未导入时说明下一步 · ranking of imported data.
    """
    desk = open_desk(workspace)
    found = table_ranking.ranking(
        desk, system, year, weighting, variant=variant, exponent=exponent, scheme=scheme
    )
    if as_json:
        show_json(found)
    elif found["state"] == "empty":
        typer.echo(found["message"], err=True)
    else:
        columns = ["rank", "entity", *found["system"]["subsystems"], "c", "t", "d", "level_zh"]
        show_rows(found["rows"], columns, as_csv=as_csv, xlsx=xlsx)
        show_account(found["formula"], found["variant"], found["scheme"], found["warnings"])
