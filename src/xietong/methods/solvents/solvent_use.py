"""Solvents of coating, printing, cleaning, gluing and the home: mass balance, else factor."""

import narwhals as nw
from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {
    "capture": "solvents/capture",
    "control": "control/devices",
    "factors": "solvents/factors",
}
SPECIES = ("nmvoc_t",)


def solvent_use(activity: Frame, capture: Frame, control: Frame, factors: Frame) -> Frame:
    """Volatile organics of solvents: input less waste, less captured × running × removed.

    Where the VOC share of the product is known the balance goes before a factor. What hoods do not
    take in, and what passes while the device stands still, is emitted.

    Parameters
    ----------
    activity
        One row per (region, year, sector, process, control); one of ``product_t`` [t],
        ``product_units`` [1], ``persons`` [1]; where known ``voc_share`` of the product [1] with
        ``waste_share`` of that input which leaves with waste or is recovered [1].
    capture
        One row per (process, control, year); ``captured_share``, ``running_share`` [1].
    control
        One row per control (a chain of devices); ``nmvoc_passed_share`` [1].
    factors
        One row per (process, year); ``nmvoc_kg_per_t`` [kg/t], ``nmvoc_kg_per_unit`` [kg],
        ``nmvoc_kg_per_person`` [kg], before devices.

    Returns
    -------
    ``activity`` with ``voc_input_t``, ``voc_waste_t``, ``voc_released_t``, ``voc_captured_t``,
    ``voc_removed_t`` and ``nmvoc_t`` [t]. Input = waste + removed + emitted. Null where a share or a
    factor is missing (§1).

    Source
    ------
    Mass balance of solvents; capture × removal × running time as in the city inventory handbook;
    factors of EMEP/EEA 2.D.3.

    Examples
    --------
    100 t of paint with 50 % VOC, a tenth of it recovered: 45 t released; 0.8 captured × 0.9 running
    × 0.95 removed = 30.78 t removed, 14.22 t emitted: see ``tests/methods/solvent_use.toml``.
    """
    row = look_up(activity, capture, "process", "control", "year")
    row = look_up(row, control, "control")
    row = look_up(row, factors, "process", "year")
    by_factor_t = (
        nw.coalesce(
            col("product_t") * col("nmvoc_kg_per_t"),
            col("product_units") * col("nmvoc_kg_per_unit"),
            col("persons") * col("nmvoc_kg_per_person"),
        )
        / 1000
    )
    known = ~col("voc_share").is_null()
    input_t = nw.when(known).then(col("product_t") * col("voc_share")).otherwise(by_factor_t)
    waste_t = nw.when(known).then(input_t * col("waste_share")).otherwise(by_factor_t * 0.0)
    removed_share = 1 - col("nmvoc_passed_share")
    return (
        row.with_columns(voc_input_t=input_t, voc_waste_t=waste_t)
        .with_columns(voc_released_t=col("voc_input_t") - col("voc_waste_t"))
        .with_columns(
            voc_captured_t=col("voc_released_t") * col("captured_share") * col("running_share")
        )
        .with_columns(voc_removed_t=col("voc_captured_t") * removed_share)
        .with_columns(nmvoc_t=col("voc_released_t") - col("voc_removed_t"))
    )
