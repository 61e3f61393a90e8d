"""Use case: the yearly accounting of pollutant reductions from a filled-in sheet of projects."""

from pathlib import Path
from typing import Any

import polars as pl

from xietong.assessment.reductions import project_reductions
from xietong.errors import TableError
from xietong.io.sheet import read_sheets
from xietong.tables import Problem, check, refuse, schema

SHEET = "reduction_project"


def reduction_account(file: Path) -> dict[str, Any]:
    """Projects with the tonnes that each cuts, and sums by region, year and pollutant.

    Every problem of the file at once. A project with a figure missing stays with ``why`` and is counted in
    ``unknown`` of its sum, never as 0. Keys: ``projects[]``, ``sums[]``.
    """
    one = schema(SHEET)
    tables, problems = [], list[Problem]()
    for sheet in read_sheets(file):
        made = check(sheet.cells, one, sheet.name)
        problems += [*sheet.problems, *made.problems]
        tables.append(made.table)
    refuse(file.name, problems)
    if not any(table.height for table in tables):
        raise TableError(f"{file.name}: 没有减排项目的行（no projects）")
    found = project_reductions(pl.concat(tables, how="diagonal_relaxed"))
    sums = (
        found.group_by("region", "year", "pollutant", maintain_order=True)
        .agg(
            projects=pl.len(),
            unknown=pl.col("reduced_t").is_null().sum(),
            reduced_t=pl.when(pl.col("reduced_t").count() > 0)
            .then(pl.col("reduced_t").sum())
            .first(),
        )
        .sort("region", "year", "pollutant")
    )
    return {"projects": found.to_dicts(), "sums": sums.to_dicts()}
