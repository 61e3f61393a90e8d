"""Processes by factor: output × factor × what the devices let through, all species in one pass."""

import narwhals as nw
from narwhals import col

from xietong.methods.method import Frame

REMOVABLE = ("so2", "nox", "nmvoc", "tsp", "pm10", "pm25")  # what chains of devices know
UNTOUCHED = ("co2", "ch4", "n2o", "co", "nh3")
SPECIES = tuple(f"{name}_t" for name in (*UNTOUCHED, *REMOVABLE, "bc"))


def emitted_by_output(row: Frame) -> Frame:
    """Adds ``co2_t`` … ``bc_t`` [t] from ``output_t`` [t] or ``output_1e4m3`` [10⁴ m³].

    Parameters
    ----------
    row
        ``<species>_kg_per_t`` [kg/t], ``<species>_kg_per_1e4m3`` [kg/10⁴ m³] before devices,
        ``bc_in_pm25_share`` [1], and ``<species>_passed_share`` [1] of SO2, NOx, NMVOC, TSP, PM10 and
        PM2.5. Devices are not taken to change the other species.

    Null where the factor on the basis of the output, or the device's removal, is missing (§1).

    Source
    ------
    City inventory handbook form E = A · EF · (1 − η).

    Examples
    --------
    100 t at 3 kg/t of dust, of which a tenth passes: 0.03 t.

    >>> import polars as pl
    >>> one = {"output_t": 100.0, "output_1e4m3": None, "bc_in_pm25_share": None}
    >>> one |= {f"{s}_{basis}": None for s in (*UNTOUCHED, *REMOVABLE) for basis in ("kg_per_t", "kg_per_1e4m3")}
    >>> one |= {f"{s}_passed_share": 0.1 for s in REMOVABLE} | {"tsp_kg_per_t": 3.0}
    >>> table = pl.DataFrame([one], schema_overrides=dict.fromkeys(one, pl.Float64)).lazy()
    >>> round(emitted_by_output(nw.from_native(table)).collect()["tsp_t"].item(), 9)
    0.03
    """
    return row.with_columns(
        **{f"{name}_t": _released_kg(name) / 1000 for name in UNTOUCHED},
        **{
            f"{name}_t": _released_kg(name) / 1000 * col(f"{name}_passed_share")
            for name in REMOVABLE
        },
    ).with_columns(bc_t=col("pm25_t") * col("bc_in_pm25_share"))


def _released_kg(name: str) -> nw.Expr:
    return nw.coalesce(
        col("output_t") * col(f"{name}_kg_per_t"),
        col("output_1e4m3") * col(f"{name}_kg_per_1e4m3"),
    )
