"""Any figure as activity × factor × control, with the source of each."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from xietong import params
from xietong.inventory.control_carbon import counting_in, with_control_carbon
from xietong.inventory.factors import run
from xietong.inventory.prepare import (
    DEVICES,
    FUELS,
    OPERATION,
    Prepared,
    devices_of,
    factor_keys,
    prepare,
)
from xietong.inventory.query import Query
from xietong.inventory.settings import Settings
from xietong.methods import METHODS
from xietong.methods.method import Method
from xietong.tables import schema

SHOWN = 30


def explain(
    activity: Mapping[str, pl.DataFrame], query: Query, settings: Settings, limit: int = SHOWN
) -> dict[str, Any]:
    """The rows behind a total, largest first, each down to its values and their sources.

    Keys of the answer: ``species``, ``unit``, ``total``, ``rows_in_all``, ``not_estimated`` and
    ``rows``; of a row ``method``, ``value``, ``activity`` (the row as given), ``quantities`` (what
    the method made of it), ``factors`` (each with value, unit, source, locator, confidence, how it
    was found, and ``effect``: by how many per cent the value moves when the factor rises by 1 %),
    ``controls`` (each device with what it removes), ``missing`` (why there is no value).
    """
    activity = counting_in(query.species, with_control_carbon(activity, settings))
    answers = []
    for method in METHODS:
        if method.activity in activity and query.species in method.species:
            rows = query.rows(activity[method.activity])
            if rows.height:
                answers += _of_method(method, rows, query.species, settings)
    values = [one["value"] for one in answers if one["value"] is not None]
    answers.sort(key=lambda one: (one["value"] is None, -abs(one["value"] or 0.0)))
    return {
        "species": query.species,
        "unit": query.species.rsplit("_", 1)[-1],
        "total": sum(values) if values else None,
        "rows_in_all": len(answers),
        "not_estimated": len(answers) - len(values),
        "rows": [_finish(one, query.species, settings) for one in answers[:limit]],
    }


def _of_method(
    method: Method, rows: pl.DataFrame, species: str, settings: Settings
) -> list[dict[str, Any]]:
    keys = factor_keys(method, rows.columns, list(schema(method.activity).numbers))
    prepared = prepare(method, rows.select(keys).unique(), settings)
    answer = run(method, rows, prepared)
    return [
        {
            "method": method,
            "prepared": prepared,
            "value": made[species],
            "given": given,
            "made": made,
        }
        for given, made in zip(
            rows.iter_rows(named=True), answer.iter_rows(named=True), strict=True
        )
    ]


def _finish(one: dict[str, Any], species: str, settings: Settings) -> dict[str, Any]:
    method: Method = one["method"]
    prepared: Prepared = one["prepared"]
    given, made = one["given"], one["made"]
    used = _values(method, prepared, given)
    effects = _effects(method, prepared, given, species, used, one["value"])
    known = params.sources(settings.workspace)
    factors = [
        {
            **line,
            "source_title": known[line["source"]].title if line["source"] in known else "",
            "effect": effects[line["row"]],
        }
        for line in used
        if line["topic"] not in {DEVICES, OPERATION} and (effects[line["row"]] != 0.0)
    ]
    controls = [
        {**line, "source_title": known[line["source"]].title if line["source"] in known else ""}
        for line in used
        if line["topic"] == DEVICES and line["parameter"].startswith(_control_stem(species))
    ]
    quantities = {
        name: made[name]
        for name in ("generated_mwh", "heat_gj", "burnt_t", "burnt_1e4m3")
        if made.get(name) is not None and name not in given
    }
    return {
        "method": method.name,
        "value": one["value"],
        "activity": {name: value for name, value in given.items() if value not in (None, "")},
        "quantities": quantities,
        "factors": factors,
        "controls": controls,
        "passed_share": made.get(f"{_control_stem(species)}passed_share"),
        "missing": _missing(method, given, made, species) if one["value"] is None else [],
    }


def _control_stem(species: str) -> str:
    stem = species.rsplit("_", 1)[0]
    return "pm25_" if stem in {"bc", "oc"} else f"{stem}_"


def _values(method: Method, prepared: Prepared, given: dict[str, Any]) -> list[dict[str, Any]]:
    """The parameter rows of one activity row."""
    lines: list[dict[str, Any]] = []
    for name, rows in prepared.rows.items():
        if name in {DEVICES, OPERATION}:
            devices = devices_of(given.get("control") or "unknown")
            found = rows.filter(pl.col("device").is_in(devices))
            if name == OPERATION:
                found = found.filter(pl.col("control") == given.get("control"))
            order = {device: place for place, device in enumerate(devices)}
            found = found.sort(
                pl.col("device").replace_strict(order, default=9, return_dtype=pl.Int64)
            )
        else:
            keys = [key for key in prepared.asked[name].columns if key in given]
            found = rows.filter(*(pl.col(key).cast(pl.String) == str(given[key]) for key in keys))
        for row in found.iter_rows(named=True):
            if row["value"] is None or given.get(row["parameter"]) is not None:
                continue
            lines.append(
                {
                    "topic": name,
                    **({"device": row["device"]} if "device" in row else {}),
                    **{
                        key: row[key]
                        for key in (
                            "parameter",
                            "value",
                            "unit",
                            "u95_low",
                            "u95_high",
                            "source",
                            "locator",
                            "confidence",
                            "how",
                            "answered_by",
                            "row",
                        )
                    },
                }
            )
    return lines


def _effects(
    method: Method,
    prepared: Prepared,
    given: dict[str, Any],
    species: str,
    used: Sequence[dict[str, Any]],
    value: float | None,
) -> dict[str, float]:
    """Per cent by which the value moves when a parameter moves by one per cent of itself."""
    if not value:
        return dict.fromkeys((line["row"] for line in used), 0.0)
    row = pl.DataFrame([given], infer_schema_length=None)
    row = row.with_columns(
        pl.col(name).cast(pl.Float64) for name in method.amounts if name in row.columns
    )
    found = {}
    for line in used:
        step = line["value"] * 0.01
        moved = run(method, row, _moved(prepared, line["row"], step or 1e-3))[species].item()
        change = (moved / value - 1) if moved is not None else 0.0
        found[line["row"]] = round(change * 100, 6) if step else (change and 1e-9)
    return found


def _moved(prepared: Prepared, row: str, step: float) -> Prepared:
    from dataclasses import replace

    at = pl.col("row") == row
    return replace(
        prepared,
        rows={
            name: table.with_columns(
                value=pl.when(at).then(pl.col("value") + step).otherwise("value")
            )
            for name, table in prepared.rows.items()
        },
    )


def _missing(
    method: Method, given: dict[str, Any], made: dict[str, Any], species: str
) -> list[str]:
    """Why a row has no value: amounts and the parameters of the species that are null."""
    reasons = []
    if all(given.get(name) is None for name in method.amounts):
        reasons.append(f"没有数量 no amount: {', '.join(method.amounts)}")
    stem = species.rsplit("_", 1)[0]
    if FUELS in method.params.values() and species.startswith("co2"):
        wanted = ["carbon_kg_per_gj", "oxidised_share"]
        if made.get("heat_gj") is None:
            wanted.append("ncv_gj_per_t / ncv_gj_per_1e4m3")
        reasons += [f"没有 {name}" for name in wanted if made.get(name) is None]
    elif FUELS in method.params.values():
        bases = [f"{stem}_{base}" for base in ("kg_per_t", "kg_per_1e4m3", "kg_per_gj")]
        mass = {"so2": "sulfur_share", "tsp": "ash_share", "pm10": "ash_share", "pm25": "ash_share"}
        if all(made.get(name) is None for name in bases) and made.get(mass.get(stem, "")) is None:
            also = f"，也没有 {mass[stem]}" if stem in mass else ""
            reasons.append(
                f"没有排放系数 no factor {stem}_kg_per_…{also}（技术 {given.get('technology')}、治理 {given.get('control')}）"
            )
        passed = f"{_control_stem(species)}passed_share"
        if passed in made and made[passed] is None:
            reasons.append(
                f"治理设施 {given.get('control')} 对该污染物的去除率不明 removal not known"
            )
    else:
        reasons += [
            f"没有 {name}"
            for name in (
                column for topic in method.params.values() for column in params.topic(topic).columns
            )
            if made.get(name) is None and "life_cycle" not in name
        ]
    return reasons
