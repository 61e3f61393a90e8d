"""Results that are kept: ``results/inventory/<name>/`` with totals, details and how they were made.

``about.json`` says when, with which settings and from which files; ``totals.csv`` is what
``inventory run`` prints; ``details.csv`` has a row per region, year, sector and fuel and a column
per species, and is what a kept result is compared by. A table of somebody else's is kept in the same way.
"""

import datetime
import hashlib
import json
import re
import shutil
from collections.abc import Callable, Collection, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars as pl

from xietong.app.inventory import in_memory, opened, run_inventory
from xietong.errors import TableError
from xietong.inventory.compare import KEYS, details_wide
from xietong.io.sheet import read_sheets
from xietong.tables import Problem, check, refuse, schema
from xietong.vocab.species import columns, species

FOLDER = Path("results") / "inventory"
NAME = re.compile(r"[\w][\w.\- ]{0,59}")
SHEET = "inventory_table"
DETAILS, TOTALS, ABOUT = "details.csv", "totals.csv", "about.json"


def save_result(
    name: str,
    folder: Path | None = None,
    *,
    changed: Mapping[str, Any] | None = None,
    year: int | None = None,
    draws: int = 0,
    seed: int = 1,
    regions: Collection[str] | None = None,
    by: str = "",
    replace: bool = False,
    on_progress: Callable[[float, str], None] = lambda *_: None,
) -> dict[str, Any]:
    """Run the inventory and keep what came out under a name; the run's keys and ``saved``.

    ``TableError`` where the name is taken (``replace`` allows it) or is no file name.
    """
    root, settings, loaded = opened(folder, False, changed, regions)
    target = _free(root, name, replace)
    found = run_inventory(
        root, changed=changed, year=year, draws=draws, seed=seed, regions=regions,
        on_progress=on_progress,
    )  # fmt: skip
    wide = details_wide(in_memory(loaded, year), settings, [one.column for one in species()])
    settings_kept = {key: found[key] for key in ("programme", "pollutants", "gwp", "recovered")}
    about = {
        "name": name,
        "kind": "run",
        "at": _now(),
        "by": by,
        "xietong": version("xietong"),
        "year": found["year"],
        "region": found["region"],
        "settings": settings_kept | {"changed": dict(changed or {})},
        "draws": draws,
        "inputs": _digests(root),
        "warnings": found["warnings"],
    }
    lines = pl.DataFrame([*found["totals"], *found["memo"]], infer_schema_length=None)
    _keep(target, about, {DETAILS: wide, TOTALS: lines})
    return found | {"saved": name}


def keep_table(
    name: str, file: Path, folder: Path | None = None, *, by: str = "", replace: bool = False
) -> dict[str, Any]:
    """Keep a filled-in sheet ``inventory_table`` (somebody else's inventory) to compare with."""
    root, _, _ = opened(folder)
    target = _free(root, name, replace)
    wide = read_table(file)
    about = {
        "name": name,
        "kind": "table",
        "at": _now(),
        "by": by,
        "file": file.name,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "year": sorted(wide["year"].unique()),
        "region": sorted(wide["region"].unique()),
        "source": sorted(wide["source"].unique()),
    }
    _keep(target, about, {DETAILS: wide})
    return about


def saved_results(folder: Path) -> list[dict[str, Any]]:
    """What is kept, newest first: the content of each ``about.json``."""
    found = [
        json.loads(path.read_text(encoding="utf-8"))
        for path in (folder / FOLDER).glob(f"*/{ABOUT}")
    ]
    return sorted(found, key=lambda one: (str(one["at"]), str(one["name"])), reverse=True)


def saved_details(folder: Path, name: str) -> pl.DataFrame:
    """Rows by region, year, sector, fuel of a kept result, a column per species."""
    table = _read(folder, name, DETAILS)
    masses = [one for one in table.columns if one not in (*KEYS, "source")]
    return table.with_columns(pl.col("year").cast(pl.Int64), pl.col(masses).cast(pl.Float64))


def saved_totals(folder: Path, name: str) -> list[dict[str, Any]]:
    """The totals of a kept run as ``inventory run`` gave them."""
    table = _read(folder, name, TOTALS)
    words = ("region", "sector", "species")
    counts = ("year", "not_estimated", "rows")
    numbers = [one for one in table.columns if one not in (*words, *counts)]
    return table.with_columns(
        pl.col(*counts).cast(pl.Int64), pl.col(numbers).cast(pl.Float64)
    ).to_dicts()


def remove_result(folder: Path, name: str) -> None:
    """Forget a kept result."""
    shutil.rmtree(_there(folder, name))


def read_table(file: Path) -> pl.DataFrame:
    """A sheet ``inventory_table`` as rows by region, year, sector, fuel with a column per species.

    Every problem of the file at once (``TableProblemsError``).
    """
    one = schema(SHEET)
    parts, problems = [], list[Problem]()
    for sheet in read_sheets(file):
        if sheet.name not in {one.name, one.title} and len(read_sheets(file)) > 1:
            continue
        made = check(sheet.cells, one, sheet.name)
        problems += [*sheet.problems, *made.problems]
        parts.append(made.table)
    refuse(file.name, problems)
    if not any(part.height for part in parts):
        raise TableError(f"{file.name}: 没有“{one.title}”的行（no rows of {one.title_en}）")
    long = pl.concat(parts, how="diagonal_relaxed")
    if "fuel" not in long.columns:
        long = long.with_columns(fuel=pl.lit(""))
    long = long.with_columns(pl.col("fuel").fill_null(""))
    wide = long.pivot("species", index=KEYS, values="value_t", aggregate_function="sum")
    scaled = [
        (pl.col(name) * 1000 if name.endswith("_kg") else pl.col(name)).alias(name)
        for name in wide.columns
        if name in columns()
    ]
    sources = "; ".join(sorted({str(one) for one in long["source"].drop_nulls()}))
    return wide.with_columns(*scaled, source=pl.lit(sources))


def _read(folder: Path, name: str, file: str) -> pl.DataFrame:
    path = _there(folder, name) / file
    if not path.is_file():
        raise TableError(f"{name}: 没有 {file}（not kept with it）")
    words = ("region", "sector", "fuel", "species", "source")
    table = pl.read_csv(path, infer_schema=False)
    return table.with_columns(pl.col(one).fill_null("") for one in words if one in table.columns)


def _there(folder: Path, name: str) -> Path:
    path = folder / FOLDER / name
    if not NAME.fullmatch(name) or not (path / ABOUT).is_file():
        kept = "、".join(str(one["name"]) for one in saved_results(folder))
        raise TableError(f"没有保存过 {name!r}（no such kept result）；已有 kept: {kept or '–'}")
    return path


def _free(root: Path, name: str, replace: bool) -> Path:
    if not NAME.fullmatch(name):
        raise TableError(
            f"{name!r} 不能作名称（no name for a folder）：用字母、数字、汉字、- 和 _，不超过 60 个"
        )
    target = root / FOLDER / name
    if target.exists() and not replace:
        raise TableError(f"{name!r} 已存在（kept already）：换个名称，或用 --replace 替换")
    return target


def _keep(target: Path, about: Mapping[str, Any], tables: Mapping[str, pl.DataFrame]) -> None:
    """Whole or not at all."""
    temporary = target.with_name(f".{target.name}.tmp")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    for file, table in tables.items():
        table.write_csv(temporary / file)
    text = json.dumps(about, ensure_ascii=False, indent=2)
    (temporary / ABOUT).write_text(text, encoding="utf-8")
    if target.exists():
        shutil.rmtree(target)
    temporary.replace(target)


def _digests(root: Path) -> dict[str, str]:
    files = sorted(path for path in (root / "activity").glob("*") if path.is_file())
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
