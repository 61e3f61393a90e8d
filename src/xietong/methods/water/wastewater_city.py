"""Domestic wastewater of a city or county by people and the way their water takes."""

from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame
from xietong.methods.water.treated_water import N2O_PER_N

DAYS = 365
PARAMS = {
    "organics": "water/organics",
    "person": "water/person",
    "pathway": "water/pathway",
    "removal": "water/removal",
}
LOADS = ("cod", "nh3n", "tp")
SPECIES = ("ch4_t", "n2o_t", "cod_t", "nh3n_t", "tn_t", "tp_t")


def wastewater_city(
    activity: Frame, organics: Frame, person: Frame, pathway: Frame, removal: Frame
) -> Frame:
    """People × organics and protein: CH4, N2O and loads of treated, septic and untreated water.

    Parameters
    ----------
    activity
        One row per (region, year, month, sector, facility, pathway, basis); ``persons`` [1] whose
        water takes the pathway; measured ``bod_g_per_person_day`` [g/d],
        ``protein_kg_per_person_year`` [kg/a].
    organics
        One row per (basis, year), basis bod; ``b0_kg_per_kg`` [kg CH4/kg BOD].
    person
        One row per (region, year); ``bod_g_per_person_day``, ``cod_g_per_person_day`` … [g/d],
        ``protein_kg_per_person_year`` [kg/a].
    pathway
        One row per (pathway, year) of one family; ``mcf_share``, ``effluent_mcf_share``,
        ``organics_left_share`` [1], ``industrial_organics_ratio`` [1]; ``n_in_protein_share``,
        ``non_consumed_ratio``, ``household_n_ratio``, ``industrial_n_ratio`` [1];
        ``n2o_n_plant_kg_per_kg``, ``n2o_n_effluent_kg_per_kg`` [kg/kg N], ``n_counted_out_share``
        [1], ``n2o_g_per_person_year`` [g/a].
    removal
        One row per (pathway, year); ``<species>_removed_share`` [1].

    Returns
    -------
    ``activity`` with ``ch4_t``, ``n2o_t``, ``cod_t``, ``nh3n_t``, ``tn_t``, ``tp_t`` [t]; null where
    a value is missing (§1).

    Source
    ------
    IPCC 2006, vol. 5, ch. 6, eq. 6.1 to 6.3, 6.7 to 6.9; IPCC 2019, eq. 6.1 to 6.3d, 6.7 to 6.10.

    Examples
    --------
    See ``tests/methods/wastewater_city.toml``.
    """
    row = look_up(activity, organics, "basis", "year")
    row = look_up(row, person, "region", "year")
    row = look_up(row, pathway, "pathway", "year")
    row = look_up(row, removal, "pathway", "year")
    people = col("persons")
    row = row.with_columns(
        bod_load_t=people
        * col("bod_g_per_person_day")
        * DAYS
        / 1e6
        * col("industrial_organics_ratio"),
        n_load_t=people
        * col("protein_kg_per_person_year")
        / 1000
        * col("n_in_protein_share")
        * col("non_consumed_ratio")
        * col("household_n_ratio")
        * col("industrial_n_ratio"),
    )
    to_gas = col("mcf_share") + col("organics_left_share") * col("effluent_mcf_share")
    to_n2o = col("n2o_n_plant_kg_per_kg") + col("n_counted_out_share") * col(
        "n2o_n_effluent_kg_per_kg"
    )
    by_head = people * col("n2o_g_per_person_year") * col("industrial_n_ratio") / 1e6
    return row.with_columns(
        ch4_t=col("bod_load_t") * col("b0_kg_per_kg") * to_gas,
        n2o_t=col("n_load_t") * to_n2o * N2O_PER_N + by_head,
        tn_t=col("n_load_t") * (1 - col("tn_removed_share")),
        **{
            f"{name}_t": people
            * col(f"{name}_g_per_person_day")
            * DAYS
            / 1e6
            * (1 - col(f"{name}_removed_share"))
            for name in LOADS
        },
    )
