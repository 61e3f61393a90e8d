"""What a volume of wastewater gives: methane, nitrous oxide and what is left in the water."""

import narwhals as nw
from narwhals import col

from xietong.methods.method import Frame

N2O_PER_N = 44 / 28
T_PER_1E4M3_AND_MG_PER_L = 0.01  # 10⁴ m³ × 1 g/m³ = 10 kg
T_PER_1E4M3_AND_KG_PER_M3 = 10
LOADS = ("cod", "nh3n", "tn", "tp")
SPECIES = ("ch4_t", "n2o_t", *(f"{name}_t" for name in LOADS))


def mass_t(name: str) -> nw.Expr:
    """Volume × concentration of a column ``<name>_mg_per_l`` [t]."""
    return col("volume_1e4m3") * col(f"{name}_mg_per_l") * T_PER_1E4M3_AND_MG_PER_L


def treated_water(row: Frame) -> Frame:
    """Adds CH4, N2O and loads to rows that hold ``volume_1e4m3`` and everything looked up.

    Parameters
    ----------
    row
        One row per source and period; ``volume_1e4m3`` [10⁴ m³]; ``basis`` (cod or bod);
        ``<cod|bod|tn>_in_mg_per_l``, ``<cod|bod|nh3n|tn|tp>_out_mg_per_l`` [mg/L];
        ``b0_kg_per_kg`` [kg CH4/kg of the basis], ``bod_b0_kg_per_kg`` [kg CH4/kg BOD];
        ``dry_sludge_kg_per_m3`` [kg/m³], ``bod_per_sludge_kg_per_kg`` [kg BOD/kg dry];
        ``mcf_share``, ``effluent_mcf_share``, ``organics_out_deducted_share``,
        ``sludge_deducted_share``, ``ch4_recovered_share``, ``reused_share``,
        ``reaches_water_share``, ``tn_out_deducted_share`` [1];
        ``n2o_n_plant_kg_per_kg``, ``n2o_n_effluent_kg_per_kg`` [kg N2O-N/kg N].

    Returns
    -------
    ``row`` with ``<cod|bod|tn|nh3n|tp>_removed_t``, ``ch4_t``, ``n2o_t``, ``cod_t``, ``nh3n_t``,
    ``tn_t``, ``tp_t`` [t]. Sludge that takes more organics than came leaves no methane, never less
    than none. Null where a value is missing (§1).

    Source
    ------
    IPCC 2006 and 2019, vol. 5, ch. 6, eq. 6.1, 6.3b, 6.4, 6.7, 6.9.

    Examples
    --------
    100 × 10⁴ m³ with 300 mg/L COD hold 300 t: see ``tests/methods/wastewater_plant.toml``.
    """
    by_bod = col("basis") == "bod"
    organics_in = nw.when(by_bod).then(mass_t("bod_in")).otherwise(mass_t("cod_in"))
    organics_out = nw.when(by_bod).then(mass_t("bod_out")).otherwise(mass_t("cod_out"))
    sludge_t = col("volume_1e4m3") * col("dry_sludge_kg_per_m3") * T_PER_1E4M3_AND_KG_PER_M3
    discharged = (1 - col("reused_share")) * col("reaches_water_share")
    made = row.with_columns(
        ch4_potential_t=(organics_in - col("organics_out_deducted_share") * organics_out)
        * col("b0_kg_per_kg")
        - col("sludge_deducted_share")
        * sludge_t
        * col("bod_per_sludge_kg_per_kg")
        * col("bod_b0_kg_per_kg"),
        ch4_effluent_t=organics_out * discharged * col("b0_kg_per_kg") * col("effluent_mcf_share"),
        n2o_plant_t=(mass_t("tn_in") - col("tn_out_deducted_share") * mass_t("tn_out"))
        * col("n2o_n_plant_kg_per_kg")
        * N2O_PER_N,
        n2o_effluent_t=mass_t("tn_out") * discharged * col("n2o_n_effluent_kg_per_kg") * N2O_PER_N,
        **{f"{name}_t": mass_t(f"{name}_out") * discharged for name in LOADS},
        **{
            f"{name}_removed_t": mass_t(f"{name}_in") - mass_t(f"{name}_out")
            for name in ("bod", *LOADS)
        },
    )
    none_left = nw.when(col("ch4_potential_t") < 0).then(nw.lit(0.0))
    return made.with_columns(
        ch4_plant_t=none_left.otherwise(col("ch4_potential_t"))
        * col("mcf_share")
        * (1 - col("ch4_recovered_share"))
    ).with_columns(
        ch4_t=col("ch4_plant_t") + col("ch4_effluent_t"),
        n2o_t=col("n2o_plant_t") + col("n2o_effluent_t"),
    )
