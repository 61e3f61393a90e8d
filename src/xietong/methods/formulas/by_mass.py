"""Furnaces by factor: tonnes × factor × what the devices let through, mercury included."""

import narwhals as nw
from narwhals import col

from xietong.methods.method import Frame

REMOVABLE = ("so2", "nox", "nmvoc", "tsp", "pm10", "pm25")
POLLUTANTS = ("co_t", *(f"{name}_t" for name in REMOVABLE), "bc_t", "hg_kg")


def furnace_pollutants(row: Frame, output: str = "output_t") -> Frame:
    """Adds ``co_t``, ``so2_t`` … ``pm25_t``, ``bc_t`` [t] and ``hg_kg`` [kg] from ``output`` [t].

    Parameters
    ----------
    row
        One row per (source, year); ``<species>_kg_per_t`` [kg/t] before devices, ``hg_g_per_t``
        [g/t], ``bc_in_pm25_share`` [1], ``<species>_passed_share`` [1] of the chain of devices.

    CO passes every device. Null where a factor or a removal is missing (§1).

    Source
    ------
    City inventory handbook form E = A · EF · (1 − η).

    Examples
    --------
    100 t at 3 kg/t of dust, of which a tenth passes: 0.03 t; 2 g/t of mercury, half passes: 0.1 kg.

    >>> import polars as pl
    >>> one = {"output_t": 100.0, "co_kg_per_t": None, "bc_in_pm25_share": None, "hg_g_per_t": 2.0, "hg_passed_share": 0.5}
    >>> one |= {f"{s}_kg_per_t": None for s in REMOVABLE} | {f"{s}_passed_share": 0.1 for s in REMOVABLE}
    >>> table = pl.DataFrame([one | {"tsp_kg_per_t": 3.0}], schema_overrides=dict.fromkeys(one, pl.Float64)).lazy()
    >>> row = furnace_pollutants(nw.from_native(table)).collect().to_native().row(0, named=True)
    >>> round(row["tsp_t"], 9), row["hg_kg"]
    (0.03, 0.1)
    """
    return row.with_columns(
        co_t=col(output) * col("co_kg_per_t") / 1000,
        **{f"{name}_t": _behind_devices(output, name) for name in REMOVABLE},
        hg_kg=col(output) * col("hg_g_per_t") / 1000 * col("hg_passed_share"),
    ).with_columns(bc_t=col("pm25_t") * col("bc_in_pm25_share"))


def _behind_devices(output: str, name: str) -> nw.Expr:
    return col(output) * col(f"{name}_kg_per_t") / 1000 * col(f"{name}_passed_share")
