"""The sheet of pollution control, one row a device, as rows of single items that a method can read.

What a column of the sheet means stands in ``control_items.csv``.
"""

import csv
from functools import cache
from pathlib import Path

import polars as pl

from xietong import params
from xietong.errors import TableError
from xietong.methods.abatement.control_operation import AMOUNTS

HERE = Path(__file__).parent
DEVICE_USE = "abatement/device_use"
DEVICE = ("region", "year", "sector", "facility", "device")
MEASURED = (
    "carbonate_share", "calcined_share", "urea_share", "n2o_kg_per_t", "carbon_share", "burnt_share",
)  # fmt: skip
WORDS = ("pollutant", "reagent", "material", "fuel", "evidence")
NOT_STATED = "items_not_stated"
IN_FUEL_TABLE = "auxiliary_gas_in_fuel_table"
REMOVED_FOR = ("n2o", "voc_carbon", "reaction")  # items that a removed mass can give


@cache
def entries() -> tuple[dict[str, str], ...]:
    """What each column of the sheet gives, one row per column and item."""
    with (HERE / "control_items.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def device_items(workspace: Path | None = None) -> pl.DataFrame:
    """Which items a device has and for which pollutant: the keys of ``params/abatement/device_use``.

    >>> device_items().filter(device="rto")["item"].to_list()
    ['electricity', 'voc_carbon', 'auxiliary_gas_in_fuel_table']
    """
    return (
        params.read_long(DEVICE_USE, workspace)
        .select("device", "item", "pollutant", "reagent")
        .filter(pl.col("device") != "*", pl.col("item") != "*")
        .unique(maintain_order=True)
    )


def sheet_items(sheet: pl.DataFrame, workspace: Path | None = None) -> pl.DataFrame:
    """One row per device and item of the sheet ``control_operation``, with one amount each.

    An item that the device is known to have and the row leaves empty becomes a row with
    ``items_not_stated`` 1: it is counted as not estimated. Desulfurisation comes from the sorbent or from the SO2 removed;
    where both are filled ``desulfurisation_basis`` must say which, else ``TableError``.

    >>> sheet = pl.DataFrame({"region": ["370200"], "year": [2023], "sector": ["pollution_control"],
    ...     "facility": ["a"], "device": ["esp"], "electricity_kwh": [5e6]})
    >>> sheet_items(sheet).select("item", "electricity_kwh", "evidence").rows()
    [('electricity', 5000000.0, 'metered')]
    """
    table = _filled(sheet)
    _refuse_both(table)
    known = device_items(workspace)
    parts = [_of_column(table, entry, known) for entry in entries()]
    given = pl.concat(parts)
    return pl.concat([given, _not_given(table, given, known)]).sort(*DEVICE, "item", "reagent")


def _filled(sheet: pl.DataFrame) -> pl.DataFrame:
    """All columns of the sheet, words without nulls."""
    numbers = [*MEASURED, *dict.fromkeys(entry["column"] for entry in entries())]
    words = {"desulfurisation_basis": "", "material": "none", "gas_counted": "only_here"}
    return sheet.with_columns(
        *(
            (pl.col(name) if name in sheet.columns else pl.lit(None)).cast(pl.Float64).alias(name)
            for name in numbers
        ),
        *(
            (pl.col(name).replace("", None) if name in sheet.columns else pl.lit(None))
            .cast(pl.String)
            .fill_null(default)
            .alias(name)
            for name, default in words.items()
        ),
    )


def _refuse_both(table: pl.DataFrame) -> None:
    both = table.filter(
        pl.col("sorbent_t").is_not_null(),
        pl.col("so2_removed_t").is_not_null(),
        pl.col("desulfurisation_basis") == "",
    )
    if both.height:
        listed = "、".join(f"{row['year']} {row['facility']}" for row in both.iter_rows(named=True))
        raise TableError(
            f"治理设施运行：吸收剂用量与 SO2 去除量都填了，没有说明脱硫 CO2 按哪一项（{listed}）。"
            "请填“脱硫 CO2 核算依据”。Sorbent and SO2 removed are both given: say which one counts."
        )


def _of_column(table: pl.DataFrame, entry: dict[str, str], known: pl.DataFrame) -> pl.DataFrame:
    """The rows that one column of the sheet gives."""
    column, item = entry["column"], entry["item"]
    rows = table.filter(pl.col(column).is_not_null())
    if item == "reaction":
        counts = "so2" if column == "so2_removed_t" else "sorbent"
        rows = rows.filter(pl.col("desulfurisation_basis").is_in(["", counts]))
    if column.endswith("_removed_t"):
        able = known.filter(item=item).select("device").unique()
        rows = rows.join(able, on="device", how="semi")
    sorbent = pl.col("material") if column == "sorbent_t" and item == "reaction" else pl.lit("none")
    gas = pl.lit("natural_gas" if item == "auxiliary_gas" else "none")
    made = rows.select(
        *DEVICE,
        *MEASURED,
        item=pl.when(pl.lit(item) == "auxiliary_gas", pl.col("gas_counted") == "in_fuel_table")
        .then(pl.lit(IN_FUEL_TABLE))
        .otherwise(pl.lit(item)),
        reagent=pl.lit(entry["reagent"]),
        material=sorbent,
        fuel=gas,
        evidence=pl.lit("metered"),
        **{
            name: pl.col(column) if name == entry["amount"] else pl.lit(None, dtype=pl.Float64)
            for name in AMOUNTS
        },
    )
    return _with_pollutant(made, known)


def _with_pollutant(rows: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """The pollutant to whose tonnes the device's own use is stated."""
    one = known.unique(["device", "item", "reagent"], keep="first")
    return rows.join(one, on=["device", "item", "reagent"], how="left").with_columns(
        pl.col("pollutant").fill_null("none")
    )


def _not_given(table: pl.DataFrame, given: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Items that the device has and the sheet leaves empty."""
    gas = pl.col("item").replace(IN_FUEL_TABLE, "auxiliary_gas")
    wanted = table.select(*DEVICE, *MEASURED).join(known, on="device")
    open_ = wanted.with_columns(what=gas).join(
        given.with_columns(what=gas),
        on=[*DEVICE, "what", "reagent"],
        how="anti",
    )
    return open_.select(
        *DEVICE,
        *MEASURED,
        "item",
        "reagent",
        material=pl.lit("none"),
        fuel=pl.lit("none"),
        evidence=pl.lit("metered"),
        **{name: pl.lit(1.0 if name == NOT_STATED else None, dtype=pl.Float64) for name in AMOUNTS},
        pollutant="pollutant",
    ).select(given.columns)
