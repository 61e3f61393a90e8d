"""``xietong optimise measures``: the catalogue's measures on the workspace's inventory, at least cost."""

from typing import Annotated

import typer

from xietong.cli.progress import progress_line
from xietong.cli.show import CsvOption, JsonOption, WorkspaceOption
from xietong.errors import InputError


def measures(
    target: Annotated[
        list[str], typer.Option(help="co2e=5：比该年减 5 % · cut in per cent of that year")
    ],
    *,
    year: Annotated[int | None, typer.Option(help="清单年份，默认最近 · year")] = None,
    region: Annotated[str, typer.Option(help="行政区划代码 · adcode")] = "",
    budget: Annotated[float | None, typer.Option(help="年成本上限，元 · CNY per year")] = None,
    save: Annotated[str | None, typer.Option(help="保存名称 · keep under a name")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="替换同名 · replace")] = False,
    workspace: WorkspaceOption = None,
    example: Annotated[
        bool, typer.Option("--example", help="山东 2014 示例 · the example")
    ] = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """xietong optimise measures --example --target co2e=3 --target nox=5

    措施目录在清单上的最低成本组合；目标是该年排放的百分比，只有成本有来源的措施参加。
    The least-cost mix of the catalogue on the inventory; only measures with a sourced cost take part.
    """
    from xietong.app.optimise_measures import optimise_measures
    from xietong.cli.optimise import show

    if save and example:
        raise typer.BadParameter("--save 用于工作区 · for a workspace")
    with progress_line("" if as_json or as_csv else "优化 optimise") as told:
        result = optimise_measures(
            _read(target), workspace, example=example, year=year, region=region,
            budget_cny=budget, save=save, replace=replace, on_progress=told,
        )  # fmt: skip
    show(result, as_json=as_json, as_csv=as_csv)
    if as_json:
        return
    typer.echo(
        f"目录中 {result['applied']} 项适用，{result['took_part']} 项有成本来源并参加 · "
        f"{result['applied']} measures apply, {result['took_part']} with a sourced cost took part",
        err=True,
    )
    for name, base in result["baseline"].items():
        touched = result["touched"].get(name)
        if base and touched is not None:
            typer.echo(f"{name}: 触及 touched {touched / base:.0%}", err=True)
    for one in (result["strategies"] or {}).get("words", ()):
        typer.echo(f"{one['zh']} {one['en']}", err=True)


def _read(pairs: list[str]) -> dict[str, float]:
    found: dict[str, float] = {}
    for pair in pairs:
        name, middle, value = pair.partition("=")
        try:
            found[name.strip()] = float(value.rstrip("% "))
        except ValueError as error:
            raise InputError(f"--target {pair!r}: 例如 e.g. co2e=5") from error
        if not middle:
            raise InputError(f"--target {pair!r}: 例如 e.g. co2e=5")
    return found
