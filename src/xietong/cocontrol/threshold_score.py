"""Scoring against thresholds: zero-carbon parks and near-zero (双近零) enterprises."""

import tomllib
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import polars as pl

from xietong.cocontrol.panel import check_panel, keys_of, refuse
from xietong.cocontrol.result import Result

SHIPPED = ("zero_carbon_park", "dual_near_zero")
FORMULA = "met = value within the limit; share_met = met / judged; qualified = all core rules met"


def load_rules(name: str | Path) -> dict[str, Any]:
    """A shipped rule file (``zero_carbon_park``, ``dual_near_zero``) or a TOML file of that form.

    Examples
    --------
    >>> load_rules("zero_carbon_park")["version"]
    '2025-notice'
    """
    if str(name) in SHIPPED:
        path: Any = resources.files("xietong.cocontrol") / "index_systems" / f"{name}.toml"
    else:
        path = Path(name)
        if not path.is_file():
            refuse([f"没有此文件；内置 · no such file; shipped: {SHIPPED}"], str(name))
    try:
        rules = dict(tomllib.loads(path.read_text(encoding="utf-8")).get("rules", {}))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        refuse([f"不是有效的 TOML · not valid TOML: {error}"], str(name))
    problems = [
        f"rules.{key} 缺失 · missing" for key in ("id", "version", "rule") if key not in rules
    ]
    for one in rules.get("rule", []):
        at = one.get("id", "?")
        problems += [
            f"{at}: 缺 {key} · missing" for key in ("id", "kind", "column") if key not in one
        ]
        if one.get("kind") not in ("core", "guiding", None):
            problems.append(f"{at}: kind {one['kind']!r}: core, guiding")
    refuse(problems, str(name))
    return rules


def threshold_score(table: pl.DataFrame, rules: Mapping[str, Any]) -> Result:
    """Which rules each row meets; one row per row of ``table`` and rule that applies.

    ``table``: one row per entity (and year) with the rules' columns. A rule without a limit, or a
    value that is unknown, is ``open``: neither met nor failed. ``details["summary"]`` has one row per
    entity: core and guiding rules met, failed and open, and ``qualified``, which is true only when
    every core rule that applies is met, false when one failed, and null while one is open.

    Examples
    --------
    >>> park = pl.DataFrame({"entity": ["p"], "energy_tce": [3e5], "co2_t_per_tce": [0.25]})
    >>> result = threshold_score(park, load_rules("zero_carbon_park"))
    >>> result.table.select("rule", "state").row(0), result.details["summary"]["qualified"][0]
    (('energy-carbon-small', 'failed'), False)
    """
    wanted = [str(one[key]) for one in rules["rule"] for key in ("column", "when") if key in one]
    present = [name for name in dict.fromkeys(wanted) if name in table.columns]
    table = check_panel(table, present, where=f"评分 score {rules['id']}")
    keys = keys_of(table)
    rows = [
        _judge(row, one, keys)
        for row in table.to_dicts()
        for one in rules["rule"]
        if _applies(row, one)
    ]
    schema = {key: table.schema[key] for key in keys} | {
        "rule": pl.String,
        "kind": pl.String,
        "title_zh": pl.String,
        "column": pl.String,
        "value": pl.Float64,
        "limit": pl.String,
        "state": pl.String,
        "confidence": pl.String,
    }
    out = pl.DataFrame(rows, schema=schema)
    summary = _summary(table.select(keys), out, keys)
    return Result(
        FORMULA,
        "threshold score",
        out,
        f"{rules['id']} {rules['version']}",
        {"summary": summary},
        tuple(_warn(rules, out, summary)),
    )


def _applies(row: Mapping[str, Any], one: Mapping[str, Any]) -> bool:
    if "when" not in one:
        return True
    size = row.get(str(one["when"]))
    if size is None:
        return False
    return bool(float(one.get("from", -1e300)) <= size < float(one.get("below", 1e300)))


def _judge(row: Mapping[str, Any], one: Mapping[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    value = row.get(str(one["column"]))
    limits = [f"≤ {one['at_most']:g}"] if "at_most" in one else []
    limits += [f"≥ {one['at_least']:g}"] if "at_least" in one else []
    state = "open"
    if value is not None and limits:
        within = value <= one.get("at_most", value) and value >= one.get("at_least", value)
        state = "met" if within else "failed"
    return {key: row[key] for key in keys} | {
        "rule": one["id"],
        "kind": one["kind"],
        "title_zh": one.get("title_zh", ""),
        "column": one["column"],
        "value": value,
        "limit": " ".join(limits) or None,
        "state": state,
        "confidence": one.get("confidence", ""),
    }


def _summary(entities: pl.DataFrame, out: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    counts = [
        ((pl.col("kind") == kind) & (pl.col("state") == state))
        .sum()
        .cast(pl.Int64)
        .alias(f"{kind}_{state}")
        for kind in ("core", "guiding")
        for state in ("met", "failed", "open")
    ]
    summed = entities.join(
        out.group_by(keys).agg(counts), on=keys, how="left", maintain_order="left"
    )
    judged = (
        pl.col("core_met")
        + pl.col("core_failed")
        + pl.col("guiding_met")
        + pl.col("guiding_failed")
    )
    met = pl.col("core_met") + pl.col("guiding_met")
    return summed.with_columns(
        share_met=pl.when(judged > 0).then(met / judged),
        qualified=pl.when(pl.col("core_failed") > 0)
        .then(False)
        .when((pl.col("core_open") == 0) & (pl.col("core_met") > 0))
        .then(True),
    )


def _warn(rules: Mapping[str, Any], out: pl.DataFrame, summary: pl.DataFrame) -> list[str]:
    warnings = []
    if "K" in out["confidence"].to_list():
        warnings.append(
            "限值未逐字核对官方文本（置信标记 K），仅供自查 · "
            "limits not re-read in the official text (tag K): for self-checks only"
        )
    unset = [
        str(one["id"]) for one in rules["rule"] if "at_most" not in one and "at_least" not in one
    ]
    if unset:
        warnings.append(
            f"尚无公开限值，请在规则文件中填写 · no published limit, set your own: {', '.join(unset)}"
        )
    if out.filter(pl.col("kind") == "core").is_empty() and not out.is_empty():
        warnings.append(
            "没有适用的核心指标（规模未知或不在范围）· no core rule applies: size unknown or outside"
        )
    if summary["qualified"].null_count():
        warnings.append("有对象尚不能判定 · some entities cannot be judged yet")
    return warnings
