"""Why a device has the carbon that it has: amount × parameter rows, with the source of each."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from xietong import params
from xietong.inventory.control_carbon import SHEET, with_control_carbon
from xietong.inventory.control_report import GRAIN, co2e_of, named, prepared_for
from xietong.inventory.control_sheet import NOT_STATED
from xietong.inventory.prepare import Prepared
from xietong.inventory.settings import Settings
from xietong.methods.abatement.control_operation import AMOUNTS

FACTOR = (
    "parameter", "value", "unit", "u95_low", "u95_high", "source", "locator", "confidence", "how", "row",
)  # fmt: skip

MEASURED_OF = {
    "reaction": ("carbonate_share", "calcined_share"),
    "urea": ("urea_share",),
    "n2o": ("n2o_kg_per_t",),
    "voc_carbon": ("burnt_share", "carbon_share"),
}


def explained(
    activity: Mapping[str, pl.DataFrame], settings: Settings
) -> dict[tuple[Any, ...], list[dict[str, Any]]]:
    """The items of each device, by the report's grain.

    Keys of an item: ``item``, ``amount`` and ``amount_name`` (null where the sheet leaves it empty or
    the removal is not known), ``measured`` (what the sheet gives beside it), ``co2e_t`` [t], ``factors``
    (each parameter row that moves the value, with unit, source, locator and confidence).
    """
    table = with_control_carbon(activity, settings).get(SHEET)
    if table is None:
        return {}
    prepared = prepared_for(table, settings)
    answer = co2e_of(table, prepared, settings.gwp)
    factors = _factors(table, prepared, answer, settings)
    found: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for at, row in enumerate(named(table).iter_rows(named=True)):
        given = [one for one in AMOUNTS if row[one] is not None and one != NOT_STATED]
        name = given[0] if given else None
        item = {
            "item": row["item"],
            "amount_name": name,
            "amount": None if name is None else row[name],
            "evidence": row["evidence"],
            "measured": {
                key: row[key] for key in MEASURED_OF.get(row["item"], ()) if row[key] is not None
            },
            "co2e_t": answer[at],
            "factors": factors.get(at, []),
        }
        found.setdefault(tuple(row[key] for key in GRAIN), []).append(item)
    return found


def _factors(
    table: pl.DataFrame, prepared: Prepared, answer: pl.Series, settings: Settings
) -> dict[int, list[dict[str, Any]]]:
    """Of each row of the table the parameter rows that its value depends on."""
    known = params.sources(settings.workspace)
    found: dict[int, list[dict[str, Any]]] = {}
    for rows in prepared.rows.values():
        for line in rows.filter(pl.col("value").is_not_null()).unique("row").iter_rows(named=True):
            if line["parameter"] == "evidence_factor" and line["confidence"] != "K":
                continue
            moved = co2e_of(
                table, prepared.moved(pl.DataFrame({"row": [line["row"]]})), settings.gwp
            )
            title = known[line["source"]].title if line["source"] in known else ""
            for at in (moved != answer).fill_null(False).arg_true():
                factor = {name: line[name] for name in FACTOR} | {"source_title": title}
                found.setdefault(at, []).append(factor)
    return found
