"""The catalogue that is shipped, and a workspace's own beside it."""

import csv
from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import polars as pl

from xietong.errors import NotFoundError
from xietong.measures.faults import faults
from xietong.measures.measure import Measure
from xietong.measures.read import own_values, read_measures, shipped_values
from xietong.measures.sheets import VALUES
from xietong.tables import refuse
from xietong.tables.problem import Problem


def catalogue(
    own: Mapping[str, pl.DataFrame] | None = None, workspace: Path | None = None
) -> dict[str, Measure]:
    """All measures by id: those shipped, then the workspace's own, which override by id.

    ``own`` holds the text cells of a workspace's sheets ``measures``, ``edits``, ``effect``, ``cost``;
    each may be absent. A row of ``effect`` or ``cost`` alone changes a value of a shipped measure. All
    problems of all sheets are raised at once.

    >>> "residential-coal-to-gas" in catalogue()
    True
    """
    given = {name: table for name, table in (own or {}).items() if table.height}
    values, problems = _all_values(given, workspace)
    found, wrong = read_measures(
        _cells("measures"), _cells("edits"), values["effect"], values["cost"]
    )
    problems += wrong
    if "edits" in given or "measures" in given:
        mine, wrong = _own(found, given, values)
        problems += wrong
        found |= mine
    problems += [one for measure in found.values() for one in faults(measure)]
    refuse("measures", problems)
    return found


def _own(
    shipped: Mapping[str, Measure], given: Mapping[str, pl.DataFrame], values: Mapping[str, Any]
) -> tuple[dict[str, Measure], list[Problem]]:
    rows = given.get("measures", _cells("measures").clear())
    edits = given.get("edits", _cells("edits").clear())
    mine, problems = read_measures(rows, edits, values["effect"], values["cost"], own=True)
    steps = set(edits["measure"]) if "measure" in edits.columns else set()
    for name in sorted(steps - set(mine)):
        if name in shipped:
            problems.append(
                Problem(
                    "measure", "edits", None, "measure", name,
                    "只有修改，没有措施行 edits without a row in measures",
                    "请把该措施也写进 measures copy its row into measures",
                )
            )  # fmt: skip
        else:
            problems.append(
                Problem(
                    "measure", "edits", None, "measure", name,
                    "没有此措施 no such measure", "请在 measures 中加一行 add a row in measures",
                )
            )  # fmt: skip
    kept = {
        name: one if one.edits else _with_edits(one, shipped.get(name))
        for name, one in mine.items()
    }
    return kept, problems


def _with_edits(own: Measure, shipped: Measure | None) -> Measure:
    from dataclasses import replace

    return replace(own, edits=shipped.edits) if shipped else own


def _all_values(
    given: Mapping[str, pl.DataFrame], workspace: Path | None
) -> tuple[dict[str, dict[str, Any]], list[Problem]]:
    values, problems = {}, []
    for name in VALUES:
        topic = f"measures/{name}"
        values[name] = shipped_values(topic, workspace)
        if name in given:
            mine, wrong = own_values(topic, given[name], workspace)
            problems += wrong
            for measure, found in mine.items():
                values[name][measure] = {**values[name].get(measure, {}), **found}
    return values, problems


def _cells(name: str) -> pl.DataFrame:
    path = resources.files("xietong.measures") / "catalogue" / f"{name}.csv"
    with path.open(encoding="utf-8") as file:
        rows = list(csv.reader(file))
    return pl.DataFrame(rows[1:], schema=dict.fromkeys(rows[0], pl.String), orient="row")


def chosen(measures: Mapping[str, Measure], ids: Iterable[str]) -> dict[str, Measure]:
    """Some measures by id; ``NotFoundError`` names all that are not there.

    >>> list(chosen(catalogue(), ["coal-power-scr"]))
    ['coal-power-scr']
    """
    from difflib import get_close_matches

    wanted = list(dict.fromkeys(ids))
    absent = [name for name in wanted if name not in measures]
    if absent:
        lines = []
        for name in absent:
            near = get_close_matches(name, list(measures), n=1, cutoff=0.5)
            lines.append(f"  - {name!r}" + (f"；是不是 did you mean {near[0]!r}?" if near else ""))
        raise NotFoundError(
            "没有这些措施 no such measures:\n"
            + "\n".join(lines)
            + "\n用 xietong cocontrol measures 查看 · list them with it"
        )
    return {name: measures[name] for name in wanted}
