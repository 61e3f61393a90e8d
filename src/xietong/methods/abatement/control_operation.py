"""Pollution control's own carbon: what a device's electricity, reagents and reactions emit."""

from collections.abc import Sequence

import narwhals as nw
from narwhals import col

from xietong.methods.formulas.carbon_balance import CO2_PER_C
from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

CO2_PER_UREA = 44 / 60  # t CO2 per t CO(NH2)2
PARAMS = {
    "device_use": "abatement/device_use",
    "reagents": "abatement/reagents",
    "carbonates": "minerals/carbonates",
    "carbon": "combustion/carbon",
    "electricity": "energy/electricity",
    "heat": "energy/heat",
    "evidence": "abatement/evidence",
}
AMOUNTS = (
    "removed_t",
    "generated_mwh",
    "output_t",
    "electricity_kwh",
    "steam_gj",
    "sorbent_t",
    "urea_t",
    "auxiliary_gas_1e4m3",
    "reagent_t",
    "items_not_stated",
)
ITEMS = {
    "co2_t": ("reaction", "urea", "voc_carbon", "auxiliary_gas"),
    "n2o_t": ("n2o",),
    "co2_control_electricity_t": ("electricity",),
    "co2_control_heat_t": ("steam",),
    "co2_control_fuel_t": ("auxiliary_gas_in_fuel_table",),
    "co2_control_reagents_t": ("reagents",),
}
SPECIES = tuple(ITEMS)


def control_operation(
    activity: Frame,
    device_use: Frame,
    reagents: Frame,
    carbonates: Frame,
    carbon: Frame,
    electricity: Frame,
    heat: Frame,
    evidence: Frame,
) -> Frame:
    """Carbon of running a device: reaction, urea, N2O, VOC burnt, fuel, power, steam, reagents.

    One row is one item of one device. The amount is metered (kWh, t of sorbent …) or what the device
    removed, times its own use per tonne removed. A row counts in the species of its item and is 0 in
    the others.

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, device, item, pollutant, reagent, material, fuel,
        evidence); one of ``removed_t`` [t of the pollutant], ``generated_mwh`` [MWh of the unit behind
        which the device stands], ``output_t`` [t of the product behind which it stands], ``electricity_kwh`` [kWh], ``steam_gj`` [GJ], ``sorbent_t`` [t],
        ``urea_t`` [t], ``auxiliary_gas_1e4m3`` [10⁴ m³], ``reagent_t`` [t], ``items_not_stated`` [1]
        (the item is there, its amount is not known); with sorbent ``carbonate_share`` [1], with urea ``urea_share`` [1]. ``item`` is ``reaction``, ``urea``,
        ``n2o``, ``voc_carbon``, ``auxiliary_gas`` (its fuel stands nowhere else),
        ``auxiliary_gas_in_fuel_table``, ``electricity``, ``steam``, ``reagents`` or ``unknown``.
    device_use
        One row per (device, item, pollutant, reagent, year), per t of the pollutant removed:
        ``reaction_co2_t_per_t`` [t CO2/t], ``n2o_kg_per_t`` [kg/t], ``electricity_kwh_per_t``
        [kWh/t], ``steam_gj_per_t`` [GJ/t], ``urea_t_per_t`` [t pure urea/t], ``reagent_t_per_t``
        [t/t], ``auxiliary_gas_1e4m3_per_t`` [10⁴ m³/t]; ``electricity_of_generation_share`` [1];
        ``electricity_kwh_per_t_output`` [kWh/t product];
        ``burnt_share`` of the VOC removed, ``carbon_share`` [t fossil C/t VOC].
    reagents
        One row per (reagent, year); ``reagent_co2_kg_per_kg`` [kg CO2/kg] of making it.
    carbonates
        One row per (material, year); ``co2_t_per_t`` [t/t pure carbonate], ``calcined_share`` [1].
    carbon
        One row per (sector, fuel, year); ``ncv_gj_per_1e4m3``, ``carbon_kg_per_gj``,
        ``oxidised_share``.
    electricity, heat
        One row per (region, year); ``electricity_generation_kg_per_kwh`` [kg/kWh],
        ``heat_kg_per_gj`` [kg/GJ].
    evidence
        One row per (evidence, year); ``evidence_factor`` [1], which is 1: whether an amount is metered
        or rests on weak values, so that totals can say so.

    Returns
    -------
    ``activity`` with ``co2_t`` and ``n2o_t`` [t], and as memo items, because the bought electricity,
    heat and fuel of a region hold them already, ``co2_control_electricity_t``, ``co2_control_heat_t``,
    ``co2_control_fuel_t`` and, emitted elsewhere, ``co2_control_reagents_t`` [t]. Null in the item's
    species where the amount or a parameter is missing (§1); null in all for ``unknown``.

    Source
    ------
    工业企业污染治理设施污染物去除协同控制温室气体核算技术指南（试行）, structure only; stoichiometry;
    carbon of NMVOC × 44/12.

    Examples
    --------
    2000 t SO2 taken by limestone at 44/64: 1375 t CO2; 10 t urea of 0.9 purity: 6.6 t: see
    ``tests/methods/control_operation.toml``.
    """
    row = look_up(activity, device_use, "device", "item", "pollutant", "reagent", "year")
    row = look_up(row, reagents, "reagent", "year")
    row = look_up(row, carbonates, "material", "year")
    row = look_up(row, carbon, "sector", "fuel", "year")
    row = look_up(row, electricity, "region", "year")
    row = look_up(row, heat, "region", "year")
    row = look_up(row, evidence, "evidence", "year")
    gas_t = _gas_co2_t()
    made = {
        "reaction": _reaction_co2_t(),
        "urea": _urea_co2_t(),
        "n2o": col("removed_t") * col("n2o_kg_per_t") / 1000,
        "voc_carbon": col("removed_t") * col("burnt_share") * col("carbon_share") * CO2_PER_C,
        "auxiliary_gas": gas_t,
        "auxiliary_gas_in_fuel_table": gas_t,
        "electricity": _electricity_kwh() * col("electricity_generation_kg_per_kwh") / 1000,
        "steam": _steam_gj() * col("heat_kg_per_gj") / 1000,
        "reagents": _reagent_t() * col("reagent_co2_kg_per_kg"),
    }
    return row.with_columns(
        **{name: _of_items(items, made) * col("evidence_factor") for name, items in ITEMS.items()}
    )


def _of_items(items: Sequence[str], made: dict[str, nw.Expr]) -> nw.Expr:
    """The row's own item where it counts here, else 0 of whatever amount the row has."""
    elsewhere = nw.when(col("item") != "unknown").then(nw.coalesce(*map(col, AMOUNTS)) * 0.0)
    found: nw.Expr = elsewhere
    for item in items:
        found = nw.when(col("item") == item).then(made[item]).otherwise(found)
    return found


def _reaction_co2_t() -> nw.Expr:
    """By the sorbent used, or by the SO2 removed: a row has one of the two."""
    by_sorbent_t = (
        col("sorbent_t") * col("carbonate_share") * col("co2_t_per_t") * col("calcined_share")
    )
    return nw.coalesce(by_sorbent_t, col("removed_t") * col("reaction_co2_t_per_t"))


def _urea_co2_t() -> nw.Expr:
    pure_t = nw.coalesce(col("urea_t") * col("urea_share"), col("removed_t") * col("urea_t_per_t"))
    return pure_t * CO2_PER_UREA


def _gas_co2_t() -> nw.Expr:
    gas_1e4m3 = nw.coalesce(
        col("auxiliary_gas_1e4m3"), col("removed_t") * col("auxiliary_gas_1e4m3_per_t")
    )
    carbon_t = gas_1e4m3 * col("ncv_gj_per_1e4m3") * col("carbon_kg_per_gj") / 1000
    return carbon_t * col("oxidised_share") * CO2_PER_C


def _electricity_kwh() -> nw.Expr:
    return nw.coalesce(
        col("electricity_kwh"),
        col("generated_mwh") * 1000 * col("electricity_of_generation_share"),
        col("output_t") * col("electricity_kwh_per_t_output"),
        col("removed_t") * col("electricity_kwh_per_t"),
    )


def _steam_gj() -> nw.Expr:
    return nw.coalesce(col("steam_gj"), col("removed_t") * col("steam_gj_per_t"))


def _reagent_t() -> nw.Expr:
    return nw.coalesce(col("reagent_t"), col("removed_t") * col("reagent_t_per_t"))
