"""``xietong optimise``: the best mix of measures under carbon, pollutants, energy and money at once."""

from pathlib import Path
from typing import Annotated, Any

import typer

from xietong.app import optimise as use
from xietong.cli.cocontrol_show import split
from xietong.cli.optimise_measures import measures
from xietong.cli.progress import progress_line
from xietong.cli.show import CsvOption, JsonOption, WorkspaceOption, show_json, show_rows

app = typer.Typer(no_args_is_help=True, add_completion=False)
ProblemFile = Annotated[Path, typer.Argument(help="问题文件 · PROBLEM.toml, its tables beside it")]
SaveOption = Annotated[
    str | None,
    typer.Option("--save", help="保存到 results/optimise/<名称>.json · keep under a name"),
]
ReplaceOption = Annotated[bool, typer.Option("--replace", help="替换同名结果 · replace a kept one")]
CHOICES = ("year", "source", "name", "share", "cost_cny", "payer")


app.command()(measures)


@app.callback()
def root() -> None:
    """xietong optimise run PROBLEM.toml

    措施优化：多目标约束下的最低成本、最大减排、最大净效益 · the best mix of measures.
    """


@app.command()
def run(
    problem: ProblemFile,
    *,
    workspace: WorkspaceOption = None,
    save: SaveOption = None,
    replace: ReplaceOption = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """xietong optimise run PROBLEM.toml --json

    求最优措施组合；达不到时说明哪些目标冲突、差多少 · solve; say what conflicts where it cannot be done.
    """
    with progress_line("" if as_json or as_csv else "优化 optimise") as told:
        result = use.run_file(problem, workspace, save, replace, told)
    show(result, as_json=as_json, as_csv=as_csv)


@app.command()
def strategies(
    problem: ProblemFile,
    *,
    workspace: WorkspaceOption = None,
    save: SaveOption = None,
    replace: ReplaceOption = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """xietong optimise strategies PROBLEM.toml

    先降碳、先治污、统筹、逐项贪心四种做法并列比较 · what doing it jointly saves in money and tonnes.
    """
    with progress_line("" if as_json or as_csv else "策略 strategies") as told:
        result = use.strategies_file(problem, workspace, save, replace, told)
    if as_json:
        show_json(result)
        return
    rows = [
        {"strategy": one["strategy"], "name": one["name_zh"], "status": one["status"], "cost_cny": one["cost"],
         "idle_cny": one["idle_cny"]}
        | {what: total["reduced"] for what, total in one["totals"].items()}
        | {"missed": "、".join(one["missed"])}
        for one in result["strategies"]
    ]  # fmt: skip
    show_rows(rows, ("strategy", "name", "status", "cost_cny", "idle_cny", "missed"), as_csv=as_csv)
    _tell(result)


@app.command()
def pareto(
    problem: ProblemFile,
    *,
    goals: Annotated[
        str | None,
        typer.Option(help="cost, investment 与各量，两三个 · two or three: cost,co2e,nox"),
    ] = None,
    points: Annotated[int | None, typer.Option(help="每个目标的格点数 · steps per goal")] = None,
    workspace: WorkspaceOption = None,
    save: SaveOption = None,
    replace: ReplaceOption = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """xietong optimise pareto PROBLEM.toml --goals cost,co2e --points 8

    两三个目标之间的帕累托前沿 · what one goal costs in terms of another.
    """
    with progress_line("" if as_json or as_csv else "前沿 front") as told:
        result = use.pareto_file(
            problem, split(goals) if goals else None, points, workspace, save, replace, told
        )
    if as_json:
        show_json(result)
        return
    rows = [{"point": i} | one["values"] for i, one in enumerate(result["points"], 1)]
    show_rows(rows, ("point", *(one["goal"] for one in result["goals"])), as_csv=as_csv)
    _tell(result)


@app.command()
def explain(
    problem: Annotated[
        str,
        typer.Argument(
            help="问题文件，或保存过的名称 · PROBLEM.toml, or the name of a kept result"
        ),
    ],
    *,
    workspace: WorkspaceOption = None,
    save: SaveOption = None,
    replace: ReplaceOption = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """xietong optimise explain PROBLEM.toml

    把结果说清楚：价格变化的影响、抽样下的稳健方案 · the answer in words, its sensitivity, a robust choice.
    """
    if not problem.endswith(".toml"):
        result = use.read_kept(workspace or use.home(Path("x"), None), problem)
    else:
        with progress_line("" if as_json or as_csv else "解释 explain") as told:
            result = use.explain_file(Path(problem), workspace, save, replace, told)
    if as_json:
        show_json(result)
        return
    rows = result.get("sensitivity") or []
    if rows:
        show_rows(rows, ("varied", "factor", "objective", "change", "moved_share"), as_csv=as_csv)
    _tell(result)


def show(result: dict[str, Any], *, as_json: bool, as_csv: bool) -> None:
    """The choices as a table, the words on stderr; or all of it as JSON."""
    if as_json:
        show_json(result)
        return
    chosen = result["choices"] or result.get("nearest", {}).get("choices", [])
    if chosen:
        show_rows(chosen, CHOICES, as_csv=as_csv)
    _tell(result)


def _tell(result: dict[str, Any]) -> None:
    """Sentences on stderr, Chinese first; warnings last."""
    for language in ("zh", "en"):
        for one in result["words"]:
            typer.echo(one[language], err=True)
    for warning in result["warnings"]:
        typer.echo(f"注意 warning: {warning}", err=True)
