"""Manure from the animal to the field: nitrogen by stages, methane and dust by factor."""

import narwhals as nw
from narwhals import col

from xietong.methods.agriculture.nitrogen_stages import nitrogen_stages
from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

N_TO_NH3 = 17 / 14
N_TO_N2O = 44 / 28
N_TO_NO2 = 46 / 14
BY_HEAD = ("ch4", "nmvoc", "tsp", "pm10", "pm25")

PARAMS = {
    "herd": "agriculture/herd",
    "excretion": "agriculture/excretion",
    "stages": "agriculture/stages",
    "measures": "agriculture/measures",
    "manure": "agriculture/manure",
    "manure_n2o": "agriculture/manure_n2o",
    "soil": "agriculture/soil",
}
SPECIES = ("ch4_t", "n2o_t", "nh3_t", "nox_t", "nmvoc_t", "tsp_t", "pm10_t", "pm25_t")


def manure_management(
    activity: Frame,
    herd: Frame,
    excretion: Frame,
    stages: Frame,
    measures: Frame,
    manure: Frame,
    manure_n2o: Frame,
    soil: Frame,
) -> Frame:
    """Ammonia, nitrous oxide and nitric oxide by stages; methane, vapour and dust by head.

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, animal, raising, counted, measures); ``heads``
        [1]; ``indoor_share`` of the droppings, ``elsewhere_share`` of the stored manure that does
        not go to fields [1]; ``n2o_by`` ``balance`` or ``factor``.
    herd
        One row per (animal, counted, year); ``alive_year_share`` [1].
    excretion
        One row per (animal, year); ``urine_kg_per_day``, ``faeces_kg_per_day`` [kg/d],
        ``urine_n_share``, ``faeces_n_share``, ``urine_tan_share``, ``faeces_tan_share``,
        ``liquid_share`` of the ammoniacal nitrogen [1].
    stages
        One row per (animal, year); for ``liquid`` and ``solid`` manure the shares of ammoniacal N
        that leave as NH3 in house, store, field, and as N2O, NO, N2 in the store;
        ``solid_bound_share`` that turns organic [1].
    measures
        One row per (animal, feeding, housing, storing, spreading, year); ``feeding_cut_share`` of
        ammoniacal N, ``housing_cut_share``, ``storing_cut_share``, ``spreading_cut_share`` of NH3 [1].
    manure
        One row per (region, animal, year); ``<species>_kg_per_head`` [kg/(head·a)].
    manure_n2o
        One row per (region, animal, n2o_by, year); ``direct_n2o_kg_per_head`` [kg/(head·a)], for
        ``factor`` only.
    soil
        One row per (region, year); ``deposition_n2o_n_share`` [1].

    Returns
    -------
    ``activity`` with the nitrogen of each stage (``n_excreted_t`` = NH3-N + N2O-N + NO-N + N2 +
    pasture + elsewhere + soil), ``n_to_soil_t``, and the species [t]: N2O of the store plus of what
    house and store send into the air and that comes down again; NOx as NO2. Null where a value is
    missing (§1).

    Source
    ------
    Stage model of the MEE ammonia guide as printed in Liao and Chen 2017, with the nitrogen closed;
    provincial guide 2011 for CH4 and for N2O per head; EMEP/EEA 3.B for dust and vapour.

    Examples
    --------
    See ``tests/methods/manure_management.toml`` for the stages by hand.
    """
    row = look_up(activity, herd, "animal", "counted", "year")
    row = look_up(row, excretion, "animal", "year")
    row = look_up(row, stages, "animal", "year")
    row = look_up(row, measures, "animal", "feeding", "housing", "storing", "spreading", "year")
    row = look_up(row, manure, "region", "animal", "year")
    row = look_up(row, manure_n2o, "region", "animal", "n2o_by", "year")
    row = look_up(row, soil, "region", "year")
    row = nitrogen_stages(row.with_columns(mean_heads=col("heads") * col("alive_year_share")))
    deposited_n_t = (col("nh3_n_house_t") + col("nh3_n_store_t") + col("no_n_t")) * col(
        "deposition_n2o_n_share"
    )
    direct_t = (
        nw.when(col("n2o_by") == "factor")
        .then(col("mean_heads") * col("direct_n2o_kg_per_head") / 1000)
        .otherwise(col("n2o_n_t") * N_TO_N2O)
    )
    indirect_t = (
        nw.when(col("n2o_by") == "factor").then(direct_t * 0.0).otherwise(deposited_n_t * N_TO_N2O)
    )
    return row.with_columns(n2o_direct_t=direct_t, n2o_indirect_t=indirect_t).with_columns(
        n2o_t=col("n2o_direct_t") + col("n2o_indirect_t"),
        nh3_t=(col("nh3_n_house_t") + col("nh3_n_store_t") + col("nh3_n_field_t")) * N_TO_NH3,
        nox_t=col("no_n_t") * N_TO_NO2,
        **{f"{name}_t": col("mean_heads") * col(f"{name}_kg_per_head") / 1000 for name in BY_HEAD},
    )
