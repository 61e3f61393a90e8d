"""Use cases: the best mix of measures from PROBLEM.toml and its tables; results kept by name."""

import datetime
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import polars as pl

from xietong.app.cocontrol_files import read_table
from xietong.errors import InputError, NotFoundError, TableError
from xietong.optimise.problem import LEAST_COST, Problem
from xietong.optimise.read import problem_of
from xietong.optimise.solve import Progress, Stop, never, no_progress

FOLDER = Path("results") / "optimise"
NAME = re.compile(r"[\w][\w.\- ]{0,59}")


def load(path: Path) -> Problem:
    """The problem of a TOML file; its tables lie beside it. All problems of all files in one error."""
    content = read_toml(path)
    named = content.get("tables", {})
    if not isinstance(named, dict):
        raise TableError(f"{path.name}: [tables] 应为 表名 = 文件名 · table = file name")
    return problem_of(
        content, {name: _table(path.parent, str(file)) for name, file in named.items()}
    )


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a problem file."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise InputError(f"{path}: 没有此文件 · no such file") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TableError(f"{path.name}: 读不懂 · cannot be read: {error}") from error


def _table(folder: Path, file: str) -> pl.DataFrame:
    return read_table(folder / file)


def solve(
    problem: Problem, on_progress: Progress = no_progress, stop: Stop = never
) -> dict[str, Any]:
    """The answer to a problem; ``on_progress(share, words)`` is told, ``stop()`` is asked while it works."""
    from xietong.optimise.run import run

    return run(problem, on_progress, stop)


def keep(folder: Path, name: str, kind: str, result: dict[str, Any], replace: bool = False) -> Path:
    """Write a result to ``results/optimise/<name>.json``, whole or not at all."""
    if not NAME.fullmatch(name):
        raise InputError(
            f"{name!r} 不能作名称（no name for a file）：用字母、数字、汉字、- 和 _，不超过 60 个"
        )
    target = folder / FOLDER / f"{name}.json"
    if target.exists() and not replace:
        raise InputError(f"{name!r} 已存在（kept already）：换个名称，或用 --replace 替换")
    target.parent.mkdir(parents=True, exist_ok=True)
    at = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    text = json.dumps({"kept": name, "kind": kind, "at": at} | result, ensure_ascii=False, indent=1)
    temporary = target.with_name(f".{target.name}.tmp")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(target)
    return target


def kept(folder: Path) -> list[dict[str, Any]]:
    """What is kept, newest first: ``kept``, ``kind``, ``at``, ``status``, ``cost``."""
    found = [read_kept(folder, path.stem) for path in (folder / FOLDER).glob("*.json")]
    keys = ("kept", "kind", "at", "name", "goal", "status", "cost")
    return [
        {key: one.get(key) for key in keys}
        for one in sorted(found, key=lambda one: str(one.get("at")), reverse=True)
    ]


def read_kept(folder: Path, name: str) -> dict[str, Any]:
    """A result that was kept."""
    path = folder / FOLDER / f"{name}.json"
    if not NAME.fullmatch(name) or not path.is_file():
        there = "、".join(one.stem for one in sorted((folder / FOLDER).glob("*.json")))
        raise NotFoundError(
            f"没有保存过 {name!r}（no such kept result）；已有 kept: {there or '–'}"
        )
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise TableError(f"{path.name}: 读不懂 · cannot be read: {error}") from error
    if not isinstance(content, dict):
        raise TableError(f"{path.name}: 不是保存的结果 · not a kept result")
    return content


def run_file(
    path: Path,
    folder: Path | None = None,
    save: str | None = None,
    replace: bool = False,
    on_progress: Progress = no_progress,
) -> dict[str, Any]:
    """Read, solve, and keep under a name if one is given."""
    return _kept(solve(load(path), on_progress), "run", path, folder, save, replace)


def strategies_file(
    path: Path,
    folder: Path | None = None,
    save: str | None = None,
    replace: bool = False,
    on_progress: Progress = no_progress,
) -> dict[str, Any]:
    """Carbon first, pollution first, both together, greedy: side by side."""
    from xietong.optimise.strategies import strategies

    return _kept(strategies(load(path), on_progress), "strategies", path, folder, save, replace)


def pareto_file(
    path: Path,
    goals: list[str] | None = None,
    points: int | None = None,
    folder: Path | None = None,
    save: str | None = None,
    replace: bool = False,
    on_progress: Progress = no_progress,
) -> dict[str, Any]:
    """The front between two or three goals, those of ``[pareto]`` in the file where none are given."""
    from xietong.optimise.pareto import front

    problem = load(path)
    said = problem.settings.get("pareto", {})
    names = goals or [str(one) for one in said.get("goals", [])]
    if not names:
        raise InputError(
            '请说明目标 · say the goals: --goals cost,co2e 或 or [pareto] goals = ["cost", "co2e"]'
        )
    count = points or said.get("points", 8)
    return _kept(
        front(problem, names, int(count), on_progress), "pareto", path, folder, save, replace
    )


def explain_file(
    path: Path,
    folder: Path | None = None,
    save: str | None = None,
    replace: bool = False,
    on_progress: Progress = no_progress,
) -> dict[str, Any]:
    """The answer, how it changes with prices, and a robust choice where the problem has draws.

    The keys of a run and ``sensitivity[]``, ``robust``.
    """
    from xietong.optimise import sensitivity
    from xietong.optimise.robust import robust

    problem = load(path)
    result = solve(problem, lambda share, told: on_progress(share / 3, told))
    rows: list[dict[str, Any]] = []
    if result["objective"] is not None:
        rows = sensitivity.sensitivity(
            problem, lambda share, told: on_progress(1 / 3 + share / 3, told)
        )
    found = (
        robust(problem, lambda share, told: on_progress(2 / 3 + share / 3, told))
        if problem.draws and problem.goal == LEAST_COST
        else None
    )
    words = [*result["words"], *sensitivity.words(rows), *(found["words"] if found else [])]
    result |= {"sensitivity": rows, "robust": found, "words": words}
    return _kept(result, "explain", path, folder, save, replace)


def _kept(
    result: dict[str, Any],
    kind: str,
    path: Path,
    folder: Path | None,
    save: str | None,
    replace: bool,
) -> dict[str, Any]:
    if save is not None:
        keep(home(path, folder), save, kind, result, replace)
    return result


def home(path: Path, folder: Path | None) -> Path:
    """Where results are kept: the workspace that was named, that at or above the file, or beside it."""
    if folder is not None:
        return folder
    for one in path.resolve().parents:
        if (one / "xietong.toml").is_file():
            return one
    return path.parent
