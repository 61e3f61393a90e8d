"""Chemical, refining and light industry by factor: one row a product and process."""

from xietong.methods.formulas.by_output import emitted_by_output
from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

PARAMS = {"process_factors": "chemicals/process", "control": "control/devices"}


def process_output(activity: Frame, process_factors: Frame, control: Frame) -> Frame:
    """Process emissions of a product: output × factor × what the devices let through.

    Fuel burnt for heat is not meant here, it is in the sheet of fuels; carbon of feedstock that
    leaves as CO2 may be given by balance instead (``chemical_carbon``), never by both.

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, product, process, control); ``output_t`` [t] or
        ``output_1e4m3`` [10⁴ m³]; where measured ``co2_kg_per_t``, ``nmvoc_kg_per_t`` [kg/t].
    process_factors
        One row per (product, process, year); ``<species>_kg_per_t`` [kg/t] or
        ``<species>_kg_per_1e4m3`` [kg/10⁴ m³] before devices; ``bc_in_pm25_share`` [1].
    control
        One row per control (a chain of devices); ``<species>_passed_share`` [1].

    Returns
    -------
    ``activity`` with ``co2_t``, ``ch4_t``, ``n2o_t``, ``co_t``, ``nh3_t``, ``so2_t``, ``nox_t``,
    ``nmvoc_t``, ``tsp_t``, ``pm10_t``, ``pm25_t``, ``bc_t`` [t]; null where a factor or a removal is
    missing (§1).

    Source
    ------
    EMEP/EEA 1.B.2.a.iv, 2.B, 2.D.3, 2.H, 2.I; IPCC 2006 vol. 3 ch. 3 for petrochemicals; 省级指南 2011.

    Examples
    --------
    1000 t × 2 kg/t of NOx, of which a fifth passes: 0.4 t: see ``tests/methods/process_output.toml``.
    """
    row = look_up(activity, process_factors, "product", "process", "year")
    return emitted_by_output(look_up(row, control, "control"))
