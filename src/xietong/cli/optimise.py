"""``xietong optimise``: the best mix of measures under carbon, pollutants, energy and money at once."""

from pathlib import Path
from typing import Annotated, Any

import typer

from xietong.app import optimise as use
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


def show(result: dict[str, Any], *, as_json: bool, as_csv: bool) -> None:
    """The choices as a table, the words on stderr; or all of it as JSON."""
    if as_json:
        show_json(result)
        return
    chosen = result["choices"] or result.get("nearest", {}).get("choices", [])
    if chosen:
        show_rows(chosen, CHOICES, as_csv=as_csv)
    say(result["words"])
    for warning in result["warnings"]:
        typer.echo(f"注意 warning: {warning}", err=True)


def say(words: list[dict[str, str]]) -> None:
    """Sentences on stderr, Chinese first."""
    for language in ("zh", "en"):
        for one in words:
            typer.echo(one[language], err=True)
