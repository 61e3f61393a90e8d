"""Nitrogen put on fields: ammonia of fertilisers, nitrous and nitric oxide, CO2 of urea."""

from narwhals import col

from xietong.methods.look_up import look_up
from xietong.methods.method import Frame

CO2_PER_C = 44 / 12
N_TO_N2O = 44 / 28

PARAMS = {
    "content": "agriculture/n_content",
    "fertiliser": "agriculture/fertiliser",
    "ground": "agriculture/soil_ph",
    "placing": "agriculture/placing",
    "volatile": "agriculture/volatile",
    "soil": "agriculture/soil",
}
SPECIES = ("nh3_t", "n2o_t", "nox_t", "co2_t")


def field_nitrogen(
    activity: Frame,
    content: Frame,
    fertiliser: Frame,
    ground: Frame,
    placing: Frame,
    volatile: Frame,
    soil: Frame,
) -> Frame:
    """Ammonia by kind, warmth, ground and placing; N2O direct, of deposition and of leaching.

    Parameters
    ----------
    activity
        One row per (region, year, sector, facility, nitrogen, given_as, warmth, soil_ph, placing,
        rate); ``given_t`` [t], as product or as N.
    content
        One row per (nitrogen, given_as, year); ``n_t_per_t``, ``product_t_per_t`` [t/t given].
    fertiliser
        One row per (nitrogen, warmth, year); ``nh3_t_per_t`` [t NH3/t product];
        ``carbon_t_per_t`` [t C/t product].
    ground
        One row per (nitrogen, soil_ph, year); ``ph_factor`` [1].
    placing
        One row per (placing, rate, year); ``placing_factor``, ``rate_factor`` [1].
    volatile
        One row per (nitrogen, year); ``volatilised_share`` of N for the N2O of deposition [1];
        ``no2_t_per_t_n`` [t NO2/t N].
    soil
        One row per (region, year); ``direct_n2o_n_share``, ``deposition_n2o_n_share``,
        ``leaching_n2o_n_share``, ``leached_share`` [1].

    Returns
    -------
    ``activity`` with ``n_applied_t`` [t N], ``n2o_direct_t``, ``n2o_deposition_t``,
    ``n2o_leaching_t``, ``nh3_t``, ``n2o_t``, ``nox_t``, ``co2_t`` [t]; null where a value is missing
    (§1). The ammonia of manure stands in ``manure_management``; here it is 0.

    Source
    ------
    MEE ammonia guide as printed in Sun et al. 2016 (base × rate × placing); pH after EMEP/EEA 3.D.a.1;
    provincial guide 2011 for N2O; molar masses for CO2 of urea.

    Examples
    --------
    See ``tests/methods/field_nitrogen.toml``.
    """
    row = look_up(activity, content, "nitrogen", "given_as", "year")
    row = look_up(row, fertiliser, "nitrogen", "warmth", "year")
    row = look_up(row, ground, "nitrogen", "soil_ph", "year")
    row = look_up(row, placing, "placing", "rate", "year")
    row = look_up(row, volatile, "nitrogen", "year")
    row = look_up(row, soil, "region", "year")
    factor = col("nh3_t_per_t") * col("ph_factor") * col("placing_factor") * col("rate_factor")
    deposited = col("volatilised_share") * col("deposition_n2o_n_share")
    leached = col("leached_share") * col("leaching_n2o_n_share")
    return (
        row.with_columns(
            n_applied_t=col("given_t") * col("n_t_per_t"),
            product_t=col("given_t") * col("product_t_per_t"),
        )
        .with_columns(
            n2o_direct_t=col("n_applied_t") * col("direct_n2o_n_share") * N_TO_N2O,
            n2o_deposition_t=col("n_applied_t") * deposited * N_TO_N2O,
            n2o_leaching_t=col("n_applied_t") * leached * N_TO_N2O,
        )
        .with_columns(
            nh3_t=col("product_t") * factor,
            n2o_t=col("n2o_direct_t") + col("n2o_deposition_t") + col("n2o_leaching_t"),
            nox_t=col("n_applied_t") * col("no2_t_per_t_n"),
            co2_t=col("product_t") * col("carbon_t_per_t") * CO2_PER_C,
        )
    )
