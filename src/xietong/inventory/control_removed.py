"""What each device of a chain removes, forward from the stream that reaches it."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from xietong.inventory.factors import run, weak_rows
from xietong.inventory.prepare import (
    DEVICES,
    OPERATION,
    PASSED,
    Prepared,
    devices_of,
    factor_keys,
    prepare,
)
from xietong.inventory.settings import Settings
from xietong.methods.method import Method
from xietong.tables import schema

POLLUTANTS = ("so2", "nox", "tsp", "pm10", "pm25", "nmvoc")
SILENT = ("in_factor", "ultra_low", "unknown")  # say nothing of what was removed
BASES = ("generated_mwh", "output_t")  # what the source makes, where its sheet says so
ROW = "__row"


@dataclass(frozen=True)
class Passing(Prepared):
    """The same parameters with every chain of devices letting one and the same share through."""

    share: float = 1.0

    def tables(self) -> dict[str, pl.DataFrame]:
        """As of ``Prepared``, with all shares that pass set."""
        found = super().tables()
        found[DEVICES] = found[DEVICES].with_columns(
            pl.lit(self.share).alias(name) for name in PASSED
        )
        return found


def removed_by_stage(method: Method, rows: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """Removed mass of each row, stage and pollutant: stream × passed earlier × taken here.

    Parameters
    ----------
    method
        One that reads ``control/devices``.
    rows
        Its activity table.
    settings
        Sets chosen by name.

    Returns
    -------
    One row per row of ``rows`` (``__row``), stage (1 is first in the gas) and pollutant: ``device``,
    ``removed_t`` [t], ``weak`` (rests on a value that is foreign or not verified) and
    ``generated_mwh`` [MWh] of a power unit, ``output_t`` [t] of a product. The stream is what the method gives when nothing is
    removed less what it gives when all is (what no hood catches reaches no device). Null where a
    factor, a removal or an earlier stage is not known, and for factors that are already behind the
    devices (``in_factor``, ``ultra_low``) or not known: their stream is not stated (§1).

    Source
    ------
    E = released × Π (1 − collected × operated × removed), the inventory's own form.

    Examples
    --------
    >>> rows = pl.DataFrame({"region": ["370200"], "year": [2023], "sector": ["steel_processes"],
    ...     "product": ["sinter"], "process": ["average"], "control": ["esp+fgd_limestone"],
    ...     "output_t": [1e6], "so2_kg_per_t": [1.0]})
    >>> from xietong.methods import find_method
    >>> made = removed_by_stage(find_method("product_output"), rows, Settings())
    >>> made.filter(pollutant="so2").select("device", "removed_t").rows()
    [('esp', 0.0), ('fgd_limestone', 940.0)]
    """
    known = rows.with_columns(pl.col("control").fill_null("unknown"))
    keys = factor_keys(method, known.columns, list(schema(method.activity).numbers))
    prepared = prepare(method, known.select(keys).unique(maintain_order=True), settings)
    made = _removed(method, known, prepared)
    weak = weak_rows(prepared)
    if not weak.height:
        return made.with_columns(weak=pl.lit(False))
    moved = _removed(method, known, prepared.moved(weak))["removed_t"]
    return made.with_columns(weak=(made["removed_t"] != moved).fill_null(False))


def _removed(method: Method, rows: pl.DataFrame, prepared: Prepared) -> pl.DataFrame:
    ends = [
        run(method, rows, Passing(prepared.rows, prepared.asked, prepared.settings, share))
        for share in (1.0, 0.0)
    ]
    stream = pl.DataFrame(
        {
            gas: ends[0][f"{gas}_t"] - ends[1][f"{gas}_t"]
            if f"{gas}_t" in method.species
            else pl.Series([None] * rows.height, dtype=pl.Float64)
            for gas in POLLUTANTS
        }
    )
    passing = {
        name: ends[0][name]
        if name in ends[0].columns
        else pl.Series([None] * rows.height, dtype=pl.Float64)
        for name in BASES
    }
    return (
        stream.with_columns(rows["control"], **passing)
        .with_row_index(ROW)
        .unpivot(
            index=[ROW, "control", *BASES],
            on=list(POLLUTANTS),
            variable_name="pollutant",
            value_name="stream_t",
        )
        .join(taken_shares(prepared), on=["control", "pollutant"])
        .with_columns(removed_t=pl.col("stream_t") * pl.col("taken_share"))
        .sort(ROW, "stage", "pollutant")
    )


def taken_shares(prepared: Prepared) -> pl.DataFrame:
    """What each stage takes of the stream before the first: one row per control, stage, pollutant.

    ``taken_share`` [1] = what earlier stages let through × collected × operated × removed.
    """
    kinds = {"control": pl.String(), "stage": pl.Int64(), "device": pl.String()}
    return pl.DataFrame(
        list(_taken(prepared)),
        schema=kinds | {"pollutant": pl.String(), "taken_share": pl.Float64()},
        orient="row",
    )


def _taken(prepared: Prepared) -> Iterator[tuple[str, int, str, str, float | None]]:
    removes = {
        (row["device"], row["parameter"]): row["value"]
        for row in prepared.rows[DEVICES].iter_rows(named=True)
    }
    works = {
        (row["control"], row["device"], row["parameter"]): row["value"]
        for row in prepared.rows[OPERATION].iter_rows(named=True)
    }
    for control in prepared.asked[DEVICES]["control"].drop_nulls().sort():
        passed: dict[str, float | None] = dict.fromkeys(POLLUTANTS, 1.0)
        for stage, device in enumerate(devices_of(control), 1):
            if device == "none":
                continue
            working = _times(
                works.get((control, device, "collected_share")),
                works.get((control, device, "operated_share")),
            )
            for gas in POLLUTANTS:
                share = None if device in SILENT else removes.get((device, f"{gas}_removed_share"))
                takes = _times(working, share)
                yield control, stage, device, gas, _times(passed[gas], takes)
                passed[gas] = _times(passed[gas], None if takes is None else 1 - takes)


def _times(*parts: float | None) -> float | None:
    product = 1.0
    for part in parts:
        if part is None:
            return None
        product *= part
    return product
