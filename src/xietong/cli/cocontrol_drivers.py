"""Commands on drivers: decomposition, decoupling, STIRPAT, EKC, Moran's I, air index, tracking."""

import datetime
from pathlib import Path
from typing import Annotated

import typer

from xietong.app import cocontrol as use
from xietong.app import cocontrol_tracking as tracking
from xietong.app.cocontrol_panels import home_of
from xietong.cli.cocontrol_show import OutOption, TableArgument, show, spans, split
from xietong.cli.show import CsvOption, JsonOption, WorkspaceOption


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file to the group."""
    app.command()(decompose)
    app.command()(decouple)
    app.command()(stirpat)
    app.command()(ekc)
    app.command()(moran)
    app.command(name="air-index")(air_index)
    app.command()(track)


def decompose(
    table: TableArgument,
    *,
    chain: Annotated[
        str,
        typer.Option(
            help='因素链 · chain, e.g. "population, gdp/population, energy/gdp, co2/energy"'
        ),
    ] = "population, gdp/population, energy/gdp, co2/energy",
    form: Annotated[str, typer.Option(help="additive, multiplicative")] = "additive",
    mode: Annotated[str, typer.Option(help="chained 逐年, end-to-end 首尾")] = "chained",
    zero: Annotated[str, typer.Option(help="零值 limit, small-value")] = "limit",
    sector: Annotated[str | None, typer.Option(help="部门列 · column of sectors")] = None,
    total: Annotated[
        str | None, typer.Option(help="核对用的总量列 · column the product must equal")
    ] = None,
    activity: Annotated[
        str | None, typer.Option(help="给出脱钩努力指数的经济因素 · effort index on this factor")
    ] = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    out: OutOption = None,
) -> None:
    """xietong cocontrol decompose TABLE.csv --chain "gdp, co2/gdp" --json

    LMDI 因素分解；加 --activity 得脱钩努力指数 · LMDI decomposition, effort index.
    """
    result = use.decompose(
        table, chain, form=form, mode=mode, zero=zero, sector=sector, total=total, activity=activity
    )
    show(result, as_json, as_csv, out)


def decouple(
    table: TableArgument,
    *,
    pressure: Annotated[str, typer.Option(help="压力列（排放）· pressure column")] = "co2",
    driver: Annotated[str, typer.Option(help="驱动列（GDP）· driver column")] = "gdp",
    mode: Annotated[str, typer.Option(help="chain 逐年, fixed 定基, periods 时段")] = "chain",
    periods: Annotated[str | None, typer.Option(help="2005-2010,2010-2015")] = None,
    prices: Annotated[str, typer.Option(help="GDP 价格 constant, current, unknown")] = "unknown",
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    out: OutOption = None,
) -> None:
    """xietong cocontrol decouple TABLE.csv --pressure co2 --driver gdp --prices constant

    Tapio 脱钩弹性与状态 · Tapio elasticity and state.
    """
    chosen = "periods" if periods else mode
    result = use.decouple(
        table, pressure, driver, mode=chosen, periods=spans(periods), prices=prices
    )
    show(result, as_json, as_csv, out)


def stirpat(
    table: TableArgument,
    *,
    impact: Annotated[str, typer.Option(help="因变量列 · impact column")],
    drivers: Annotated[str, typer.Option(help="驱动列 · driver columns")],
    k: Annotated[float | None, typer.Option(help="岭参数，缺省由岭迹选取 · ridge constant")] = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    out: OutOption = None,
) -> None:
    """xietong cocontrol stirpat TABLE.csv --impact co2 --drivers population,gdp_pc,intensity

    STIRPAT 岭回归 · ridge regression.
    """
    show(use.stirpat_of(table, impact, split(drivers), k), as_json, as_csv, out)


def ekc(
    table: TableArgument,
    *,
    pressure: Annotated[str, typer.Option(help="压力列 · pressure column")],
    income: Annotated[str, typer.Option(help="人均 GDP 列 · income column")],
    fixed_effects: Annotated[
        bool, typer.Option(help="个体固定效应 · entity fixed effects")
    ] = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    out: OutOption = None,
) -> None:
    """xietong cocontrol ekc TABLE.csv --pressure co2 --income gdp_pc

    环境库兹涅茨曲线与拐点 · Kuznets curve and turning point.
    """
    show(use.ekc_of(table, pressure, income, fixed_effects), as_json, as_csv, out)


def moran(
    table: TableArgument,
    *,
    value: Annotated[str, typer.Option(help="数值列 · value column")],
    neighbours: Annotated[
        Path | None, typer.Option(help="邻接表 a,b；缺省山东 16 市 · pairs; Shandong by default")
    ] = None,
    how: Annotated[str, typer.Option("--weights", help="row 行标准化, binary")] = "row",
    permutations: Annotated[int, typer.Option(help="置换次数 · permutations")] = 999,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    out: OutOption = None,
) -> None:
    """xietong cocontrol moran CITIES.csv --value co2

    莫兰指数与置换检验 · Moran's I with a permutation test.
    """
    show(use.moran_of(table, value, neighbours, how, permutations), as_json, as_csv, out)


def air_index(
    table: TableArgument,
    *,
    standard: Annotated[str, typer.Option(help="gb3095-2012, gb3095-2026")] = "gb3095-2012",
    on: Annotated[
        datetime.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="限值日期 · limits on this day"),
    ] = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    out: OutOption = None,
) -> None:
    """xietong cocontrol air-index CITIES.csv --standard gb3095-2012

    环境空气质量综合指数 · air-quality composite index.
    """
    show(use.air(table, standard, on.date() if on else None), as_json, as_csv, out)


def track(
    what: Annotated[
        str,
        typer.Argument(
            help="tapio, lmdi, kaya, moran（16 市 · 16 cities）；synergy（全省 · province）"
        ),
    ],
    *,
    data: Annotated[
        Path | None,
        typer.Option(help="数据文件夹，缺省工作区的面板，再 XIETONG_DATA · data folder"),
    ] = None,
    mode: Annotated[
        str, typer.Option(help="periods 五年段, span 首末年, chain 逐年, fixed 定基")
    ] = "periods",
    first: Annotated[int | None, typer.Option(help="起始年 · first year")] = None,
    last: Annotated[int | None, typer.Option(help="末年 · last year")] = None,
    form: Annotated[str, typer.Option(help="lmdi: additive, multiplicative")] = "additive",
    bounds: Annotated[str, typer.Option(help="synergy: stretched, sample")] = "stretched",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    out: OutOption = None,
) -> None:
    """xietong cocontrol track tapio --data DATA --mode periods

    动态跟踪：各市脱钩、分解、空间相关，全省协同度 · tracking with the panel of the workspace or of a folder.
    """
    root = home_of(workspace)
    result = tracking.track(
        what, data, mode, root=root, first=first, last=last, form=form, bounds=bounds
    )
    show(result, as_json, as_csv, out)
