"""Leaks of coke ovens, coal handling, oil and gas: throughput × factor × devices."""

from xietong.methods.formulas.by_output import emitted_by_output
from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {"leaks": "fugitive/processes", "control": "control/devices"}


def fugitive_sources(activity: Frame, leaks: Frame, control: Frame) -> Frame:
    """What leaks of a process, by what goes through it.

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, process, control); ``output_t`` [t of coke,
        coal, oil] or ``output_1e4m3`` [10⁴ m³ of gas]; where measured ``ch4_kg_per_t`` [kg/t] or
        ``ch4_kg_per_1e4m3`` [kg/10⁴ m³].
    leaks
        One row per (process, year); ``<species>_kg_per_t`` [kg/t] or ``<species>_kg_per_1e4m3``
        [kg/10⁴ m³] before devices; ``bc_in_pm25_share`` [1].
    control
        One row per control (a chain of devices); ``<species>_passed_share`` [1].

    Returns
    -------
    ``activity`` with ``co2_t``, ``ch4_t``, ``n2o_t``, ``co_t``, ``nh3_t``, ``so2_t``, ``nox_t``,
    ``nmvoc_t``, ``tsp_t``, ``pm10_t``, ``pm25_t``, ``bc_t`` [t]; null where a factor or a removal is
    missing (§1).

    Source
    ------
    EMEP/EEA 1.B.1.b, 1.B.2.a.i, 1.B.2.b, 1.B.2.c; CH4 of gas processing and crude pipelines as in
    中国石油和天然气生产企业温室气体排放核算方法与报告指南, of wells and stations: ``oil_gas_facilities``.

    Examples
    --------
    10⁶ t of coke × 0.0077 kg/t of NMVOC = 7.7 t: see ``tests/methods/fugitive_sources.toml``.
    """
    row = look_up(activity, leaks, "process", "year")
    return emitted_by_output(look_up(row, control, "control"))
